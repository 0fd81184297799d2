//! A stylesheet as a list of rules, whatever the medium, layer or condition they stand under.
//!
//! Conditions are never evaluated: somewhere there is a printer, a narrow screen, a browser for
//! which they hold.

use super::select::Selectors;
use super::value::{self, Value};
use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParseError, Parser, ParserState, QualifiedRuleParser,
    RuleBodyItemParser, RuleBodyParser, StyleSheetParser,
};
use std::ops::Range;
use std::sync::Arc;

/// What a stylesheet says.
#[derive(Debug, Default)]
pub struct Stylesheet {
    pub rules: Vec<Rule>,
    /// Each `@keyframes` with all the declarations of its frames.
    pub keyframes: Vec<(String, Vec<Declaration>)>,
    pub customs: Vec<(String, Vec<Value>)>,
    /// What `@import` names, and where.
    pub imports: Vec<(String, Range<usize>)>,
    /// What could not be read: nothing is known about what it does.
    pub unread: Vec<Range<usize>>,
}

#[derive(Debug)]
pub struct Rule {
    pub selectors: Arc<Selectors>,
    pub span: Range<usize>,
    pub declarations: Vec<Declaration>,
    /// `@media print`, `@supports (…)`, …, from the outermost in.
    pub medium: Arc<str>,
}

#[derive(Debug, Clone)]
pub struct Declaration {
    /// In lower case; empty for something that could not be read, which may be anything.
    pub name: String,
    pub value: Vec<Value>,
    pub span: Range<usize>,
}

impl Stylesheet {
    pub fn parse(text: &str) -> Stylesheet {
        let mut sheet = Stylesheet::default();
        let mut input = Parser::new(text);
        let mut body = Body {
            text,
            sheet: &mut sheet,
            within: Within::Sheet,
            selectors: None,
            medium: Arc::from(""),
            declarations: Vec::new(),
        };
        let mut unread = Vec::new();
        for item in StyleSheetParser::new(&mut input, &mut body) {
            if let Err((_, slice, _)) = item {
                unread.push(span_of(text, slice));
            }
        }
        sheet.unread.extend(unread);
        sheet
    }
}

/// The declarations of a `style` attribute.
pub fn declarations(text: &str) -> Vec<Declaration> {
    let mut sheet = Stylesheet::default();
    let mut input = Parser::new(text);
    let mut body = Body {
        text,
        sheet: &mut sheet,
        within: Within::Attribute,
        selectors: None,
        medium: Arc::from(""),
        declarations: Vec::new(),
    };
    body.read(&mut input);
    body.declarations
}

fn span_of(text: &str, slice: &str) -> Range<usize> {
    let start = (slice.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    start..start + slice.len()
}

/// What kind of braces we are in.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Within {
    Sheet,
    /// `@media` and the like, outside of any rule.
    Group,
    /// A style rule, or a group inside one.
    Style,
    /// `@scope`: its own declarations belong to whatever the scope is.
    Scope,
    Keyframes(String),
    Attribute,
    /// `@property --name`.
    Property(String),
}

struct Body<'t, 's> {
    text: &'t str,
    sheet: &'s mut Stylesheet,
    within: Within,
    selectors: Option<Arc<Selectors>>,
    medium: Arc<str>,
    declarations: Vec<Declaration>,
}

impl<'t> Body<'t, '_> {
    fn read(&mut self, input: &mut Parser<'t>) {
        let text = self.text;
        let mut unread = Vec::new();
        for item in RuleBodyParser::new(input, self) {
            if let Err((_, slice, _)) = item {
                unread.push(span_of(text, slice));
            }
        }
        for span in unread {
            if matches!(self.within, Within::Group | Within::Keyframes(_)) {
                self.sheet.unread.push(span);
            } else {
                self.declarations.push(Declaration { name: String::new(), value: Vec::new(), span });
            }
        }
    }

    fn inside<'b>(&'b mut self, within: Within, selectors: Option<Arc<Selectors>>, medium: Arc<str>) -> Body<'t, 'b> {
        Body { text: self.text, sheet: self.sheet, within, selectors, medium, declarations: Vec::new() }
    }
}

enum AtRule {
    Group(Within, String),
    Import(String),
    Keyframes(String),
    Property(String),
    /// Of no consequence for what is seen.
    Harmless,
    Unknown,
}

type Outcome<T> = Result<T, ParseError<()>>;

impl<'t> AtRuleParser<'t> for Body<'t, '_> {
    type Prelude = (AtRule, usize);
    type AtRule = ();
    type Error = ();

