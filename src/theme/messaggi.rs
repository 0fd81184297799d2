//! What the rules say, as readers see it: messages are written for those who keep the records, in lower case, without
//! a full stop and with names of fields in backticks, which become the labels that everybody understands.

use crate::record::etichetta;

/// In the words of readers: a name in backticks becomes its label, an answer a word.
pub fn plain(testo: &str) -> String {
    in_words(testo, |name| etichetta(name).map_or_else(|| quoted(name), str::to_owned))
}

/// Behind one of these a label would have a second article.
const WITH_ARTICLE: [&str; 20] = [
    "i", "il", "lo", "la", "le", "gli", "un", "una", "in", "di", "da", "a", "su", "nei", "nelle", "del", "della",
    "dei", "delle", "degli",
];

/// The same, where somebody knows more names than those of fields.
pub fn in_words(testo: &str, name: impl Fn(&str) -> String) -> String {
    // A backtick without its companion is a letter like the others.
    let marks = testo.matches('`').count();
    let mut before = "";
    let parts = testo.splitn(marks - marks % 2 + 1, '`').enumerate().map(|(n, part)| match part {
        part if n % 2 == 0 => {
            before = part;
            part.to_owned()
        }
        "true" => "sì".to_owned(),
        "false" => "no".to_owned(),
        part if before.ends_with(' ')
            && before.split_whitespace().last().is_some_and(|w| WITH_ARTICLE.contains(&w)) =>
        {
            quoted(part)
        }
        part => name(part),
    });
    parts.collect()
}

/// A word that has no label: as readers would write it.
pub fn quoted(parola: &str) -> String {
    // A name with capital letters, figures or points is one that people gave, or something to be written as it is.
    let given = !parola.chars().all(|c| c.is_lowercase() || matches!(c, '_' | '-')) || parola.starts_with('-');
    if given { format!("«{parola}»") } else { format!("«{}»", parola.replace(['_', '-'], " ")) }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_backticks_become_labels_and_answers_words() {
        assert_eq!(plain("manca `atti.concessione`"), "manca l'atto di concessione");
        assert_eq!(plain("`true`, mentre la norma chiede `false`"), "sì, mentre la norma chiede no");
        assert_eq!(plain("«<b>» di `nome_ignoto`"), "«<b>» di «nome ignoto»");
        assert_eq!(plain("come `2019-01-15`, `--base-url` o `det-388`"), "come «2019-01-15», «--base-url» o «det-388»");
        assert_eq!(plain("elenca i `residui`"), "elenca i «residui»");
        assert_eq!(plain("uno ` solo"), "uno ` solo");
        assert_eq!(plain("`durata` e ` solo"), "la durata e ` solo");
    }

    #[test]
    fn a_sentence_begins_with_a_capital_and_ends_with_a_stop() {
        assert_eq!(sentence("è così"), "È così.");
        assert_eq!(sentence("l'atto vuole DGR e P.A."), "L'atto vuole DGR e P.A.");
        assert_eq!(sentence("davvero?"), "Davvero?");
        assert_eq!(sentence(""), "");
        assert_eq!(capital("€ 1.000,00 di DGR"), "€ 1.000,00 di DGR");
    }
}
