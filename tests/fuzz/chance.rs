//! Bytes that nobody would write, made from bytes that somebody wrote.

/// xorshift64*: the same seed gives the same bytes everywhere.
pub struct Chance(u64);

/// What numbers break on: written out, and as bytes.
const NUMBERS: [&str; 8] = ["0", "-1", "1e999", "255", "65536", "4294967296", "99999999999999999999", "0.0000000001"];
const BYTES: [u8; 8] = [0, 1, 0x7f, 0x80, 0xc3, 0xff, b'\n', b'"'];

/// No parser has to be fed more to show what it cannot take, unless its files are longer.
const LONGEST: usize = 48 << 10;

impl Chance {
    pub fn new(seed: u64) -> Self {
        Chance(seed | 1)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(high).unwrap_or_default() % end.max(1)
    }

    pub fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// Changes some of `bytes`; pieces come from `other` and from the words that the format is made of.
    pub fn mutate(&mut self, bytes: &mut Vec<u8>, other: &[u8], words: &[&[u8]]) {
        let most = LONGEST.max(bytes.len());
        for _ in 0..=self.below(6) {
            let at = self.below(bytes.len() + 1);
            let reach = self.below(12);
            let end = (at + 1 + self.below(1 << reach)).min(bytes.len());
            match self.below(10) {
                0 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                1 if at < bytes.len() => bytes[at] = BYTES[self.below(BYTES.len())],
                2 => drop(bytes.drain(at.min(end)..end)),
                3 => {
                    let piece = bytes[at.min(end)..end].to_vec();
                    let to = self.below(bytes.len() + 1);
                    bytes.splice(to..to, piece);
                }
                4 => {
                    let from = self.below(other.len() + 1);
                    let piece = &other[from..(from + 1 + self.below(400)).min(other.len()).max(from)];
                    bytes.splice(at..at, piece.iter().copied());
                }
                5 => self.number(bytes, at),
                6 => bytes.truncate(at),
                // Nests as deep as it can.
                7 if !words.is_empty() => {
                    let word = self.one(words).repeat(1 << self.below(11));
                    bytes.splice(at..at, word);
                }
                _ if !words.is_empty() => drop(bytes.splice(at..at, self.one(words).iter().copied())),
                _ => bytes.insert(at, BYTES[self.below(BYTES.len())]),
            }
        }
        bytes.truncate(most);
    }

    /// Puts another number in the place of the next one.
    fn number(&mut self, bytes: &mut Vec<u8>, at: usize) {
        let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|far| at + far) else { return };
        let digits = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        bytes.splice(start..start + digits, NUMBERS[self.below(NUMBERS.len())].bytes());
    }
}
