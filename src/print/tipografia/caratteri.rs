//! The fonts of the program, loaded once, and what they can show.
//!
//! Titillium Web is the face of the site; Libertinus sets long texts. DejaVu Sans Mono and New Computer Modern Math show
//! what the two lack: arrows, signs of mathematics, letters drawn as such signs.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// Under the licences of `caratteri/OFL.txt` and `caratteri/LICENZE.txt`.
pub(super) const FILE: [&[u8]; 10] = [
    include_bytes!("caratteri/TitilliumWeb_400Regular.ttf"),
    include_bytes!("caratteri/TitilliumWeb_400Regular_Italic.ttf"),
    include_bytes!("caratteri/TitilliumWeb_600SemiBold.ttf"),
    include_bytes!("caratteri/TitilliumWeb_700Bold.ttf"),
    include_bytes!("caratteri/LibertinusSerif-Regular.otf"),
    include_bytes!("caratteri/LibertinusSerif-Italic.otf"),
    include_bytes!("caratteri/LibertinusSerif-Bold.otf"),
    include_bytes!("caratteri/LibertinusSerif-BoldItalic.otf"),
    include_bytes!("caratteri/DejaVuSansMono.ttf"),
    include_bytes!("caratteri/NewCMMath-Regular.otf"),
];

/// Stands for a character that no font has.
pub const SOSTITUTO: char = '□';

/// Words longer than this may break anywhere: no column is wide enough for all of them.
pub const PAROLA_LUNGA: usize = 24;
const OGNI: usize = 8;

struct Caratteri {
    libro: LazyHash<FontBook>,
    font: Vec<Font>,
}

static CARATTERI: LazyLock<Caratteri> = LazyLock::new(|| {
    let font: Vec<Font> = FILE.into_iter().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
    Caratteri { libro: LazyHash::new(FontBook::from_fonts(&font)), font }
});

pub fn libro() -> &'static LazyHash<FontBook> {
    &CARATTERI.libro
}

pub fn font(index: usize) -> Option<Font> {
    CARATTERI.font.get(index).cloned()
}

/// Which of the first characters of Unicode some font shows: nearly every text is made of these alone.
static FREQUENTI: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let mut frequenti = vec![false; 0x2500];
    // Font by font: asking each of them about each character would take longer than a small document.
    for font in &CARATTERI.font {
        for c in font.info().coverage.iter() {
            match frequenti.get_mut(c as usize) {
                Some(shown) => *shown = char::from_u32(c).is_some_and(|c| !is_private(c) && !c.is_control()),
                None => break,
            }
        }
    }
    frequenti
});

/// Whether one font shows all the characters of a cluster: a letter and its accents come from the same one.
fn si_mostra(gruppo: &[char]) -> bool {
    let in_font = |font: &Font| gruppo.iter().all(|&c| font.info().coverage.contains(c.into()));
    !gruppo.iter().any(|&c| is_private(c) || c.is_control()) && CARATTERI.font.iter().any(in_font)
}

/// What private areas hold is known to nobody, and archives refuse it.
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{fff0}'..='\u{ffff}')
}

/// Characters that are seen in what stands around them, or not at all.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_frequent(c: char) -> bool {
    // Nearly every character of nearly every text: it is asked again after each change of a record.
    if c.is_ascii_graphic() {
        return true;
    }
    let index = u32::from(c) as usize;
    FREQUENTI.get(index).copied().unwrap_or(false) && !is_invisible(c) && !is_mark(c)
}

/// Accents that stand by themselves after their letter.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// The clusters of a text that no font shows, each with where it stands.
pub fn mancanti(testo: &str) -> Vec<(usize, &str)> {
    if testo.chars().all(|c| is_frequent(c) || is_white(c)) {
        return Vec::new();
    }
    let gruppi = testo.grapheme_indices(true);
    gruppi.filter(|(_, gruppo)| mostrabile(gruppo).is_none()).collect()
}

/// The characters of a text that no font has, each named once.
pub fn nomi_mancanti(testo: &str) -> BTreeSet<String> {
    mancanti(testo).into_iter().map(|(_, gruppo)| nome(gruppo)).collect()
}

