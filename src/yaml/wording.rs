//! What is said about a record that is readable but wrong: facts in, Italian out.

use super::scalar::{is_null, is_number, is_truth};
use super::shape::{Field, Name, PROSE, Shape};
use super::{codes, quotes};
use crate::report::Diagnostic;
use crate::report::marked::{Id, Kind, Marked};
use crate::suggest;
use crate::value::{accorciato, elenco, intero_inteso, percentuale_intesa};

/// Values longer than this are cut in a label: the line itself is shown above it.
const MAX_QUOTED: usize = 40;

/// More names than this do not help whoever reads them.
const MAX_LISTED: usize = 40;

pub(super) fn unknown_key(tree: &Marked, key: Id, meant: Option<&str>, fields: &[Field]) -> Diagnostic {
    let mapping = tree.nodes[key].parent.unwrap_or(key);
    let name = tree.text(key).unwrap_or_default();
    let message = format!("il campo `{}` non esiste{}", quoted(name), inside(tree, mapping));
    let holders = holders(name, fields);
    let help = match (meant, chosen(name, fields).as_deref()) {
        _ if name == "<<" => "le unioni `<<` non sono ammesse: scrivi i campi per esteso".to_owned(),
        _ if !holders.is_empty() => format!("`{name}` sta in {}", suggest::either(&holders)),
        (Some(meant), _) => format!("forse intendevi `{meant}`?"),
        (_, Some([field])) => format!("`{name}` è un valore di `{0}`: scrivi `{0}: {name}`", field.name.today),
        (_, Some([outer @ .., field])) => {
            let outer: Vec<String> = outer.iter().map(|field| within(field)).collect();
            format!("`{name}` si dice {}: `{}: {name}`", outer.join(", "), field.name.today)
        }
        _ if is_rest_of_a_text(tree, mapping, key) => {
            "se la virgola fa parte del testo, metti tutto il testo fra virgolette: `\"…\"`".to_owned()
        }
        _ => format!("i campi ammessi sono {}", list(&names(fields))),
    };
    Diagnostic::error(codes::UNKNOWN_KEY, message).help(help)
}

pub(super) fn names(fields: &[Field]) -> Vec<&str> {
    fields.iter().map(|field| field.name.today.as_str()).collect()
}

/// The words that a choice admits.
fn admitted(choices: &[Name]) -> Vec<&str> {
    choices.iter().map(|choice| choice.today.as_str()).collect()
}

/// The groups that have a field of this name.
fn holders<'f>(name: &str, fields: &'f [Field]) -> Vec<&'f str> {
    let holds = |field: &&Field| field.slot.fields().iter().any(|inner| inner.name.is(name));
    fields.iter().filter(holds).map(|field| field.name.today.as_str()).collect()
}

/// The way to the one field that has this word among its choices.
fn chosen<'f>(word: &str, fields: &'f [Field]) -> Option<Vec<&'f Field>> {
    let way = |field: &'f Field| {
        let below = match &field.slot.shape {
            Shape::Choice(words) => words.iter().any(|choice| choice.today == word).then(Vec::new),
            _ => chosen(word, field.slot.fields()),
        };
        below.map(|below| [vec![field], below].concat())
    };
    let mut ways = fields.iter().filter_map(way);
    ways.next().filter(|_| ways.next().is_none())
}

fn within(field: &Field) -> String {
    let line = if matches!(field.slot.shape, Shape::List(_)) { "una riga di " } else { "" };
    format!("in {line}`{}`", field.name.today)
}

pub(super) fn missing_key(tree: &Marked, mapping: Id, name: &str) -> Diagnostic {
    let message = format!("manca il campo `{name}`{}", inside(tree, mapping));
    let misplaced =
        (0..tree.nodes.len()).any(|id| tree.nodes[id].parent == Some(mapping) && looks_glued(tree, id, name));
    let help =
        if misplaced { format!("dopo `{name}:` ci vuole uno spazio") } else { format!("aggiungi `{name}: …`") };
    Diagnostic::error(codes::MISSING_KEY, message).help(help)
}