    fn parse_prelude(&mut self, name: CowRcStr<'t>, input: &mut Parser<'t>) -> Outcome<(AtRule, usize)> {
        let start = input.position();
        let name = name.to_ascii_lowercase();
        let rule = match name.as_str() {
            "media" | "supports" | "layer" | "container" | "starting-style" | "document" | "-moz-document"
            | "scope" => {
                skip(input);
                let condition = format!("@{name} {}", input.slice_from(start).trim());
                let within = match (name.as_str(), &self.within) {
                    ("scope", _) | (_, Within::Scope) => Within::Scope,
                    (_, Within::Style) => Within::Style,
                    _ => Within::Group,
                };
                AtRule::Group(within, condition.trim().to_owned())
            }
            "import" => {
                let url = input.expect_url_or_string().map(|url| url.to_string());
                skip(input);
                url.map_or(AtRule::Unknown, AtRule::Import)
            }
            "keyframes" | "-webkit-keyframes" | "-moz-keyframes" | "-o-keyframes" => {
                let name = input.expect_ident_or_string().map(|name| name.to_ascii_lowercase());
                skip(input);
                name.map_or(AtRule::Unknown, AtRule::Keyframes)
            }
            "property" => {
                let name = input.expect_ident().map(|name| name.to_ascii_lowercase());
                skip(input);
                name.map_or(AtRule::Unknown, AtRule::Property)
            }
            "charset"
            | "namespace"
            | "font-face"
            | "page"
            | "counter-style"
            | "font-feature-values"
            | "font-palette-values"
            | "view-transition"
            | "color-profile"
            | "viewport"
            | "-ms-viewport"
            | "-o-viewport" => {
                skip(input);
                AtRule::Harmless
            }
            _ => {
                skip(input);
                AtRule::Unknown
            }
        };
        Ok((rule, start.byte_index()))
    }

    fn rule_without_block(&mut self, (rule, start): (AtRule, usize), at: &ParserState) -> Result<(), ()> {
        let span = at.position().byte_index()..start.max(at.position().byte_index());
        match rule {
            AtRule::Import(url) => self.sheet.imports.push((url, span)),
            AtRule::Unknown => self.sheet.unread.push(span),
            _ => {}
        }
        Ok(())
    }

    fn parse_block(&mut self, (rule, start): (AtRule, usize), at: &ParserState, input: &mut Parser<'t>) -> Outcome<()> {
        let span = at.position().byte_index()..start.max(at.position().byte_index());
        match rule {
            AtRule::Group(within, condition) => {
                let medium: Arc<str> = match &*self.medium {
                    "" => Arc::from(condition),
                    outer => Arc::from(format!("{outer} {condition}")),
                };
                let selectors = match within {
                    // What the scope is, and so what its rules match, is not worked out.
                    Within::Scope => None,
                    _ => self.selectors.clone(),
                };
                let mut body = self.inside(within, selectors.clone(), Arc::clone(&medium));
                body.read(input);
                let declarations = std::mem::take(&mut body.declarations);
                if !declarations.is_empty() {
                    let selectors = selectors.unwrap_or_else(|| Arc::new(Selectors { list: None, parent: None }));
                    self.sheet.rules.push(Rule { selectors, span, declarations, medium });
                }
            }
            AtRule::Keyframes(name) => {
                let medium = Arc::clone(&self.medium);
                self.sheet.keyframes.push((name.clone(), Vec::new()));
                self.inside(Within::Keyframes(name), None, medium).read(input);
            }
            AtRule::Property(name) => {
                let medium = Arc::clone(&self.medium);
                self.inside(Within::Property(name), None, medium).read(input);
            }
            AtRule::Harmless => skip(input),
            AtRule::Import(_) | AtRule::Unknown => {
                skip(input);
                self.sheet.unread.push(span);
            }
        }
        Ok(())
    }
}

impl<'t> QualifiedRuleParser<'t> for Body<'t, '_> {
    type Prelude = Range<usize>;
    type QualifiedRule = ();
    type Error = ();

    fn parse_prelude(&mut self, input: &mut Parser<'t>) -> Outcome<Range<usize>> {
        input.skip_whitespace();
        let start = input.position().byte_index();
        skip(input);
        let end = input.position().byte_index();
        let written = self.text.get(start..end).unwrap_or("").trim_end().len();
        Ok(start..start + written)
    }