/// A cluster by the numbers of its characters: `U+1F600`.
pub fn nome(gruppo: &str) -> String {
    gruppo.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect::<Vec<_>>().join(" ")
}

fn is_white(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t')
}

/// How a cluster is shown, if some font can.
fn mostrabile(gruppo: &str) -> Option<String> {
    let visibili: Vec<char> = gruppo.nfc().filter(|&c| !is_invisible(c)).collect();
    if visibili.iter().all(|c| c.is_whitespace()) {
        // Blanks of all widths are blanks; those that keep words together stay.
        let blank = |c: &char| if matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}') { '\u{a0}' } else { ' ' };
        return Some(visibili.iter().take(1).map(blank).collect());
    }
    si_mostra(&visibili).then(|| visibili.iter().collect())
}

/// A text as the fonts can show it: accents joined to their letters, `□` for what no font has, and words longer than
/// a column ready to break.
pub fn adatta(testo: &str) -> String {
    let mut out = String::with_capacity(testo.len());
    if testo.chars().all(is_frequent) {
        out.push_str(testo);
    } else {
        for gruppo in testo.graphemes(true) {
            match mostrabile(gruppo) {
                Some(testo) => out.push_str(&testo),
                None => out.push(SOSTITUTO),
            }
        }
    }
    if out.split_whitespace().any(|parola| parola.len() > PAROLA_LUNGA) { spezza(&out) } else { out }
}

/// Lets long words break: after signs that divide an address, else every few characters.
fn spezza(testo: &str) -> String {
    const SENZA_LARGHEZZA: char = '\u{200b}';
    let mut out = String::with_capacity(testo.len() + 16);
    for pezzo in testo.split_inclusive(char::is_whitespace) {
        if pezzo.trim_end().chars().count() <= PAROLA_LUNGA {
            out.push_str(pezzo);
            continue;
        }
        let mut dopo = 0;
        let mut gruppi = pezzo.graphemes(true).peekable();
        while let Some(gruppo) = gruppi.next() {
            out.push_str(gruppo);
            dopo += 1;
            let divide = matches!(gruppo, "/" | "." | "-" | "_" | "@" | "?" | "&" | "=");
            let is_next_plain = gruppi.peek().is_some_and(|next| !next.starts_with(char::is_whitespace));
            if is_next_plain && (divide || dopo >= OGNI) {
                out.push(SENZA_LARGHEZZA);
                dopo = 0;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn italian_and_its_neighbours_are_shown() {
        for testo in [
            "Perché è così? «Sì» – l’età, 50 % di € 1.234,56 … n° 5 §",
            "Žlutý kůň, Łódź, Ţară, Straße",
            "Αθήνα, Москва, ≤ ≥ → ✓ ∑",
        ] {
            assert_eq!(mancanti(testo), [], "{testo}");
            assert_eq!(adatta(testo), testo);
        }
    }

    #[test]
    fn what_no_font_has_is_named_and_replaced() {
        let testo = "Nido 👩‍👧 e 中文.";
        assert_eq!(mancanti(testo), [(5, "👩‍👧"), (19, "中"), (22, "文")]);
        assert_eq!(adatta(testo), "Nido □ e □□.");
        assert_eq!(adatta("a\u{e000}b\u{7}c\u{feff}d"), "a□b□cd");
    }

    #[test]
    fn accents_written_apart_are_joined() {
        assert_eq!(adatta("perche\u{301}"), "perché");
        assert_eq!(mancanti("perche\u{301}"), []);
    }

    #[test]
    fn long_words_can_break_and_short_ones_stay() {
        let lunga = "x".repeat(100);
        assert!(adatta(&lunga).split('\u{200b}').all(|pezzo| pezzo.len() <= OGNI));
        assert_eq!(adatta("conciliazione vita-lavoro"), "conciliazione vita-lavoro");
        assert_eq!(adatta(&lunga).replace('\u{200b}', ""), lunga);
    }
}
