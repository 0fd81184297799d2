//! The scanner against html5ever: whatever we find, it must see in the same elements.
//!
//! Thousands of small weird documents are put together at random, always the same ones.

use super::element::element;
use super::scan::{self, Found, Search};
use super::tests::Dice;
use super::text;
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use memchr::memmem;

const PHRASE: &str = "la dicitura";
const LOGO: &str = "<img src=l alt=x>";

/// The ancestors of each place where the phrase or the logo stands, as a browser has them.
#[derive(Debug, Default, PartialEq, Eq)]
struct Places {
    phrases: Vec<Vec<String>>,
    logos: Vec<Vec<String>>,
}

fn ours(html: &str) -> Option<Places> {
    let finder = memmem::Finder::new(PHRASE);
    let found = scan::scan(html, Search::Plain(&finder), |tag| tag == LOGO).ok()?;
    let thorough = scan::scan(html, Search::Thorough(PHRASE), |tag| tag == LOGO).ok()?;
    assert_eq!(names(html, &found), names(html, &thorough), "{html}");
    Some(names(html, &found))
}

fn names(html: &str, found: &Found) -> Places {
    let list = |carriers: &[scan::Carrier]| {
        carriers
            .iter()
            .map(|carrier| {
                carrier
                    .chain
                    .iter()
                    .map(|frame| match element(frame.id).name {
                        "" => text::tag_name(frame.tag(html)).to_ascii_lowercase(),
                        name => name.to_owned(),
                    })
                    .collect()
            })
            .collect()
    };
    Places { phrases: list(&found.phrases), logos: list(&found.logos) }
}

fn theirs(html: &str, scripting: bool) -> Places {
    let mut options = ParseOpts::default();
    options.tree_builder.scripting_enabled = scripting;
    let dom = parse_document(RcDom::default(), options).one(html);
    let mut places = Places::default();
    walk(&dom.document, &mut Vec::new(), &mut places);
    places
}

fn walk(node: &Handle, chain: &mut Vec<String>, places: &mut Places) {
    match &node.data {
        NodeData::Element { name, template_contents, attrs, .. } => {
            chain.push(name.local.to_ascii_lowercase().to_string());
            let logo = attrs.borrow().iter().any(|attribute| &*attribute.value == "l");
            if &*name.local == "img" && logo {
                places.logos.push(chain.clone());
            }
            if let Some(contents) = &*template_contents.borrow() {
                contents.children.borrow().iter().for_each(|child| walk(child, chain, places));
            }
            node.children.borrow().iter().for_each(|child| walk(child, chain, places));
            chain.pop();
        }
        NodeData::Text { contents } => {
            // What is no markup is no text of the page either.
            let raw = ["script", "style", "iframe", "title", "textarea", "noembed"];
            let inside = chain.last().map_or("", String::as_str);
            let drawn = chain.iter().any(|name| name == "svg");
            if contents.borrow().contains(PHRASE) && (drawn || !raw.contains(&inside)) {
                places.phrases.push(chain.clone());
            }
        }
        _ => node.children.borrow().iter().for_each(|child| walk(child, chain, places)),
    }
}

/// Pieces that are put side by side, with some sense, so that some of the results are well formed.
const TAGS: &[&str] = &[
    "div",
    "p",
    "span",
    "a",
    "b",
    "ul",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "tbody",
    "tr",
    "td",
    "th",
    "caption",
    "colgroup",
    "thead",
    "h1",
    "h2",
    "section",
    "address",
    "form",
    "button",
    "select",
    "option",
    "optgroup",
    "svg",
    "g",
    "title",
    "desc",
    "foreignObject",
    "template",
    "noscript",
    "details",
    "summary",
    "dialog",
    "ruby",
    "rt",
    "object",
    "i",
    "em",
    "pre",
    "label",
    "my-tag",
    "nobr",
    "center",
    "search",
    "menu",
    "fieldset",
    "legend",
    "math",
    "mi",
    "textarea",
    "script",
    "style",
    "iframe",
    "figure",
    "image",
    "video",
    "datalist",
    "body",
    "html",
    "head",
    "font",
];

const EXTRAS: &[&str] = &[
    "<br>",
    "<hr>",
    "<img src=l alt=x>",
    "<input>",
    "<col>",
    "<wbr>",
    "<!-- c -->",
    "<!-- a -- b -->",
    " ",
    "\n",
    "x",
    "&amp;",
    "<path/>",
    "<br/>",
    "<a href='x>y'>",
    "</a>",
    "</p>",
    "</li>",
    "</div>",
    "</table>",
    "</td>",
    "</tr>",
    "<!-->",
    "<!--->",
    "<!-- --!>",
    "<",
    "</",
    "</br>",
    "<td>",
    "<tr>",
    "<li>",
    "<p>",
    "<dd>",
    "<option>",
    "<p title=\"</noscript>\">",
    "<script><!--</script>",
    "<style>p{}</style>",
    "<link rel=x>",
    "<meta name=x>",
    "<p hidden hidden>",
    "<div/>",
    "<svg/>",
    "<p a=b/>",
    "<p a='b'c>",
    "<p =a>",
    "<p a =b>",
    "<body class=x>",
    "<html class=x>",
    "</body>",
    "</html>",
    "<?x?>",
    "<![CDATA[x]]>",
    "<P>",
    "</DIV>",
    "<b ",
    ">",
    "<p \"x\">",
];

