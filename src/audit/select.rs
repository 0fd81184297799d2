//! Whether a selector matches an element of which only the ancestors are known.
//!
//! The answer has three values. What depends on siblings, on the user or on a browser's mood is
//! "maybe", and stays "maybe" under `:not()`.

use super::text::Attributes;
use cssparser::{Parser as CssParser, ToCss, serialize_identifier, serialize_string};
use precomputed_hash::PrecomputedHash;
use selectors::attr::{AttrSelectorOperator, CaseSensitivity, ParsedAttrSelectorOperation};
use selectors::parser::{
    Combinator, Component, NonTSPseudoClass, ParseRelative, Parser, Selector, SelectorImpl, SelectorIter, SelectorList,
    SelectorParseErrorKind,
};
use std::fmt;
use std::sync::Arc;

/// An element of the page, as far as selectors ask about it.
#[derive(Debug)]
pub struct Node<'h> {
    pub name: &'h str,
    pub attributes: Attributes<'h>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    No,
    Maybe,
    Yes,
}

impl Match {
    fn not(self) -> Match {
        match self {
            Match::No => Match::Yes,
            Match::Maybe => Match::Maybe,
            Match::Yes => Match::No,
        }
    }
}

impl From<bool> for Match {
    fn from(yes: bool) -> Match {
        if yes { Match::Yes } else { Match::No }
    }
}

/// The selectors of one rule, and of the rule that it is nested in.
#[derive(Debug, Clone)]
pub struct Selectors {
    /// `None` where they cannot be read: then they may match anything.
    pub list: Option<SelectorList<Css>>,
    pub parent: Option<Arc<Selectors>>,
}

impl Selectors {
    pub fn parse(text: &str, parent: Option<Arc<Selectors>>) -> Selectors {
        let relative = if parent.is_some() { ParseRelative::ForNesting } else { ParseRelative::No };
        let mut input = CssParser::new(text);
        let list = SelectorList::parse(&Css, &mut input, relative).ok();
        Selectors { list, parent }
    }

    /// Whether any of them matches the element at `index` of the chain, `html` being the first.
    pub fn matches(&self, chain: &[Node<'_>], index: usize) -> Match {
        match &self.list {
            None => Match::Maybe,
            Some(list) => any(list.slice().iter(), |one| self.matches_one(one, chain, index)),
        }
    }

    pub fn matches_one(&self, one: &Selector<Css>, chain: &[Node<'_>], index: usize) -> Match {
        let nests = self.parent.is_some() && !one.has_parent_selector();
        match sequence(one.iter(), chain, index, self.parent.as_deref()) {
            Match::No => Match::No,
            own if !nests => own,
            // A nested selector without `&` stands for `& selector`.
            own => match &self.parent {
                None => own,
                Some(parent) => own.min(any(0..index, |above| parent.matches(chain, above))),
            },
        }
    }
}

/// What pseudo-element, if any, a selector is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Element,
    /// `::before`, `::after`: they may cover the element.
    Generated,
    /// `::selection`, `::marker`, …: not what stands in the element.
    Other,
}

pub fn subject(selector: &Selector<Css>) -> Subject {
    match selector.pseudo_element() {
        None => Subject::Element,
        Some(PseudoElement(name)) => match name.as_str() {
            "before" | "after" => Subject::Generated,
            "marker"
            | "selection"
            | "placeholder"
            | "backdrop"
            | "file-selector-button"
            | "cue"
            | "target-text"
            | "spelling-error"
            | "grammar-error"
            | "highlight"
            | "view-transition"
            | "view-transition-group"
            | "view-transition-image-pair"
            | "view-transition-old"
            | "view-transition-new"
            | "scroll-marker"
            | "scroll-marker-group"
            | "scroll-button"
            | "checkmark"
            | "picker-icon"
            | "picker" => Subject::Other,
            // Parts of controls and scroll bars, which stand in no text.
            name if name.starts_with("-webkit-") || name.starts_with("-moz-") || name.starts_with("-ms-") => {
                Subject::Other
            }
            // `::first-line`, `::first-letter` and what is not known take the text itself.
            _ => Subject::Element,
        },
    }
}

/// A name that the matched element must have, to find the rules that come into question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    Id(String),
    Class(String),
    Name(String),
    Any,
}

