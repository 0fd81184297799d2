//! A text as whoever reads it gets it, and the way back to the bytes it was written with.
//!
//! Data hide in what a reader does not see: characters without width, letters of full width, entities, escapes of YAML
//! and JSON, marks of Markdown and tags, `[at]` for `@`. All that is undone once, here, so that what looks for the
//! data looks at plain characters. What is dropped or replaced is noted as a step, and every other byte is copied.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;
use unicode_normalization::UnicodeNormalization;

use super::markup::{self, Entities};
use crate::input::lookalike;

/// What is read of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The bytes as they are.
    Bytes,
    /// All that is written, addresses of links and attributes of tags included, with nothing hidden.
    Written,
    /// Only what shows of it.
    Shown,
}

/// Where one cell or paragraph ends and another begins: parts of an account may stand on both sides, not of a number.
pub const CELL: char = '\u{1e}';

/// From `folded` on, the text is that of the source from `source` on, byte by byte where it was copied.
#[derive(Debug, Clone, Copy)]
struct Step {
    folded: usize,
    source: usize,
    copied: bool,
}

/// A text as it is read, and the way back to its source; one in which nothing was undone has no steps.
#[derive(Debug)]
pub struct Folded<'t> {
    pub text: Cow<'t, str>,
    steps: Vec<Step>,
}

impl<'t> Folded<'t> {
    pub fn of(source: &'t str, view: View) -> Self {
        let said = memmem::find(source.as_bytes(), SAID_AT);
        if view == View::Bytes || (said.is_none() && !source.bytes().any(|b| SPECIAL[usize::from(b)])) {
            return Folded { text: Cow::Borrowed(source), steps: Vec::new() };
        }
        let mut folder = Folder {
            source,
            at: 0,
            out: String::with_capacity(source.len()),
            last: 0,
            steps: vec![Step { folded: 0, source: 0, copied: true }],
            view,
            rtf: source.starts_with("{\\rtf"),
            entities: Entities::of(source),
        };
        folder.run(said);
        Folded { text: Cow::Owned(folder.out), steps: folder.steps }
    }

    /// The bytes of the source that gave these.
    pub fn source(&self, folded: &Range<usize>) -> Range<usize> {
        if self.steps.is_empty() {
            return folded.clone();
        }
        let start = self.place(self.steps.partition_point(|step| step.folded <= folded.start), folded.start);
        let end = self.place(self.steps.partition_point(|step| step.folded < folded.end), folded.end);
        start..end.max(start)
    }

    /// A place between the step before `next` and that one.
    fn place(&self, next: usize, folded: usize) -> usize {
        let Some(step) = next.checked_sub(1).and_then(|last| self.steps.get(last)) else { return folded };
        let limit = self.steps.get(next).map_or(usize::MAX, |step| step.source);
        let into = folded.saturating_sub(step.folded);
        match step.copied {
            true => (step.source + into).min(limit),
            // What was replaced is one thing.
            false if into > 0 && limit != usize::MAX => limit,
            false => step.source,
        }
    }
}

/// Bytes that may begin something to undo. Those of accented letters (`0xc3`) are none.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let bytes = b"&%<\\*`[]({\xc2\xcd\xce\xcf\xd0\xd1\xd2\xd3\xd4\xd8\xe1\xe2\xe3\xef\xf0\xf3";
    let mut i = 0;
    while i < bytes.len() {
        special[bytes[i] as usize] = true;
        i += 1;
    }
    special
};

/// How many bytes are undone, and what is read in their place.
type Undone<'t> = Option<(usize, Cow<'t, str>)>;

/// Words that stand for a sign, in brackets of any kind.
const SIGNS: [(&str, &str); 6] =
    [("at", "@"), ("chiocciola", "@"), ("@", "@"), ("dot", "."), ("punto", "."), (".", ".")];
/// How an address is said.
const SAID_AT: &[u8] = b" chiocciola ";
const SAID_DOT: &str = " punto ";
/// More stars than a mark of emphasis has stand for what is left out.
const MOST_STARS: usize = 3;

struct Folder<'t> {
    source: &'t str,
    at: usize,
    out: String,
    /// Up to here the text was replaced; after it, copied.
    last: usize,
    steps: Vec<Step>,
    view: View,
    rtf: bool,
    entities: Entities,
}

