//! Errors of the YAML grammar, told to people who do not know that there is one.
//!
//! Both parsers are asked. What they report is turned into one [`ErrorKind`], and the line where it
//! happens is looked at: the same error has different causes, and only the cause helps.

use super::{codes, fast};
use crate::report::marked::Marked;
use crate::report::{self, Diagnostic};
use granit_parser::{ErrorKind, ScanError};
use std::ops::Range;

/// How far back the beginning of an open quote is looked for.
const QUOTE_LINES: usize = 200;

const QUOTE_IT: &str = "metti tutto il testo fra virgolette: `\"…\"`";

pub(super) fn is_depth(error: &ScanError) -> bool {
    matches!(error.kind(), ErrorKind::RecursionLimitExceeded)
}

/// The text that could not be read.
pub(super) struct Place<'a> {
    pub file: &'a str,
    pub text: &'a str,
    pub yaml: &'a Range<usize>,
    /// Where a bracket opens that does not close.
    pub unclosed: Option<usize>,
    /// The names that the record's own fields have.
    pub fields: &'static [&'static str],
}

impl Place<'_> {
    /// What keeps the tree from being built, if anything does.
    pub(super) fn unreadable(&self, tree: &Marked) -> Option<Diagnostic> {
        if let Some((at, c)) = self.source().char_indices().find(|(_, c)| is_forbidden(*c)) {
            let at = self.yaml.start + at;
            let message = format!("un carattere invisibile non ammesso (U+{:04X})", u32::from(c));
            let help = "cancellalo: di solito arriva copiando da un altro programma";
            return Some(self.error(message, at..at + c.len_utf8()).help(help));
        }
        if let Some(error) = tree.error.as_ref().filter(|error| !is_depth(error)) {
            let at = self.yaml.start + error.marker().byte_offset().unwrap_or_default();
            return Some(self.tell(error.kind(), self.text.floor_char_boundary(at.min(self.yaml.end))));
        }
        tree.second.map(|at| {
            self.error("il file contiene più di un documento", at..at + "---".len())
                .help("togli la riga `---`: ogni file contiene una scheda, o un elenco di schede")
        })
    }

    /// What the fast parser did not accept although nothing else is wrong with it.
    pub(super) fn refused(&self, error: &fast::Error, what: &str) -> Diagnostic {
        let message = error.to_string();
        let at = error.location().map_or(self.yaml.start, |at| self.yaml.start + at.index());
        let at = self.text.floor_char_boundary(at.min(self.yaml.end));
        if message.contains("recursion limit") {
            let message = "troppi livelli uno dentro l'altro, o un rimando a sé stesso";
            return Diagnostic::error(codes::LIMIT, message).at(self.span(at..at + 1));
        }
        if message.contains("repetition limit") {
            let message = "i rimandi `*nome` moltiplicano il contenuto oltre misura";
            return Diagnostic::error(codes::LIMIT, message).at(report::Place::file(self.file));
        }
        if let Some(kind) = kind_of(&message) {
            return self.tell(&kind, at);
        }
        self.error(format!("{what} non si riesce a leggere"), self.word(at))
            .label(format!("messaggio originale, in inglese: {message}"))
            .help("se qui un segno fa parte del testo, metti il testo fra virgolette")
    }

    fn tell(&self, kind: &ErrorKind, at: usize) -> Diagnostic {
        use ErrorKind as K;
        if let Some(tab) = self.tab_near(at) {
            return self
                .error("una tabulazione al posto degli spazi", tab..tab + 1)
                .label("qui c'è un carattere di tabulazione")
                .help("per i rientri usa solo spazi, due per ogni livello");
        }
        match kind {
            K::MappingValueNotAllowed | K::InvalidMappingValueWhitespace => self.stray_colon(at),
            K::SimpleKeyExpected | K::InvalidSimpleKey => self.no_colon(at),
            K::ExpectedBlockMappingKey | K::ExpectedBlockSequenceEntry | K::InvalidIndentation => self.misaligned(at),
            K::InvalidFlowScalarIndent | K::InvalidBlockScalarIndent | K::ExpectedDocumentStart => self.bad_indent(at),
            K::UnclosedQuotedScalar | K::InvalidQuotedScalarIndent | K::DocumentIndicatorInQuotedScalar => {
                self.open_quote(at)
            }
            K::InvalidTrailingSingleQuotedScalar => self
                .error("c'è del testo dopo l'apice che chiude", self.word(at))
                .help("dentro gli apici un apostrofo si scrive doppio (`''`); più semplice: usa le virgolette `\"…\"`"),
            K::InvalidTrailingDoubleQuotedScalar => self
                .error("c'è del testo dopo la virgoletta che chiude", self.word(at))
                .help("dentro le virgolette scrivi `\\\"` per una virgoletta, oppure usa «…»"),
            K::UnexpectedEofFlowSequence
            | K::UnexpectedEofFlowMapping
            | K::UnexpectedEofImplicitFlowMapping
            | K::ExpectedFlowMappingSeparator
            | K::ExpectedFlowSequenceSeparator
            | K::UnclosedFlowCollection { .. }
            | K::MismatchedFlowCollectionEnd { .. }
            | K::InvalidColonPlacement
            | K::BlockEntryInFlowCollection
            | K::FlowMappingValueAdjacentCollection => self.open_bracket(at),
            K::MisplacedFlowCollectionEnd => self
                .error("una parentesi chiusa che non è stata aperta", at..at + 1)
                .help("togli la parentesi, o metti il testo fra virgolette"),
            K::UnknownAnchor | K::MissingAnchorOrAliasName => self.star(at).unwrap_or_else(|| {
                let word = self.word(at);
                self.error(format!("`{}` è un rimando a qualcosa che non c'è", &self.text[word.clone()]), word)
                    .help("se `*` o `&` fa parte del testo, metti tutto il testo fra virgolette: `\"…\"`")
            }),
            K::UnexpectedCharacter { .. }
            | K::PlainScalarStartsWithDashFlowIndicator
            | K::UnexpectedEofBlockMapping
            | K::UnexpectedEofBlockSequence => self.stray_mark(at),
            K::BlockSequenceEntryNotAllowed => self
                .error("un elenco con i trattini comincia su una riga nuova", at..at + 1)
                .help("vai a capo prima del trattino; se è un testo, mettilo fra virgolette"),
            K::MappingKeyNotAllowed => self.error("un testo non può cominciare con `? `", at..at + 1).help(QUOTE_IT),
            K::InvalidBlockScalarHeader | K::ZeroBlockScalarIndent => self
                .error("dopo `|` o `>` il testo comincia sulla riga seguente", self.rest(at))
                .help("vai a capo, e rientra il testo di due spazi"),
            K::UnknownQuotedScalarEscape
            | K::InvalidQuotedScalarHexEscape
            | K::InvalidUnicodeEscape
            | K::InvalidLowSurrogateHexEscape
            | K::InvalidLowSurrogate
            | K::MissingLowSurrogate
            | K::UnpairedLowSurrogate => self
                .error("una barra `\\` fra virgolette ha un significato speciale", self.word(at))
                .help("scrivi `\\\\` per una barra, o usa gli apici `'…'`"),
            K::CommentInterceptedScalar => {
                let hash = self.hash_above(at).unwrap_or(at);
                self.error("un commento in mezzo a un testo", self.rest(hash))
                    .help("sposta il commento; se `#` fa parte del testo, metti tutto il testo fra virgolette")
            }
            K::ExpectedNodeContent => self
                .error("qui manca un valore, o c'è un segno di troppo", self.word(at))
                .help("se il segno fa parte di un testo, metti il testo fra virgolette"),
            K::MissingDocumentEndBeforeDirective
            | K::DirectiveDisallowed
            | K::MissingDirectiveName
            | K::InvalidDirectiveName
            | K::InvalidDirectiveTerminator
            | K::MissingYamlVersion
            | K::MissingYamlVersionSeparator => self
                .error("una riga non può cominciare con `%`", self.trimmed(self.line(at)))
                .help("togli il segno, o metti tutto il testo fra virgolette"),
            K::CommentNotSeparated => self
                .error("prima di un commento `#` ci vuole uno spazio", at..at + 1)
                .help("aggiungi uno spazio, o metti il testo fra virgolette"),
            K::BomInsideDocument => self
                .error("un carattere invisibile in mezzo al file (U+FEFF)", self.word(at))
                .help("cancella e riscrivi l'inizio della riga"),
            K::MissingTagUri | K::ExpectedTagBang | K::UndeclaredTagHandle | K::InvalidTagTerminator => {
                self.error("un testo non può cominciare con `!`", self.word(at)).help(QUOTE_IT)
            }
            _ => self
                .error("questo punto del file non si riesce a leggere", self.word(at))
                .label(format!("messaggio originale, in inglese: {kind}"))
                .help("controlla rientri, virgolette e parentesi di questa riga e di quella sopra"),
        }
    }

    /// A mark that means something to YAML where a text should begin.
    fn stray_mark(&self, at: usize) -> Diagnostic {
        match self.text[at..].chars().next() {
            Some(first) if !first.is_alphanumeric() && !first.is_whitespace() => self
                .error(format!("un testo non può cominciare con `{first}`"), at..at + first.len_utf8())
                .help(QUOTE_IT),
            _ => self.bad_indent(at),
        }
    }

    /// The comment on the line of a byte or above it.
    fn hash_above(&self, at: usize) -> Option<usize> {
        let here = self.line(at);
        let above = self.line_above(&here);
        [here, above]
            .into_iter()
            .find_map(|line| self.text[line.clone()].find(" #").map(|blank| line.start + blank + 1))
    }

    /// A colon where none is expected: in a text, after a line without its space, or because of the
    /// indentation.
    fn stray_colon(&self, at: usize) -> Diagnostic {
        let line = self.line(at);
        let before = &self.text[line.start..at.max(line.start)];
        if let Some(found) = self.glued_dash(line.clone()) {
            return found;
        }
        if before.trim_start().trim_start_matches("- ").contains(": ") {
            return self.error("i due punti dentro un testo senza virgolette", at..at + 1).help(QUOTE_IT);
        }
        let glued = self.glued_colon(self.line_above(&line));
        glued.or_else(|| self.below_a_text(&line)).unwrap_or_else(|| self.bad_indent(at))
    }

    /// A line that should be `key: value`.
    fn no_colon(&self, at: usize) -> Diagnostic {
        let line = self.line(at);
        if let Some(found) = self.glued_colon(line.clone()) {
            return found;
        }
        if self.text[line.clone()].contains(['"', '\'']) && !self.text[line.clone()].contains(": ") {
            return self.open_quote(at);
        }
        self.colonless(line)
    }

    fn misaligned(&self, at: usize) -> Diagnostic {
        let line = self.line(at);
        let shown = self.trimmed(line.clone());
        let dash = self.text[shown.clone()].starts_with("- ");
        if at > shown.start + if dash { 2 } else { 0 } {
            return self.error("c'è del testo in più dopo il valore", self.rest(at)).help(QUOTE_IT);
        }
        if let Some(found) = self.glued_colon(line.clone()).or_else(|| self.glued_dash(line.clone())) {
            return found;
        }
        let above = self.trimmed(self.line_above(&line));
        if dash != self.text[above].starts_with("- ") && self.indent(&line) == self.indent(&self.line_above(&line)) {
            return self
                .error("campi e trattini di un elenco mescolati allo stesso livello", shown)
                .help("un elenco sta tutto sotto il suo campo, rientrato di due spazi");
        }
        self.bad_indent(at)
    }

    /// An element of a list written `-titolo: …`, which YAML takes for a field, or with the long dash of a text.
    fn glued_dash(&self, line: Range<usize>) -> Option<Diagnostic> {
        let shown = self.trimmed(line);
        let text = &self.text[shown.clone()];
        if let Some(long) = text.chars().next().filter(|c| matches!(c, '–' | '—')) {
            let found = self.error(
                "un trattino lungo non comincia la voce di un elenco",
                shown.start..shown.start + long.len_utf8(),
            );
            return Some(
                found.help("scrivi `- `, il trattino corto e uno spazio; se è un testo, mettilo fra virgolette"),
            );
        }
        let element = text.strip_prefix('-')?;
        let is_glued = element.starts_with('{') || (element.starts_with(char::is_alphabetic) && element.contains(": "));
        let dash = shown.start..shown.start + 1;
        is_glued.then(|| self.error("manca lo spazio dopo il trattino", dash).help("scrivi `- campo: valore`"))
    }

    fn bad_indent(&self, at: usize) -> Diagnostic {
        // What hangs below a wrong element is what YAML stumbles on.
        if let Some(dash) = self.glued_dash(self.line_above(&self.line(at))) {
            return dash;
        }
        self.error("il rientro di questa riga non torna", self.trimmed(self.line(at)))
            .label("non è allineata con le righe del suo gruppo")
            .help("allinea i campi dello stesso gruppo, con due spazi per ogni livello; un testo su più righe va dopo `|`")
    }

    fn open_quote(&self, at: usize) -> Diagnostic {
        let here = self.line(at);
        for line in std::iter::once(here.clone()).chain(self.lines_above(&here)).take(QUOTE_LINES) {
            let text = &self.text[line.clone()];
            for quote in ['"', '\''] {
                if text.matches(quote).count() % 2 == 1
                    && let Some(found) = opening(text, quote)
                {
                    let start = line.start + found;
                    return self
                        .error("una virgoletta aperta e non chiusa", start..start + 1)
                        .help("chiudila in fondo al testo");
                }
            }
        }
        self.error("una virgoletta aperta più su e non chiusa", self.word(at)).help("chiudila in fondo al testo")
    }

    fn open_bracket(&self, at: usize) -> Diagnostic {
        if self.text[at..].starts_with(',') {
            return self
                .error("una virgola senza un elemento prima", at..at + 1)
                .help("togli la virgola, o scrivi l'elemento che manca");
        }
        match self.unclosed {
            Some(open) => self
                .error("una parentesi aperta e non chiusa, o una virgola che manca", open..open + 1)
                .related(self.span(self.word(at)), "fin qui non si chiude")
                .help("chiudila, e separa gli elementi con una virgola"),
            None => self
                .error("le parentesi non tornano", self.word(at))
                .help("per ogni `[` o `{` scrivi la parentesi che la chiude"),
        }
    }

    /// A tab among the spaces that begin a line, where the error is or next to it.
    fn tab_near(&self, at: usize) -> Option<usize> {
        let here = self.line(at);
        let above = self.line_above(&here);
        let below = self.line((here.end + 1).min(self.yaml.end));
        [here, below, above].into_iter().find_map(|line| {
            let text = self.text.get(line.clone())?;
            let blank = text.len() - text.trim_start_matches([' ', '\t']).len();
            (blank < text.len()).then(|| text[..blank].find('\t').map(|tab| line.start + tab))?
        })
    }

    /// The colon of `key:value`, without its space.
    fn glued_colon(&self, line: Range<usize>) -> Option<Diagnostic> {
        let shown = self.trimmed(line);
        let text = self.text[shown.clone()].trim_start_matches("- ");
        let colon = text.find(':')?;
        let key = &text[..colon];
        let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        let is_glued = text[colon + 1..].chars().next().is_some_and(|c| !c.is_whitespace() && c != '/');
        let at = shown.end - text.len() + colon;
        let found = || self.error("manca lo spazio dopo i due punti", at..at + 1).help("scrivi `campo: valore`");
        (is_key && is_glued).then(found)
    }

    pub(super) fn source(&self) -> &str {
        &self.text[self.yaml.clone()]
    }

    /// The line of a byte, without its line break.
    pub(super) fn line(&self, at: usize) -> Range<usize> {
        let at = self.text.floor_char_boundary(at.clamp(self.yaml.start, self.yaml.end));
        let start = self.text[self.yaml.start..at].rfind('\n').map_or(self.yaml.start, |b| self.yaml.start + b + 1);
        let end = self.text[at..self.yaml.end].find('\n').map_or(self.yaml.end, |b| at + b);
        start..end
    }

    /// The nearest line above that is not blank.
    pub(super) fn line_above(&self, line: &Range<usize>) -> Range<usize> {
        let mut above = line.clone();
        while above.start > self.yaml.start {
            above = self.line(above.start - 1);
            if !self.text[above.clone()].trim().is_empty() {
                break;
            }
        }
        above
    }

    /// The lines above one that are not blank, the nearest first.
    pub(super) fn lines_above(&self, line: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let above = move |line: &Range<usize>| Some(self.line_above(line)).filter(|above| above.start < line.start);
        std::iter::successors(above(line), above)
    }

    /// Without the blanks around; a blank line stays as it is.
    pub(super) fn trimmed(&self, line: Range<usize>) -> Range<usize> {
        let text = &self.text[line.clone()];
        let start = line.start + (text.len() - text.trim_start().len());
        let end = start + text.trim().len();
        start..end.max(start)
    }

    pub(super) fn indent(&self, line: &Range<usize>) -> usize {
        self.trimmed(line.clone()).start - line.start
    }

    fn rest(&self, at: usize) -> Range<usize> {
        let line = self.trimmed(self.line(at));
        at..line.end.max(at)
    }

    /// From a byte to the next blank.
    fn word(&self, at: usize) -> Range<usize> {
        let rest = &self.text[at..self.yaml.end];
        at..at + rest.find(char::is_whitespace).unwrap_or(rest.len())
    }

    pub(super) fn error(&self, message: impl Into<String>, bytes: Range<usize>) -> Diagnostic {
        Diagnostic::error(codes::SYNTAX, message).at(self.span(bytes))
    }

    pub(super) fn span(&self, bytes: Range<usize>) -> report::Place {
        report::Place::span(self.file, bytes.start..bytes.end.min(self.text.len()).max(bytes.start))
    }
}

