//! C-13: letters of another alphabet that look like ours.
//!
//! DGR XII/5464 itself prints one word with a Cyrillic letter: it looks right, and no search finds it.

use crate::report::{Diagnostic, Place, Rule};

pub const RULES: &[Rule] = &[Rule::new("C-13", "le parole sono scritte con le lettere del nostro alfabeto")
    .why("una lettera cirillica sembra uguale, ma chi cerca la parola non la trova")
    .example("la parola «impresе» con l'ultima lettera cirillica, copiata da un PDF")];

/// Cyrillic and Greek letters that a reader takes for Latin ones, in pairs.
const SOSIA: &str =
    "аaеeоoрpсcхxуyіiѕsјjһhԁdԛqԝwАAВBЕEКKМMНHОOРPСCТTХXУYІIЅSЈJαaοoνvρpτtυuχxΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX";

/// Warns of each word that mixes such letters with Latin ones, or is made of them alone.
pub fn check(file: &str, text: &str, problems: &mut Vec<Diagnostic>) {
    // Lead bytes of Greek and Cyrillic; a text without them, as nearly all are, costs one pass.
    if !text.bytes().any(|b| (0xcd..=0xd4).contains(&b)) {
        return;
    }
    let mut start = 0;
    for word in text.split(|c: char| !c.is_alphabetic()) {
        let at = start;
        start += word.len() + text[start + word.len()..].chars().next().map_or(0, char::len_utf8);
        let foreign = word.chars().any(|c| latin(c).is_some());
        if !foreign || word.chars().any(|c| !c.is_ascii_alphabetic() && latin(c).is_none() && !is_accented_latin(c)) {
            continue;
        }
        let plain: String = word.chars().map(|c| latin(c).unwrap_or(c)).collect();
        problems.push(
            Diagnostic::warning(
                "C-13",
                format!("`{word}` contiene lettere di un altro alfabeto che sembrano le nostre"),
            )
            .at(Place::span(file, at..at + word.len()))
            .label("la ricerca non troverà questa parola")
            .help(format!("riscrivila dalla tastiera: `{plain}`")),
        );
    }
}

/// The letter of ours that it looks like.
pub fn latin(letter: char) -> Option<char> {
    let mut pairs = SOSIA.chars();
    while let (Some(foreign), Some(ours)) = (pairs.next(), pairs.next()) {
        if foreign == letter {
            return Some(ours);
        }
    }
    None
}

fn is_accented_latin(letter: char) -> bool {
    matches!(letter, '\u{c0}'..='\u{24f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        check("f", text, &mut found);
        found.into_iter().map(|problem| problem.help.unwrap_or_default()).collect()
    }

    #[test]
    fn a_cyrillic_letter_in_an_italian_word_is_noticed() {
        assert_eq!(words("Associazioni datoriali/impresе/altro"), ["riscrivila dalla tastiera: `imprese`"]);
        assert_eq!(words("САСО"), ["riscrivila dalla tastiera: `CACO`"]);
    }

    #[test]
    fn words_of_other_languages_are_left_alone() {
        assert!(words("città però Москва Ελλάδα πρόγραμμα").is_empty());
    }
}
