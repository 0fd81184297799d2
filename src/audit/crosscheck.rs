//! The scanner against html5ever: whatever we find, it must see in the same elements.
//!
//! Thousands of small weird documents are put together at random, always the same ones.

use super::element::element;
use super::scan::{self, Found, Search};
use super::tests::Dice;
use super::text::{self, Attributes};
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use memchr::memmem;
use std::collections::BTreeMap;

const PHRASE: &str = "la dicitura";
const LOGO: &str = "<img src=l alt=x>";

/// An element: its name, and its attributes where we can read them.
type Step = (String, Option<BTreeMap<String, String>>);

/// The ancestors of each place where the phrase or the logo stands, as a browser has them.
#[derive(Debug, Default)]
struct Places {
    phrases: Vec<Vec<Step>>,
    logos: Vec<Vec<Step>>,
}

fn ours(html: &str) -> Option<Places> {
    let finder = memmem::Finder::new(PHRASE);
    let found = scan::scan(html, Search::Plain(&finder), |tag| tag == LOGO).ok()?;
    let thorough = scan::scan(html, Search::Thorough(PHRASE), |tag| tag == LOGO).ok()?;
    let (found, thorough) = (places(html, &found), places(html, &thorough));
    assert_eq!(found.phrases, thorough.phrases, "{html}");
    assert_eq!(found.logos, thorough.logos, "{html}");
    Some(found)
}

fn places(html: &str, found: &Found) -> Places {
    let step = |frame: &scan::Frame| {
        let name = match element(frame.id).name {
            "" => text::tag_name(frame.tag(html)).to_ascii_lowercase(),
            name => name.to_owned(),
        };
        let read = Attributes::read(frame.tag(html));
        let attributes = read
            .list
            .iter()
            .map(|attribute| Some((attribute.name.to_string(), attribute.value.as_deref()?.to_owned())))
            .collect::<Option<_>>()
            .filter(|_| !read.broken);
        (name, attributes)
    };
    let list =
        |carriers: &[scan::Carrier]| carriers.iter().map(|carrier| carrier.chain.iter().map(step).collect()).collect();
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

fn walk(node: &Handle, chain: &mut Vec<Step>, places: &mut Places) {
    match &node.data {
        NodeData::Element { name, template_contents, attrs, .. } => {
            let attributes: BTreeMap<String, String> = attrs
                .borrow()
                .iter()
                .map(|one| (one.name.local.to_ascii_lowercase().to_string(), one.value.to_string()))
                .collect();
            let logo = &*name.local == "img" && attributes.get("src").is_some_and(|src| src == "l");
            chain.push((name.local.to_ascii_lowercase().to_string(), Some(attributes)));
            if logo {
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
            let inside = chain.last().map_or("", |(name, _)| name.as_str());
            let drawn = chain.iter().any(|(name, _)| name == "svg");
            if contents.borrow().contains(PHRASE) && (drawn || !raw.contains(&inside)) {
                places.phrases.push(chain.clone());
            }
        }
        _ => node.children.borrow().iter().for_each(|child| walk(child, chain, places)),
    }
}

/// With scripts on, what stands in `noscript` is no markup; everything else must agree.
fn assert_agree(ours: &[Vec<Step>], theirs: &[Vec<Step>], html: &str) {
    let shown = |places: &[Vec<Step>]| -> Vec<Vec<Step>> {
        let barred = |chain: &Vec<Step>| chain.iter().any(|(name, _)| name == "noscript");
        places.iter().filter(|chain| !barred(chain)).cloned().collect()
    };
    let (ours, mut theirs) = (shown(ours), shown(theirs));
    for (our_step, their_step) in ours.iter().flatten().zip(theirs.iter_mut().flatten()) {
        if our_step.1.is_none() {
            their_step.1 = None;
        }
    }
    assert_eq!(ours, theirs, "{html}");
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

const ATTRIBUTES: &[&str] = &[
    " class=a",
    " class=\"a b\" id='c'",
    " hidden",
    " Hidden=HIDDEN",
    " x='1'\ny=2",
    " a=b a=c",
    " t=\"&amp;<>'\"",
    " q=&lt;",
    " s=\"&egrave;&#8217;&#x41;\"",
    "\n\tz\n",
    " u=&unknown;",
    " v=\"a&b=c\"",
    " v=\"&ampx\"",
    " a=b\"c",
    " a='b'c='d'",
    " /x",
    " x /",
    " =x",
    " a=",
    " a=''",
    " \u{e9}=1",
    " a=b/c",
    " on-x.y:z=1",
    " a =1",
    " a= 1",
    " `=x",
    " a=`x`",
    " <",
    " v=\"&#0;&#128;\"",
    " d=\"\r\n\"",
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
                let attributes = match dice.roll(3) {
                    0 => ATTRIBUTES[dice.roll(ATTRIBUTES.len())],
                    _ => "",
                };
                out.push_str(&format!("<{tag}{attributes}>"));
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
        for theirs in [without, with] {
            assert_agree(&ours.phrases, &theirs.phrases, &html);
            assert_agree(&ours.logos, &theirs.logos, &html);
        }
        agreed += usize::from(!ours.phrases.is_empty() || !ours.logos.is_empty());
    }
    // The check is worth something only if a good part of the documents is accepted.
    assert!(agreed > 4_000, "{agreed} agreed, {refused} refused");
}
