//! What word processors leave in a text that is pasted from them.

/// Signs that a list has in a word processor; `\u{f0b7}` and its kin are of its own fonts.
const PALLINI: &[char] = &['•', '·', '–', '▪', '◦', '‣', '●', '○', '■', '□', '\u{f0b7}', '\u{f0a7}', '\u{f0d8}'];

/// A text as a record holds it: blanks and hyphens that nobody sees are plain or gone; of Markdown, what looks like a
/// list is one.
pub fn testo(incollato: &str, e_markdown: bool) -> String {
    let visibile: String = incollato
        .chars()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}'))
        .map(|c| if matches!(c, '\u{a0}' | '\u{202f}') { ' ' } else { c })
        .collect();
    if !e_markdown {
        return visibile;
    }
    let righe: Vec<String> = visibile
        .split('\n')
        .map(|riga| senza_pallino(riga).map_or_else(|| riga.to_owned(), |voce| format!("- {voce}")))
        .collect();
    righe.join("\n")
}

/// What stands behind the sign of a list, if a line begins with one.
pub fn senza_pallino(riga: &str) -> Option<&str> {
    let voce = riga.trim_start().strip_prefix(PALLINI)?;
    Some(voce.trim_start()).filter(|detto| detto.len() < voce.len() && !detto.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_a_word_processor_become_lists() {
        for (incollato, scritto) in [
            ("Si può:\n•\tgiocare\n  ·  leggere\n– riposare", "Si può:\n- giocare\n- leggere\n- riposare"),
            ("dal 3 – 5 maggio", "dal 3 – 5 maggio"),
            ("–5 gradi", "–5 gradi"),
            ("– ", "– "),
            ("con\u{ad}ci\u{ad}liazione a\u{a0}casa", "conciliazione a casa"),
            ("- una\n* due", "- una\n* due"),
        ] {
            assert_eq!(testo(incollato, true), scritto, "{incollato:?}");
        }
        assert_eq!(testo("• uno\u{a0}solo", false), "• uno solo");
    }
}
