//! The reading against html5ever: what is put into an accepted page must stand where it was put.
//!
//! Thousands of small weird documents are put together at random, always the same ones.

use super::scan::{self, Allowed};
use super::svg;
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

const ALLOWED: Allowed<'static> = Allowed { policy: "default-src 'none'", leads_to: None };
const PHRASE: &str = "la dicitura";
const LOGO: &str = "<img src=l alt=x>";

/// As the engine puts a page into its frame.
fn framed(html: &str) -> Option<String> {
    let page = scan::read(html, ALLOWED).ok()?;
    let (before, rest) = html.split_at(page.head);
    let (head, rest) = rest.split_at(page.body.start - page.head);
    let (body, after) = rest.split_at(page.body.end - page.body.start);
    let band = format!("<section class=b>{LOGO}<p>{PHRASE}</p></section>");
    Some(format!("{before}<link href=f>{head}<div class=t>{body}</div>{band}{after}"))
}

/// An element as it is written, with all that stands in it.
fn written(node: &Handle) -> String {
    let inside = || node.children.borrow().iter().map(written).collect::<String>();
    match &node.data {
        NodeData::Element { name, attrs, .. } => {
            let attributes: String =
                attrs.borrow().iter().map(|one| format!(" {}={}", one.name.local, one.value)).collect();
            format!("<{}{attributes}>{}</{}>", name.local, inside(), name.local)
        }
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => inside(),
    }
}

fn elements(node: &Handle) -> Vec<Handle> {
    let is_element = |node: &&Handle| matches!(node.data, NodeData::Element { .. });
    node.children.borrow().iter().filter(is_element).cloned().collect()
}

/// The first element of the head; of the body the two parts, the theme's without what it contains.
fn frame(html: &str, scripting: bool) -> Option<[String; 3]> {
    let mut options = ParseOpts::default();
    options.tree_builder.scripting_enabled = scripting;
    let dom = parse_document(RcDom::default(), options).one(html);
    let [html] = elements(&dom.document).try_into().ok()?;
    let [head, body] = elements(&html).try_into().ok()?;
    let text = |node: &Handle| match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => String::new(),
    };
    let loose: String = body.children.borrow().iter().map(text).collect();
    let [theme, band] = elements(&body).try_into().ok()?;
    theme.children.borrow_mut().clear();
    loose
        .trim()
        .is_empty()
        .then(|| [elements(&head).first().map_or(String::new(), written), written(&theme), written(&band)])
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
                if dice.roll(16) > 0 {
                    out.push_str(&format!("</{tag}>"));
                }
            }
        }
    }
}

/// Structures that chance alone would seldom get right.
fn special(dice: &mut Dice, depth: usize, out: &mut String) {
    let (open, between, close) = [
        ("<table><tr><td>", "</td><td>", "</td></tr></table>"),
        ("<table><tbody><tr><td>", "</td></tr><tr><th>", "</th></tr></tbody></table>"),
        ("<table><caption>", "</caption><colgroup><col></colgroup><tr><td>", "</td></tr></table>"),
        ("<table><thead><tr><th>", "</th></tr></thead><tbody><tr><td>", "</td></tr></tbody></table>"),
        ("<ul><li>", "<li>", "</ul>"),
        ("<ul><li>", "</li><li>", "</li></ul>"),
        ("<ul><li><p>", "</li><li>", "</li></ul>"),
        ("<dl><dt>", "</dt><dd>", "</dd></dl>"),
        ("<p>", "</p><p>", "</p><div></div>"),
        ("<select><option>", "</option><optgroup label=x><option>", "</option></optgroup></select>"),
        ("<ruby>", "<rt>x</rt>", "</ruby>"),
        ("<svg><g>", "<path/>", "</g></svg>"),
        ("<svg><title>", "</title><text>", "</text></svg>"),
        ("<noscript>", "<b>x</b>", "</noscript>"),
        ("<template>", "<p>x</p>", "</template>"),
        ("<details><summary>", "</summary>", "</details>"),
        ("<b><i>", "</i><i>", "</i></b>"),
        ("<a>", "<div></div>", "</a>"),
        ("<datalist><option>", "</option><option>", "</option></datalist>"),
        ("<object>", "<p>x</p>", "</object>"),
    ][dice.roll(20)];
    out.push_str(open);
    grow(dice, depth - 1, out);
    out.push_str(between);
    grow(dice, depth - 1, out);
    out.push_str(close);
}

#[test]
fn what_is_put_into_a_page_stands_there_in_html5ever() {
    let expected = [
        "<link href=f></link>".to_owned(),
        "<div class=t></div>".to_owned(),
        format!("<section class=b><img src=l alt=x></img><p>{PHRASE}</p></section>"),
    ];
    let mut dice = Dice(0xC0FFEE);
    let (mut agreed, mut refused) = (0, 0);
    for _ in 0..80_000 {
        let mut body = String::new();
        grow(&mut dice, 4, &mut body);
        let head =
            ["", "<title>la dicitura</title>", "<meta charset=utf-8>", "<noscript><link></noscript>", "x", "<p>"];
        let ends = ["</body></html>", "\n</body>\n</html>\n", "</body>", "", "</html>", "</body>x"];
        let head = head[dice.roll(head.len() + 6) % head.len()];
        let end = ends[dice.roll(8) % ends.len()];
        let html = format!("<!doctype html><html><head>{head}</head><body>{body}{end}");
        let Some(framed) = framed(&html) else {
            refused += 1;
            continue;
        };
        for scripting in [false, true] {
            assert_eq!(frame(&framed, scripting).as_ref(), Some(&expected), "{framed}");
        }
        agreed += usize::from(body.contains('<'));
    }
    // The check is worth something only if a good part of the documents is accepted.
    assert!(agreed > 4_000, "{agreed} agreed, {refused} refused");
}

/// A small generator of numbers, always the same ones.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap_or(0)
    }
}

#[test]
fn no_bytes_make_the_reading_panic() {
    let page = format!("<!doctype html><html><head></head><body><p title='&egrave;'>{PHRASE}</p>{LOGO}</body></html>");
    let svg = "<?xml version='1.0'?><svg viewBox='0 0 9 9'><g fill='#fff'><text>x &amp; è</text></g></svg>";
    let pieces = "< > \" ' / = & ; <!-- --> </ é \u{feff} \0 &# <p <svg> <table> <td> </p> <select> <script> <noscript> \
                  <template> % 9e9";
    let pieces: Vec<&str> = pieces.split(' ').chain([" "]).collect();
    let mut dice = Dice(0x5eed);
    for _ in 0..6000 {
        for seed in [page.as_str(), svg] {
            let mut text: Vec<char> = seed.chars().collect();
            for _ in 0..=dice.roll(4) {
                let at = dice.roll(text.len() + 1);
                let piece: Vec<char> = pieces[dice.roll(pieces.len())].chars().collect();
                let end = (at + dice.roll(6)).min(text.len());
                text.splice(at..end, piece);
            }
            let text: String = text.into_iter().collect();
            let spans = [scan::read(&text, ALLOWED).err(), svg::read(&text).err()].into_iter().flatten();
            for fault in spans {
                assert!(text.get(fault.span.clone()).is_some(), "{fault:?} in {text}");
            }
        }
    }
}
