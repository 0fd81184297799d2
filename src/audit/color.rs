//! Whether a colour can be seen at all: how opaque it is at the least.

use super::value::Value;

/// What is known of a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opacity {
    /// Thousandths, at the least.
    Known(i64),
    /// The colour is not understood, so nothing is known.
    Unknown,
}

pub const OPAQUE: Opacity = Opacity::Known(1000);

/// The colours of the user's system, all of them opaque.
const SYSTEM: &[&str] = &[
    "accentcolor",
    "accentcolortext",
    "activetext",
    "buttonborder",
    "buttonface",
    "buttontext",
    "canvas",
    "canvastext",
    "field",
    "fieldtext",
    "graytext",
    "highlight",
    "highlighttext",
    "linktext",
    "mark",
    "marktext",
    "selecteditem",
    "selecteditemtext",
    "visitedtext",
];

/// How opaque one colour is.
pub fn opacity(color: &[Value]) -> Opacity {
    let [color] = color else {
        return Opacity::Unknown;
    };
    match color {
        Value::Ident(name) => match name.as_str() {
            "transparent" => Opacity::Known(0),
            // The colour inherited from the parent, which is judged where it is set.
            "currentcolor" => OPAQUE,
            name if SYSTEM.contains(&name) || cssparser::color::parse_named_color(name).is_ok() => OPAQUE,
            _ => Opacity::Unknown,
        },
        Value::Hash(digits) => hash(digits),
        Value::Function(name, inside) => function(name, inside),
        _ => Opacity::Unknown,
    }
}

/// The red, green and blue of a colour written plainly, to tell whether two are the same.
pub fn plain(color: &[Value]) -> Option<(u8, u8, u8)> {
    match color {
        [Value::Ident(name)] => cssparser::color::parse_named_color(name).ok(),
        [Value::Hash(digits)] => {
            let (red, green, blue, _) = cssparser::color::parse_hash_color(digits.as_bytes()).ok()?;
            Some((red, green, blue))
        }
        [Value::Function(name, inside)] if name == "rgb" || name == "rgba" => {
            let mut parts = inside.iter().filter(|v| **v != Value::Comma);
            let mut part = || match parts.next() {
                Some(Value::Number(n)) => u8::try_from(n / 1000).ok(),
                _ => None,
            };
            Some((part()?, part()?, part()?))
        }
        _ => None,
    }
}

fn hash(digits: &str) -> Opacity {
    let digits = digits.as_bytes();
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return Opacity::Unknown;
    }
    let digit = |at: usize| i64::from((digits[at] as char).to_digit(16).unwrap_or(0));
    match digits.len() {
        3 | 6 => OPAQUE,
        4 => Opacity::Known(digit(3) * 1000 / 15),
        8 => Opacity::Known((digit(6) * 16 + digit(7)) * 1000 / 255),
        _ => Opacity::Unknown,
    }
}

fn function(name: &str, inside: &[Value]) -> Opacity {
    match name {
        "rgb" | "rgba" | "hsl" | "hsla" | "hwb" | "lab" | "lch" | "oklab" | "oklch" | "color" => channels(inside),
        "light-dark" => {
            let parts: Vec<_> = inside.split(|v| *v == Value::Comma).collect();
            match parts.as_slice() {
                [light, dark] => least(opacity(light), opacity(dark)),
                _ => Opacity::Unknown,
            }
        }
        "color-mix" => mix(inside),
        "contrast-color" => OPAQUE,
        _ => Opacity::Unknown,
    }
}

fn channels(inside: &[Value]) -> Opacity {
    let mut inherited = OPAQUE;
    if let [Value::Ident(from), origin, ..] = inside
        && from == "from"
    {
        inherited = opacity(std::slice::from_ref(origin));
    }
    let commas = inside.iter().filter(|v| **v == Value::Comma).count();
    let alpha = match inside.iter().position(|v| *v == Value::Slash) {
        Some(slash) => inside.get(slash + 1..),
        None if commas == 3 => inside.rsplit(|v| *v == Value::Comma).next(),
        None if commas == 0 || commas == 2 => None,
        None => return Opacity::Unknown,
    };
    match alpha {
        None => inherited,
        Some([Value::Number(n)]) => Opacity::Known((*n).clamp(0, 1000)),
        Some([Value::Percent(p)]) => Opacity::Known((*p / 100).clamp(0, 1000)),
        Some([Value::Ident(name)]) if name == "none" => Opacity::Known(0),
        Some([Value::Ident(name)]) if name == "alpha" => inherited,
        Some(_) => Opacity::Unknown,
    }
}

fn mix(inside: &[Value]) -> Opacity {
    let mut parts = inside.split(|v| *v == Value::Comma);
    if !matches!(parts.next(), Some([Value::Ident(word), ..]) if word == "in") {
        return Opacity::Unknown;
    }
    let mut least_of_all = OPAQUE;
    let mut shares = Vec::new();
    let mut count = 0;
    for part in parts {
        let (color, share) = match part {
            [color, Value::Percent(share)] | [Value::Percent(share), color] => (color, Some(*share)),
            [color] => (color, None),
            _ => return Opacity::Unknown,
        };
        count += 1;
        shares.extend(share);
        least_of_all = least(least_of_all, opacity(std::slice::from_ref(color)));
    }
    // Shares that do not make up the whole leave the rest transparent.
    if count < 2 || (shares.len() == count && shares.iter().sum::<i64>() < 100_000) {
        return Opacity::Unknown;
    }
    least_of_all
}

fn least(a: Opacity, b: Opacity) -> Opacity {
    match (a, b) {
        (Opacity::Known(a), Opacity::Known(b)) => Opacity::Known(a.min(b)),
        _ => Opacity::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::value::parse;

    #[test]
    fn opaque_colours_are_known_as_such() {
        for color in [
            "#036",
            "#003366",
            "navy",
            "rgb(0 51 102)",
            "rgb(0, 51, 102)",
            "rgba(0,0,0,1)",
            "hsl(210deg 100% 20%)",
            "oklch(40% .1 250)",
            "light-dark(#000, #fff)",
            "CanvasText",
            "color-mix(in srgb, #000 80%, white)",
            "color-mix(in oklab, red, blue)",
            "currentColor",
            "rgb(from navy r g b)",
        ] {
            assert_eq!(opacity(&parse(color)), OPAQUE, "{color}");
        }
    }

    #[test]
    fn transparent_and_unknown_colours_are_not_opaque() {
        for color in [
            "transparent",
            "#0000",
            "#00000000",
            "rgb(0 0 0 / 0)",
            "rgba(0,0,0,0)",
            "rgb(0 0 0 / 0%)",
            "rgb(0 0 0 / none)",
            "hsla(0,0%,0%,0)",
            "light-dark(#000, transparent)",
            "color-mix(in srgb, transparent, #0000)",
            "color-mix(in srgb, red 0%, blue 0%)",
            "rgb(from transparent r g b)",
            "rgb(0 0 0 / calc(0))",
            "device-cmyk(0 0 0 1)",
            "nonsense",
        ] {
            assert_ne!(opacity(&parse(color)), OPAQUE, "{color}");
        }
    }
}
