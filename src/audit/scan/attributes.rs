//! The attributes of a tag, written so that every browser reads the same.

use memchr::memchr;

use super::{Read, Scanner, fault, is_space};

impl Scanner<'_> {
    /// Past the `>` of a tag, and whether a `/` stands before it.
    #[inline]
    pub fn skip_attributes(&self, mut at: usize) -> Read<(usize, bool)> {
        let odd = |at: usize| fault(at..at + 1, "c'è un segno fuori posto tra gli attributi");
        loop {
            match self.byte(at) {
                b'>' => return Ok((at + 1, false)),
                b'/' if self.byte(at + 1) == b'>' => return Ok((at + 2, true)),
                b' ' | b'\n' | b'\t' | b'\r' | 0x0C => {
                    at += 1;
                    continue;
                }
                // The name of a tag ends here only with one of the above.
                _ if !is_space(self.byte(at - 1)) => {
                    return fault(at..at + 1, "dopo il nome o il valore di un attributo serve uno spazio");
                }
                _ => {}
            }
            let start = at;
            loop {
                match self.byte(at) {
                    b'=' | b'>' | b'/' | b' ' | b'\n' | b'\t' | b'\r' | 0x0C => break,
                    0 => return fault(start..start + 1, "il tag non si chiude"),
                    b'"' | b'\'' | b'<' => return odd(at),
                    _ => at += 1,
                }
            }
            if at == start {
                return odd(at);
            }
            if self.byte(at) != b'=' {
                let next = self.skip_space(at);
                if self.byte(next) == b'=' {
                    return fault(next..next + 1, "c'è uno spazio prima di `=`");
                }
                continue;
            }
            at += 1;
            match self.byte(at) {
                quote @ (b'"' | b'\'') => match memchr(quote, &self.bytes[at + 1..]) {
                    Some(offset) => at += offset + 2,
                    None => return fault(at..at + 1, "le virgolette non si chiudono"),
                },
                _ => {
                    let start = at;
                    loop {
                        match self.byte(at) {
                            b'>' | b' ' | b'\n' | b'\t' | b'\r' | 0x0C => break,
                            0 => return fault(start..start + 1, "il tag non si chiude"),
                            b'"' | b'\'' | b'<' | b'=' | b'`' => return odd(at),
                            _ => at += 1,
                        }
                    }
                    if at == start || self.byte(at - 1) == b'/' {
                        return fault(start..start + 1, "il valore di un attributo va tra virgolette");
                    }
                }
            }
        }
    }
}
