//! Spaces that look like spaces and are none to YAML: they come along when a text is copied from a page or a letter.

use super::prose::is_name;
use super::syntax::Place;
use crate::report::Diagnostic;
use crate::report::marked::{Kind, Marked};

impl Place<'_> {
    /// The first such space where the structure of the file stands: at the beginning of a line, after a dash, after the
    /// colon of a field. In a text it is a letter like the others.
    pub(super) fn special_space(&self, tree: &Marked) -> Option<Diagnostic> {
        let source = self.source();
        if !source.contains(is_special) {
            return None;
        }
        let mut start = self.yaml.start;
        for line in source.split_inclusive('\n') {
            if let Some((at, c)) =
                structural(line, tree.error.is_some()).filter(|(at, _)| !is_in_text(tree, start + at))
            {
                let at = start + at;
                let end =
                    at + self.text[at..].chars().take_while(|c| is_special(*c)).map(char::len_utf8).sum::<usize>();
                return Some(
                    self.error(format!("uno spazio che non è quello della tastiera (U+{:04X})", u32::from(c)), at..end)
                        .label("si vede come uno spazio, ma qui ne serve uno normale")
                        .help("cancellalo e riscrivilo con la barra spaziatrice: di solito arriva copiando da un altro programma"),
                );
            }
            start += line.len();
        }
        None
    }
}

fn is_special(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii() && !matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Where such a space stands among the blanks before the text of a line, around its dash and after the colon of its
/// field; nowhere on a line that has neither.
fn structural(line: &str, is_broken: bool) -> Option<(usize, char)> {
    let content = line.trim_start();
    let dashed = content.strip_prefix('-').filter(|rest| rest.starts_with(char::is_whitespace));
    let content = dashed.unwrap_or(content).trim_start();
    // In a list of texts the colon can be that of a sentence, with which nothing breaks.
    let value = content.split_once(':').filter(|(key, value)| {
        is_name(key) && value.starts_with(char::is_whitespace) && (dashed.is_none() || is_broken)
    });
    let text = match (value, dashed) {
        (Some((_, value)), _) => value.trim_start(),
        (None, Some(_)) => content,
        (None, None) => return None,
    };
    line[..line.len() - text.len()].char_indices().find(|(_, c)| is_special(*c))
}

/// Whether a byte is in a text that is marked as one, by quotes or by `|`.
fn is_in_text(tree: &Marked, at: usize) -> bool {
    // Nodes stand in the order in which they begin, and nothing begins inside a text.
    let behind = tree.nodes.partition_point(|node| node.bytes.start <= at);
    let node = behind.checked_sub(1).map(|last| &tree.nodes[last]);
    node.is_some_and(|node| matches!(node.kind, Kind::Scalar { plain: false, .. }) && node.bytes.contains(&at))
}
