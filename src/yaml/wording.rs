//! What is said about a record that is readable but wrong: facts in, Italian out.

use super::fields::Group;
use super::marked::{Id, Kind, Marked};
use super::renamed::of_today;
use super::scalar::{boolean, is_null, is_number};
use super::walk::Problem;
use super::{codes, quotes};
use crate::report::Diagnostic;
use crate::suggest;
use std::borrow::Cow;

/// Values longer than this are cut in a label: the line itself is shown above it.
const MAX_QUOTED: usize = 40;

/// More names than this do not help whoever reads them.
const MAX_LISTED: usize = 40;

pub(super) fn unknown_key(tree: &Marked, key: Id, meant: Option<&str>, known: &[&str], groups: &[Group]) -> Diagnostic {
    let mapping = tree.nodes[key].parent.unwrap_or(key);
    let name = tree.text(key).unwrap_or_default();
    let message = format!("il campo `{}` non esiste{}", quoted(name), inside(tree, mapping));
    let help = match meant {
        _ if name == "<<" => "le unioni `<<` non sono ammesse: scrivi i campi per esteso".to_owned(),
        _ if is_whole_record(tree, mapping) && !holders(name, groups).is_empty() => {
            format!("`{name}` sta in {}", suggest::either(&holders(name, groups)))
        }
        _ if name == "capofila" && known.contains(&"partenariato") => {
            "chi guida il progetto si dice in `partenariato`, nella riga del suo ente: `ruolo: capofila`".to_owned()
        }
        Some(meant) => format!("forse intendevi `{meant}`?"),
        None if is_rest_of_a_text(tree, mapping, key) => {
            "se la virgola fa parte del testo, metti tutto il testo fra virgolette: `\"…\"`".to_owned()
        }
        None if known.is_empty() => "qui non si scrive nessun campo".to_owned(),
        None => format!("i campi ammessi sono {}", list(known)),
    };
    Diagnostic::error(codes::UNKNOWN_KEY, message).help(help)
}

/// The groups that have a field of this name.
fn holders(name: &str, groups: &[Group]) -> Vec<&'static str> {
    groups.iter().filter(|(_, fields)| fields.contains(&name)).map(|(group, _)| *group).collect()
}

/// Whether a mapping is the record itself, and not a group in it.
fn is_whole_record(tree: &Marked, mapping: Id) -> bool {
    let it = &tree.nodes[mapping];
    // In a file that lists records each of them is an element.
    it.key.is_none() && it.parent.is_none_or(|list| tree.nodes[list].parent.is_none())
}

pub(super) fn missing_key(tree: &Marked, mapping: Id, name: &str) -> Diagnostic {
    let message = format!("manca il campo `{name}`{}", inside(tree, mapping));
    let misplaced =
        (0..tree.nodes.len()).any(|id| tree.nodes[id].parent == Some(mapping) && looks_glued(tree, id, name));
    let help =
        if misplaced { format!("dopo `{name}:` ci vuole uno spazio") } else { format!("aggiungi `{name}: …`") };
    Diagnostic::error(codes::MISSING_KEY, message).help(help)
}

pub(super) fn repeated_key(tree: &Marked, mapping: Id, name: &str) -> Diagnostic {
    let message = format!("il campo `{}` è ripetuto{}", quoted(name), inside(tree, mapping));
    Diagnostic::error(codes::REPEATED_KEY, message).help("tieni una sola delle due righe")
}

/// A number whose decimals became a field of their own.
pub(super) fn decimal_comma(tree: &Marked, node: Id, whole: &str, decimals: &str) -> Diagnostic {
    let message = format!("{}: i decimali si scrivono con il punto, non con la virgola", subject(tree, node));
    // The point of the thousands goes too.
    let help = format!("scrivi `{}.{decimals}`", whole.replace('.', ""));
    Diagnostic::error(codes::WRONG_VALUE, message).help(help)
}

