//! Values of CSS declarations as small trees, with `var()` replaced by everything it may stand for,
//! and lengths worked out on two screens.
//!
//! Numbers are thousandths in whole numbers: thresholds are compared, never rounded twice.

use cssparser::{Parser, Token};
use std::collections::BTreeMap;

/// A piece of a value. Names are lower case, numbers are thousandths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Ident(String),
    Number(i64),
    Percent(i64),
    Length(i64, String),
    Hash(String),
    Text(String),
    Url,
    Comma,
    Slash,
    Sign(char),
    Function(String, Vec<Value>),
    Group(Vec<Value>),
    /// A token that no property takes: the declaration is not understood.
    Bad,
}

/// Every definition of every custom property, wherever it stands and whatever it is for.
pub type Customs = BTreeMap<String, Vec<Vec<Value>>>;

/// So many combinations of custom properties are tried; a value with more is not decided.
const MOST_ALTERNATIVES: usize = 256;
/// So deep may one custom property lean on another; a circle ends here too.
const DEEPEST_VAR: usize = 12;

/// Reads the text of a value. `!important` is no part of it.
pub fn parse(text: &str) -> Vec<Value> {
    let mut input = Parser::new(text);
    let mut values = read(&mut input);
    if let [.., Value::Sign('!'), Value::Ident(word)] = values.as_slice()
        && word == "important"
    {
        values.truncate(values.len() - 2);
    }
    values
}

fn read(input: &mut Parser<'_>) -> Vec<Value> {
    let mut values = Vec::new();
    while let Ok(token) = input.next() {
        let token = token.clone();
        values.push(match token {
            Token::Ident(name) => Value::Ident(name.to_ascii_lowercase()),
            Token::Number { value, .. } => Value::Number(thousandths(value)),
            Token::Percentage { unit_value, .. } => Value::Percent(thousandths(unit_value).saturating_mul(100)),
            Token::Dimension { value, unit, .. } => Value::Length(thousandths(value), unit.to_ascii_lowercase()),
            Token::Hash(name) | Token::IDHash(name) => Value::Hash(name.to_ascii_lowercase()),
            Token::QuotedString(text) => Value::Text(text.to_string()),
            Token::UnquotedUrl(_) => Value::Url,
            Token::Comma => Value::Comma,
            Token::Delim('/') => Value::Slash,
            Token::Delim(sign) => Value::Sign(sign),
            Token::Function(name) => Value::Function(name.to_ascii_lowercase(), nested(input)),
            Token::ParenthesisBlock | Token::SquareBracketBlock => Value::Group(nested(input)),
            Token::CurlyBracketBlock => {
                nested(input);
                Value::Bad
            }
            _ => Value::Bad,
        });
    }
    values
}

fn nested(input: &mut Parser<'_>) -> Vec<Value> {
    let inside = input.parse_nested_block(|block| Ok::<_, cssparser::ParseError<()>>(read(block)));
    inside.unwrap_or_else(|_| vec![Value::Bad])
}

#[allow(
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    reason = "the tokenizer hands over floats; `as` saturates, and no money passes here"
)]
fn thousandths(value: f32) -> i64 {
    const LARGEST: i64 = 1_000_000_000_000;
    ((f64::from(value) * 1000.0).round() as i64).clamp(-LARGEST, LARGEST)
}

/// The names of the custom properties that a value leans on.
pub fn variables<'v>(values: &'v [Value], names: &mut Vec<&'v str>) {
    for value in values {
        match value {
            Value::Function(name, inside) => {
                if name == "var"
                    && let Some(Value::Ident(custom)) = inside.first()
                {
                    names.push(custom);
                }
                variables(inside, names);
            }
            Value::Group(inside) => variables(inside, names),
            _ => {}
        }
    }
}

/// The value with each `var()` replaced in every possible way; `None` where that cannot be told.
pub fn alternatives(values: &[Value], customs: &Customs) -> Option<Vec<Vec<Value>>> {
    expand(values, customs, 0)
}

