//! Mail as programs save it, and cards of contacts: texts in which other texts and files are written in few characters.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::Reading;
use super::media::Opened;

const ENCODING: &str = "content-transfer-encoding:";
/// Lines that only mail has.
const HEADERS: [&str; 4] = [ENCODING, "content-type:", "mime-version:", "received:"];

/// Whether the text begins with the header of a mail, or is a card.
pub fn is_mail(text: &str) -> bool {
    const MOST_LINES: usize = 200;
    if text.starts_with("BEGIN:V") {
        return true;
    }
    let header = text.lines().take(MOST_LINES).take_while(|line| !line.is_empty());
    let is_field =
        |line: &str| line.starts_with([' ', '\t']) || line.split_once(':').is_some_and(|(name, _)| !name.contains(' '));
    let mut has_mail = false;
    for line in header {
        if !is_field(line) {
            return false;
        }
        let line = line.to_ascii_lowercase();
        has_mail |= HEADERS.iter().any(|header| line.starts_with(header));
    }
    has_mail
}

pub fn read(text: &str, opened: &mut Opened) {
    opened.text(text, Reading::Prose);
    // Long lines go on in the next one, which begins with a space.
    opened.text(&text.replace("\r\n", "\n").replace("\n ", ""), Reading::Prose);
    if text.contains('=') {
        opened.text(&quoted_printable(text), Reading::Prose);
    }
    for word in text.split("=?").skip(1).filter_map(|rest| rest.split_once("?=").map(|(word, _)| word)) {
        let mut parts = word.splitn(3, '?').skip(1);
        if let (Some("B" | "b"), Some(data)) = (parts.next(), parts.next()) {
            opened.text(&String::from_utf8_lossy(&base64(data)), Reading::Prose);
        }
    }
    packed(text, opened);
}

/// The parts in base64: after the header of each an empty line, and the data up to the border.
fn packed(text: &str, opened: &mut Opened) {
    let (mut in_header, mut is_packed, mut data) = (true, false, String::new());
    for line in text.lines().chain(["--"]) {
        if line.starts_with("--") {
            if !data.is_empty() {
                opened.open(&base64(&data));
                data.clear();
            }
            (in_header, is_packed) = (true, false);
        } else if in_header {
            let line = line.to_ascii_lowercase();
            is_packed |= line.starts_with(ENCODING) && line.contains("base64");
            in_header = !line.is_empty();
        } else if is_packed {
            data.push_str(line);
        }
    }
}

/// Bytes written in 64 characters; what is none of them is passed over.
pub fn base64(text: &str) -> Vec<u8> {
    const FORGIVING: GeneralPurpose = GeneralPurpose::new(
        &alphabet::STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );
    let mut data: Vec<u8> = text.bytes().filter(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/')).collect();
    // One character alone is no byte.
    if data.len() % 4 == 1 {
        data.pop();
    }
    FORGIVING.decode(data).unwrap_or_default()
}

/// `=40` for `@`, and lines that go on after `=`.
fn quoted_printable(text: &str) -> String {
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('=') {
        out.extend(before.bytes());
        rest = after;
        if let Some(next) = after.strip_prefix("\r\n").or_else(|| after.strip_prefix('\n')) {
            rest = next;
        } else if let Some(byte) = after.get(..2).and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            out.push(byte);
            rest = &after[2..];
        } else {
            out.push(b'=');
        }
    }
    out.extend(rest.bytes());
    String::from_utf8_lossy(&out).into_owned()
}