/// A value that could not be read.
pub(super) fn value(tree: &Marked, node: Id, problem: &Problem, groups: &[Group]) -> Diagnostic {
    let subject = subject(tree, node);
    match problem {
        Problem::Variant { value, known } if !value.is_empty() => {
            let message = format!("{subject}: il valore `{}` non è ammesso", quoted(value));
            let meant = nearest(value, known);
            let admitted = format!("i valori ammessi sono {}", list(known));
            Diagnostic::error(codes::UNKNOWN_VALUE, message).help(match meant {
                Some(meant) => format!("forse intendevi `{meant}`? {admitted}"),
                None => admitted,
            })
        }
        Problem::Variant { known, .. } => {
            let message = format!("{subject} deve essere uno dei valori ammessi");
            Diagnostic::error(codes::WRONG_VALUE, message)
                .label(found(tree, node))
                .help(format!("i valori ammessi sono {}", list(known)))
        }
        Problem::Type { expected } => {
            let message = format!("{subject} deve essere {}", italian(expected));
            let diagnostic = Diagnostic::error(codes::WRONG_VALUE, message).label(found(tree, node));
            match remedy(tree, node, expected).or_else(|| spelt_out(tree, node, expected, groups)) {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            }
        }
        Problem::Value { expected } => {
            let limit = limit(expected).map_or(String::new(), |limit| format!(" {limit}"));
            let message = format!("{subject} deve essere {}{limit}", italian(expected));
            Diagnostic::error(codes::WRONG_VALUE, message).label(found(tree, node))
        }
        Problem::Length { expected } => {
            let message = format!("{subject} non ha il numero giusto di elementi");
            let digits: String = expected.chars().filter(char::is_ascii_digit).collect();
            let diagnostic = Diagnostic::error(codes::WRONG_VALUE, message);
            if digits.is_empty() { diagnostic } else { diagnostic.label(format!("ne servono {digits}")) }
        }
        Problem::Custom(message) => {
            let diagnostic = Diagnostic::error(codes::WRONG_VALUE, format!("{subject}: {message}"));
            match tree.plain(node).and_then(straight) {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            }
        }
        Problem::Refused(rifiuto) => rifiuto.diagnostic(),
        Problem::Depth => Diagnostic::error(codes::LIMIT, format!("{subject} ha troppi livelli uno dentro l'altro")),
        Problem::Unknown { .. } | Problem::Missing(_) | Problem::Repeated(_) | Problem::OutOfWork => {
            Diagnostic::error(codes::WRONG_VALUE, format!("{subject} non è leggibile"))
        }
    }
}

/// The name that was probably meant: the only one that begins with the same word, or the one that
/// is few letters apart, whatever the case and the separators.
pub(super) fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let plain = |s: &str| s.to_lowercase().replace(['-', ' '], "_");
    let wanted = plain(name);
    let tolerance = match wanted.chars().count() {
        0..=2 => return None,
        3..=4 => 1,
        length => (length / 3).min(4),
    };
    let known = of_today(known);
    let longer: Vec<&'a str> = known.iter().copied().filter(|name| name.starts_with(&format!("{wanted}_"))).collect();
    if let [only] = longer.as_slice() {
        return Some(only);
    }
    // `non_finanziato` is the opposite of `finanziato`, never a slip for it.
    let denies = |word: &str| word.starts_with("non_");
    known
        .iter()
        .filter(|candidate| denies(&plain(candidate)) == denies(&wanted))
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &plain(candidate)), *candidate))
        .filter(|(distance, _)| *distance <= tolerance)
        .min()
        .map(|(_, candidate)| candidate)
}

/// What serde and its std types expect, as a person would say it. Our own types speak Italian.
fn italian(expected: &str) -> Cow<'_, str> {
    let fixed = match expected {
        "a string" | "a borrowed string" | "str" => "un testo",
        "a boolean" => "`true` o `false`",
        "a character" | "char" => "un solo carattere",
        "a sequence" | "a set" => "un elenco",
        "a map" => "un gruppo di campi",
        "unit" | "null" => "vuoto",
        "option" => "un valore o niente",
        "f32" | "f64" => "un numero",
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => "un numero intero non negativo",
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" | "an integer" => "un numero intero",
        "field identifier" => "il nome di un campo",
        "variant identifier" => "uno dei valori ammessi",
        _ if expected.starts_with("struct ") => "un gruppo di campi",
        _ if expected.starts_with("enum ") => "uno dei valori ammessi",
        _ if expected.starts_with("a nonzero ") => "un numero intero diverso da zero",
        _ if expected.starts_with("tuple ")
            || expected.starts_with("a tuple ")
            || expected.starts_with("an array ") =>
        {
            "un elenco"
        }
        _ => return Cow::Borrowed(expected),
    };
    Cow::Borrowed(fixed)
}