pub(super) fn repeated_key(tree: &Marked, mapping: Id, key: Id) -> Diagnostic {
    let name = tree.text(key).unwrap_or_default();
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

/// A value of another kind than what stands there.
pub(super) fn wrong_kind(tree: &Marked, node: Id, shape: &Shape) -> Diagnostic {
    Diagnostic { help: remedy(tree, node, shape), ..must_be(tree, node, expected(shape)) }
}

/// What stands before a colon and names no field.
pub(super) fn no_name(tree: &Marked, key: Id) -> Diagnostic {
    must_be(tree, key, "il nome di un campo")
}

/// A whole number beyond those that records hold.
pub(super) fn too_large(tree: &Marked, node: Id) -> Diagnostic {
    must_be(tree, node, &format!("{} fino a {}", expected(&Shape::Count), u32::MAX))
}

fn must_be(tree: &Marked, node: Id, what: &str) -> Diagnostic {
    let message = format!("{} deve essere {what}", subject(tree, node));
    Diagnostic::error(codes::WRONG_VALUE, message).label(found(tree, node))
}

/// A word that is not one of those to choose from.
pub(super) fn unlisted(tree: &Marked, node: Id, word: &str, choices: &[Name]) -> Diagnostic {
    let known = admitted(choices);
    let message = format!("{}: il valore `{}` non è ammesso", subject(tree, node), quoted(word));
    let meant = nearest(word, &known).map(|meant| format!("forse intendevi `{meant}`? ")).unwrap_or_default();
    Diagnostic::error(codes::UNKNOWN_VALUE, message).help(format!("{meant}i valori ammessi sono {}", list(&known)))
}

/// What its own type says of a value.
pub(super) fn said(tree: &Marked, node: Id, said: &str) -> Diagnostic {
    let found = Diagnostic::error(codes::WRONG_VALUE, format!("{}: {said}", subject(tree, node)));
    Diagnostic { help: tree.plain(node).and_then(straight), ..found }
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

/// What should stand there, as a person would say it.
fn expected(shape: &Shape) -> &str {
    match shape {
        Shape::Text { expected, .. } => expected,
        Shape::Truth => "`true` o `false`",
        Shape::Count => "un numero intero non negativo",
        Shape::Choice(_) => "uno dei valori ammessi",
        Shape::List(_) => "un elenco",
        Shape::Group(_) | Shape::Map { .. } => "un gruppo di campi",
    }
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
    match &tree.nodes[tree.resolve(node)].kind {
        Kind::Sequence(_) => "qui c'è un elenco".to_owned(),
        Kind::Mapping(_) => "qui c'è un gruppo di campi".to_owned(),
        Kind::Alias(_) => "qui c'è un rimando".to_owned(),
        Kind::Scalar { text, plain } => match text.as_str() {
            "" if *plain => "qui non c'è nulla".to_owned(),
            text if *plain && is_null(text) => format!("`{text}` vuol dire nessun valore"),
            text if *plain && is_truth(text) => format!("qui c'è il valore sì/no `{text}`"),
            text if *plain && is_number(text) => format!("qui c'è il numero `{}`", quoted(text)),
            text => format!("qui c'è il testo `{}`", quoted(text)),
        },
    }
}

/// Advice for the mistakes that are easy to make.
fn remedy(tree: &Marked, node: Id, shape: &Shape) -> Option<String> {
    let curly = tree.plain(node).and_then(straight);
    let name = tree.nodes[node].key.and_then(|key| tree.text(key));
    let advice = match (shape, &tree.nodes[node].kind) {
        (Shape::Count, _) if curly.is_some() => return curly,
        (Shape::Count, Kind::Scalar { text, .. }) if whole(text, name).is_some() => {
            return whole(text, name).map(|meant| format!("scrivi `{meant}`"));
        }
        (Shape::Choice(choices), _) => return Some(format!("i valori ammessi sono {}", list(&admitted(choices)))),
        (_, Kind::Scalar { text, plain: true }) if is_null(text) => "scrivi il valore, o togli la riga",
        (Shape::Group(_) | Shape::Map { .. }, Kind::Scalar { text, plain: true }) if glued(text).is_some() => {
            return glued(text).map(|key| format!("dopo `{key}:` ci vuole uno spazio"));
        }
        (Shape::List(_), Kind::Scalar { .. }) => {
            "scrivi ogni elemento su una riga che comincia con `- `, o tutti fra parentesi quadre"
        }
        (Shape::Truth, Kind::Scalar { text, plain }) => match text.to_lowercase().as_str() {
            "si" | "sì" | "yes" | "on" | "y" | "s" | "vero" => "scrivi `true`",
            "no" | "off" | "n" | "falso" => "scrivi `false`",
            "true" | "false" if !plain => "togli le virgolette",
            _ => return None,
        },
        (Shape::Count, Kind::Scalar { text, plain: false }) if is_number(text) => "togli le virgolette",
        (Shape::Text { expected, .. }, Kind::Mapping(_) | Kind::Sequence(_)) if expected != PROSE => return None,
        (Shape::Text { .. }, Kind::Mapping(_) | Kind::Sequence(_)) if tree.nodes[node].block => {
            let bar =
                format!("se è un testo su più righe, scrivi `{}: |` e sotto il testo, rientrato di due spazi", name?);
            return Some(bar);
        }
        (Shape::Text { .. }, Kind::Mapping(_)) => "se il testo contiene `: `, mettilo tutto fra virgolette",
        (Shape::Text { .. }, Kind::Sequence(_)) => "se il testo comincia con `[` o con `- `, mettilo fra virgolette",
        (Shape::Group(_), Kind::Sequence(_)) => "togli il trattino `- ` davanti ai campi",
        (Shape::Group(fields), _) => {
            let list = || tree.nodes[node].parent.and_then(|list| tree.nodes[list].key);
            let (name, is) = match name {
                Some(name) => (name, "è un gruppo: i suoi campi sono"),
                None => (tree.text(list()?)?, "è un elenco di gruppi, ognuno con i campi"),
            };
            return Some(format!("`{name}` {is} {}", self::list(&names(fields))));
        }
        _ => return None,
    };
    Some(advice.to_owned())
}

/// The whole number that is meant: of a percentage also where its part of one is written.
fn whole(text: &str, name: Option<&str>) -> Option<u32> {
    let of_hundred = name.is_some_and(|name| name.starts_with("percentual"));
    // Between quotes it was a number already.
    let written = intero_inteso(text).filter(|_| !is_number(text) || text.contains('.'));
    written.or_else(|| percentuale_intesa(text).filter(|_| of_hundred))
}

/// The key of `key:value`, which YAML takes for a text.
fn glued(text: &str) -> Option<&str> {
    let (key, _) = text.split_once(':')?;
    (!key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_')).then_some(key)
}

/// Advice for a value between curly quotes.
fn straight(text: &str) -> Option<String> {
    quotes::within(text).map(|inner| format!("togli le virgolette tipografiche: scrivi `{inner}`"))
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
    accorciato(text, MAX_QUOTED)
}

/// `` `a`, `b` e `c` ``.
fn list(names: &[&str]) -> String {
    let shown = names.iter().take(MAX_LISTED).map(|name| format!("`{name}`"));
    match names.len() {
        0 => "nessuno".to_owned(),
        1..=MAX_LISTED => elenco(shown),
        _ => format!("{} …", shown.collect::<Vec<_>>().join(", ")),
    }
}