fn expand(values: &[Value], customs: &Customs, depth: usize) -> Option<Vec<Vec<Value>>> {
    if depth > DEEPEST_VAR {
        return None;
    }
    let mut results: Vec<Vec<Value>> = vec![Vec::with_capacity(values.len())];
    for value in values {
        let choices: Vec<Vec<Value>> = match value {
            Value::Function(name, inside) if name == "var" => {
                let Some(Value::Ident(custom)) = inside.first() else {
                    return None;
                };
                let mut choices = Vec::new();
                for definition in customs.get(custom).into_iter().flatten() {
                    choices.extend(expand(definition, customs, depth + 1)?);
                }
                if let Some(comma) = inside.iter().position(|v| *v == Value::Comma) {
                    choices.extend(expand(&inside[comma + 1..], customs, depth + 1)?);
                }
                choices.dedup();
                if choices.is_empty() || choices.iter().any(|c| c.contains(&Value::Bad)) {
                    return None;
                }
                choices
            }
            Value::Function(name, inside) => expand(inside, customs, depth + 1)?
                .into_iter()
                .map(|inside| vec![Value::Function(name.clone(), inside)])
                .collect(),
            Value::Group(inside) => {
                expand(inside, customs, depth + 1)?.into_iter().map(|inside| vec![Value::Group(inside)]).collect()
            }
            plain => vec![vec![plain.clone()]],
        };
        if results.len().saturating_mul(choices.len()) > MOST_ALTERNATIVES {
            return None;
        }
        if let [only] = choices.as_slice() {
            for result in &mut results {
                result.extend_from_slice(only);
            }
        } else {
            results = results
                .iter()
                .flat_map(|result| choices.iter().map(|choice| [result.as_slice(), choice.as_slice()].concat()))
                .collect();
        }
    }
    Some(results)
}

/// The screens on which lengths are worked out: what fits on both fits.
pub const SCREENS: [Screen; 2] = [Screen { width: 320, height: 568 }, Screen { width: 1280, height: 800 }];

#[derive(Debug, Clone, Copy)]
pub struct Screen {
    pub width: i64,
    pub height: i64,
}

/// What a calculation gives: thousandths, of a pixel where it is a length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    Number(i64),
    Length(i64),
}

