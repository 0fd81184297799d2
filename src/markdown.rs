//! Markdown to HTML. Raw HTML becomes text, and links have a scheme from a list.

mod tabelle;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};
use unicode_normalization::UnicodeNormalization;

pub use tabelle::broken_tables;

/// What a link in a text may begin with; everything without a scheme is a page of the site.
const SCHEMES: [&str; 4] = ["https", "http", "mailto", "tel"];

pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES | Options::ENABLE_DEFINITION_LIST
}

/// How a text is set into a page.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// Headings begin at this level, so that the page keeps one outline: 2, 3 or 4.
    pub heading: u8,
    /// The way from the page to the root of the site, for links that begin with `/`.
    pub root: &'a str,
    /// Whether headings can be linked to: only in a text that is the whole page, so that no two anchors are the same.
    pub anchors: bool,
}

/// Renders a text as blocks.
pub fn render(text: &str, setting: Setting) -> String {
    let events: Vec<Event> = Parser::new_ext(text, options()).collect();
    let mut outline = Outline::of(&events, setting.heading);
    if setting.anchors {
        outline.coming = sections(text).into_iter().rev().collect();
    }
    let mut refused = Vec::new();
    let mut shown = Vec::with_capacity(events.len());
    for event in events {
        let event = safe(event, setting, &mut refused, &mut outline);
        // A heading leads to itself, so that its address can be copied. An anchor is made of letters, digits and hyphens.
        let link = match &event {
            Event::Start(Tag::Heading { id: Some(anchor), .. }) if outline.leads_to_itself => {
                Some(format!("<a href=\"#{anchor}\" aria-describedby=\"punto\">"))
            }
            _ => None,
        };
        if outline.leads_to_itself && matches!(event, Event::End(TagEnd::Heading(_))) {
            shown.push(Event::InlineHtml("</a>".into()));
        }
        shown.push(event);
        shown.extend(link.map(|link| Event::InlineHtml(link.into())));
    }
    let mut out = String::with_capacity(text.len() * 5 / 4 + 16);
    html::push_html(&mut out, shown.into_iter());
    leaving(out)
}

/// Links to other sites say so. What an author writes cannot look like one of these: its `<` is a text.
fn leaving(html: String) -> String {
    const LINK: &str = "<a href=\"";
    let is_web = |target: &str| ["https:", "http:"].iter().any(|scheme| starts_with(target, scheme));
    if !html.contains(LINK) {
        return html;
    }
    let mut out = String::with_capacity(html.len() + 64);
    for (i, part) in html.split(LINK).enumerate() {
        match (i, is_web(part)) {
            (0, _) => {}
            (_, true) => out.push_str("<a rel=\"noopener external\" href=\""),
            (_, false) => out.push_str(LINK),
        }
        out.push_str(part);
    }
    out
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// The text without any mark-up, on one line: for descriptions and feeds.
pub fn plain(text: &str) -> String {
    let mut out = String::new();
    for event in Parser::new_ext(text, options()) {
        match event {
            Event::Text(part) | Event::Code(part) | Event::Html(part) | Event::InlineHtml(part) => out.push_str(&part),
            Event::SoftBreak
            | Event::HardBreak
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::TableCell
                | TagEnd::CodeBlock
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition,
            ) if !out.ends_with(' ') && !out.is_empty() => out.push(' '),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A heading and what stands below it.
#[derive(Debug, PartialEq, Eq)]
pub struct Section {
    pub title: String,
    /// The `id` of the heading in a text with anchors.
    pub anchor: String,
    /// Where its text is, up to the next heading.
    pub body: Range<usize>,
    has_links: bool,
}

/// The headings of a text, of whatever level, each with an anchor of its own.
pub fn sections(text: &str) -> Vec<Section> {
    let mut found: Vec<Section> = Vec::new();
    let mut is_heading = false;
    for (event, at) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                is_heading = true;
                if let Some(last) = found.last_mut() {
                    last.body.end = at.start;
                }
                let body = at.end..text.len();
                found.push(Section { title: String::new(), anchor: String::new(), body, has_links: false });
            }
            Event::End(TagEnd::Heading(_)) => is_heading = false,
            Event::Text(part) | Event::Code(part) | Event::Html(part) | Event::InlineHtml(part) if is_heading => {
                if let Some(section) = found.last_mut() {
                    section.title.push_str(&part);
                }
            }
            Event::Start(Tag::Link { .. }) | Event::FootnoteReference(_) if is_heading => {
                if let Some(section) = found.last_mut() {
                    section.has_links = true;
                }
            }
            _ => {}
        }
    }
    let mut taken = BTreeSet::new();
    // Where the numbers of a name go on: thousands of headings may be the same.
    let mut next: BTreeMap<String, usize> = BTreeMap::new();
    for section in &mut found {
        let name = anchor_of(&section.title);
        let n = next.entry(name.clone()).or_insert(1);
        section.anchor = if *n == 1 { name.clone() } else { format!("{name}-{n}") };
        while !taken.insert(section.anchor.clone()) {
            *n += 1;
            section.anchor = format!("{name}-{n}");
        }
        *n += 1;
    }
    found
}

