//! What a plain scalar is: nothing, a truth value, a number. The rules of `serde_yaml`, to the letter.

pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "null" | "Null" | "NULL" | "~")
}

pub(super) fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

pub(super) type Radix<T> = fn(&str, u32) -> Result<T, std::num::ParseIntError>;

const RADIXES: [(&str, u32); 3] = [("0x", 16), ("0o", 8), ("0b", 2)];

/// An integer without a minus: decimal, or in one of the bases of YAML.
pub(super) fn unsigned<T>(text: &str, parse: Radix<T>) -> Option<T> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    for (prefix, radix) in RADIXES {
        if let Some(rest) = digits.strip_prefix(prefix) {
            if rest.starts_with(['+', '-']) {
                return None;
            }
            if let Ok(value) = parse(rest, radix) {
                return Some(value);
            }
        }
    }
    if digits.starts_with(['+', '-']) || has_leading_zeros(text) {
        return None;
    }
    parse(digits, 10).ok()
}

pub(super) fn signed<T>(text: &str, parse: Radix<T>) -> Option<T> {
    for (prefix, radix) in RADIXES {
        if let Some(rest) = text.strip_prefix('-').and_then(|rest| rest.strip_prefix(prefix))
            && let Ok(value) = parse(&format!("-{rest}"), radix)
        {
            return Some(value);
        }
    }
    if has_leading_zeros(text) {
        return None;
    }
    parse(text, 10).ok()
}

pub(super) fn signed_or_plus<T>(text: &str, parse: Radix<T>) -> Option<T> {
    if text.starts_with('-') { signed(text, parse) } else { unsigned(text, parse) }
}

/// Read only to accept what `serde_yaml` accepts: nothing of ours is a float.
pub(super) fn float(text: &str) -> Option<f64> {
    let number = match text.strip_prefix('+') {
        Some(rest) if rest.starts_with(['+', '-']) => return None,
        Some(rest) => rest,
        None => text,
    };
    match number {
        ".inf" | ".Inf" | ".INF" => Some(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" if number == text => Some(f64::NEG_INFINITY),
        ".nan" | ".NaN" | ".NAN" if number == text => Some(f64::NAN),
        _ => number.parse::<f64>().ok().filter(|value| value.is_finite()),
    }
}

/// `007` is a text in YAML 1.2.
pub(super) fn has_leading_zeros(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
}

pub(super) fn is_number(text: &str) -> bool {
    !has_leading_zeros(text) && (signed_or_plus(text, i128::from_str_radix).is_some() || float(text).is_some())
}
