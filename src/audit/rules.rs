//! The rules of a set of stylesheets that may hide something, and which of them reach an element.

use super::css::{self, Declaration, Stylesheet};
use super::judge::{self, Certainty, Concerns, Effect, FAINTEST, FontSize, SMALLEST_FONT};
use super::select::{self, Key, Match, Node, Selectors, Subject};
use super::value::{self, Customs, Quantity, SCREENS, Value};
use super::{What, color};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// The stylesheets that a page uses, as one.
#[derive(Debug, Default)]
pub struct Rules {
    rules: Vec<Suspect>,
    /// Which rules come into question for an element of that name, class or id.
    index: BTreeMap<Key, Vec<(usize, usize)>>,
    customs: Customs,
    animations: Vec<String>,
    /// Custom properties that some value leans on.
    used: Vec<String>,
}

/// A declaration that may hide what its selectors match.
#[derive(Debug, Clone)]
pub struct Suspect {
    /// Which of the stylesheets, in the order given.
    pub sheet: usize,
    selectors: Arc<Selectors>,
    pub selector: Range<usize>,
    pub declaration: Range<usize>,
    pub medium: Arc<str>,
    effect: Effect,
}

/// Something that hides an element, or may.
#[derive(Debug, Clone)]
pub enum Culprit {
    Rule(Suspect),
    /// A declaration in the `style` attribute of the element at that place of the chain.
    Inline {
        index: usize,
        declaration: String,
    },
}

#[derive(Debug, Clone)]
pub struct Hit {
    pub culprit: Culprit,
    pub certainty: Certainty,
}

impl Rules {
    pub fn new(sheets: &[&Stylesheet]) -> Rules {
        let mut all = Rules::default();
        for sheet in sheets {
            for (name, value) in &sheet.customs {
                all.define(name, value);
            }
            for (_, frame) in &sheet.keyframes {
                for declaration in frame.iter().filter(|d| d.name.starts_with("--")) {
                    all.define(&declaration.name, &declaration.value);
                }
            }
        }
        for (name, frame) in sheets.iter().flat_map(|sheet| &sheet.keyframes) {
            let hides = frame.iter().any(|d| {
                let effect = judge::declaration(&d.name, &d.value, &all.customs, &[]);
                effect.hides.is_some() || effect.opacity < FAINTEST || !effect.fonts.is_empty()
            });
            if hides {
                all.animations.push(name.clone());
            }
        }
        for (index, sheet) in sheets.iter().enumerate() {
            for rule in &sheet.rules {
                all.add(index, rule);
            }
        }
        all
    }

    fn define(&mut self, name: &str, value: &[Value]) {
        let definitions = self.customs.entry(name.to_owned()).or_default();
        if !definitions.iter().any(|known| known == value) {
            definitions.push(value.to_vec());
        }
        let mut names = Vec::new();
        value::variables(value, &mut names);
        self.used.extend(names.into_iter().map(str::to_owned));
    }

    fn add(&mut self, sheet: usize, rule: &css::Rule) {
        for declaration in &rule.declarations {
            let mut names = Vec::new();
            value::variables(&declaration.value, &mut names);
            self.used.extend(names.into_iter().map(str::to_owned));
        }
        let suspect = |span: &Range<usize>, effect: Effect| Suspect {
            sheet,
            selectors: Arc::clone(&rule.selectors),
            selector: rule.span.clone(),
            declaration: span.clone(),
            medium: Arc::clone(&rule.medium),
            effect,
        };
        let mut own: Vec<Suspect> = rule
            .declarations
            .iter()
            .map(|d| suspect(&d.span, judge::declaration(&d.name, &d.value, &self.customs, &self.animations)))
            .filter(|suspect| !suspect.effect.is_harmless())
            .collect();
        if let Some(span) = same_colour(&rule.declarations) {
            let effect = Effect { hides: Some(Certainty::Certain), concerns: Concerns::Text, ..Effect::NONE };
            own.push(suspect(&span, effect));
        }
        let cover = covers(&rule.declarations, &self.customs)
            .map(|span| suspect(&span, Effect { hides: Some(Certainty::Undecidable), ..Effect::NONE }));
        let Some(list) = &rule.selectors.list else {
            let all = own.into_iter().chain(cover);
            for suspect in all {
                self.index.entry(Key::Any).or_default().push((self.rules.len(), 0));
                self.rules.push(suspect);
            }
            return;
        };
        for (number, selector) in list.slice().iter().enumerate() {
            let suspects = match select::subject(selector) {
                Subject::Element => own.as_slice(),
                Subject::Generated => cover.as_slice(),
                Subject::Other => &[],
            };
            for suspect in suspects {
                self.index.entry(select::key(selector)).or_default().push((self.rules.len(), number));
                self.rules.push(suspect.clone());
            }
        }
    }

