//! Words in a row.

/// `a, b e c`.
pub fn elenco(voci: impl IntoIterator<Item = String>) -> String {
    let mut voci: Vec<String> = voci.into_iter().collect();
    let ultima = voci.pop().unwrap_or_default();
    if voci.is_empty() { ultima } else { format!("{} e {ultima}", voci.join(", ")) }
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
