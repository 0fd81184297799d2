//! The format for people: the lines of the file, carets under what is wrong, norm and remedy.

use super::line::place;
use super::plain::{excerpt_char, one_line};
use super::show::At;
use super::{Located, Severity, Texts};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What fits a terminal of common width; longer lines are cut around what is wrong.
const WIDTH: usize = 120;

/// How many places of a rule are shown, and up to how many findings there is nothing to shorten.
pub(super) const FEW: usize = 3;

/// Characters of a finding, before it and after it that the renderer gets to see, of which it shows [`WIDTH`].
const KEEP: usize = 400;

/// What weighs more comes later; `brief` shortens what stops nothing, where it is much.
pub(super) fn render(located: &[Located<'_>], texts: &Texts, color: bool, brief: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    let mut whole: Vec<&Located<'_>> = located.iter().collect();
    whole.sort_by_key(|l| Reverse(l.diagnostic.severity));
    let mut out = String::new();
    let harmless = whole.iter().take_while(|l| l.diagnostic.severity != Severity::Error).count();
    if brief && harmless > FEW {
        let errors = whole.split_off(harmless);
        out = by_rule(&whole, &renderer);
        whole = errors;
    }
    for l in whole {
        out.push_str(&renderer.render(&[group(l, texts)]));
        out.push_str("\n\n");
    }
    out
}

/// Many findings that stop nothing, on a page: by rule, with their count and the first places.
fn by_rule(located: &[&Located<'_>], renderer: &Renderer) -> String {
    // What weighs more stands nearer to the end.
    let mut rules: BTreeMap<(Reverse<Severity>, &str), Vec<&Located<'_>>> = BTreeMap::new();
    for l in located {
        rules.entry((Reverse(l.diagnostic.severity), &l.diagnostic.code)).or_default().push(l);
    }
    let mut out = String::new();
    for ((Reverse(severity), code), found) in &rules {
        let message = &found[0].diagnostic.message;
        let is_one = found.iter().all(|l| l.diagnostic.message == *message);
        let title = match found.len() {
            1 => message.clone(),
            many if is_one => format!("{message} ({many} volte)"),
            many => format!("{many} {}", severity.names()),
        };
        let title = level(*severity).primary_title(one_line(&title)).id(*code);
        out.push_str(&renderer.render(&[Group::with_title(title)]));
        out.push('\n');
        for l in found.iter().take(FEW) {
            let parts = [place(l), (!is_one).then(|| one_line(&l.diagnostic.message).into_owned())];
            let line = parts.into_iter().flatten().collect::<Vec<_>>().join(": ");
            out.push_str(&format!("  {line}\n"));
        }
        match found.len().saturating_sub(FEW) {
            0 => {}
            1 => out.push_str("  e in un altro posto\n"),
            more => out.push_str(&format!("  e in altri {more} posti\n")),
        }
    }
    let code = rules.keys().next_back().map_or("", |(_, code)| *code);
    out.push_str(&format!(
        "\nOgni avviso per intero, con il rimedio: `concilia check --tutti`; che cosa chiede una regola: `concilia \
         explain {code}`\n\n"
    ));
    out
}

fn group<'a>(l: &'a Located<'_>, texts: &Texts) -> Group<'a> {
    let d = l.diagnostic;
    let title = level(d.severity).primary_title(one_line(&d.message)).id(d.code.as_ref());
    let mut group = Group::with_title(title);

    let mut excerpts = Vec::new();
    if let Some(place) = &d.place {
        excerpts.push((place, l.at.as_ref(), d.label.as_str(), AnnotationKind::Primary));
    }
    for ((place, label), at) in d.related.iter().zip(&l.related) {
        excerpts.push((place, at.as_ref(), label.as_str(), AnnotationKind::Context));
    }
    for (place, at, label, kind) in excerpts {
        let path = one_line(&place.file);
        let text = texts.get(&place.file).map(|(text, _)| text.as_str());
        group = match (at, text) {
            (Some(at), Some(text)) => match excerpt(at, text, label, kind) {
                (snippet, true) => group.element(snippet.path(path)),
                // The renderer would count the column on what it gets.
                (snippet, false) => {
                    group.element(Origin::path(path).line(at.line).char_column(at.column)).element(snippet)
                }
            },
            _ => {
                let group = group.element(Origin::path(path));
                match label {
                    "" => group,
                    label => group.element(Level::NOTE.with_name("nota").message(one_line(label))),
                }
            }
        };
    }
    for (name, text) in [("norma", &d.norm), ("aiuto", &d.help)] {
        if let Some(text) = text {
            group = group.element(Level::HELP.with_name(name).message(one_line(text)));
        }
    }
    group
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
    .with_name(severity.name())
}

/// The first line of what is wrong, as it is shown, and whether from its beginning.
fn excerpt<'a>(at: &At, text: &str, label: &'a str, kind: AnnotationKind) -> (Snippet<'a, Annotation<'a>>, bool) {
    let start = at.bytes.start.min(text.len());
    let before = text.get(at.line_start..start).unwrap_or_default();
    let cut = before.char_indices().rev().nth(KEEP).map_or(0, |(i, _)| i);
    // A character has four bytes at most.
    let rest = text.get(start..).unwrap_or_default();
    let rest = &rest[..rest.floor_char_boundary(8 * KEEP)];
    let line = rest.split('\n').next().unwrap_or_default();
    let line = line.strip_suffix('\r').unwrap_or(line);
    let (marked, after) = line.split_at(line.floor_char_boundary(at.bytes.len()));

    let mut shown: String = before[cut..].chars().map(excerpt_char).collect();
    let from = shown.len();
    shown.extend(marked.chars().take(KEEP).map(excerpt_char));
    let to = shown.len();
    shown.extend(after.chars().take(KEEP).map(excerpt_char));

    let annotation = kind.span(from..to);
    let annotation = if label.is_empty() { annotation } else { annotation.label(one_line(label)) };
    (Snippet::source(shown).line_start(at.line).annotation(annotation), cut == 0)
}
