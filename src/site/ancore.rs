//! Points of a page that can be linked to: named after what is there, so that what is added before moves none.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

/// Names are for reading in an address: of long titles the beginning will do.
const LUNGHEZZA: usize = 48;

/// The accents, once they are letters' companions.
pub fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Small letters without accents.
pub fn fold(testo: &str) -> String {
    if testo.is_ascii() {
        return testo.to_ascii_lowercase();
    }
    testo.nfd().filter(|&c| !is_mark(c)).flat_map(char::to_lowercase).collect()
}

/// `Sportello d'ascolto` → `sportello-d-ascolto`.
pub fn slug(testo: &str) -> String {
    let plain = fold(testo);
    let mut slug = String::new();
    for word in plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if slug.len() + word.len() > LUNGHEZZA && !slug.is_empty() {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word[..word.len().min(LUNGHEZZA)]);
    }
    slug
}

/// Each with an anchor of its own, after its title.
pub fn di<T, S: AsRef<str>>(
    kind: &str,
    voci: impl Iterator<Item = T>,
    titolo: impl Fn(&T) -> S,
) -> impl Iterator<Item = (T, String)> {
    let mut taken = BTreeSet::new();
    voci.map(move |voce| {
        let name = [kind, &slug(titolo(&voce).as_ref())].join("-").trim_end_matches('-').to_owned();
        let mut candidate = name.clone();
        let mut n = 2;
        while !taken.insert(candidate.clone()) {
            candidate = format!("{name}-{n}");
            n += 1;
        }
        (voce, candidate)
    })
}

#[cfg(test)]
mod tests {
    use super::{di, slug};

    #[test]
    fn anchors_are_named_after_titles_and_alone() {
        assert_eq!(slug("Sportello d’ascolto – Città"), "sportello-d-ascolto-citta");
        assert_eq!(slug(&"parola ".repeat(20)).len(), 48);
        assert_eq!(
            di("azione", ["Uno", "Due", "uno!", "…"].into_iter(), |titolo| *titolo).collect::<Vec<_>>(),
            [("Uno", "azione-uno"), ("Due", "azione-due"), ("uno!", "azione-uno-2"), ("…", "azione")]
                .map(|(titolo, ancora)| (titolo, ancora.to_owned()))
        );
    }
}
