//! M-05: scripts and styles written inside the templates of the site's theme. The pages forbid them, so browsers leave
//! them out without a word to those who look.

use std::ops::Range;

use super::{Theme, is_builtin};
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
            tags(text).into_iter().flat_map(Tag::forbidden).map(move |(span, (message, help))| {
                Diagnostic::warning("M-05", message).at(Place::span(file, span)).label(why).help(help)
            })
        });
        found.collect()
    }
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

/// An opening tag: its name and its attributes with their values, each where it stands.
struct Tag<'a> {
    name: &'a str,
    name_at: Range<usize>,
    attributes: Vec<(&'a str, &'a str, Range<usize>)>,
}

impl Tag<'_> {
    fn forbidden(self) -> Vec<(Range<usize>, Told)> {
        let value = |name: &str| {
            self.attributes.iter().find(|(found, ..)| found.eq_ignore_ascii_case(name)).map(|(_, value, _)| *value)
        };
        let mut found = Vec::new();
        let is_data = value("type").is_some_and(|kind| DATA.iter().any(|data| kind.trim().eq_ignore_ascii_case(data)));
        if self.name.eq_ignore_ascii_case("script") && value("src").is_none() && !is_data {
            found.push((self.name_at.clone(), SCRIPT));
        }
        if self.name.eq_ignore_ascii_case("style") {
            found.push((self.name_at.clone(), STYLE));
        }
        for (name, value, at) in &self.attributes {
            let name = name.to_ascii_lowercase();
            let runs = value.trim_start().to_ascii_lowercase().starts_with("javascript:");
            if name == "style" {
                found.push((at.clone(), STYLE));
            } else if (name.starts_with("on") && name.len() > 2)
                || (runs && matches!(&*name, "href" | "action" | "src"))
            {
                found.push((at.clone(), HANDLER));
            }
        }
        found
    }
}

/// The opening tags of a template. What the template language writes between its own marks is no markup.
fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(['<', '{']) {
        at += next;
        if let Some(end) = template_end(text, at) {
            at = end;
        } else if text[at..].starts_with("<!--") {
            at = text[at..].find("-->").map_or(text.len(), |end| at + end);
        } else if text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic()) && text.as_bytes()[at] == b'<' {
            let (tag, end) = tag(text, at + 1);
            at = end;
            // What stands in a script is no markup.
            if tag.name.eq_ignore_ascii_case("script") {
                at = text[at..].to_ascii_lowercase().find("</script").map_or(text.len(), |end| at + end);
            }
            tags.push(tag);
        } else {
            at += 1;
        }
    }
    tags
}

/// Where `{{ … }}`, `{% … %}` or `{# … #}` ends, if one begins here.
fn template_end(text: &str, at: usize) -> Option<usize> {
    // Not every byte begins a letter; a brace does.
    let rest = text.get(at..).filter(|rest| rest.starts_with('{'))?;
    let marks = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")];
    let (_, close) = marks.iter().find(|(open, _)| rest.starts_with(open))?;
    Some(rest.find(close).map_or(text.len(), |end| at + end + close.len()))
}

/// The tag whose name begins here, and where it ends.
fn tag(text: &str, start: usize) -> (Tag<'_>, usize) {
    let bytes = text.as_bytes();
    let until = |from: usize, stops: &[u8]| {
        let mut at = from;
        while at < bytes.len() && !stops.contains(&bytes[at]) {
            at = template_end(text, at).unwrap_or(at + 1);
        }
        at
    };
    let mut at = until(start, b" \t\r\n/>");
    let mut tag = Tag { name: &text[start..at], name_at: start..at, attributes: Vec::new() };
    while at < bytes.len() && bytes[at] != b'>' {
        if let Some(end) = template_end(text, at) {
            at = end;
        } else if bytes[at].is_ascii_whitespace() || bytes[at] == b'/' {
            at += 1;
        } else {
            let begin = at;
            at = until(at + 1, b" \t\r\n/>=");
            let name = &text[begin..at];
            let mut value = "";
            if bytes.get(at) == Some(&b'=') {
                at += 1;
                match bytes.get(at) {
                    Some(&quote @ (b'"' | b'\'')) => {
                        let end = until(at + 1, &[quote]);
                        value = &text[at + 1..end];
                        at = (end + 1).min(bytes.len());
                    }
                    _ => {
                        let end = until(at, b" \t\r\n>");
                        value = &text[at..end];
                        at = end;
                    }
                }
            }
            tag.attributes.push((name, value, begin..at));
        }
    }
    (tag, (at + 1).min(bytes.len()))
}

#[cfg(test)]
mod tests {
    use super::{HANDLER, SCRIPT, STYLE, Tag, Told, tags};

    fn found(text: &str) -> Vec<(&str, Told)> {
        let found = tags(text).into_iter().flat_map(Tag::forbidden);
        found.map(|(span, what)| (&text[span], what)).collect()
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
