//! What a plain scalar is: nothing, a truth value, a number. The rules of `serde_yaml`, to the letter.

pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "" | "null" | "Null" | "NULL" | "~")
}

pub(super) fn is_truth(text: &str) -> bool {
    matches!(text, "true" | "True" | "TRUE" | "false" | "False" | "FALSE")
}

const RADIXES: [(&str, u32); 3] = [("0x", 16), ("0o", 8), ("0b", 2)];

/// An integer without a minus: decimal, or in one of the bases of YAML.
pub(super) fn unsigned(text: &str) -> Option<u64> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    if let Some((digits, radix)) =
        RADIXES.iter().find_map(|(prefix, radix)| Some((digits.strip_prefix(prefix)?, *radix)))
    {
        return u64::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+'));
    }
    digits.parse().ok().filter(|_| !digits.starts_with('+') && !has_leading_zeros(digits))
}

/// `007` is a text in YAML 1.2.
fn has_leading_zeros(digits: &str) -> bool {
    digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Only for the words of messages: no record holds a float.
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_decimal = || text.parse::<f64>().is_ok_and(f64::is_finite);
    !has_leading_zeros(digits) && (unsigned(digits).is_some() || is_decimal())
}
