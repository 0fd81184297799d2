//! M-05: scripts and styles written inside the templates of the site's theme. The pages forbid them, so browsers leave
//! them out without a word to those who look.

use std::ops::Range;

use super::{Theme, is_builtin};
use crate::markup::tag::{Attribute, Attributes, tag_name, tags};
use crate::report::{Diagnostic, Place, Rule};

pub const RULES: &[Rule] = &[Rule::new("M-05", "i modelli del tema non contengono né script né stili")
    .why("le pagine ammettono solo quelli scritti in file a parte, e il browser ignora gli altri senza dirlo")
    .example("`<p style=\"color: red\">` invece di una classe nel foglio di stile")];

/// Kinds of script that are data: no browser runs them.
const DATA: [&str; 3] = ["application/ld+json", "application/json", "text/plain"];

impl Theme {
    /// Warnings about what no browser will run or apply.
    pub fn inline(&self) -> Vec<Diagnostic> {
        let why = "le pagine ammettono solo script e stili di file del sito";
        let own = self.sources.iter().filter(|(file, _)| !is_builtin(file) && file.ends_with(".html"));
        let found = own.flat_map(|(file, text)| {
            let told = |(span, (message, help)): (_, Told)| {
                Diagnostic::warning("M-05", message).at(Place::span(file, span)).label(why).help(help)
            };
            scripts_and_styles(text).into_iter().map(told).collect::<Vec<_>>()
        });
        found.collect()
    }
}

fn scripts_and_styles(template: &str) -> Vec<(Range<usize>, Told)> {
    let markup = markup_alone(template);
    let in_template = |tag: Range<usize>| {
        let found = forbidden(&markup[tag.clone()]).into_iter();
        found.map(move |(at, told)| (tag.start + at.start..tag.start + at.end, told))
    };
    let opening = tags(&markup).filter(|tag| !tag_name(&markup[tag.clone()]).is_empty());
    opening.flat_map(in_template).collect()
}

/// What is wrong with a piece of a template, and the remedy.
type Told = (&'static str, &'static str);

const SCRIPT: Told = (
    "lo script scritto nella pagina non viene eseguito",
    "mettilo in un file di `assets/` e chiamalo con `<script src=\"{{ radice }}assets/…\" defer></script>`",
);
const STYLE: Told = (
    "lo stile scritto nella pagina non viene applicato",
    "mettilo in un foglio di stile di `assets/`, e dai una classe all'elemento",
);
const HANDLER: Told = (
    "il comando scritto nell'attributo non viene eseguito",
    "mettilo in uno script di `assets/`, con `addEventListener`",
);

/// What a tag may not say, each where it says it.
fn forbidden(tag: &str) -> Vec<(Range<usize>, Told)> {
    let (name, attributes) = (tag_name(tag), Attributes::read(tag));
    let is_data = |kind: &str| DATA.iter().any(|data| kind.trim().eq_ignore_ascii_case(data));
    let is_run = !attributes.has("src") && !attributes.value("type").is_some_and(is_data);
    let own = match name.to_ascii_lowercase().as_str() {
        "script" if is_run => Some(SCRIPT),
        "style" => Some(STYLE),
        _ => None,
    };
    let told = |attribute: &Attribute| {
        let value = attribute.value.as_deref().unwrap_or_default().trim_start().to_ascii_lowercase();
        match &*attribute.name {
            "style" => Some(STYLE),
            name if name.starts_with("on") && name.len() > 2 => Some(HANDLER),
            "href" | "action" | "src" if value.starts_with("javascript:") => Some(HANDLER),
            _ => None,
        }
    };
    let of_attributes = attributes.list.iter().filter_map(|it| Some((it.at.clone(), told(it)?)));
    own.map(|told| (1..1 + name.len(), told)).into_iter().chain(of_attributes).collect()
}

/// A template without what its language writes between its own marks, which is no markup: signs that mean nothing stand
/// there, so that the rest keeps its place.
fn markup_alone(template: &str) -> String {
    let marks = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")];
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let (before, mark) = rest.split_at(at);
        out.push_str(before);
        let close = marks.iter().find(|(open, _)| mark.starts_with(open)).map(|(_, close)| close);
        let end = close.map_or(1, |close| mark.find(close).map_or(mark.len(), |end| end + close.len()));
        out.extend(std::iter::repeat_n('~', end));
        rest = &mark[end..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{HANDLER, SCRIPT, STYLE, Told, scripts_and_styles};

    fn found(text: &str) -> Vec<(&str, Told)> {
        scripts_and_styles(text).into_iter().map(|(span, what)| (&text[span], what)).collect()
    }

    #[test]
    fn what_browsers_leave_out_is_found_where_it_stands() {
        let cases: [(&str, &[(&str, Told)]); 6] = [
            ("<p title=\"· à\" stYle='x'>·</p>", &[("stYle='x'", STYLE)]),
            ("<a{% if x > 1 %} onclick=go() {% endif %} href=x>", &[("onclick=go()", HANDLER)]),
            ("<p {{ a | b }} onload>", &[("onload", HANDLER)]),
            ("<SCRIPT>if (a < b) { x }</SCRIPT><b>", &[("SCRIPT", SCRIPT)]),
            ("<img alt=è src=\" JavaScript:x\"", &[("src=\" JavaScript:x\"", HANDLER)]),
            ("<style", &[("style", STYLE)]),
        ];
        for (text, expected) in cases {
            assert_eq!(found(text), expected, "{text}");
        }
        for text in [
            "<!-- <p style=x> --> {# <p style=x> #} {{ \"<p style=x>\" }} < p style=x> <",
            "<script src=x></script><script type='application/ld+json'>{\"<p style=\": 1}</script>",
            "<p data-style=x title='onclick=1' {{",
            "<p à=\"·",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
