//! Words in a row.

/// `a, b e c`.
pub fn elenco(voci: impl IntoIterator<Item = String>) -> String {
    let mut voci: Vec<String> = voci.into_iter().collect();
    let ultima = voci.pop().unwrap_or_default();
    if voci.is_empty() { ultima } else { format!("{} e {ultima}", voci.join(", ")) }
}

/// The first line of a text, and of that no more than so many characters; `…` says that something is left out.
pub fn accorciato(testo: &str, massimo: usize) -> String {
    let mut inizio: String = testo.lines().next().unwrap_or_default().chars().take(massimo).collect();
    if inizio.len() < testo.len() {
        inizio.push('…');
    }
    inizio
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_several_words_is_joined() {
        let words = |words: &[&str]| elenco(words.iter().map(|word| (*word).to_owned()));
        assert_eq!([words(&[]), words(&["a"]), words(&["a", "b", "c"])], ["", "a", "a, b e c"]);
    }
}
