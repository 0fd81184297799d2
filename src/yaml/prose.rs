//! Lines that are no fields: a colon that is missing, or a text over several lines that nothing marks as one.

use super::syntax::Place;
use crate::report::Diagnostic;
use std::ops::Range;

/// A value of so many words is a text; a field rarely has one without punctuation.
const MANY_WORDS: usize = 7;

/// A line that begins a field: `finalita: …`.
struct Owner<'a> {
    name: &'a str,
    key: Range<usize>,
    value: &'a str,
}

impl<'t> Place<'t> {
    /// A line whose colon YAML does not accept, because the line above it has none.
    pub(super) fn below_a_text(&self, line: &Range<usize>) -> Option<Diagnostic> {
        let mut above = self.lines_above(line).next()?;
        let (column, content) = self.content(line);
        let own_key = content.split(": ").next().unwrap_or_default().trim_end_matches(':');
        let (above_column, above_content) = self.content(&above);
        let is_text = |content: &str| split_key(content).is_none() && !content.starts_with(['[', '{', '"', '\'', '#']);
        if above_column != column || !is_text(above_content) {
            // It goes on with a text that began beside its field.
            return if is_name(own_key) { None } else { self.missing_bar(line) };
        }
        // The first line of the text is the one that should be a field.
        let mut prose = self.is_prose(above_content);
        for next in self.lines_above(&above.clone()) {
            let (next_column, next_content) = self.content(&next);
            if next_column != column || !is_text(next_content) || self.is_dashed(&above) {
                break;
            }
            prose |= self.is_prose(next_content);
            above = next;
        }
        if prose && let Some(found) = self.missing_bar(line) {
            return Some(found);
        }
        Some(self.colonless(above))
    }

    /// A line that should be `field: value`.
    pub(super) fn colonless(&self, line: Range<usize>) -> Diagnostic {
        let (_, content) = self.content(&line);
        if self.is_prose(content)
            && let Some(found) = self.missing_bar(&line)
        {
            return found;
        }
        let shown = self.trimmed(line);
        self.error("manca `:` dopo il nome del campo", shown.end - content.len()..shown.end)
            .help("ogni riga è `campo: valore`; il seguito di un testo va rientrato più del suo campo")
    }

    /// A list whose entries begin with a star, or a text that does.
    pub(super) fn star(&self, at: usize) -> Option<Diagnostic> {
        let line = self.line(at);
        let (_, content) = self.content(&line);
        let is_first = self.trimmed(line.clone()).end - content.len() == at;
        let owner = self.owner(&line).filter(|owner| is_first && owner.value.is_empty())?;
        if !content.starts_with("* ") {
            return self.missing_bar(&line);
        }
        Some(
            self.error("un elenco si scrive con il trattino, non con `*`", at..at + 1)
                .help(format!("scrivi `- `; se invece è un testo su più righe, comincialo con `{}: |`", owner.name)),
        )
    }

    /// A text over several lines: the mark is missing where it begins, or this line is not indented as the others.
    fn missing_bar(&self, line: &Range<usize>) -> Option<Diagnostic> {
        let owner = self.owner(line)?;
        let shown = self.trimmed(line.clone());
        if owner.value.starts_with(['|', '>']) {
            return Some(
                self.error(format!("questa riga è fuori dal testo di `{}`", owner.name), shown)
                    .help("rientrala come le altre righe del testo, due spazi più del suo campo"),
            );
        }
        Some(
            self.error(format!("il testo di `{}` è su più righe, e niente lo dice", owner.name), owner.key)
                .label("qui manca `|`")
                .related(self.span(shown), "il testo continua qui")
                .help(format!("scrivi `{}: |`, vai a capo, e rientra tutto il testo di due spazi", owner.name)),
        )
    }

    /// The field that a line of text belongs to: the nearest one above it that is not indented more.
    fn owner(&self, line: &Range<usize>) -> Option<Owner<'t>> {
        let (column, _) = self.content(line);
        let (owner_column, owner) = self.lines_above(line).find_map(|above| {
            let (at, content) = self.content(&above);
            let (name, value) = split_key(content)?;
            let start = self.trimmed(above).end - content.len();
            Some((at, Owner { name, key: start..start + name.len(), value: value.trim() }))
        })?;
        (owner_column <= column).then_some(owner)
    }

    /// Where the text of a line begins, and the text, both after the dash of a list.
    fn content(&self, line: &Range<usize>) -> (usize, &'t str) {
        let text: &'t str = &self.text[self.trimmed(line.clone())];
        let content = text.strip_prefix("- ").map_or(text, str::trim_start);
        (self.indent(line) + text.len() - content.len(), content)
    }

    fn is_dashed(&self, line: &Range<usize>) -> bool {
        self.text[self.trimmed(line.clone())].starts_with("- ")
    }

    /// Whether a line without a colon is more likely a sentence than a field.
    fn is_prose(&self, content: &str) -> bool {
        let first = content.split_whitespace().next().unwrap_or_default();
        if self.fields.contains(&first) || (first.contains('_') && is_name(first)) {
            return false;
        }
        !is_name(first)
            || content.ends_with(['.', ',', ';', '!', '?'])
            || content.split_whitespace().count() >= MANY_WORDS
    }
}

/// The name of a field as all of ours are.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'))
}

/// `name: value`, or `name:` alone.
fn split_key(content: &str) -> Option<(&str, &str)> {
    let (name, value) = content.split_once(':')?;
    (is_name(name) && (value.is_empty() || value.starts_with(char::is_whitespace))).then_some((name, value))
}
