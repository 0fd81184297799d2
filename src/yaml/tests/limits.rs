//! Texts made to break the reader, and texts broken at random.

use super::schema::Scheda;
use super::show;
use crate::yaml::{Marked, UNEXPLAINED, guard, parse, parse_one_or_many};

fn read(text: &str) -> String {
    show(text, parse::<Scheda>("win.yaml", text, 0..text.len()))
}

#[test]
fn nesting_in_brackets_is_refused_where_it_is_too_deep() {
    let text = format!("titolo: {}\n", "[".repeat(10_000));
    let shown = read(&text);
    assert!(shown.starts_with("errore[C-07]: più di 128 livelli uno dentro l'altro\n --> win.yaml:1:1"), "{shown}");
    let text = format!("titolo: {}{}\n", "{a: ".repeat(10_000), "}".repeat(10_000));
    assert!(read(&text).starts_with("errore[C-07]"));
}

#[test]
fn nesting_in_blocks_is_refused_where_it_is_too_deep() {
    let text = format!("{}x\n", "- ".repeat(10_000));
    assert!(read(&text).starts_with("errore[C-07]"), "{}", read(&text));
    let deep: String = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert!(read(&deep).starts_with("errore[C-07]"), "{}", read(&deep));
}

#[test]
fn many_brackets_side_by_side_are_fine() {
    let text = format!(
        "titolo: a\nscheda: 1\nfinanziamento: {{ costo_complessivo: 1, contributo_richiesto: 1 }}\nazioni: [{}]\n",
        "{ titolo: a, macrocategoria: b }, ".repeat(1_000)
    );
    assert!(read(&text).starts_with("Scheda"), "{}", read(&text));
}

#[test]
fn a_long_list_aliased_many_times_is_refused() {
    let list = "x, ".repeat(2_000);
    let text = format!("a: &a [{list}]\nb: [{}]\n", "*a, ".repeat(2_000));
    assert!(read(&text).starts_with("errore[C-07]"), "{}", read(&text));
}

/// Compared each with each they would take a day.
#[test]
fn many_unknown_keys_are_told_one_by_one() {
    const MANY: usize = 60_000;
    let text: String = (0..MANY).map(|n| format!("chiave_{n}: x\n")).collect();
    let found = parse::<Scheda>("win.yaml", &text, 0..text.len()).unwrap_err();
    assert!(found.len() > MANY, "{}", found.len());
}

#[test]
fn a_large_file_wrong_everywhere_is_told_in_part() {
    let text = "- titolo: [a]\n  boh: 1\n  scheda: x\n".repeat(20_000);
    let found = parse_one_or_many::<Scheda>("win.yaml", &text).unwrap_err();
    assert!((200..210).contains(&found.len()), "{}", found.len());
    assert_eq!(found[found.len() - 1].code, "C-07");
}

#[test]
fn one_record_wrong_everywhere_is_told_in_part() {
    let text = format!("azioni:\n{}", "- { titolo: [a], macrocategoria: A, boh: 1 }\n".repeat(20_000));
    let found = parse::<Scheda>("win.yaml", &text, 0..text.len()).unwrap_err();
    assert!(found.len() > 1);
    assert_eq!(found[found.len() - 1].code, "C-07");
}

/// Tokens that matter to YAML, and characters of more than a byte.
const PIECES: [&str; 34] = [
    ":", ": ", "\n", "\n  ", "- ", "\"", "'", "[", "]", "{", "}", ",", "#", " #", "&a ", "*a", "!", "!x ", "|", ">",
    "\t", "\r\n", "%", "@", "?", "? ", "---\n", "...\n", "<<: ", "è", "\u{2028}", "\0", "~", "1",
];

#[test]
fn broken_texts_are_refused_without_panic() {
    let good = "titolo: \"W.IN. – però\"\nscheda: 1\nstato: in_corso\ndurata: { dal: 2017-07-01, al: 2019-01-15 }\n\
        finanziamento:\n  costo_complessivo: 65000.00\n  contributo_richiesto: 40000.00\nazioni:\n  - titolo: a\n    \
        macrocategoria: imprese\n  - titolo: |\n      più\n      righe\n    macrocategoria: b\nobiettivi: [a, 'b', \"c\"]\n\
        note: { è: 1 }\n";
    assert!(read(good).starts_with("Scheda"));
    let boundaries: Vec<usize> = good.char_indices().map(|(at, _)| at).collect();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below as u64) as usize
    };
    for _ in 0..20_000 {
        let mut text = good.to_owned();
        for _ in 0..=next(3) {
            let at = boundaries[next(boundaries.len())];
            let at = text.floor_char_boundary(at.min(text.len()));
            match next(3) {
                0 => text.insert_str(at, PIECES[next(PIECES.len())]),
                1 => text.truncate(text.floor_char_boundary(text.len() - next(3))),
                _ => {
                    let end = text.ceil_char_boundary((at + 1 + next(6)).min(text.len()));
                    text.replace_range(at..end, PIECES[next(PIECES.len())]);
                }
            }
        }
        let result = parse::<Scheda>("win.yaml", &text, 0..text.len());
        if guard::check("", &text, &(0..text.len())).is_ok() {
            assert_eq!(result.is_ok(), serde_yaml::from_str::<Scheda>(&text).is_ok(), "{text}");
        }
        if let Err(found) = &result {
            assert!(!found.is_empty(), "nothing said about {text}");
            // `[?a]` is a text to one parser and a field without a value to the other.
            let is_explained = !found.iter().any(|said| said.message.contains(UNEXPLAINED));
            assert!(is_explained || text.contains("?"), "{found:?} about {text}");
        }
        // The same as front matter: the same findings, five bytes and a line further down.
        let page = format!("è--\n{text}è{text}");
        let inner = parse::<Scheda>("win.md", &page, 5..5 + text.len());
        assert_eq!(inner.as_ref().err().map(Vec::len), result.as_ref().err().map(Vec::len), "{text}");
        show(&page, inner);
        assert!(!show(&text, result).is_empty());
        assert!(Marked::load(&text, 0..text.len()).nodes.len() < 1_000);
    }
}
