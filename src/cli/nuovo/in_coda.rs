//! One more entry at the end of a list that people write: everything else stays as it is, byte for byte.

/// The text with the entry; none where the list is not written one entry below another.
pub fn in_coda(testo: &str, voce: &[String]) -> Option<String> {
    let contenuto = |riga: &&str| {
        let nuda = riga.trim_start_matches('\u{feff}').trim();
        !nuda.is_empty() && !nuda.starts_with('#') && nuda != "---"
    };
    let prima = testo.lines().find(contenuto)?.trim_start_matches('\u{feff}');
    let rientro = &prima[..prima.len() - prima.trim_start_matches(' ').len()];
    let nuda = prima[rientro.len()..].trim_end();
    if !(nuda == "-" || nuda.starts_with("- ")) || testo.lines().any(|riga| riga.trim_end() == "...") {
        return None;
    }
    let a_capo = if testo.contains("\r\n") { "\r\n" } else { "\n" };
    let mut nuovo = testo.to_owned();
    if !testo.ends_with('\n') {
        nuovo.push_str(a_capo);
    }
    for (i, riga) in voce.iter().enumerate() {
        let trattino = if i == 0 { "- " } else { "  " };
        nuovo.extend([rientro, trattino, riga, a_capo]);
    }
    Some(nuovo)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn con(testo: &str) -> Option<String> {
        in_coda(testo, &["id: b".to_owned(), "nome: B".to_owned()])
    }

    #[test]
    fn an_entry_is_written_as_the_list_is() {
        assert_eq!(con("- id: a # uno\n").as_deref(), Some("- id: a # uno\n- id: b\n  nome: B\n"));
        assert_eq!(
            con("# Enti\r\n\r\n  - { id: a }").as_deref(),
            Some("# Enti\r\n\r\n  - { id: a }\r\n  - id: b\r\n    nome: B\r\n")
        );
        assert_eq!(
            con("\u{feff}- id: a\n\n# fine\n").as_deref(),
            Some("\u{feff}- id: a\n\n# fine\n- id: b\n  nome: B\n")
        );
    }

    #[test]
    fn what_is_no_list_of_lines_is_left_alone() {
        for testo in ["", "# nulla\n", "[]\n", "[{ id: a }]\n", "id: a\n", "- id: a\n...\n"] {
            assert_eq!(con(testo), None, "{testo}");
        }
    }
}
