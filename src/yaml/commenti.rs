//! Comments that were to be text: behind a blank, `#` ends a value without quotes.

use std::ops::Range;

use super::{codes, scalare};
use crate::report::marked::{Id, Kind, Marked};
use crate::report::{Diagnostic, Place};

/// Warns of each comment that stands at its mark like a word, behind a value that it may have cut.
pub fn told(file: &str, text: &str, yaml: Range<usize>) -> Vec<Diagnostic> {
    let source = text.get(yaml.clone()).unwrap_or_default();
    // A tree takes long, and templates have a comment on every line: it is built only where one is glued to its word.
    let is_suspect =
        |line: &str| line.match_indices(" #").any(|(at, _)| !line[..at].trim().is_empty() && is_glued(&line[at + 1..]));
    if !source.lines().any(is_suspect) {
        return Vec::new();
    }
    let tree = Marked::load(text, yaml);
    let comments = tree.comments.iter().filter(|at| is_glued(&text[(*at).clone()]));
    comments.filter_map(|at| Some(found(file, text, at, behind(&tree, text, at)?, &tree))).collect()
}

/// Whether a word begins at once: people leave a blank before what they note.
fn is_glued(comment: &str) -> bool {
    comment.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

/// The value without quotes, perhaps of nothing, that a comment follows on its line.
fn behind(tree: &Marked, text: &str, comment: &Range<usize>) -> Option<Id> {
    let between = |from: usize| text.get(from..comment.start).filter(|between| !between.contains('\n')).map(str::trim);
    (0..tree.nodes.len()).find(|id| {
        let node = &tree.nodes[*id];
        match &node.kind {
            Kind::Scalar { text, plain: true } if text.is_empty() => {
                node.key.is_some_and(|key| between(tree.nodes[key].bytes.end) == Some(":"))
            }
            Kind::Scalar { plain: true, .. } => between(node.bytes.end) == Some(""),
            _ => false,
        }
    })
}

fn found(file: &str, text: &str, comment: &Range<usize>, value: Id, tree: &Marked) -> Diagnostic {
    let node = &tree.nodes[value];
    let is_empty = tree.plain(value) == Some("");
    let start = if is_empty { comment.start } else { node.bytes.start };
    let whole = text[start..comment.end].split_whitespace().collect::<Vec<_>>().join(" ");
    let key = node.key.and_then(|key| tree.text(key)).map(|key| format!("{key}: ")).unwrap_or_default();
    Diagnostic::warning(codes::SYNTAX, "da `#` in poi è un commento: nel sito non c'è")
        .at(Place::span(file, comment.clone()))
        .help(format!(
            "se fa parte del testo scrivi `{key}{}`; se è un commento, lascia uno spazio dopo `#`",
            scalare(&whole)
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn helps(text: &str) -> Vec<String> {
        told("f", text, 0..text.len()).into_iter().map(|found| found.help.unwrap_or_default()).collect()
    }

    #[test]
    fn a_word_that_was_taken_for_a_comment_is_told_with_its_quotes() {
        let one = helps("titolo: Nido #1 vicino al lavoro\ncolore: #00695c\naree:\n  - Per le alleanze #territorio\n");
        assert!(one[0].contains("`titolo: \"Nido #1 vicino al lavoro\"`"), "{one:?}");
        assert!(one[1].contains("`colore: \"#00695c\"`"), "{one:?}");
        assert!(one[2].contains("`\"Per le alleanze #territorio\"`"), "{one:?}");
    }

    #[test]
    fn comments_are_left_alone() {
        for text in [
            "titolo: Nido # numero uno\n",
            "#titolo: Nido\ntitolo: Asilo\n",
            "titolo: \"Nido\" #uno\n",
            "titolo: \"Nido #1\"\n",
            "testo: |\n  Per le alleanze #territorio\n",
            "servizi: #qui\n  - nome: Nido\n",
            "titolo: Nido\n  #uno\n",
        ] {
            assert!(helps(text).is_empty(), "{text}");
        }
    }
}
