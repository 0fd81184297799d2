//! The elements of HTML as the parsing algorithm of browsers sees them, and which of them show
//! what they contain.

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
    /// Closes an open `p`; its end tag closes the paragraphs and items left open in it.
    Block,
    /// Like `Block`, but items look through it: `<li><div><li>`.
    SeeThroughBlock,
    Heading,
    P,
    Li,
    /// `dd` and `dt`.
    Entry,
    /// `a`, `b`, `em`, …: where they overlap, browsers move nodes about.
    Formatting,
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

/// What an element does to what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    Always,
    /// Only with the attribute `open`.
    WhenOpen,
    /// Nobody sees it, so what stands there was hidden.
    Never,
    /// It may well be seen, but it is no place for the attribution: as if it were not there.
    Elsewhere,
}

pub struct Element {
    pub name: &'static str,
    pub class: Class,
    pub shows: Shows,
}

/// Where an element stands in [`ELEMENTS`].
pub type Id = u8;

pub const UNKNOWN: Id = 0;
pub const TBODY: Id = 1;

pub fn element(id: Id) -> &'static Element {
    ELEMENTS.get(usize::from(id)).unwrap_or(&ELEMENTS[0])
}

macro_rules! elements {
    ($($class:ident $shows:ident: $($name:literal)*;)*) => {
        &[$($(Element { name: $name, class: Class::$class, shows: Shows::$shows },)*)*]
    };
}

static ELEMENTS: &[Element] = elements! {
    Inline Elsewhere: "";
    RowGroup Elsewhere: "tbody" "thead" "tfoot";
    Html Always: "html";
    Head Elsewhere: "head";
    Body Always: "body";
    Void Elsewhere: "area" "br" "embed" "img" "input" "wbr" "source" "track";
    HeadVoid Elsewhere: "link" "meta" "base";
    Hr Elsewhere: "hr";
    Block Always: "article" "aside" "blockquote" "fieldset" "figcaption" "figure" "footer"
        "header" "hgroup" "main" "nav" "ol" "section" "ul" "menu" "dl" "pre" "center";
    Block WhenOpen: "details";
    Block Always: "summary";
    SeeThroughBlock Always: "address" "div" "search";
    SeeThroughBlock Never: "dialog";
    Heading Always: "h1" "h2" "h3" "h4" "h5" "h6";
    P Always: "p";
    Li Always: "li";
    Entry Always: "dd" "dt";
    Formatting Always: "a" "b" "em" "i" "small" "strong" "u" "code" "big" "tt";
    Formatting Elsewhere: "s" "strike" "font";
    Inline Always: "span" "abbr" "cite" "dfn" "time" "data" "mark" "q" "kbd" "samp" "var" "label"
        "legend" "ins" "bdi";
    Inline Elsewhere: "sub" "sup" "del" "bdo" "output" "ruby" "picture" "map" "slot";
    Inline Never: "canvas" "video" "audio" "datalist" "meter" "progress";
    Button Elsewhere: "button";
    Form Always: "form";
    Table Elsewhere: "table";
    Caption Elsewhere: "caption";
    Colgroup Elsewhere: "colgroup";
    Col Elsewhere: "col";
    Row Elsewhere: "tr";
    Cell Elsewhere: "td" "th";
    Select Never: "select";
    Optgroup Never: "optgroup";
    Option Never: "option";
    Raw Elsewhere: "script" "style" "iframe";
    Rcdata Elsewhere: "title" "textarea";
    Noscript Never: "noscript";
    Template Never: "template";
    Object Never: "object";
    Ruby Elsewhere: "rt" "rp";
    Svg Elsewhere: "svg";
    Refused Elsewhere: "math" "plaintext" "frameset" "frame" "xmp" "noembed" "noframes" "image"
        "isindex" "applet" "marquee" "listing" "dir" "keygen" "nobr" "rb" "rtc" "param" "basefont"
        "bgsound" "menuitem" "command" "selectedcontent";
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
            let key = key(element.name.as_bytes());
            let mut at = slot(key);
            while slots[at].0 != 0 {
                at = (at + 1) % SLOTS;
            }
            slots[at] = (key, id);
        }
        Names { slots }
    }

    /// `UNKNOWN` for the names that are not in the list.
    #[cfg(test)]
    pub fn find(&self, name: &[u8]) -> Id {
        self.find_key(key(name), name)
    }

    /// The same, where the key is known already.
    #[inline]
    pub fn find_key(&self, key: u64, name: &[u8]) -> Id {
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

/// The letters in lower case, side by side; what does not fit in eight bytes is folded in.
fn key(name: &[u8]) -> u64 {
    name.iter().fold(0, |key, byte| add_letter(key, *byte))
}

/// One letter more.
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
        for (id, element) in (0..).zip(ELEMENTS).skip(1) {
            let upper = element.name.to_ascii_uppercase();
            assert_eq!(Names::get().find(element.name.as_bytes()), id);
            assert_eq!(Names::get().find(upper.as_bytes()), id);
        }
        assert_eq!(element(TBODY).name, "tbody");
        for unknown in ["x", "my-element", "blockquotes", "divdivdiv", "-"] {
            assert_eq!(Names::get().find(unknown.as_bytes()), UNKNOWN);
        }
    }
}