fn grow(dice: &mut Dice, depth: usize, out: &mut String) {
    for _ in 0..dice.roll(4) {
        match dice.roll(16) {
            0 => out.push_str(EXTRAS[dice.roll(EXTRAS.len())]),
            1 | 2 => out.push_str(EXTRAS[dice.roll(15)]),
            3 | 4 => out.push_str(PHRASE),
            5 => out.push_str(LOGO),
            _ if depth == 0 => out.push('y'),
            6 | 7 => special(dice, depth, out),
            _ => {
                let tag = TAGS[dice.roll(TAGS.len())];
                out.push_str(&format!("<{tag}>"));
                grow(dice, depth - 1, out);
                // Most elements are closed, some are left to the parser.
                if dice.roll(8) > 0 {
                    out.push_str(&format!("</{tag}>"));
                }
            }
        }
    }
}

/// Structures that chance alone would seldom get right.
fn special(dice: &mut Dice, depth: usize, out: &mut String) {
    let (open, between, close) = [
        ("<table><tr><td>", "<td>", "</table>"),
        ("<table><tbody><tr><td>", "</td></tr><tr><th>", "</th></tr></tbody></table>"),
        ("<table><caption>", "</caption><colgroup><col></colgroup><tr><td>", "</td></tr></table>"),
        ("<table><thead><tr><th>", "<tbody><tr><td>", "</table>"),
        ("<ul><li>", "<li>", "</ul>"),
        ("<ul><li><p>", "</li><li>", "</li></ul>"),
        ("<dl><dt>", "<dd>", "</dl>"),
        ("<p>", "<p>", "<div></div>"),
        ("<select><option>", "<optgroup><option>", "</select>"),
        ("<ruby>", "<rt>x</rt>", "</ruby>"),
        ("<svg><g>", "<path/>", "</g></svg>"),
        ("<svg><title>", "</title><text>", "</text></svg>"),
        ("<noscript>", "<b>x</b>", "</noscript>"),
        ("<template>", "<p>", "</template>"),
        ("<details><summary>", "</summary>", "</details>"),
        ("<b><i>", "</i><i>", "</i></b>"),
        ("<a>", "<div></div>", "</a>"),
        ("<datalist><option>", "<option>", "</datalist>"),
        ("<object>", "<p>", "</object>"),
    ][dice.roll(19)];
    out.push_str(open);
    grow(dice, depth - 1, out);
    out.push_str(between);
    grow(dice, depth - 1, out);
    out.push_str(close);
}

#[test]
fn what_is_found_stands_where_html5ever_has_it() {
    let mut dice = Dice(0xC0FFEE);
    let (mut agreed, mut refused) = (0, 0);
    for _ in 0..60_000 {
        let mut body = String::new();
        grow(&mut dice, 4, &mut body);
        let head =
            ["", "<title>la dicitura</title>", "<meta charset=utf-8>", "<noscript><link></noscript>", "x", "<p>"];
        let ends = ["</body></html>", "</body>", "", "\n</body>\n</html>\n", "</html>", "</body>x"];
        let head = head[dice.roll(head.len() + 6) % head.len()];
        let end = ends[dice.roll(ends.len())];
        let html = format!("<!doctype html><html><head>{head}</head><body>{body}{end}");
        let Some(ours) = ours(&html) else {
            refused += 1;
            continue;
        };
        let without = theirs(&html, false);
        let with = theirs(&html, true);
        // With scripts on, what stands in `noscript` is no markup; everything else must agree.
        let shown = |places: &[Vec<String>]| -> Vec<Vec<String>> {
            places.iter().filter(|chain| !chain.iter().any(|name| name == "noscript")).cloned().collect()
        };
        assert_eq!(shown(&ours.phrases), shown(&without.phrases), "{html}");
        assert_eq!(shown(&ours.logos), shown(&without.logos), "{html}");
        assert_eq!(shown(&ours.phrases), shown(&with.phrases), "{html}");
        assert_eq!(shown(&ours.logos), shown(&with.logos), "{html}");
        agreed += usize::from(!ours.phrases.is_empty() || !ours.logos.is_empty());
    }
    // The check is worth something only if a good part of the documents is accepted.
    assert!(agreed > 4_000, "{agreed} agreed, {refused} refused");
}