/// `Comunità di Pratica` → `voce-comunita-di-pratica`: the first part keeps it apart from what the templates name.
fn anchor_of(title: &str) -> String {
    let plain: String =
        title.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).flat_map(char::to_lowercase).collect();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    std::iter::once("voce").chain(words).collect::<Vec<_>>().join("-")
}

/// The headings of a text in the outline of the page: the highest stands right below that of the page, whichever
/// marks its author likes, and none skips a level.
struct Outline {
    first: u8,
    highest: u8,
    current: u8,
    /// The headings still to come, the next one last, where they are anchors.
    coming: Vec<Section>,
    /// Whether the last heading leads to itself: not one with links of its own.
    leads_to_itself: bool,
}

impl Outline {
    fn of(events: &[Event], first: u8) -> Self {
        let levels = events.iter().filter_map(|event| match event {
            Event::Start(Tag::Heading { level, .. }) => Some(*level as u8),
            _ => None,
        });
        let highest = levels.min().unwrap_or(1);
        Outline { first, highest, current: first - 1, coming: Vec::new(), leads_to_itself: false }
    }

    fn enter(&mut self, level: HeadingLevel) -> HeadingLevel {
        let wanted = self.first + level as u8 - self.highest;
        self.current = wanted.min(self.current + 1).min(6);
        self.level()
    }

    fn level(&self) -> HeadingLevel {
        HeadingLevel::try_from(usize::from(self.current)).unwrap_or(HeadingLevel::H6)
    }
}

fn safe<'a>(event: Event<'a>, setting: Setting, refused: &mut Vec<bool>, outline: &mut Outline) -> Event<'a> {
    match event {
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            let section = outline.coming.pop();
            outline.leads_to_itself = section.as_ref().is_some_and(|section| !section.has_links);
            let id = section.map(|section| section.anchor.into()).or(id);
            Event::Start(Tag::Heading { level: outline.enter(level), id, classes, attrs })
        }
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(outline.level())),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let ok = is_safe(&dest_url, link_type);
            refused.push(!ok);
            if ok {
                let dest_url = relative(&dest_url, setting.root).into_owned().into();
                Event::Start(Tag::Link { link_type, dest_url, title, id })
            } else {
                Event::Start(Tag::Emphasis)
            }
        }
        Event::End(TagEnd::Link) if refused.pop() == Some(true) => Event::End(TagEnd::Emphasis),
        Event::Start(Tag::Image { dest_url, title, id, link_type }) => {
            // Pictures come from the site alone: no request ever leaves it.
            let dest_url =
                if is_inside(&dest_url) { relative(&dest_url, setting.root).into_owned().into() } else { "".into() };
            Event::Start(Tag::Image { link_type, dest_url, title, id })
        }
        other => other,
    }
}

/// Links that begin with `/` are pages of the site, wherever it is published.
fn relative<'a>(target: &'a str, root: &str) -> Cow<'a, str> {
    match target.strip_prefix('/') {
        Some(path) if root.is_empty() && path.is_empty() => Cow::Borrowed("./"),
        Some(path) => Cow::Owned(format!("{root}{path}")),
        None => Cow::Borrowed(target),
    }
}

/// Whether a target stays in the site.
fn is_inside(target: &str) -> bool {
    !has_scheme(target) && !target.starts_with("//")
}