/// The bounds of the small integers, which a number of the right kind can still exceed.
fn limit(expected: &str) -> Option<String> {
    Some(match expected {
        "u8" => format!("fino a {}", u8::MAX),
        "u16" => format!("fino a {}", u16::MAX),
        "u32" => format!("fino a {}", u32::MAX),
        "i8" => format!("fra {} e {}", i8::MIN, i8::MAX),
        "i16" => format!("fra {} e {}", i16::MIN, i16::MAX),
        "i32" => format!("fra {} e {}", i32::MIN, i32::MAX),
        _ => return None,
    })
}

/// How the sentence names a node: by its key, or by its place in a list.
fn subject(tree: &Marked, node: Id) -> String {
    let it = &tree.nodes[node];
    if let Some(name) = it.key.and_then(|key| tree.text(key)) {
        return format!("`{}`", quoted(name));
    }
    match it.parent.map(|parent| (parent, &tree.nodes[parent].kind)) {
        Some((parent, Kind::Sequence(items))) => {
            let number = items.iter().position(|item| *item == node).map_or(0, |at| at + 1);
            match tree.nodes[parent].key.and_then(|key| tree.text(key)) {
                Some(list) => format!("l'elemento {number} di `{}`", quoted(list)),
                None => format!("l'elemento {number} dell'elenco"),
            }
        }
        Some((_, Kind::Mapping(_))) => "ciò che sta prima dei due punti".to_owned(),
        _ => "il contenuto del file".to_owned(),
    }
}

/// ` in …`, for a mapping that is not the whole record.
fn inside(tree: &Marked, mapping: Id) -> String {
    let it = &tree.nodes[mapping];
    if it.key.is_some() {
        return format!(" in {}", subject(tree, mapping));
    }
    match it.parent {
        // A record of a file that lists records is shown by its line.
        Some(parent) if tree.nodes[parent].key.is_some() => {
            format!(" nel{}", subject(tree, mapping))
        }
        _ => String::new(),
    }
}

/// What stands there, for the label under the carets.
fn found(tree: &Marked, node: Id) -> String {
    match &tree.nodes[node].kind {
        Kind::Sequence(_) => "qui c'è un elenco".to_owned(),
        Kind::Mapping(_) => "qui c'è un gruppo di campi".to_owned(),
        Kind::Alias(_) => "qui c'è un rimando".to_owned(),
        Kind::Scalar { text, plain: true } if text.is_empty() => "qui non c'è nulla".to_owned(),
        Kind::Scalar { text, plain: true } if is_null(text) => {
            format!("`{text}` vuol dire nessun valore")
        }
        Kind::Scalar { text, plain: true } if boolean(text).is_some() => {
            format!("qui c'è il valore sì/no `{text}`")
        }
        Kind::Scalar { text, plain: true } if is_number(text) => {
            format!("qui c'è il numero `{}`", quoted(text))
        }
        Kind::Scalar { text, .. } => format!("qui c'è il testo `{}`", quoted(text)),
    }
}

