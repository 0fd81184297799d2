//! C-29: curly quotes. Word processors write them, and YAML takes them for a part of the value.

use crate::report::marked::{Kind, Marked};
use crate::report::{Diagnostic, Place, Rule};
use std::ops::Range;

pub const RULES: &[Rule] = &[Rule::new("C-29", "numeri e codici non hanno virgolette tipografiche")
    .why("YAML le prende per una parte del valore, e si pubblicherebbero")
    .example("`numero: “12”` al posto di `numero: \"12\"`")];

const MARKS: &[char] = &['“', '”', '„', '‟', '‘', '’', '‚', '‛', '«', '»'];

/// What stands between curly quotes, where a value has nothing else.
pub fn within(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix(MARKS)?.strip_suffix(MARKS)?.trim();
    (!inner.is_empty() && !inner.contains(MARKS)).then_some(inner)
}

/// A number, a day, the name of a record with a number in it: words of a text have no digits.
fn is_code(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    text.chars().all(fits) && text.bytes().any(|b| b.is_ascii_digit())
}

/// The numbers and codes of a record that are written between curly quotes.
pub fn told(file: &str, text: &str, yaml: Range<usize>) -> Vec<Diagnostic> {
    let source = text.get(yaml.clone()).unwrap_or_default();
    // Italian texts are full of these marks, and a tree takes long: it is built only if one of them opens a code.
    let opens_a_code = |(at, mark): (usize, &str)| {
        let inner = source[at + mark.len()..].split(MARKS).next().unwrap_or_default();
        is_code(inner.trim()) && source[..at].trim_end_matches([' ', '"', '\'']).ends_with([':', '-', '[', '{', ','])
    };
    if !source.match_indices(MARKS).any(opens_a_code) {
        return Vec::new();
    }
    let tree = Marked::load(text, yaml);
    let found = tree.nodes.iter().filter_map(|node| {
        // Between straight quotes too, as the editor writes them: of a block there is nothing to open.
        let Kind::Scalar { text, .. } = &node.kind else { return None };
        let inner = within(text).filter(|inner| is_code(inner))?;
        let found = Diagnostic::error("C-29", format!("le virgolette di `{text}` fanno parte del valore"));
        let help = format!("scrivi `\"{inner}\"`, con le virgolette diritte");
        Some(found.at(Place::span(file, node.bytes.clone())).help(help))
    });
    found.collect()
}
