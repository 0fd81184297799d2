//! What may stand between two characters of a code: a sign or two, a new line, the border of a cell.

use super::fold::CELL;

/// A spaced hyphen has three bytes.
const LONGEST: usize = 3;
/// A border with the spaces and line breaks around it.
const LONGEST_BORDER: usize = 80;

/// The letter or digit that follows the one at `at`.
pub fn after(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at + 1..)?;
    let width = width(rest.iter())?;
    Some(at + 1 + width)
}

/// The letter or digit before the one at `at`.
pub fn before(bytes: &[u8], at: usize) -> Option<usize> {
    let width = width(bytes[..at].iter().rev())?;
    Some(at - 1 - width)
}

/// How many bytes there are before the first letter or digit, if they are a gap.
fn width<'b>(bytes: impl Iterator<Item = &'b u8>) -> Option<usize> {
    let (mut signs, mut is_border) = (0, false);
    for (width, &b) in bytes.take(LONGEST_BORDER).enumerate() {
        match b {
            b if b.is_ascii_alphanumeric() => return (signs <= LONGEST || is_border).then_some(width),
            b' ' | b'-' | b'.' | b'/' | b'_' | b'\r' => signs += 1,
            b'|' | b'\t' | b';' | b'\n' => is_border = true,
            b if char::from(b) == CELL => is_border = true,
            _ => return None,
        }
        if signs > LONGEST && !is_border && b != b' ' {
            return None;
        }
    }
    None
}