    /// What may hide the last element of the chain, itself or through those around it.
    pub fn judge(&self, chain: &[Node<'_>], what: What) -> Vec<Hit> {
        let mut state = State { what, ..State::default() };
        for index in 0..chain.len() {
            state.enter();
            self.reach(chain, index, |rule, matched| {
                state.apply(&rule.effect, matched, chain, index, || Culprit::Rule(rule.clone()));
            });
            if let Some(style) = chain[index].attributes.get("style") {
                self.inline(style.value.as_deref(), chain, index, &mut state);
            }
            state.leave(chain, index);
        }
        state.hits
    }

    fn reach(&self, chain: &[Node<'_>], index: usize, mut found: impl FnMut(&Suspect, Match)) {
        let node = &chain[index];
        let mut keys = vec![Key::Any, Key::Name(node.name.to_ascii_lowercase())];
        if let Some(id) = node.attributes.value("id") {
            keys.push(Key::Id(id.to_ascii_lowercase()));
        }
        let classes = node.attributes.value("class").unwrap_or("").split_ascii_whitespace();
        keys.extend(classes.map(|class| Key::Class(class.to_owned())));
        keys.sort();
        keys.dedup();
        // A name that we cannot read may be any.
        let blurred = ["id", "class"]
            .iter()
            .any(|name| node.attributes.get(name).is_some_and(|attribute| attribute.value.is_none()));
        let lists: Vec<&Vec<(usize, usize)>> = match blurred {
            true => self.index.values().collect(),
            false => keys.iter().filter_map(|key| self.index.get(key)).collect(),
        };
        for (rule, selector) in lists.into_iter().flatten() {
            let suspect = &self.rules[*rule];
            let matched = match &suspect.selectors.list {
                None => Match::Maybe,
                Some(list) => match list.slice().get(*selector) {
                    Some(one) => suspect.selectors.matches_one(one, chain, index),
                    None => Match::Maybe,
                },
            };
            if matched != Match::No {
                found(suspect, matched);
            }
        }
    }

    fn inline(&self, style: Option<&str>, chain: &[Node<'_>], index: usize, state: &mut State) {
        let unknown = Effect { hides: Some(Certainty::Undecidable), ..Effect::NONE };
        let Some(style) = style else {
            state.apply(&unknown, Match::Yes, chain, index, || Culprit::Inline {
                index,
                declaration: "style".to_owned(),
            });
            return;
        };
        let declarations = css::declarations(style);
        let culprit = |span: &Range<usize>| Culprit::Inline {
            index,
            declaration: style.get(span.clone()).unwrap_or("style").to_owned(),
        };
        for declaration in &declarations {
            let effect = match declaration.name.starts_with("--") {
                // It changes what the rules say, and those have been judged without it.
                true if self.used.contains(&declaration.name) => unknown.clone(),
                _ => judge::declaration(&declaration.name, &declaration.value, &self.customs, &self.animations),
            };
            state.apply(&effect, Match::Yes, chain, index, || culprit(&declaration.span));
        }
        if let Some(span) = same_colour(&declarations) {
            let effect = Effect { hides: Some(Certainty::Certain), concerns: Concerns::Text, ..Effect::NONE };
            state.apply(&effect, Match::Yes, chain, index, || culprit(&span));
        }
    }
}

/// What adds up on the way from `html` down to the element.
#[derive(Default)]
struct State {
    what: What,
    hits: Vec<Hit>,
    opacity: Option<i64>,
    root_font: Option<i64>,
    font: Option<i64>,
    one_line: Option<Culprit>,
    cuts_width: bool,
    // Of the element at hand.
    least_opacity: Option<(i64, Culprit)>,
    least_font: Option<(i64, Culprit)>,
    cuts_height: Option<Culprit>,
    fixed_height: bool,
}

const WHOLE: i64 = 1000;
const USUAL_FONT: i64 = 16_000;

impl State {
    fn enter(&mut self) {
        self.least_opacity = None;
        self.least_font = None;
        self.cuts_height = None;
        self.fixed_height = false;
    }

    fn apply(
        &mut self,
        effect: &Effect,
        matched: Match,
        chain: &[Node<'_>],
        index: usize,
        culprit: impl Fn() -> Culprit,
    ) {
        let last = index + 1 == chain.len();
        let concerned = match effect.concerns {
            Concerns::Everything => true,
            Concerns::Text => self.what == What::Phrase,
            Concerns::Picture => self.what == What::Logo && last,
        };
        if !concerned {
            return;
        }
        if let Some(certainty) = effect.hides {
            let certainty = match matched {
                Match::Yes => certainty,
                _ => Certainty::Undecidable,
            };
            self.hits.push(Hit { culprit: culprit(), certainty });
        }
        if effect.opacity < self.least_opacity.as_ref().map_or(WHOLE, |(least, _)| *least) {
            self.least_opacity = Some((effect.opacity, culprit()));
        }
        for font in &effect.fonts {
            let size = match font {
                FontSize::Pixels(size) => *size,
                FontSize::OfParent(part) => self.font.unwrap_or(USUAL_FONT).saturating_mul(*part) / WHOLE,
                FontSize::OfRoot(part) => self.root_font.unwrap_or(USUAL_FONT).saturating_mul(*part) / WHOLE,
            };
            if self.least_font.as_ref().is_none_or(|(least, _)| size < *least) {
                self.least_font = Some((size, culprit()));
            }
        }
        let page = matches!(chain[index].name, "html" | "body");
        let parts = effect.parts;
        self.fixed_height |= parts.fixed_height && chain[index].name != "img";
        if parts.cuts_height {
            self.cuts_height.get_or_insert_with(&culprit);
            if page && matched == Match::Yes {
                // Without a scroll bar, what does not fit on the screen is never seen.
                self.hits.push(Hit { culprit: culprit(), certainty: Certainty::Undecidable });
            }
        }
        self.cuts_width |= parts.cuts_width && !page;
        if parts.one_line {
            self.one_line.get_or_insert_with(&culprit);
        }
    }

    fn leave(&mut self, chain: &[Node<'_>], index: usize) {
        if let Some((least, culprit)) = self.least_opacity.take() {
            let opacity = self.opacity.unwrap_or(WHOLE) * least / WHOLE;
            self.opacity = Some(opacity);
            if opacity < FAINTEST {
                self.hits.push(Hit { culprit, certainty: Certainty::Certain });
            }
        }
        if let Some((size, culprit)) = self.least_font.take() {
            // Another rule may let the inherited size stand, but the smaller one counts.
            let size = size.min(self.font.map_or(i64::MAX, |font| font.max(SMALLEST_FONT)));
            self.font = Some(size);
            if index == 0 {
                self.root_font = Some(size);
            }
            if size < SMALLEST_FONT {
                self.hits.push(Hit { culprit, certainty: Certainty::Certain });
            }
        }
        if let Some(culprit) = self.cuts_height.take()
            && self.fixed_height
        {
            self.hits.push(Hit { culprit, certainty: Certainty::Undecidable });
        }
        if index + 1 == chain.len()
            && self.what == What::Phrase
            && self.cuts_width
            && let Some(culprit) = self.one_line.take()
        {
            self.hits.push(Hit { culprit, certainty: Certainty::Undecidable });
        }
    }
}

/// Letters in the colour of their own background.
fn same_colour(declarations: &[Declaration]) -> Option<Range<usize>> {
    let text = declarations.iter().rev().find(|d| d.name == "color")?;
    let back = declarations.iter().rev().find(|d| d.name == "background-color" || d.name == "background")?;
    let strip = |value: &[Value]| -> Vec<Value> {
        let important = matches!(value, [.., Value::Sign('!'), _]);
        value[..value.len() - if important { 2 } else { 0 }].to_vec()
    };
    let (front, behind) = (strip(&text.value), strip(&back.value));
    let word = |word: &str| front == [Value::Ident(word.to_owned())];
    let kept = ["inherit", "initial", "unset", "revert", "revert-layer", "transparent"];
    if front.len() != 1 || kept.iter().any(|kept| word(kept)) {
        return None;
    }
    let same = front == behind
        || behind == [Value::Ident("currentcolor".to_owned())]
        || color::plain(&front).is_some_and(|one| color::plain(&behind) == Some(one));
    same.then(|| text.span.clone())
}

/// Generated content that is laid over the element: positioned, painted, and not small.
fn covers(declarations: &[Declaration], customs: &Customs) -> Option<Range<usize>> {
    let get = |name: &str| declarations.iter().rev().find(|d| d.name == name);
    let is = |d: Option<&Declaration>, words: &[&str]| {
        d.is_some_and(|d| matches!(d.value.as_slice(), [Value::Ident(word)] if words.contains(&word.as_str())))
    };
    let position = get("position")?;
    if is(Some(position), &["static", "relative", "sticky"]) {
        return None;
    }
    let painted = ["background", "background-color", "background-image", "backdrop-filter", "content"]
        .iter()
        .filter_map(|name| get(name))
        .any(|d| match d.name.as_str() {
            "content" => d.value.contains(&Value::Url) || d.value.iter().any(|v| matches!(v, Value::Function(..))),
            _ => !is(Some(d), &["none", "transparent", "inherit", "initial", "unset"]),
        });
    if !painted {
        return None;
    }
    if let Some(Declaration { value, .. }) = get("z-index")
        && matches!(value.as_slice(), [Value::Number(n)] if *n < 0)
    {
        return None;
    }
    const NOTICEABLE: i64 = 32_000;
    let tall = |d: &Declaration| match value::alternatives(&d.value, customs) {
        None => true,
        Some(all) => all.iter().any(|value| match value.as_slice() {
            [one] => match value::quantity(one, SCREENS[1]) {
                Some(Quantity::Length(px)) => px > NOTICEABLE,
                Some(Quantity::Number(n)) => n != 0,
                None => !matches!(one, Value::Ident(word) if word == "auto"),
            },
            _ => true,
        }),
    };
    let height = get("height").or_else(|| get("block-size"));
    let width = get("width").or_else(|| get("inline-size"));
    let small = [height, width].into_iter().flatten().any(|d| !tall(d) && !is(Some(d), &["auto"]));
    let stretched = get("inset").is_some()
        || get("inset-block").is_some()
        || (get("top").is_some() && get("bottom").is_some())
        || height.is_some_and(tall);
    (stretched && !small).then(|| position.span.clone())
}