impl<'t> Folder<'t> {
    /// `said` is the first place where an address is said in words.
    fn run(&mut self, mut said: Option<usize>) {
        let bytes = self.source.as_bytes();
        while self.at < bytes.len() {
            let run = bytes[self.at..].iter().position(|&b| SPECIAL[usize::from(b)]);
            let end = run.map_or(bytes.len(), |run| self.at + run);
            if let Some(place) = said.filter(|&place| place <= end) {
                self.verbatim(place.max(self.at));
                if place == self.at {
                    self.say();
                }
                said = memmem::find(&bytes[self.at..], SAID_AT).map(|next| self.at + next);
                continue;
            }
            self.verbatim(end);
            if end < bytes.len() {
                match self.special(bytes[end]) {
                    Some((length, with)) => self.replace(length, &with),
                    None => self.copy(),
                }
            }
        }
    }

    fn verbatim(&mut self, end: usize) {
        self.out.push_str(&self.source[self.at..end]);
        self.at = end;
    }

    /// `mario.rossi chiocciola esempio punto it`, from the first space.
    fn say(&mut self) {
        self.replace(SAID_AT.len(), "@");
        loop {
            let word = self.rest().find(|c: char| !(c.is_alphanumeric() || c == '-'));
            self.verbatim(word.map_or(self.source.len(), |word| self.at + word));
            if !self.rest().starts_with(SAID_DOT) {
                return;
            }
            self.replace(SAID_DOT.len(), ".");
        }
    }

    fn shows_only(&self) -> bool {
        self.view == View::Shown
    }

    fn rest(&self) -> &'t str {
        &self.source[self.at..]
    }

    fn copy(&mut self) {
        if let Some(c) = self.rest().chars().next() {
            self.out.push(c);
            self.at += c.len_utf8();
        }
    }

    /// Puts `with` in the place of the next `length` bytes.
    fn replace(&mut self, length: usize, with: &str) {
        let before = Step { folded: self.out.len(), source: self.at, copied: false };
        self.out.push_str(with);
        self.at += length;
        self.last = self.out.len();
        self.steps.extend([before, Step { folded: self.last, source: self.at, copied: true }]);
    }

    /// What begins here and is undone, if anything is.
    fn special(&mut self, byte: u8) -> Undone<'t> {
        let rest = self.rest();
        match byte {
            b'&' => self.entity(),
            b'%' => percent(rest).map(|(length, c)| (length, read(c))),
            b'\\' => self.escape(),
            b'*' => {
                let stars = rest.bytes().take_while(|&b| b == b'*').count();
                Some((stars, Cow::Borrowed(if stars > MOST_STARS { &rest[..stars] } else { "" })))
            }
            b'`' => Some((1, Cow::Borrowed(""))),
            b'[' | b'(' | b'{' | b'<' => self.sign(byte).or_else(|| match byte {
                b'[' if self.shows_only() => Some((1, Cow::Borrowed(""))),
                b'<' if self.shows_only() => {
                    let (length, is_block) = markup::tag(rest)?;
                    Some((length, Cow::Borrowed(if is_block { "\u{1e}" } else { "" })))
                }
                _ => None,
            }),
            b']' if self.shows_only() => address(rest).map(|length| (length, Cow::Borrowed(""))),
            _ => {
                let c = rest.chars().next()?;
                Some((c.len_utf8(), plain(c)?))
            }
        }
    }

    fn entity(&self) -> Undone<'t> {
        let rest = self.rest();
        if let Some((length, c)) = markup::entity(rest) {
            return Some((length, read(c)));
        }
        let (length, text) = self.entities.expand(rest)?;
        Some((length, Cow::Owned(Folded::of(&text, self.view).text.into_owned())))
    }

    /// `\u0040`, `\x40` and their like; a line that goes on; a sign that Markdown or JSON would read otherwise.
    fn escape(&self) -> Undone<'t> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let digits = |from: usize, most: usize| {
            let digits = rest.get(from..).unwrap_or_default();
            let count = digits.bytes().take(most).take_while(u8::is_ascii_hexdigit).count();
            let c = u32::from_str_radix(&digits[..count], 16).ok().and_then(char::from_u32);
            c.map(|c| (from + count, count, c))
        };
        let wanted = match bytes.get(1)? {
            b'u' if bytes.get(2) == Some(&b'{') => {
                let (end, _, c) = digits(3, 6)?;
                return (bytes.get(end) == Some(&b'}')).then(|| (end + 1, read(c)));
            }
            b'x' => 2,
            b'\'' if self.rtf => 2,
            b'u' => 4,
            b'U' => 8,
            b'\n' | b'\r' => {
                let blank = rest[1..].bytes().take_while(|b| b.is_ascii_whitespace()).count();
                return Some((1 + blank, Cow::Borrowed("")));
            }
            sign if sign.is_ascii_punctuation() => return Some((2, Cow::Borrowed(&rest[1..2]))),
            _ => return None,
        };
        let (end, count, c) = digits(2, wanted)?;
        (count == wanted).then(|| (end, read(c)))
    }

    /// `[at]` and `(punto)`, with the spaces around them.
    fn sign(&mut self, open: u8) -> Undone<'t> {
        /// The longest of the words, with a few spaces.
        const LONGEST: usize = 16;
        let close = match open {
            b'[' => ']',
            b'(' => ')',
            b'{' => '}',
            _ => '>',
        };
        let rest = self.rest();
        // Most brackets and tags are none of this.
        if !rest.as_bytes().get(1).is_some_and(|b| b" @.acdpACDP".contains(b)) {
            return None;
        }
        let near = &rest[1..rest.floor_char_boundary(LONGEST.min(rest.len())).max(1)];
        let (word, _) = near.split_once(close)?;
        let said = word.trim().to_ascii_lowercase();
        let (_, sign) = SIGNS.iter().find(|(word, _)| *word == said)?;
        let mut length = word.len() + 2;
        if self.shows_only() && open == b'[' {
            length += address(&rest[length - 1..]).map_or(0, |address| address - 1);
        }
        let blank = rest[length..].bytes().take_while(|&b| b == b' ').count();
        if rest[length + blank..].starts_with(|c: char| c.is_alphanumeric()) {
            length += blank;
        }
        let kept = self.out.trim_end_matches(' ').len();
        let dropped = self.out.len() - kept;
        // The spaces before it go too: the step begins where they do, if they were copied.
        if dropped > 0 && self.last <= kept {
            self.out.truncate(kept);
            self.at -= dropped;
            length += dropped;
        }
        Some((length, Cow::Borrowed(sign)))
    }
}

