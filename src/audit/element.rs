//! The elements of HTML as the parsing algorithm of browsers sees them.

use std::sync::LazyLock;

/// How the tree grows at the tags of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    Html,
    Head,
    Body,
    /// No content and no end tag.
    Void,
    /// `link`, `meta`, `base`: void, and at home in the head.
    HeadVoid,
    Hr,
    /// Closes an open `p`.
    Block,
    /// Like `Block`, but items look through it: `<li><div><li>`.
    SeeThrough,
    Heading,
    P,
    Li,
    /// `dd` and `dt`.
    Entry,
    A,
    /// Everything without rules of its own, custom elements too.
    Inline,
    Button,
    Form,
    Table,
    Caption,
    Colgroup,
    Col,
    RowGroup,
    Row,
    Cell,
    Select,
    Optgroup,
    Option,
    /// `script`, `style`, `iframe`: no markup inside.
    Raw,
    /// `title`, `textarea`: character references, but no markup inside.
    Rcdata,
    Noscript,
    Template,
    Object,
    /// `rt`, `rp`.
    Ruby,
    Svg,
    /// Anything inside `svg`.
    Foreign,
    /// Obsolete, or with an effect on the tree that is not followed here.
    Refused,
}

pub struct Element {
    pub name: &'static str,
    pub class: Class,
}

/// Where an element stands in [`ELEMENTS`].
pub type Id = u8;

pub const UNKNOWN: Id = 0;

pub fn element(id: Id) -> &'static Element {
    ELEMENTS.get(usize::from(id)).unwrap_or(&ELEMENTS[0])
}

macro_rules! elements {
    ($($class:ident: $($name:literal)*;)*) => {
        &[$($(Element { name: $name, class: Class::$class },)*)*]
    };
}

static ELEMENTS: &[Element] = elements! {
    Inline: "";
    RowGroup: "tbody" "thead" "tfoot";
    Html: "html";
    Head: "head";
    Body: "body";
    Void: "area" "br" "embed" "img" "input" "wbr" "source" "track";
    HeadVoid: "link" "meta" "base";
    Hr: "hr";
    Block: "article" "aside" "blockquote" "fieldset" "figcaption" "figure" "footer" "header" "hgroup" "main" "nav"
        "ol" "section" "ul" "menu" "dl" "pre" "center" "details" "summary";
    SeeThrough: "address" "div" "search" "dialog";
    Heading: "h1" "h2" "h3" "h4" "h5" "h6";
    P: "p";
    Li: "li";
    Entry: "dd" "dt";
    A: "a";
    // Unknown names are read in the same way; these are here because inside a drawing they end it.
    Inline: "b" "em" "i" "small" "strong" "u" "code" "big" "tt" "s" "strike" "font" "span" "sub" "sup" "ruby" "var";
    Button: "button";
    Form: "form";
    Table: "table";
    Caption: "caption";
    Colgroup: "colgroup";
    Col: "col";
    Row: "tr";
    Cell: "td" "th";
    Select: "select";
    Optgroup: "optgroup";
    Option: "option";
    Raw: "script" "style" "iframe";
    Rcdata: "title" "textarea";
    Noscript: "noscript";
    Template: "template";
    Object: "object";
    Ruby: "rt" "rp";
    Svg: "svg";
    Refused: "math" "plaintext" "frameset" "frame" "xmp" "noembed" "noframes" "image" "isindex" "applet" "marquee"
        "listing" "dir" "keygen" "nobr" "rb" "rtc" "param" "basefont" "bgsound" "menuitem" "command" "selectedcontent";
};

/// Finds an element by its name, in any case, with one look and one comparison.
pub struct Names {
    slots: Box<[(u64, Id); SLOTS]>,
}

const SLOTS: usize = 512;

impl Names {
    pub fn get() -> &'static Names {
        static NAMES: LazyLock<Names> = LazyLock::new(Names::new);
        &NAMES
    }

    fn new() -> Names {
        let mut slots = Box::new([(0, UNKNOWN); SLOTS]);
        for (id, element) in (0..).zip(ELEMENTS).skip(1) {
            let key = element.name.bytes().fold(0, add_letter);
            let mut at = slot(key);
            while slots[at].0 != 0 {
                at = (at + 1) % SLOTS;
            }
            slots[at] = (key, id);
        }
        Names { slots }
    }

    /// `UNKNOWN` for the names that are not in the list.
    #[inline]
    pub fn find(&self, key: u64, name: &[u8]) -> Id {
        let mut at = slot(key);
        loop {
            let (found, id) = self.slots[at];
            if found == key {
                // Up to eight letters the key is the name itself.
                let same = name.len() <= KEY_LETTERS || element(id).name.as_bytes().eq_ignore_ascii_case(name);
                return if same { id } else { UNKNOWN };
            }
            if found == 0 {
                return UNKNOWN;
            }
            at = (at + 1) % SLOTS;
        }
    }
}

/// So many letters of a name are told apart by its key alone.
pub const KEY_LETTERS: usize = 8;

/// One letter more of a name, in lower case, beside the others; what does not fit in eight bytes is folded in.
#[inline]
pub fn add_letter(key: u64, letter: u8) -> u64 {
    key.rotate_left(8) ^ u64::from(letter | 0x20)
}

#[inline]
fn slot(key: u64) -> usize {
    const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
    (key.wrapping_mul(SPREAD) >> 55) as usize % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_is_found_by_its_name_in_any_case() {
        let find = |name: &str| Names::get().find(name.bytes().fold(0, add_letter), name.as_bytes());
        for (id, element) in (0..).zip(ELEMENTS).skip(1) {
            assert_eq!(find(element.name), id);
            assert_eq!(find(&element.name.to_ascii_uppercase()), id);
        }
        for unknown in ["x", "my-element", "blockquotes", "divdivdiv", "-"] {
            assert_eq!(find(unknown), UNKNOWN);
        }
    }
}