pub fn key(selector: &Selector<Css>) -> Key {
    let mut parts = selector.iter();
    let mut key = Key::Any;
    loop {
        for part in &mut parts {
            match part {
                Component::ID(id) => return Key::Id(id.0.to_ascii_lowercase()),
                Component::Class(class) => key = Key::Class(class.0.clone()),
                Component::LocalName(name) if key == Key::Any => {
                    key = Key::Name(name.lower_name.0.clone());
                }
                _ => {}
            }
        }
        if parts.next_sequence() != Some(Combinator::PseudoElement) {
            return key;
        }
    }
}

fn any<T>(items: impl IntoIterator<Item = T>, mut matches: impl FnMut(T) -> Match) -> Match {
    let mut best = Match::No;
    for item in items {
        best = best.max(matches(item));
        if best == Match::Yes {
            break;
        }
    }
    best
}

type Parent<'s> = Option<&'s Selectors>;

fn list(selectors: &SelectorList<Css>, chain: &[Node<'_>], index: usize, parent: Parent<'_>) -> Match {
    any(selectors.slice(), |one| sequence(one.iter(), chain, index, parent))
}

/// From the subject leftwards, compound by compound.
fn sequence(mut parts: SelectorIter<'_, Css>, chain: &[Node<'_>], index: usize, parent: Parent<'_>) -> Match {
    let mut result = Match::Yes;
    for part in &mut parts {
        result = result.min(component(part, chain, index, parent));
        if result == Match::No {
            return Match::No;
        }
    }
    let rest = match parts.next_sequence() {
        None => Match::Yes,
        Some(Combinator::PseudoElement) => sequence(parts, chain, index, parent),
        Some(Combinator::Child) => match index.checked_sub(1) {
            Some(above) => sequence(parts, chain, above, parent),
            None => Match::No,
        },
        Some(Combinator::Descendant) => any((0..index).rev(), |above| sequence(parts.clone(), chain, above, parent)),
        // The siblings are not known. `html` has none.
        Some(Combinator::NextSibling | Combinator::LaterSibling) => {
            if index == 0 {
                Match::No
            } else {
                Match::Maybe
            }
        }
        Some(Combinator::SlotAssignment | Combinator::Part) => Match::Maybe,
    };
    result.min(rest)
}