/// The quote that begins a value: after a blank, a bracket or a comma.
fn opening(line: &str, quote: char) -> Option<usize> {
    line.match_indices(quote)
        .map(|(at, _)| at)
        .rfind(|at| line[..*at].chars().next_back().is_none_or(|c| c.is_whitespace() || "[{,".contains(c)))
}

/// What libyaml calls not readable: control characters but for tab and line breaks.
fn is_forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// The kind of an error of libyaml, which has only texts.
fn kind_of(message: &str) -> Option<ErrorKind> {
    use ErrorKind as K;
    const TEXTS: [(&str, ErrorKind); 17] = [
        ("mapping values are not allowed", K::MappingValueNotAllowed),
        ("could not find expected ':'", K::SimpleKeyExpected),
        ("did not find expected node content", K::ExpectedNodeContent),
        ("found unexpected ':'", K::InvalidMappingValueWhitespace),
        ("did not find expected key", K::ExpectedBlockMappingKey),
        ("did not find expected '-' indicator", K::ExpectedBlockSequenceEntry),
        ("while scanning a quoted scalar", K::UnclosedQuotedScalar),
        ("while parsing a quoted scalar", K::UnknownQuotedScalarEscape),
        ("did not find expected ',' or", K::UnexpectedEofFlowSequence),
        ("unknown anchor", K::UnknownAnchor),
        ("while scanning an alias", K::MissingAnchorOrAliasName),
        ("while scanning an anchor", K::MissingAnchorOrAliasName),
        ("block sequence entries are not allowed", K::BlockSequenceEntryNotAllowed),
        ("mapping keys are not allowed", K::MappingKeyNotAllowed),
        ("cannot start any token", K::UnexpectedCharacter { character: '@' }),
        ("while scanning a block scalar", K::InvalidBlockScalarHeader),
        ("a tag", K::MissingTagUri),
    ];
    TEXTS.into_iter().find(|(text, _)| message.contains(text)).map(|(_, kind)| kind)
}