/// The length of `](…)`: the address of a link of Markdown, behind its words.
fn address(text: &str) -> Option<usize> {
    const LONGEST: usize = 2048;
    if !text.starts_with("](") {
        return None;
    }
    let near = &text[..text.floor_char_boundary(LONGEST.min(text.len()))];
    near.find([')', '\n']).filter(|&end| near[end..].starts_with(')')).map(|end| end + 1)
}

/// `%40`, and what several of them make together; `%2540` is the same, written twice.
fn percent(text: &str) -> Option<(usize, char)> {
    let hex = |at: usize| {
        let bytes = text.as_bytes();
        if bytes.get(at) != Some(&b'%') {
            return None;
        }
        let at = at + 1 + if bytes.get(at + 1..at + 3) == Some(b"25") { 2 } else { 0 };
        let pair = text.get(at..at + 2).filter(|pair| pair.bytes().all(|b| b.is_ascii_hexdigit()))?;
        Some((at + 2, u8::from_str_radix(pair, 16).ok()?))
    };
    let (mut end, first) = hex(0)?;
    let mut bytes = vec![first];
    let more = match first {
        b' '..=b'~' => 0,
        0xc2..=0xdf => 1,
        0xe0..=0xef => 2,
        0xf0..=0xf4 => 3,
        _ => return None,
    };
    for _ in 0..more {
        let (next, byte) = hex(end)?;
        bytes.push(byte);
        end = next;
    }
    let c = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    Some((end, c))
}

/// What a character is read as.
fn read(c: char) -> Cow<'static, str> {
    plain(c).unwrap_or_else(|| Cow::Owned(c.to_string()))
}

/// What a character is read as, where it is not itself.
fn plain(c: char) -> Option<Cow<'static, str>> {
    let plain = match c {
        // Without width: joiners, marks of direction, variants, tags.
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => "",
        '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}' => "",
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ",
        '\u{2028}' | '\u{2029}' => "\n",
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' => "-",
        '\u{2024}' | '\u{3002}' => ".",
        '\u{2044}' | '\u{2215}' => "/",
        // Full width, small forms, letters of formulas, letters and numbers in circles.
        '\u{fe50}'..='\u{fe6f}' | '\u{ff00}'..='\u{ffef}' | '\u{1d400}'..='\u{1d7ff}' | '\u{2460}'..='\u{24ff}' => {
            return Some(Cow::Owned(std::iter::once(c).nfkc().collect()));
        }
        '\u{370}'..='\u{52f}' => return lookalike::latin(c).map(|c| Cow::Owned(c.to_string())),
        _ => return None,
    };
    Some(Cow::Borrowed(plain))
}