fn component(part: &Component<Css>, chain: &[Node<'_>], index: usize, parent: Parent<'_>) -> Match {
    let Some(node) = chain.get(index) else {
        return Match::No;
    };
    match part {
        Component::LocalName(name) => node.name.eq_ignore_ascii_case(&name.lower_name.0).into(),
        Component::ID(id) => attribute(node, "id", |value| (value == id.0).into()),
        Component::Class(class) => {
            attribute(node, "class", |value| value.split_ascii_whitespace().any(|one| one == class.0).into())
        }
        Component::AttributeInNoNamespaceExists { local_name_lower, .. } => {
            node.attributes.has(&local_name_lower.0).into()
        }
        Component::AttributeInNoNamespace { local_name, operator, value, .. } => {
            compare(node, &local_name.0.to_ascii_lowercase(), *operator, &value.0)
        }
        Component::AttributeOther(selector) => match &selector.operation {
            ParsedAttrSelectorOperation::Exists => {
                Match::from(node.attributes.has(&selector.local_name_lower.0)).min(Match::Maybe)
            }
            ParsedAttrSelectorOperation::WithValue { operator, value, .. } => {
                compare(node, &selector.local_name_lower.0, *operator, &value.0).min(Match::Maybe)
            }
        },
        Component::ExplicitUniversalType | Component::ExplicitAnyNamespace => Match::Yes,
        Component::Negation(inside) => list(inside, chain, index, parent).not(),
        Component::Is(inside) | Component::Where(inside) => list(inside, chain, index, parent),
        Component::Root => (index == 0).into(),
        // The chain leads to something: only the picture at its end has nothing inside.
        Component::Empty => match node.name {
            "img" | "image" => Match::Maybe,
            _ => Match::No,
        },
        Component::ParentSelector => match parent {
            Some(parent) => parent.matches(chain, index),
            None => Match::Maybe,
        },
        Component::NonTSPseudoClass(PseudoClass(name)) => pseudo_class(name, node),
        // Which of them concern the element is told by `subject`.
        Component::PseudoElement(PseudoElement(name)) => match name.as_str() {
            "first-line" | "first-letter" | "before" | "after" => Match::Yes,
            _ => Match::Maybe,
        },
        _ => Match::Maybe,
    }
}

fn attribute(node: &Node<'_>, name: &str, matches: impl Fn(&str) -> Match) -> Match {
    match node.attributes.get(name) {
        None => Match::No,
        Some(attribute) => match &attribute.value {
            Some(value) => matches(value),
            None => Match::Maybe,
        },
    }
}

/// Some attributes of HTML compare without regard to case, so a difference of case is "maybe".
fn compare(node: &Node<'_>, name: &str, operator: AttrSelectorOperator, wanted: &str) -> Match {
    attribute(node, name, |value| {
        if operator.eval_str(value, wanted, CaseSensitivity::CaseSensitive) {
            Match::Yes
        } else if operator.eval_str(value, wanted, CaseSensitivity::AsciiCaseInsensitive) {
            Match::Maybe
        } else {
            Match::No
        }
    })
}

fn pseudo_class(name: &str, node: &Node<'_>) -> Match {
    let is = |names: &[&str]| Match::from(names.contains(&node.name)).min(Match::Maybe);
    match name {
        "link" | "any-link" | "visited" | "-webkit-any-link" | "-moz-any-link" | "local-link" => {
            Match::from(node.name == "a" && node.attributes.has("href")).min(Match::Maybe)
        }
        "disabled" | "enabled" | "valid" | "invalid" | "user-valid" | "user-invalid" | "-moz-ui-valid"
        | "-moz-ui-invalid" => is(&["fieldset", "form"]),
        "checked"
        | "indeterminate"
        | "default"
        | "in-range"
        | "out-of-range"
        | "required"
        | "optional"
        | "placeholder-shown"
        | "-ms-input-placeholder"
        | "-moz-placeholder"
        | "autofill"
        | "-webkit-autofill"
        | "paused"
        | "playing"
        | "muted"
        | "seeking"
        | "stalled"
        | "buffering"
        | "volume-locked" => Match::No,
        "open" => is(&["details"]),
        "modal" => Match::No,
        "popover-open" => Match::from(node.attributes.has("popover")).min(Match::Maybe),
        _ => Match::Maybe,
    }
}

// What the `selectors` crate wants to know about our strings.

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Css;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name(String);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeValue(String);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PseudoClass(String);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PseudoElement(String);

impl SelectorImpl for Css {
    type ExtraMatchingData<'a> = ();
    type AttrValue = AttributeValue;
    type Identifier = Name;
    type LocalName = Name;
    type NamespaceUrl = Name;
    type NamespacePrefix = Name;
    type BorrowedNamespaceUrl = Name;
    type BorrowedLocalName = Name;
    type NonTSPseudoClass = PseudoClass;
    type PseudoElement = PseudoElement;
}

impl From<&str> for Name {
    fn from(name: &str) -> Name {
        Name(name.to_owned())
    }
}

impl From<&str> for AttributeValue {
    fn from(value: &str) -> AttributeValue {
        AttributeValue(value.to_owned())
    }
}

impl PrecomputedHash for Name {
    fn precomputed_hash(&self) -> u32 {
        // Only the matching of the `selectors` crate asks, and it is not used.
        0
    }
}

impl ToCss for Name {
    fn to_css<W: fmt::Write>(&self, out: &mut W) -> fmt::Result {
        serialize_identifier(&self.0, out)
    }
}

impl ToCss for AttributeValue {
    fn to_css<W: fmt::Write>(&self, out: &mut W) -> fmt::Result {
        serialize_string(&self.0, out)
    }
}

impl ToCss for PseudoClass {
    fn to_css<W: fmt::Write>(&self, out: &mut W) -> fmt::Result {
        write!(out, ":{}", self.0)
    }
}

impl ToCss for PseudoElement {
    fn to_css<W: fmt::Write>(&self, out: &mut W) -> fmt::Result {
        write!(out, "::{}", self.0)
    }
}

impl NonTSPseudoClass for PseudoClass {
    fn is_active_or_hover(&self) -> bool {
        self.0 == "active" || self.0 == "hover"
    }

    fn is_user_action_state(&self) -> bool {
        self.is_active_or_hover() || self.0 == "focus"
    }
}

impl selectors::parser::PseudoElement for PseudoElement {
    fn accepts_state_pseudo_classes(&self) -> bool {
        true
    }
}

type Parsed<T> = Result<T, cssparser::ParseError<SelectorParseErrorKind>>;

/// Everything is taken: a selector that a browser drops costs us only a "maybe".
impl<'i> Parser<'i> for Css {
    type Impl = Css;
    type Error = SelectorParseErrorKind;

    fn parse_is_and_where(&self) -> bool {
        true
    }

    fn is_is_alias(&self, name: &str) -> bool {
        ["matches", "-webkit-any", "-moz-any"].iter().any(|alias| name.eq_ignore_ascii_case(alias))
    }

    fn parse_has(&self) -> bool {
        true
    }

    fn parse_nth_child_of(&self) -> bool {
        true
    }

    fn parse_parent_selector(&self) -> bool {
        true
    }

    fn parse_non_ts_pseudo_class(&self, name: &str) -> Parsed<PseudoClass> {
        Ok(PseudoClass(name.to_ascii_lowercase()))
    }

    fn parse_non_ts_functional_pseudo_class(
        &self,
        name: &str,
        arguments: &mut CssParser<'i>,
        _after_part: bool,
    ) -> Parsed<PseudoClass> {
        while arguments.next().is_ok() {}
        Ok(PseudoClass(format!("{}()", name.to_ascii_lowercase())))
    }

    fn parse_pseudo_element(&self, name: &str) -> Parsed<PseudoElement> {
        Ok(PseudoElement(name.to_ascii_lowercase()))
    }

    fn parse_functional_pseudo_element(&self, name: &str, arguments: &mut CssParser<'i>) -> Parsed<PseudoElement> {
        while arguments.next().is_ok() {}
        Ok(PseudoElement(name.to_ascii_lowercase()))
    }

    fn namespace_for_prefix(&self, prefix: &Name) -> Option<Name> {
        Some(prefix.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(selector: &str) -> Match {
        let chain: Vec<Node<'_>> = [
            ("html", "<html lang=it>"),
            ("body", "<body class='pagina win'>"),
            ("footer", "<footer id=piede>"),
            ("p", "<p class=dicitura data-x=Uno>"),
        ]
        .into_iter()
        .map(|(name, tag)| Node { name, attributes: Attributes::read(tag) })
        .collect();
        Selectors::parse(selector, None).matches(&chain, 3)
    }

    #[test]
    fn ancestors_decide() {
        for selector in [
            "p",
            "*",
            ".dicitura",
            "footer p",
            "footer > p",
            "#piede > p.dicitura",
            "body p",
            "html > body p",
            ":root p",
            "[data-x]",
            "[data-x=Uno]",
            "[data-x^=U]",
            ":is(p, div)",
            ":where(footer) p",
            "p:not(.altro)",
            "P",
            ":not(a)",
            ".win :is(.dicitura)",
            "p::first-line",
        ] {
            assert_eq!(matches(selector), Match::Yes, "{selector}");
        }
        for selector in [
            "a",
            ".nascosta",
            "nav p",
            "body > p",
            "#altro p",
            "p:not(.dicitura)",
            ":root",
            "[hidden]",
            "[data-x=due]",
            "div",
            "p:disabled",
            "p:checked",
            ".Dicitura",
            "p:empty",
            "p p",
            "p:link",
        ] {
            assert_eq!(matches(selector), Match::No, "{selector}");
        }
    }

    #[test]
    fn what_cannot_be_known_is_maybe() {
        for selector in [
            "h2 + p",
            "a ~ p",
            "p:first-child",
            "p:nth-child(2 of .x)",
            "p:hover",
            "p:has(a)",
            "p:not(:hover)",
            "body:not(:has(x)) p",
            "p:unknown-thing",
            "[data-x=uno]",
            "p:lang(it)",
            ":not(p:first-child)",
            "p:unknown(a, b)",
            "p::unknown",
            "footer:hover > p",
            ":is(p:hover)",
            "p:::",
            "svg|p",
        ] {
            let found = matches(selector);
            assert!(found == Match::Maybe || selector == "p::unknown", "{selector}: {found:?}");
        }
    }
}
