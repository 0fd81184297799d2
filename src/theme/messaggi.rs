//! What the rules say, as readers see it: messages are written for those who keep the records, in lower case, without
//! a full stop and with names in backticks.

use crate::markup;

/// Names in backticks become `<code>`; an answer in backticks becomes a word.
pub fn html(testo: &str) -> String {
    pieces(testo)
        .map(|piece| match piece {
            Piece::Text(text) => markup::text(text),
            Piece::Answer(word) => word.to_owned(),
            Piece::Name(name) => format!("<code>{}</code>", markup::text(name)),
        })
        .collect()
}

/// The same without marks, for data.
pub fn plain(testo: &str) -> String {
    pieces(testo)
        .map(|piece| match piece {
            Piece::Text(text) | Piece::Name(text) => text,
            Piece::Answer(word) => word,
        })
        .collect()
}

/// A first capital letter; the others stay, unlike with the engine's `capitalize`: `DGR` is no `Dgr`.
pub fn capital(testo: &str) -> String {
    let mut chars = testo.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A capital letter and a full stop, where there is no other.
pub fn sentence(testo: &str) -> String {
    let testo = testo.trim_end();
    let ended = testo.is_empty() || testo.ends_with(['.', '!', '?', '…', ':']);
    let stop = if ended { "" } else { "." };
    format!("{}{stop}", capital(testo))
}

enum Piece<'a> {
    Text(&'a str),
    Name(&'a str),
    Answer(&'static str),
}

/// A backtick without its companion is a letter like the others.
fn pieces(testo: &str) -> impl Iterator<Item = Piece<'_>> {
    let marks = testo.matches('`').count();
    let paired = marks - marks % 2;
    testo.splitn(paired + 1, '`').enumerate().map(|(n, part)| match part {
        part if n % 2 == 0 => Piece::Text(part),
        "true" => Piece::Answer("sì"),
        "false" => Piece::Answer("no"),
        part => Piece::Name(part),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_backticks_become_code_and_answers_words() {
        assert_eq!(html("manca `atti.concessione`"), "manca <code>atti.concessione</code>");
        assert_eq!(html("`true`, mentre la norma chiede `false`"), "sì, mentre la norma chiede no");
        assert_eq!(html("«<b>» di `a&b`"), "«&lt;b&gt;» di <code>a&amp;b</code>");
        assert_eq!(html("uno ` solo"), "uno ` solo");
        assert_eq!(html("`due` e ` solo"), "<code>due</code> e ` solo");
        assert_eq!(plain("manca `al`, non `true`"), "manca al, non sì");
    }

    #[test]
    fn a_sentence_begins_with_a_capital_and_ends_with_a_stop() {
        assert_eq!(sentence("è così"), "È così.");
        assert_eq!(sentence("l'atto vuole DGR e P.A."), "L'atto vuole DGR e P.A.");
        assert_eq!(sentence("davvero?"), "Davvero?");
        assert_eq!(sentence(""), "");
        assert_eq!(capital("1.000,00 € di DGR"), "1.000,00 € di DGR");
    }
}
