//! What is refused before the fast parser sees it: texts made to exhaust it, and YAML that it would
//! take without a word although no record needs it.

use super::{codes, syntax};
use crate::report::marked::{Kind, MAX_DEPTH, Marked};
use crate::report::{Diagnostic, Place};
use std::ops::Range;

/// Far above the largest list of partners, far below what a machine notices.
const MAX_BYTES: usize = 64 << 20;

/// What the aliases of a file may grow it to: enough for any honest repetition.
const MAX_GROWTH: usize = 10;
const FREE_GROWTH: u64 = 100_000;

pub(super) fn check(file: &str, text: &str, yaml: &Range<usize>) -> Result<(), Vec<Diagnostic>> {
    let source = text.get(yaml.clone()).unwrap_or_default();
    if source.len() > MAX_BYTES {
        let message = format!("il file è troppo grande: più di {} MB", MAX_BYTES >> 20);
        return Err(vec![Diagnostic::error(codes::LIMIT, message).at(Place::file(file))]);
    }
    if content(source).is_empty() {
        let message = if source.trim().is_empty() { "il file è vuoto" } else { "il file non ha che commenti" };
        let help = "scrivi la scheda, o togli il file";
        return Err(vec![Diagnostic::error(codes::SYNTAX, message).at(Place::file(file)).help(help)]);
    }
    // The tree takes longer than the fast parser, so it is asked only when there is a reason.
    if !is_nested(source) && !has_markers(source) {
        return Ok(());
    }
    let found = tree(file, &Marked::load(text, yaml.clone()));
    if found.is_empty() { Ok(()) } else { Err(found) }
}

/// The refusals that need the tree.
pub(super) fn tree(file: &str, tree: &Marked) -> Vec<Diagnostic> {
    if let Some(error) = tree.error.as_ref().filter(|error| syntax::is_depth(error)) {
        let at = tree.start + error.marker().byte_offset().unwrap_or_default();
        let message = format!("più di {MAX_DEPTH} livelli uno dentro l'altro");
        let place = Place::span(file, at..at + 1);
        return vec![Diagnostic::error(codes::LIMIT, message).at(place)];
    }
    let nodes = tree.nodes.len();
    if tree.growth() > FREE_GROWTH.max((nodes * MAX_GROWTH) as u64) {
        let message = "i rimandi `*nome` moltiplicano il contenuto oltre misura";
        let diagnostic = Diagnostic::error(codes::LIMIT, message);
        let first = tree.nodes.iter().find(|node| matches!(node.kind, Kind::Alias(_)));
        let place = first.map_or(Place::file(file), |alias| Place::span(file, alias.bytes.clone()));
        return vec![diagnostic.at(place).help("scrivi i valori per esteso")];
    }
    let tags = tree.nodes.iter().filter_map(|node| node.tag.as_ref());
    tags.map(|tag| {
        let written = tag.name.strip_prefix("tag:yaml.org,2002:").map(|core| format!("!!{core}"));
        let written = written.unwrap_or_else(|| tag.name.clone());
        Diagnostic::error(codes::WRONG_VALUE, format!("le etichette YAML come `{written}` non sono ammesse"))
            .at(Place::span(file, tag.bytes.clone()))
            .help("togli l'etichetta; se il punto esclamativo fa parte del testo, metti il testo fra virgolette")
    })
    .collect()
}

/// The text from its first content on: past blank lines, comments and `---`.
pub(super) fn content(source: &str) -> &str {
    let mut rest = source;
    loop {
        rest = rest.trim_start();
        let line = rest.split(['\n', '\r']).next().unwrap_or_default();
        let marker = line.starts_with("---") || line.starts_with("...");
        let skipped = if line.starts_with('#') {
            line.len()
        } else if marker && line[3..].chars().next().is_none_or(|c| c == ' ' || c == '\t') {
            3
        } else {
            return rest;
        };
        rest = &rest[skipped..];
    }
}

/// Whether brackets may be nested beyond the limit. Those in texts count too, so a yes is only a
/// reason to look closer.
fn is_nested(source: &str) -> bool {
    let bytes = source.as_bytes();
    if memchr::memchr2_iter(b'[', b'{', bytes).nth(MAX_DEPTH).is_none() {
        return false;
    }
    let mut depth = 0_usize;
    bytes.iter().any(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MAX_DEPTH
    })
}

/// Whether something may be a tag (`!x`) or an anchor (`&x`): a mark at the beginning of a token.
fn has_markers(source: &str) -> bool {
    let bytes = source.as_bytes();
    memchr::memchr2_iter(b'!', b'&', bytes).any(|at| {
        let before = at.checked_sub(1).map_or(b'\n', |before| bytes[before]);
        let after = bytes.get(at + 1).copied().unwrap_or(b' ');
        matches!(before, b' ' | b'\t' | b'\n' | b'\r' | b'[' | b'{' | b',' | b':' | b'"' | b'\'')
            && !matches!(after, b' ' | b'\t' | b'\n' | b'\r' | b'[')
    })
}