fn has_scheme(target: &str) -> bool {
    let end = target.find(['/', '?', '#']).unwrap_or(target.len());
    target[..end].contains(':')
}

fn is_safe(target: &str, link_type: LinkType) -> bool {
    if link_type == LinkType::Email {
        return true;
    }
    // Browsers drop tabs and line ends inside a scheme: `java\nscript:` is one too.
    if target.chars().any(char::is_control) || target.starts_with("//") || target.starts_with(' ') {
        return false;
    }
    if !has_scheme(target) {
        return true;
    }
    let scheme = target.split(':').next().unwrap_or_default();
    SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

/// Targets of links and pictures that `render` does not let through, and where they are.
pub fn refused_links(text: &str) -> Vec<(String, Range<usize>)> {
    if !text.contains(['[', '<']) {
        return Vec::new();
    }
    Parser::new_ext(text, options())
        .into_offset_iter()
        .filter_map(|(event, at)| match event {
            Event::Start(Tag::Link { dest_url, link_type, .. }) if !is_safe(&dest_url, link_type) => {
                Some((dest_url, at))
            }
            Event::Start(Tag::Image { dest_url, .. }) if !is_inside(&dest_url) => Some((dest_url, at)),
            _ => None,
        })
        .map(|(target, at)| (target.escape_default().to_string(), at))
        .collect()
}

/// A link or a picture of a text that leads inside the site.
#[derive(Debug, PartialEq, Eq)]
pub struct InternalLink {
    /// As `render` gets it, marks undone.
    pub target: String,
    pub is_picture: bool,
    /// The target in the text, or the whole link where the target is not written as it is.
    pub at: Range<usize>,
}

/// The links and pictures that stay in the site: those without a scheme.
pub fn internal_links(text: &str) -> Vec<InternalLink> {
    if !text.contains('[') {
        return Vec::new();
    }
    let mut events = Parser::new_ext(text, options()).into_offset_iter();
    let mut found = Vec::new();
    while let Some((event, at)) = events.next() {
        let (target, id, is_picture) = match event {
            Event::Start(Tag::Link { dest_url, link_type, id, .. })
                if link_type != LinkType::Email && is_inside(&dest_url) && is_safe(&dest_url, link_type) =>
            {
                (dest_url, id, false)
            }
            Event::Start(Tag::Image { dest_url, id, .. }) if is_inside(&dest_url) => (dest_url, id, true),
            _ => continue,
        };
        // In the link itself after its words, else in the definition that it refers to.
        let definition = events.reference_definitions().get(&id).map(|definition| definition.span.clone());
        let written = |part: Range<usize>| {
            let found = text[part.clone()].rfind(&*target).filter(|_| !target.is_empty())?;
            Some(part.start + found..part.start + found + target.len())
        };
        let at = written(at.clone()).or_else(|| written(definition?)).unwrap_or(at);
        found.push(InternalLink { target: target.into_string(), is_picture, at });
    }
    found
}

/// Whether words stand for a picture: not what they would say of any other one, nor the name of a file.
pub fn describes(words: &str) -> bool {
    const OF_ANY: [&str; 8] = ["alt", "foto", "fotografia", "immagine", "image", "img", "picture", "logo"];
    let words = words.trim();
    let is_name = words.rsplit_once('.').is_some_and(|(_, end)| matches!(end.len(), 3..=4) && !words.contains(' '));
    words.chars().filter(|c| c.is_alphabetic()).nth(2).is_some()
        && !is_name
        && !OF_ANY.contains(&words.to_lowercase().as_str())
}

/// Where the pictures are that have no words for whoever does not see them.
pub fn wordless_pictures(text: &str) -> Vec<Range<usize>> {
    if !text.contains("![") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut open: Option<(Range<usize>, String)> = None;
    for (event, at) in Parser::new_ext(text, options()).into_offset_iter() {
        match (event, &mut open) {
            (Event::Start(Tag::Image { .. }), None) => open = Some((at, String::new())),
            (Event::End(TagEnd::Image), _) => {
                found.extend(open.take().filter(|(_, words)| !describes(words)).map(|(at, _)| at));
            }
            (Event::Text(part) | Event::Code(part), Some((_, words))) => words.push_str(&part),
            _ => {}
        }
    }
    found
}

/// The first piece of raw HTML in a text, and where it is.
pub fn first_html(text: &str) -> Option<(String, Range<usize>)> {
    if !text.contains('<') {
        return None;
    }
    Parser::new_ext(text, options()).into_offset_iter().find_map(|(event, at)| match event {
        Event::Html(html) | Event::InlineHtml(html) => Some((html.trim().chars().take(40).collect(), at)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        render(text, Setting { heading: 2, root: "../", anchors: false })
    }

    #[test]
    fn raw_html_becomes_text() {
        assert_eq!(html("ciao <b>a</b>").trim(), "<p>ciao &lt;b&gt;a&lt;/b&gt;</p>");
        assert!(!html("<script>alert(1)</script>").contains("<script"));
        assert!(!html("<div onclick=x>\n\nciao\n\n</div>").contains("<div"));
    }

    #[test]
    fn dangerous_links_are_no_links() {
        for text in [
            "[x](javascript:alert(1))",
            "[x](JaVaScript:alert)",
            "[x](data:text/html,x)",
            "[x](//evil.example)",
            "[x](vbscript:x)",
        ] {
            assert!(!html(text).contains("href"), "{text}");
            assert_eq!(refused_links(text).len(), 1, "{text}");
        }
        assert!(html("[x](https://a.it)").contains("href=\"https://a.it\""));
        assert!(html("<info@ente.it>").contains("mailto:info@ente.it"));
    }

    #[test]
    fn links_inside_the_site_are_found_where_they_are_written() {
        let text = "Vedi [qui](/a/), ![b](b.png) e [lì][1] o <https://x.it>, [x](mailto:a@b.it), <a@b.it>, [](#).\n\n[1]: ../c \"C\"";
        let found: Vec<_> =
            internal_links(text).into_iter().map(|link| (text[link.at].to_owned(), link.is_picture)).collect();
        let expected = [("/a/", false), ("b.png", true), ("../c", false), ("#", false)];
        assert_eq!(found, expected.map(|(target, is_picture)| (target.to_owned(), is_picture)));
        assert_eq!(internal_links("[vuoto]()").len(), 1);
        assert_eq!(internal_links("`[x](/no)` e \\[x](/no)").len(), 0);
    }

    #[test]
    fn a_link_that_refers_to_a_definition_is_shown_there() {
        let text = "Non /a/ ma [qui][Uno].\n\n[uno]: /a/ \"titolo\"";
        let found: Vec<_> = internal_links(text).into_iter().map(|link| link.at).collect();
        let definition = text.rfind("/a/").expect("the definition");
        assert_eq!(found, std::slice::from_ref(&(definition..definition + 3)));
    }

    /// Each looked up among all before it, they would take hours.
    #[test]
    fn many_equal_headings_have_each_an_anchor_of_its_own() {
        const MANY: usize = 200_000;
        let found = sections(&format!("# Uno 3\n\n{}", "# Uno\n\n".repeat(MANY)));
        let anchors = found.iter().take(4).map(|section| section.anchor.as_str());
        assert_eq!(anchors.collect::<Vec<_>>(), ["voce-uno-3", "voce-uno", "voce-uno-2", "voce-uno-4"]);
        assert_eq!(found.len(), MANY + 1);
        assert_eq!(found[MANY].anchor, format!("voce-uno-{}", MANY + 1));
    }

    #[test]
    fn pictures_from_elsewhere_are_not_fetched() {
        assert!(!html("![x](https://a.it/x.png)").contains("a.it"));
        assert!(html("![x](/media/x.png)").contains("src=\"../media/x.png\""));
    }

    #[test]
    fn headings_stay_below_those_of_the_page() {
        assert!(html("# Uno\n\n## Due").contains("<h2>Uno</h2>\n<h3>Due</h3>"));
        assert!(html("## Uno\n\n#### Due\n\n## Tre").contains("<h2>Uno</h2>\n<h3>Due</h3>\n<h2>Tre</h2>"));
    }

    #[test]
    fn plain_text_has_no_marks() {
        assert_eq!(plain("**Uno** e [due](https://x.it).\n\n- tre"), "Uno e due. tre");
        assert_eq!(plain("Uno\n: due.\n\nTre\n: quattro."), "Uno due. Tre quattro.");
    }
}