/// Works out one length or number. Percentages are of the screen's width.
pub fn quantity(value: &Value, screen: Screen) -> Option<Quantity> {
    match value {
        Value::Number(n) => Some(Quantity::Number(*n)),
        Value::Percent(p) => Some(Quantity::Length(p.checked_mul(screen.width)? / 100)),
        Value::Length(n, unit) => length(*n, unit, screen).map(Quantity::Length),
        Value::Group(inside) => sum(inside, screen),
        Value::Function(name, inside) => match name.as_str() {
            "calc" | "-webkit-calc" => sum(inside, screen),
            "min" => all(inside, screen)?.into_iter().reduce(smaller)?,
            "max" => all(inside, screen)?.into_iter().reduce(larger)?,
            "clamp" => match all(inside, screen)?.as_slice() {
                [low, wish, high] => larger(*low, smaller(*wish, *high)),
                _ => None,
            },
            // How far a phone's rounded corners reach in: nothing on most screens, little on others.
            "env" => match inside.first() {
                Some(Value::Ident(name)) if name.starts_with("safe-area-inset-") => Some(Quantity::Length(0)),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

fn all(inside: &[Value], screen: Screen) -> Option<Vec<Option<Quantity>>> {
    inside.split(|v| *v == Value::Comma).map(|part| Some(Some(sum(part, screen)?))).collect()
}

fn smaller(a: Option<Quantity>, b: Option<Quantity>) -> Option<Quantity> {
    pair(a?, b?, i64::min)
}

fn larger(a: Option<Quantity>, b: Option<Quantity>) -> Option<Quantity> {
    pair(a?, b?, i64::max)
}

fn pair(a: Quantity, b: Quantity, f: impl Fn(i64, i64) -> i64) -> Option<Quantity> {
    match (a, b) {
        (Quantity::Number(a), Quantity::Number(b)) => Some(Quantity::Number(f(a, b))),
        (Quantity::Length(a), Quantity::Length(b)) => Some(Quantity::Length(f(a, b))),
        _ => None,
    }
}

fn sum(values: &[Value], screen: Screen) -> Option<Quantity> {
    let mut total: Option<Quantity> = None;
    let mut sign = 1;
    let mut rest = values;
    loop {
        let end = rest.iter().skip(1).position(|v| matches!(v, Value::Sign('+' | '-'))).map_or(rest.len(), |at| at + 1);
        let term = product(rest.get(..end)?, screen)?;
        total = Some(match total {
            None => term,
            Some(before) => pair(before, term, |a, b| a.saturating_add(b.saturating_mul(sign)))?,
        });
        match rest.get(end) {
            None => return total,
            Some(Value::Sign('-')) => sign = -1,
            Some(_) => sign = 1,
        }
        rest = rest.get(end + 1..)?;
    }
}

fn product(values: &[Value], screen: Screen) -> Option<Quantity> {
    let mut total = quantity(values.first()?, screen)?;
    let (pairs, rest) = values.get(1..)?.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    for [operator, operand] in pairs {
        let by = quantity(operand, screen)?;
        total = match (operator, total, by) {
            (Value::Sign('*'), Quantity::Number(a), Quantity::Number(b)) => Quantity::Number(a.checked_mul(b)? / 1000),
            (Value::Sign('*'), Quantity::Length(a), Quantity::Number(b))
            | (Value::Sign('*'), Quantity::Number(b), Quantity::Length(a)) => {
                Quantity::Length(a.checked_mul(b)? / 1000)
            }
            (Value::Slash, Quantity::Number(a), Quantity::Number(b)) => {
                Quantity::Number(a.checked_mul(1000)?.checked_div(b)?)
            }
            (Value::Slash, Quantity::Length(a), Quantity::Number(b)) => {
                Quantity::Length(a.checked_mul(1000)?.checked_div(b)?)
            }
            _ => return None,
        };
    }
    Some(total)
}

/// Thousandths of a pixel. The font is taken to be 16 pixels high: its real size is judged apart.
fn length(n: i64, unit: &str, screen: Screen) -> Option<i64> {
    let per_unit = match unit {
        "px" => 1000,
        "em" | "rem" | "ic" | "ric" => 16_000,
        "ex" | "ch" | "rex" | "rch" => 8000,
        "cap" | "rcap" => 11_000,
        "lh" | "rlh" => 20_000,
        "in" => 96_000,
        "cm" => 37_795,
        "mm" => 3780,
        "q" => 945,
        "pt" => 1333,
        "pc" => 16_000,
        "vw" | "vi" | "svw" | "lvw" | "dvw" | "svi" | "lvi" | "dvi" | "cqw" | "cqi" => screen.width * 10,
        "vh" | "vb" | "svh" | "lvh" | "dvh" | "svb" | "lvb" | "dvb" | "cqh" | "cqb" => screen.height * 10,
        "vmin" | "svmin" | "lvmin" | "dvmin" | "cqmin" => screen.width.min(screen.height) * 10,
        "vmax" | "svmax" | "lvmax" | "dvmax" | "cqmax" => screen.width.max(screen.height) * 10,
        _ => return None,
    };
    Some(n.checked_mul(per_unit)? / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn px(text: &str, screen: usize) -> Option<Quantity> {
        match parse(text).as_slice() {
            [value] => quantity(value, SCREENS[screen]),
            _ => None,
        }
    }

    #[test]
    fn calculations_are_worked_out_on_each_screen() {
        assert_eq!(px("calc(100% - 2rem)", 0), Some(Quantity::Length(288_000)));
        assert_eq!(px("max(1rem, 50% - 35rem)", 0), Some(Quantity::Length(16_000)));
        assert_eq!(px("max(1rem, calc(50% - 35rem))", 1), Some(Quantity::Length(80_000)));
        assert_eq!(px("clamp(1px, 0px, 5px)", 1), Some(Quantity::Length(1000)));
        assert_eq!(px("calc(1px * 0)", 1), Some(Quantity::Length(0)));
        assert_eq!(px("calc(1px + 2)", 1), None);
        assert_eq!(px("calc(1px / 0)", 1), None);
    }

    #[test]
    fn a_variable_stands_for_each_of_its_definitions() {
        let mut customs = Customs::new();
        customs.insert("--x".into(), vec![parse("red"), parse("blue")]);
        customs.insert("--y".into(), vec![parse("var(--y)")]);
        let both = alternatives(&parse("var(--x)"), &customs);
        assert_eq!(both.map(|all| all.len()), Some(2));
        assert_eq!(alternatives(&parse("var(--y)"), &customs), None);
        assert_eq!(alternatives(&parse("var(--z)"), &customs), None);
        assert_eq!(alternatives(&parse("var(--z, green)"), &customs), Some(vec![parse("green")]));
    }
}
