//! The elements of HTML as the parsing algorithm of browsers sees them.

use std::collections::HashMap;
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
    /// Without rules of its own.
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
    /// Not in the list, as custom elements: read like `Inline`, and at home in a drawing too.
    Unknown,
    /// Obsolete, or with an effect on the tree that is not followed here.
    Refused,
}

const ELEMENTS: &[(Class, &str)] = &[
    (Class::Html, "html"),
    (Class::Head, "head"),
    (Class::Body, "body"),
    (Class::Void, "area br embed img input wbr source track"),
    (Class::HeadVoid, "link meta base"),
    (Class::Hr, "hr"),
    (
        Class::Block,
        "article aside blockquote fieldset figcaption figure footer header hgroup main nav ol section ul menu dl pre \
         center details summary",
    ),
    (Class::SeeThrough, "address div search dialog"),
    (Class::Heading, "h1 h2 h3 h4 h5 h6"),
    (Class::P, "p"),
    (Class::Li, "li"),
    (Class::Entry, "dd dt"),
    (Class::A, "a"),
    // Unknown names are read in the same way; these are here because inside a drawing they end it.
    (Class::Inline, "b em i small strong u code big tt s strike font span sub sup ruby var"),
    (Class::Button, "button"),
    (Class::Form, "form"),
    (Class::Table, "table"),
    (Class::Caption, "caption"),
    (Class::Colgroup, "colgroup"),
    (Class::Col, "col"),
    (Class::RowGroup, "tbody thead tfoot"),
    (Class::Row, "tr"),
    (Class::Cell, "td th"),
    (Class::Select, "select"),
    (Class::Optgroup, "optgroup"),
    (Class::Option, "option"),
    (Class::Raw, "script style iframe"),
    (Class::Rcdata, "title textarea"),
    (Class::Noscript, "noscript"),
    (Class::Template, "template"),
    (Class::Object, "object"),
    (Class::Ruby, "rt rp"),
    (Class::Svg, "svg"),
    (
        Class::Refused,
        "math plaintext frameset frame xmp noembed noframes image isindex applet marquee listing dir keygen nobr rb rtc \
         param basefont bgsound menuitem command selectedcontent",
    ),
];

/// Only asked, never walked.
static CLASSES: LazyLock<HashMap<&str, Class>> =
    LazyLock::new(|| ELEMENTS.iter().flat_map(|(class, names)| names.split(' ').map(|name| (name, *class))).collect());

/// An element without content and without an end tag.
pub fn is_void(name: &str) -> bool {
    matches!(class(name), Class::Void | Class::HeadVoid | Class::Hr | Class::Col)
}

/// How an element is read, by its name in any case.
pub fn class(name: &str) -> Class {
    let found = match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => CLASSES.get(name.to_ascii_lowercase().as_str()),
        false => CLASSES.get(name),
    };
    found.copied().unwrap_or(Class::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_is_found_by_its_name_in_any_case() {
        for (expected, names) in ELEMENTS {
            for name in names.split(' ') {
                assert_eq!(class(name), *expected, "{name}");
                assert_eq!(class(&name.to_ascii_uppercase()), *expected, "{name}");
            }
        }
        for unknown in ["", "x", "my-element", "blockquotes", "divdivdiv", "-"] {
            assert_eq!(class(unknown), Class::Unknown);
        }
    }
}