    fn parse_block(&mut self, span: Range<usize>, _: &ParserState, input: &mut Parser<'t>) -> Outcome<()> {
        let medium = Arc::clone(&self.medium);
        if let Within::Keyframes(name) = self.within.clone() {
            let mut body = self.inside(Within::Attribute, None, medium);
            body.read(input);
            let frame = std::mem::take(&mut body.declarations);
            self.sheet.keyframes.push((name, frame));
            return Ok(());
        }
        let text = self.text.get(span.clone()).unwrap_or("");
        let selectors = Arc::new(Selectors::parse(text, self.selectors.clone()));
        let mut body = self.inside(Within::Style, Some(Arc::clone(&selectors)), Arc::clone(&medium));
        body.read(input);
        let declarations = std::mem::take(&mut body.declarations);
        self.sheet.rules.push(Rule { selectors, span, declarations, medium });
        Ok(())
    }
}

impl<'t> DeclarationParser<'t> for Body<'t, '_> {
    type Declaration = ();
    type Error = ();

    fn parse_value(&mut self, name: CowRcStr<'t>, input: &mut Parser<'t>, at: &ParserState) -> Outcome<()> {
        let start = input.position();
        skip(input);
        let written = input.slice_from(start);
        let value = value::parse(written);
        let name = name.to_ascii_lowercase();
        // With braces in it, this is a rule (`a:hover { … }`) and no declaration.
        if value.contains(&Value::Bad) && written.contains('{') && !name.starts_with("--") {
            return Err(ParseError::unexpected_token());
        }
        if let Within::Property(custom) = &self.within {
            if name == "initial-value" {
                self.sheet.customs.push((custom.clone(), value));
            }
            return Ok(());
        }
        let begins = at.position().byte_index();
        let span = begins..start.byte_index() + written.trim_end().len();
        if name.starts_with("--") && self.within != Within::Attribute {
            self.sheet.customs.push((name, value));
        } else {
            self.declarations.push(Declaration { name, value, span });
        }
        Ok(())
    }
}

impl<'t> RuleBodyItemParser<'t, (), ()> for Body<'t, '_> {
    fn parse_declarations(&self) -> bool {
        !matches!(self.within, Within::Sheet | Within::Group | Within::Keyframes(_))
    }

    fn parse_qualified(&self) -> bool {
        !matches!(self.within, Within::Attribute | Within::Property(_))
    }
}

fn skip(input: &mut Parser<'_>) {
    while input.next().is_ok() {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_found_under_every_condition() {
        let text = "@charset 'utf-8'; a{b:c} @media print{ d{e:f} @supports (x:y){g{h:i}} }
            @layer base; @layer base { j{k:l} } @container (width > 1px) { m { n:o; & p { q:r } @media x { s:t } } }
            @scope (.u) { v { w:x } }";
        let sheet = Stylesheet::parse(text);
        let found: Vec<_> = sheet
            .rules
            .iter()
            .map(|rule| (&text[rule.span.clone()], rule.declarations[0].name.as_str(), &*rule.medium))
            .collect();
        assert!(sheet.unread.is_empty());
        assert_eq!(found.len(), 8);
        assert!(found.contains(&("a", "b", "")));
        assert!(found.contains(&("g", "h", "@media print @supports (x:y)")));
        assert!(found.contains(&("& p", "q", "@container (width > 1px)")));
        assert!(found.iter().any(|(_, name, medium)| *name == "s" && medium.ends_with("@media x")));
    }

    #[test]
    fn nested_rules_that_look_like_declarations_are_rules() {
        let sheet = Stylesheet::parse("p { color: red; a:hover { display: none } --x: {a}; }");
        assert_eq!(sheet.rules.len(), 2);
        assert_eq!(sheet.rules[0].declarations[0].name, "display");
        assert_eq!(sheet.customs.len(), 1);
    }

    #[test]
    fn what_cannot_be_read_is_kept_in_mind() {
        assert_eq!(Stylesheet::parse("p { *zoom: 1; color: red }").rules[0].declarations.len(), 2);
        assert_eq!(Stylesheet::parse("@nonsense x; p{}").unread.len(), 1);
        assert_eq!(Stylesheet::parse("} p { color: red }").unread.len(), 0);
        assert_eq!(Stylesheet::parse("p color: red").unread.len(), 1);
    }

    #[test]
    fn the_place_of_a_selector_and_a_declaration_is_known() {
        let text = ".a,\n .b { x: y; display : none !important ; }";
        let sheet = Stylesheet::parse(text);
        let rule = &sheet.rules[0];
        assert_eq!(&text[rule.span.clone()], ".a,\n .b");
        assert_eq!(&text[rule.declarations[1].span.clone()], "display : none !important");
    }
}