/// Advice for the mistakes that are easy to make.
fn remedy(tree: &Marked, node: Id, expected: &str) -> Option<String> {
    let expected = italian(expected);
    if let Some(help) = tree.plain(node).and_then(straight).filter(|_| expected.starts_with("un numero")) {
        return Some(help);
    }
    match (&tree.nodes[node].kind, expected.as_ref()) {
        (Kind::Scalar { text, plain: true }, "un gruppo di campi") => text
            .split_once(':')
            .filter(|(key, _)| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_'))
            .map(|(key, _)| format!("dopo `{key}:` ci vuole uno spazio")),
        (Kind::Scalar { text, .. }, "un elenco") if !text.is_empty() => {
            Some("scrivi ogni elemento su una riga che comincia con `- `, o tutti fra parentesi quadre".to_owned())
        }
        (Kind::Scalar { text, plain }, "`true` o `false`") => match text.to_lowercase().as_str() {
            "si" | "sì" | "yes" | "on" | "y" | "s" | "vero" => Some("scrivi `true`".to_owned()),
            "no" | "off" | "n" | "falso" => Some("scrivi `false`".to_owned()),
            "true" | "false" if !plain => Some("togli le virgolette".to_owned()),
            _ => None,
        },
        (Kind::Scalar { text, plain: false }, number) if number.starts_with("un numero") && is_number(text) => {
            Some("togli le virgolette".to_owned())
        }
        (Kind::Mapping(_) | Kind::Sequence(_), "un testo") if tree.nodes[node].block => {
            let name = tree.nodes[node].key.and_then(|key| tree.text(key))?;
            Some(format!("se è un testo su più righe, scrivi `{name}: |` e sotto il testo, rientrato di due spazi"))
        }
        (Kind::Mapping(_), "un testo") => Some("se il testo contiene `: `, mettilo tutto fra virgolette".to_owned()),
        (Kind::Sequence(_), "un testo") => {
            Some("se il testo comincia con `[` o con `- `, mettilo fra virgolette".to_owned())
        }
        (Kind::Sequence(_), "un gruppo di campi") => Some("togli il trattino `- ` davanti ai campi".to_owned()),
        (Kind::Scalar { text, plain: true }, _) if is_null(text) => {
            Some("scrivi il valore, o togli la riga".to_owned())
        }
        _ => None,
    }
}

/// Advice for a value between curly quotes.
fn straight(text: &str) -> Option<String> {
    quotes::within(text).map(|inner| format!("togli le virgolette tipografiche: scrivi `{inner}`"))
}

/// The fields of a group of the record in the place of which a single value is written.
fn spelt_out(tree: &Marked, node: Id, expected: &str, groups: &[Group]) -> Option<String> {
    let name =
        tree.nodes[node].key.and_then(|key| tree.text(key)).filter(|_| italian(expected) == "un gruppo di campi")?;
    let (_, fields) = groups.iter().find(|(group, _)| *group == name)?;
    Some(format!("`{name}` è un gruppo: i suoi campi sono {}", list(fields)))
}

/// Whether a key is what follows a comma in a text between braces: `{ documento: Piano, parte prima }`.
fn is_rest_of_a_text(tree: &Marked, mapping: Id, key: Id) -> bool {
    let Kind::Mapping(entries) = &tree.nodes[mapping].kind else { return false };
    if tree.nodes[mapping].block {
        return false;
    }
    let value = entries.iter().skip(1).find(|(other, _)| *other == key).map(|(_, value)| *value);
    value.is_some_and(|value| tree.plain(value) == Some(""))
}

/// Whether a neighbour is the missing field, written without the space: `scheda:1`.
fn looks_glued(tree: &Marked, node: Id, name: &str) -> bool {
    tree.text(node).and_then(|text| text.strip_prefix(name)).is_some_and(|rest| rest.starts_with(':'))
}

/// A value short enough for a sentence.
fn quoted(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.len() == text.len() && text.chars().count() <= MAX_QUOTED {
        return text.to_owned();
    }
    let mut cut: String = line.chars().take(MAX_QUOTED).collect();
    cut.push('…');
    cut
}

/// `` `a`, `b` e `c` ``.
fn list(names: &[&str]) -> String {
    let names = of_today(names);
    let shown: Vec<String> = names.iter().take(MAX_LISTED).map(|name| format!("`{name}`")).collect();
    match shown.split_last() {
        _ if names.len() > MAX_LISTED => format!("{} …", shown.join(", ")),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} e {last}", rest.join(", ")),
        None => "nessuno".to_owned(),
    }
}
