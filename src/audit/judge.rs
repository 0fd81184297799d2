//! What one declaration may do to the visibility of the element that it applies to.
//!
//! Properties are an allow-list: one that is not known to be harmless, or a value that cannot be
//! worked out, counts as hiding.

use super::color::{self, Opacity};
use super::value::{self, Customs, Quantity, SCREENS, Value, quantity};

/// How sure we are that a reader does not see the element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// It cannot be decided, which counts as hidden.
    Undecidable,
    Certain,
}

/// Whom a declaration concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concerns {
    Everything,
    /// Only what is written: a font size of nothing does not shrink a picture.
    Text,
    /// Only the picture itself, not what stands around it.
    Picture,
}

/// A change of the font's size, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FontSize {
    OfParent(i64),
    OfRoot(i64),
    Pixels(i64),
}

/// What hides only together with something else on the same element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Parts {
    /// What reaches out at the bottom is cut off.
    pub cuts_height: bool,
    /// What reaches out at the side is cut off.
    pub cuts_width: bool,
    /// The height does not grow with the content.
    pub fixed_height: bool,
    /// Lines are not broken.
    pub one_line: bool,
}

/// The worst that a declaration may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    pub hides: Option<Certainty>,
    pub concerns: Concerns,
    /// Thousandths; multiplied down the ancestors.
    pub opacity: i64,
    pub fonts: Vec<FontSize>,
    pub parts: Parts,
}

impl Effect {
    pub const NONE: Effect = Effect {
        hides: None,
        concerns: Concerns::Everything,
        opacity: 1000,
        fonts: Vec::new(),
        parts: Parts { cuts_height: false, cuts_width: false, fixed_height: false, one_line: false },
    };

    fn hides(certainty: Certainty) -> Effect {
        Effect { hides: Some(certainty), ..Effect::NONE }
    }

    fn on(self, concerns: Concerns) -> Effect {
        Effect { concerns, ..self }
    }

    pub fn is_harmless(&self) -> bool {
        *self == Effect::NONE || *self == Effect { concerns: self.concerns, ..Effect::NONE }
    }

    fn worst(mut self, other: Effect) -> Effect {
        self.hides = self.hides.max(other.hides);
        self.concerns = other.concerns;
        self.opacity = self.opacity.min(other.opacity);
        self.fonts.extend(other.fonts);
        self.parts.cuts_height |= other.parts.cuts_height;
        self.parts.cuts_width |= other.parts.cuts_width;
        self.parts.fixed_height |= other.parts.fixed_height;
        self.parts.one_line |= other.parts.one_line;
        self
    }
}

/// Less opaque than this is hard to read against anything.
pub const FAINTEST: i64 = 500;
/// Smaller letters than this, in thousandths of a pixel, are not read.
pub const SMALLEST_FONT: i64 = 6_000;
/// Boxes thinner than this, in thousandths of a pixel, show no line of text and no logo.
const SMALLEST_BOX: i64 = 12_000;
/// Further than this outside its place, in thousandths of a pixel, something may be off the page.
const FURTHEST_OUT: i64 = -64_000;
/// Further than this inside, in thousandths of a pixel, something may be pushed off the other side.
const FURTHEST_IN: i64 = 640_000;
/// Thicker edges than this inside the box of the logo leave no room for it.
const WIDEST_EDGE: i64 = 64_000;

/// The effect of `name: value`, with `animations` the names of the keyframes that may hide.
pub fn declaration(name: &str, value: &[Value], customs: &Customs, animations: &[String]) -> Effect {
    let name = name.to_ascii_lowercase();
    if name.starts_with("--") {
        return Effect::NONE;
    }
    let Some(all) = value::alternatives(value, customs) else {
        // Whatever is put in place of the variable, some properties never hide.
        if HARMLESS.binary_search(&unprefixed(&name)).is_ok() {
            return Effect::NONE;
        }
        return Effect::hides(Certainty::Undecidable);
    };
    all.iter()
        .map(|value| one(&name, value, animations))
        .reduce(Effect::worst)
        .unwrap_or(Effect::hides(Certainty::Undecidable))
}

fn unprefixed(name: &str) -> &str {
    ["-webkit-", "-moz-", "-epub-"].iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name)
}

fn one(full_name: &str, value: &[Value], animations: &[String]) -> Effect {
    // No browser of today reads these.
    if ["-ms-", "-o-", "-khtml-"].iter().any(|prefix| full_name.starts_with(prefix)) {
        return Effect::NONE;
    }
    let name = unprefixed(full_name);
    if HARMLESS.binary_search(&name).is_ok() {
        return Effect::NONE;
    }
    if let [Value::Ident(word)] = value
        && matches!(word.as_str(), "inherit" | "initial" | "unset" | "revert" | "revert-layer")
    {
        // What is inherited is judged where it is set, and where everything starts all is shown.
        return Effect::NONE;
    }
    if value.is_empty() {
        return Effect::hides(Certainty::Undecidable);
    }
    let words =
        |known: &[&str]| value.iter().all(|v| matches!(v, Value::Ident(word) if known.contains(&word.as_str())));
    let shown = |fine: bool| {
        if fine { Effect::NONE } else { Effect::hides(Certainty::Undecidable) }
    };
    let visible_or = |fine: bool, hiding: bool| match (fine, hiding) {
        (true, _) => Effect::NONE,
        (_, true) => Effect::hides(Certainty::Certain),
        _ => Effect::hides(Certainty::Undecidable),
    };
    match name {
        "display" => display(value),
        "visibility" => visible_or(words(&["visible"]), words(&["hidden", "collapse"])),
        "content-visibility" => visible_or(words(&["visible", "auto"]), words(&["hidden"])),
        "opacity" => match fraction(value) {
            Some(0) => Effect::hides(Certainty::Certain),
            Some(opacity) => Effect { opacity: opacity.clamp(0, 1000), ..Effect::NONE },
            None => Effect::hides(Certainty::Undecidable),
        },
        "color" | "text-fill-color" => see_through(color::opacity(value)).on(Concerns::Text),
        "fill" => match value {
            [Value::Ident(none)] if none == "none" => Effect::hides(Certainty::Certain),
            _ => see_through(color::opacity(value)),
        }
        .on(Concerns::Text),
        "fill-opacity" => match fraction(value) {
            Some(n) => see_through(Opacity::Known(n)),
            None => see_through(Opacity::Unknown),
        }
        .on(Concerns::Text),
        "font-size" => font_size(value).on(Concerns::Text),
        "font" => font(value).on(Concerns::Text),
        "line-height" => line_height(value).on(Concerns::Text),
        "font-size-adjust" => shown(words(&["none"])).on(Concerns::Text),
        "letter-spacing" | "word-spacing" => lengths(value, &["normal"], -2_000, 32_000).on(Concerns::Text),
        "text-indent" => lengths(value, &["hanging", "each-line"], FURTHEST_OUT, FURTHEST_IN / 4).on(Concerns::Text),
        "unicode-bidi" => shown(words(&["normal", "embed", "isolate", "plaintext"])).on(Concerns::Text),
        "text-overflow" => shown(words(&["clip"])).on(Concerns::Text),
        "line-clamp" | "max-lines" => shown(words(&["none"])).on(Concerns::Text),
        "text-transform" => shown(words(&["none", "uppercase", "lowercase", "capitalize"])).on(Concerns::Text),
        "white-space" | "text-wrap" | "text-wrap-mode" => Effect {
            parts: Parts {
                one_line: value.iter().any(|v| matches!(v, Value::Ident(word) if word == "nowrap" || word == "pre")),
                ..Parts::default()
            },
            ..Effect::NONE
        }
        .on(Concerns::Text),
        "width" | "height" | "max-width" | "max-height" | "inline-size" | "block-size" | "max-inline-size"
        | "max-block-size" => size(name, value),
        "top" | "left" | "right" | "bottom" | "inset" | "inset-inline" | "inset-block" | "inset-inline-start"
        | "inset-inline-end" | "inset-block-start" | "inset-block-end" => {
            lengths(value, &["auto"], FURTHEST_OUT, FURTHEST_IN)
        }
        "margin"
        | "margin-top"
        | "margin-left"
        | "margin-right"
        | "margin-bottom"
        | "margin-inline"
        | "margin-block"
        | "margin-inline-start"
        | "margin-inline-end"
        | "margin-block-start"
        | "margin-block-end" => lengths(value, &["auto"], FURTHEST_OUT, FURTHEST_IN),
        "vertical-align" | "baseline-shift" => lengths(
            value,
            &["baseline", "sub", "super", "top", "text-top", "middle", "bottom", "text-bottom"],
            FURTHEST_OUT,
            -FURTHEST_OUT,
        ),
        "padding"
        | "padding-top"
        | "padding-left"
        | "padding-right"
        | "padding-bottom"
        | "padding-inline"
        | "padding-block"
        | "padding-inline-start"
        | "padding-inline-end"
        | "padding-block-start"
        | "padding-block-end" => {
            let around = lengths(value, &[], 0, FURTHEST_IN);
            match around.hides {
                Some(_) => around,
                // The room of a picture is what its edges leave.
                None => lengths(value, &[], 0, WIDEST_EDGE).on(Concerns::Picture),
            }
        }
        "border"
        | "border-width"
        | "border-top"
        | "border-left"
        | "border-right"
        | "border-bottom"
        | "border-top-width"
        | "border-left-width"
        | "border-right-width"
        | "border-bottom-width"
        | "border-inline"
        | "border-block"
        | "border-inline-width"
        | "border-block-width"
        | "border-inline-start"
        | "border-inline-end"
        | "border-block-start"
        | "border-block-end" => {
            let sizes: Vec<Value> =
                value.iter().filter(|v| matches!(v, Value::Length(..) | Value::Number(_))).cloned().collect();
            if sizes.is_empty() { Effect::NONE } else { lengths(&sizes, &[], 0, WIDEST_EDGE) }
        }
        "outline-offset" => lengths(value, &[], -8_000, FURTHEST_IN),
        "position" => shown(words(&["static", "relative", "sticky", "-webkit-sticky", "absolute", "fixed"])),
        "float" => shown(words(&["none", "left", "right", "inline-start", "inline-end"])),
        "z-index" => match value {
            [Value::Number(n)] => shown(*n >= 0),
            _ => shown(words(&["auto"])),
        },
        "overflow" | "overflow-x" | "overflow-y" | "overflow-inline" | "overflow-block" => overflow(name, value),
        "clip" => visible_or(words(&["auto"]), true),
        "clip-path" => shown(words(&["none"])),
        "mask" | "mask-image" | "mask-border" | "mask-border-source" | "mask-box-image" | "mask-box-image-source" => {
            shown(words(&["none"]))
        }
        "filter" => filter(value),
        "transform" => transform(value),
        "translate" => {
            let near = lengths(value, &["none"], -FURTHEST_IN, FURTHEST_IN);
            match value {
                [Value::Percent(p), ..] if p.abs() > 60_000 => Effect::hides(Certainty::Undecidable),
                [_, Value::Percent(p), ..] if p.abs() > 60_000 => Effect::hides(Certainty::Undecidable),
                _ => near,
            }
        }
        "scale" => {
            let fine = words(&["none"]) || value.iter().all(|v| ratio(v).is_some_and(|n| (500..=4000).contains(&n)));
            visible_or(fine, value.iter().any(|v| ratio(v) == Some(0)))
        }
        "zoom" => {
            let fine = words(&["normal", "reset"])
                || value.iter().all(|v| ratio(v).is_some_and(|n| (500..=4000).contains(&n)));
            visible_or(fine, false)
        }
        "rotate" => shown(words(&["none"]) || value.iter().all(is_angle)),
        "transform-origin" => lengths(value, &["left", "center", "right", "top", "bottom"], FURTHEST_OUT, FURTHEST_IN),
        "offset" | "offset-path" => shown(words(&["none"])),
        "perspective" => shown(words(&["none"])),
        "contain" => shown(words(&["none", "layout", "style", "paint", "content", "inline-size"])),
        "container-type" => shown(words(&["normal", "inline-size", "scroll-state"])),
        "container" => shown(!value.iter().any(|v| *v == Value::Ident("size".into()))),
        "content" => shown(words(&["normal"])),
        "mix-blend-mode" => shown(words(&["normal"])),
        "object-fit" => shown(words(&["fill", "contain", "cover", "scale-down"])).on(Concerns::Picture),
        "object-position" => {
            let within = value.iter().all(|v| match v {
                Value::Percent(p) => (0..=100_000).contains(p),
                Value::Ident(_) => true,
                other => lengths(std::slice::from_ref(other), &[], -8_000, 8_000).hides.is_none(),
            });
            shown(within).on(Concerns::Picture)
        }
        "object-view-box" => shown(words(&["none"])).on(Concerns::Picture),
        "animation" | "animation-name" => {
            let named = value.iter().any(|v| match v {
                Value::Ident(name) | Value::Text(name) => {
                    animations.iter().any(|hiding| hiding.eq_ignore_ascii_case(name))
                }
                Value::Bad | Value::Group(_) => true,
                _ => false,
            });
            shown(!named)
        }
        "flex" => {
            let never_grows = matches!(value.first(), Some(Value::Number(0)));
            shown(
                !(never_grows
                    && value.len() > 1
                    && value.iter().skip(1).any(is_zero)
                    && value.last().is_some_and(is_zero)
                    && value.len() == 3),
            )
        }
        "grid"
        | "grid-template"
        | "grid-template-rows"
        | "grid-template-columns"
        | "grid-auto-rows"
        | "grid-auto-columns" => shown(!has_zero_track(value)),
        "position-visibility" => shown(words(&["always"])),
        "all" => Effect::hides(Certainty::Undecidable),
        _ => Effect::hides(Certainty::Undecidable),
    }
}

fn see_through(opacity: Opacity) -> Effect {
    match opacity {
        Opacity::Known(n) if n >= FAINTEST => Effect::NONE,
        Opacity::Known(_) => Effect::hides(Certainty::Certain),
        Opacity::Unknown => Effect::hides(Certainty::Undecidable),
    }
}

fn display(value: &[Value]) -> Effect {
    let words: Option<Vec<&str>> = value
        .iter()
        .map(|v| match v {
            Value::Ident(word) => Some(word.as_str()),
            _ => None,
        })
        .collect();
    match words.as_deref() {
        Some(["none" | "table-column" | "table-column-group"]) => Effect::hides(Certainty::Certain),
        // A picture without a box of its own is not drawn at all; text is.
        Some(["contents"]) => Effect::hides(Certainty::Certain).on(Concerns::Picture),
        Some(words)
            if words.iter().all(|word| {
                matches!(
                    *word,
                    "block"
                        | "inline"
                        | "inline-block"
                        | "flow"
                        | "flow-root"
                        | "flex"
                        | "inline-flex"
                        | "grid"
                        | "inline-grid"
                        | "list-item"
                        | "table"
                        | "inline-table"
                        | "table-row"
                        | "table-cell"
                        | "table-row-group"
                        | "table-header-group"
                        | "table-footer-group"
                        | "table-caption"
                        | "-webkit-box"
                        | "-webkit-inline-box"
                        | "-webkit-flex"
                        | "-webkit-inline-flex"
                        | "-ms-flexbox"
                        | "-ms-inline-flexbox"
                        | "-ms-grid"
                        | "-moz-box"
                        | "math"
                )
            }) =>
        {
            Effect::NONE
        }
        _ => Effect::hides(Certainty::Undecidable),
    }
}

/// A number or percentage, alone, in thousandths of the whole.
fn fraction(value: &[Value]) -> Option<i64> {
    match value {
        [one] => ratio(one),
        _ => None,
    }
}

fn ratio(value: &Value) -> Option<i64> {
    match value {
        Value::Percent(p) => Some(p / 100),
        other => match quantity(other, SCREENS[0])? {
            Quantity::Number(n) => Some(n),
            Quantity::Length(_) => None,
        },
    }
}

/// Whether every length stays between two others, on every screen. Some words may stand there too.
fn lengths(value: &[Value], words: &[&str], low: i64, high: i64) -> Effect {
    let mut worst = Effect::NONE;
    for v in value {
        if matches!(v, Value::Slash) || matches!(v, Value::Ident(w) if words.contains(&w.as_str())) {
            continue;
        }
        // Plain relative lengths are judged on the wide screen: half of a narrow one is little.
        for screen in SCREENS {
            match pixels(quantity(v, screen)) {
                Some(px) if px < low || px > high => {
                    let far = px.abs() > FURTHEST_IN;
                    let certainty = if far { Certainty::Certain } else { Certainty::Undecidable };
                    worst = worst.worst(Effect::hides(certainty));
                }
                Some(_) => {}
                None => worst = worst.worst(Effect::hides(Certainty::Undecidable)),
            }
        }
    }
    worst
}

fn pixels(quantity: Option<Quantity>) -> Option<i64> {
    match quantity? {
        Quantity::Length(px) => Some(px),
        Quantity::Number(0) => Some(0),
        // Attributes of SVG say lengths without a unit.
        Quantity::Number(n) => Some(n),
    }
}

fn size(name: &str, value: &[Value]) -> Effect {
    const WORDS: &[&str] = &[
        "auto",
        "none",
        "max-content",
        "min-content",
        "fit-content",
        "-webkit-fill-available",
        "-moz-available",
        "stretch",
        "-webkit-max-content",
        "-moz-max-content",
        "-webkit-fit-content",
        "-moz-fit-content",
        "fill-available",
    ];
    let upright = name.ends_with("height") || name.ends_with("block-size");
    match value {
        [Value::Ident(word)] if WORDS.contains(&word.as_str()) => Effect::NONE,
        [Value::Function(function, _)] if function == "fit-content" => Effect::hides(Certainty::Undecidable),
        [one] => {
            let mut effect = Effect::NONE;
            for screen in SCREENS {
                match pixels(quantity(one, screen)) {
                    Some(px) if px >= SMALLEST_BOX => {}
                    Some(_) => effect.hides = Some(Certainty::Certain),
                    None => effect.hides = effect.hides.max(Some(Certainty::Undecidable)),
                }
            }
            effect.parts.fixed_height = upright;
            effect
        }
        _ => Effect::hides(Certainty::Undecidable),
    }
}

fn overflow(name: &str, value: &[Value]) -> Effect {
    let cuts = |v: &Value| match v {
        Value::Ident(word) => match word.as_str() {
            "hidden" | "clip" | "-moz-hidden-unscrollable" => Some(true),
            "visible" | "auto" | "scroll" | "overlay" => Some(false),
            _ => None,
        },
        _ => None,
    };
    let (Some(first), Some(last)) = (value.first(), value.last()) else {
        return Effect::hides(Certainty::Undecidable);
    };
    let (Some(first), Some(last)) = (cuts(first), cuts(last)) else {
        return Effect::hides(Certainty::Undecidable);
    };
    let parts = match name {
        "overflow-x" | "overflow-inline" => Parts { cuts_width: first, ..Parts::default() },
        "overflow-y" | "overflow-block" => Parts { cuts_height: first, ..Parts::default() },
        _ => Parts { cuts_width: first, cuts_height: last, ..Parts::default() },
    };
    Effect { parts, ..Effect::NONE }
}

fn font_size(value: &[Value]) -> Effect {
    let size = match value {
        [Value::Ident(word)] => match word.as_str() {
            "xx-small" => FontSize::Pixels(9_000),
            "x-small" => FontSize::Pixels(10_000),
            "small" => FontSize::Pixels(13_000),
            "medium" => FontSize::Pixels(16_000),
            "large" | "x-large" | "xx-large" | "xxx-large" => FontSize::Pixels(18_000),
            "smaller" => FontSize::OfParent(800),
            "larger" => FontSize::OfParent(1200),
            _ => return Effect::hides(Certainty::Undecidable),
        },
        [Value::Percent(p)] => FontSize::OfParent(p / 100),
        [Value::Length(n, unit)] if unit == "em" => FontSize::OfParent(*n),
        [Value::Length(n, unit)] if unit == "ex" || unit == "ch" => FontSize::OfParent(n / 2),
        [Value::Length(n, unit)] if unit == "rem" => FontSize::OfRoot(*n),
        [other] => {
            let least = SCREENS.iter().map(|screen| pixels(quantity(other, *screen))).min();
            match least.flatten() {
                Some(px) => FontSize::Pixels(px),
                None => return Effect::hides(Certainty::Undecidable),
            }
        }
        _ => return Effect::hides(Certainty::Undecidable),
    };
    match size {
        FontSize::OfParent(n) | FontSize::OfRoot(n) if n < 300 => Effect::hides(Certainty::Certain),
        FontSize::Pixels(n) if n < SMALLEST_FONT => Effect::hides(Certainty::Certain),
        size => Effect { fonts: vec![size], ..Effect::NONE },
    }
}

fn font(value: &[Value]) -> Effect {
    const SYSTEM: &[&str] = &["caption", "icon", "menu", "message-box", "small-caption", "status-bar"];
    if matches!(value, [Value::Ident(word)] if SYSTEM.contains(&word.as_str())) {
        return Effect::NONE;
    }
    let is_size = |v: &Value| match v {
        Value::Length(_, unit) => !unit.ends_with("deg"),
        Value::Percent(_) | Value::Function(..) | Value::Number(0) => true,
        Value::Ident(word) => matches!(
            word.as_str(),
            "xx-small"
                | "x-small"
                | "small"
                | "medium"
                | "large"
                | "x-large"
                | "xx-large"
                | "xxx-large"
                | "smaller"
                | "larger"
        ),
        _ => false,
    };
    let Some(at) = value.iter().position(is_size) else {
        return Effect::hides(Certainty::Undecidable);
    };
    let size = font_size(&value[at..=at]);
    match value.get(at + 1..) {
        Some([Value::Slash, height, ..]) => size.worst(line_height(std::slice::from_ref(height))),
        _ => size,
    }
}

fn line_height(value: &[Value]) -> Effect {
    let fine = match value {
        [Value::Ident(word)] => word == "normal",
        [Value::Percent(p)] => (60_000..=1_000_000).contains(p),
        [Value::Length(n, unit)] if unit == "em" || unit == "rem" => (600..=10_000).contains(n),
        [other] => SCREENS.iter().all(|screen| match quantity(other, *screen) {
            Some(Quantity::Number(n)) => (600..=10_000).contains(&n),
            Some(Quantity::Length(px)) => (SMALLEST_FONT..=160_000).contains(&px),
            None => false,
        }),
        _ => false,
    };
    if fine { Effect::NONE } else { Effect::hides(Certainty::Undecidable) }
}

fn is_zero(value: &Value) -> bool {
    match value {
        Value::Number(n) | Value::Percent(n) | Value::Length(n, _) => *n == 0,
        _ => false,
    }
}

/// A row or column of no size squeezes what stands in it, unless it may grow (`minmax(0, 1fr)`).
fn has_zero_track(value: &[Value]) -> bool {
    value.iter().any(|v| match v {
        Value::Function(name, inside) => match name.as_str() {
            "minmax" | "fit-content" => inside.last().is_some_and(|most| {
                is_zero(most) || matches!(most, Value::Length(n, unit) if unit != "fr" && *n < 1000)
            }),
            "repeat" => has_zero_track(inside.get(2..).unwrap_or(&[])),
            _ => true,
        },
        Value::Length(n, unit) if unit == "fr" => *n <= 0,
        Value::Bad => true,
        other => match pixels(quantity(other, SCREENS[0])) {
            Some(px) => px < SMALLEST_BOX,
            None => false,
        },
    })
}

fn filter(value: &[Value]) -> Effect {
    if matches!(value, [Value::Ident(none)] if none == "none") {
        return Effect::NONE;
    }
    let fine = value.iter().all(|v| match v {
        Value::Function(name, inside) => match name.as_str() {
            "grayscale" | "sepia" | "saturate" | "hue-rotate" | "drop-shadow" => true,
            "invert" => inside.is_empty() || matches!(fraction(inside), Some(0 | 1000)),
            "brightness" => fraction(inside).is_some_and(|n| (500..=1500).contains(&n)),
            "contrast" => fraction(inside).is_some_and(|n| n >= 500),
            "opacity" => fraction(inside).is_some_and(|n| n >= FAINTEST),
            _ => false,
        },
        _ => false,
    });
    if fine { Effect::NONE } else { Effect::hides(Certainty::Undecidable) }
}

fn transform(value: &[Value]) -> Effect {
    if matches!(value, [Value::Ident(none)] if none == "none") {
        return Effect::NONE;
    }
    let mut worst = Effect::NONE;
    for v in value {
        let Value::Function(name, inside) = v else {
            return Effect::hides(Certainty::Undecidable);
        };
        let arguments: Vec<Value> = inside.iter().filter(|v| **v != Value::Comma).cloned().collect();
        worst = worst.worst(match name.as_str() {
            "translate" | "translatex" | "translatey" | "translate3d" | "translatez" => {
                one("translate", &arguments, &[])
            }
            "scale" | "scalex" | "scaley" | "scale3d" => one("scale", &arguments, &[]),
            "rotate" | "rotatez" => one("rotate", &arguments, &[]),
            _ => Effect::hides(Certainty::Undecidable),
        });
    }
    worst
}

/// A turn in the plane: the element is still there, and still whole.
fn is_angle(value: &Value) -> bool {
    match value {
        Value::Number(0) => true,
        Value::Length(_, unit) => matches!(unit.as_str(), "deg" | "rad" | "grad" | "turn"),
        _ => false,
    }
}

/// Properties that never hide text or a picture, whatever their value. Sorted; without prefixes.
const HARMLESS: &[&str] = &[
    "accent-color",
    "align-content",
    "align-items",
    "align-self",
    "alignment-baseline",
    "anchor-name",
    "animation-composition",
    "animation-delay",
    "animation-direction",
    "animation-duration",
    "animation-fill-mode",
    "animation-iteration-count",
    "animation-play-state",
    "animation-timing-function",
    "appearance",
    "aspect-ratio",
    "backdrop-filter",
    "backface-visibility",
    "background",
    "background-attachment",
    "background-blend-mode",
    "background-clip",
    "background-color",
    "background-image",
    "background-origin",
    "background-position",
    "background-position-x",
    "background-position-y",
    "background-repeat",
    "background-size",
    "block-step",
    "border-block-color",
    "border-block-end-color",
    "border-block-style",
    "border-bottom-color",
    "border-bottom-left-radius",
    "border-bottom-right-radius",
    "border-bottom-style",
    "border-collapse",
    "border-color",
    "border-end-end-radius",
    "border-end-start-radius",
    "border-inline-color",
    "border-inline-style",
    "border-left-color",
    "border-left-style",
    "border-radius",
    "border-right-color",
    "border-right-style",
    "border-spacing",
    "border-start-end-radius",
    "border-start-start-radius",
    "border-style",
    "border-top-color",
    "border-top-left-radius",
    "border-top-right-radius",
    "border-top-style",
    "box-align",
    "box-decoration-break",
    "box-direction",
    "box-flex",
    "box-orient",
    "box-pack",
    "box-shadow",
    "box-sizing",
    "break-after",
    "break-before",
    "break-inside",
    "caption-side",
    "caret-color",
    "clear",
    "color-adjust",
    "color-interpolation",
    "color-rendering",
    "color-scheme",
    "column-count",
    "column-fill",
    "column-gap",
    "column-rule",
    "column-rule-color",
    "column-rule-style",
    "column-rule-width",
    "column-span",
    "contain-intrinsic-block-size",
    "contain-intrinsic-height",
    "contain-intrinsic-inline-size",
    "contain-intrinsic-size",
    "contain-intrinsic-width",
    "container-name",
    "counter-increment",
    "counter-reset",
    "counter-set",
    "cursor",
    "direction",
    "dominant-baseline",
    "empty-cells",
    "flex-basis",
    "flex-direction",
    "flex-flow",
    "flex-grow",
    "flex-shrink",
    "flex-wrap",
    "font-display",
    "font-family",
    "font-feature-settings",
    "font-kerning",
    "font-language-override",
    "font-optical-sizing",
    "font-palette",
    "font-smooth",
    "font-smoothing",
    "font-stretch",
    "font-style",
    "font-synthesis",
    "font-synthesis-small-caps",
    "font-synthesis-style",
    "font-synthesis-weight",
    "font-variant",
    "font-variant-alternates",
    "font-variant-caps",
    "font-variant-east-asian",
    "font-variant-emoji",
    "font-variant-ligatures",
    "font-variant-numeric",
    "font-variant-position",
    "font-variation-settings",
    "font-weight",
    "font-width",
    "forced-color-adjust",
    "gap",
    "grid-area",
    "grid-auto-flow",
    "grid-column",
    "grid-column-end",
    "grid-column-gap",
    "grid-column-start",
    "grid-gap",
    "grid-row",
    "grid-row-end",
    "grid-row-gap",
    "grid-row-start",
    "grid-template-areas",
    "hanging-punctuation",
    "hyphenate-character",
    "hyphenate-limit-chars",
    "hyphens",
    "image-orientation",
    "image-rendering",
    "interpolate-size",
    "isolation",
    "justify-content",
    "justify-items",
    "justify-self",
    "line-break",
    "list-style",
    "list-style-image",
    "list-style-position",
    "list-style-type",
    "margin-trim",
    "min-block-size",
    "min-height",
    "min-inline-size",
    "min-width",
    "order",
    "orphans",
    "osx-font-smoothing",
    "outline",
    "outline-color",
    "outline-style",
    "outline-width",
    "overflow-anchor",
    "overflow-scrolling",
    "overflow-wrap",
    "overscroll-behavior",
    "overscroll-behavior-block",
    "overscroll-behavior-inline",
    "overscroll-behavior-x",
    "overscroll-behavior-y",
    "page",
    "page-break-after",
    "page-break-before",
    "page-break-inside",
    "paint-order",
    "perspective-origin",
    "place-content",
    "place-items",
    "place-self",
    "pointer-events",
    "print-color-adjust",
    "quotes",
    "resize",
    "row-gap",
    "ruby-align",
    "ruby-position",
    "scroll-behavior",
    "scroll-margin",
    "scroll-margin-block",
    "scroll-margin-block-end",
    "scroll-margin-block-start",
    "scroll-margin-bottom",
    "scroll-margin-inline",
    "scroll-margin-left",
    "scroll-margin-right",
    "scroll-margin-top",
    "scroll-padding",
    "scroll-padding-block",
    "scroll-padding-block-start",
    "scroll-padding-bottom",
    "scroll-padding-inline",
    "scroll-padding-left",
    "scroll-padding-right",
    "scroll-padding-top",
    "scroll-snap-align",
    "scroll-snap-stop",
    "scroll-snap-type",
    "scrollbar-color",
    "scrollbar-gutter",
    "scrollbar-width",
    "shape-image-threshold",
    "shape-margin",
    "shape-outside",
    "shape-rendering",
    "speak",
    "speak-as",
    "stroke",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "stroke-width",
    "tab-size",
    "table-layout",
    "tap-highlight-color",
    "text-align",
    "text-align-last",
    "text-anchor",
    "text-autospace",
    "text-box",
    "text-box-edge",
    "text-box-trim",
    "text-decoration",
    "text-decoration-color",
    "text-decoration-line",
    "text-decoration-skip",
    "text-decoration-skip-ink",
    "text-decoration-style",
    "text-decoration-thickness",
    "text-emphasis",
    "text-emphasis-color",
    "text-emphasis-position",
    "text-emphasis-style",
    "text-justify",
    "text-rendering",
    "text-shadow",
    "text-size-adjust",
    "text-spacing-trim",
    "text-underline-offset",
    "text-underline-position",
    "text-wrap-style",
    "touch-action",
    "touch-callout",
    "transform-box",
    "transform-style",
    "transition",
    "transition-behavior",
    "transition-delay",
    "transition-duration",
    "transition-property",
    "transition-timing-function",
    "user-drag",
    "user-modify",
    "user-select",
    "vector-effect",
    "view-transition-class",
    "view-transition-name",
    "white-space-collapse",
    "widows",
    "will-change",
    "word-break",
    "word-wrap",
    "writing-mode",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::value::parse;

    fn judged(text: &str) -> Effect {
        let Some((name, value)) = text.split_once(':') else {
            return Effect::NONE;
        };
        declaration(name.trim(), &parse(value), &Customs::new(), &["svanisci".into()])
    }

    #[test]
    fn the_list_of_harmless_properties_is_sorted() {
        let mut sorted = HARMLESS.to_vec();
        sorted.sort_unstable();
        assert_eq!(sorted, HARMLESS);
    }

    #[test]
    fn what_hides_is_seen() {
        for text in [
            "display: none",
            "display: none !important",
            "visibility: hidden",
            "visibility: collapse",
            "opacity: 0",
            "opacity: 0%",
            "opacity: calc(1 - 1)",
            "opacity: var(--x)",
            "clip: rect(0,0,0,0)",
            "clip-path: inset(50%)",
            "-webkit-clip-path: circle(0)",
            "width: 0",
            "height: 1px",
            "max-height: 0",
            "max-width: calc(100% - 100vw)",
            "font-size: 0",
            "font-size: .1em",
            "font: 0/0 a",
            "font: 1px/1 serif",
            "line-height: 0",
            "zoom: 0",
            "zoom: .01",
            "scale: 0",
            "left: -9999px",
            "top: -100vh",
            "inset: -999em auto auto auto",
            "text-indent: -9999px",
            "text-indent: 100%",
            "margin-left: -9999px",
            "margin: 0 0 0 -200%",
            "left: 100vw",
            "transform: translateX(-9999px)",
            "transform: scale(0)",
            "transform: rotateY(90deg)",
            "transform: matrix(0,0,0,0,0,0)",
            "translate: -100vw",
            "translate: -100%",
            "color: transparent",
            "color: rgb(0 0 0 / 0)",
            "color: #0000",
            "-webkit-text-fill-color: transparent",
            "filter: opacity(0)",
            "filter: blur(20px)",
            "filter: url(#x)",
            "filter: brightness(0)",
            "mask: url(x.svg)",
            "-webkit-mask-image: linear-gradient(#0000, #0000)",
            "content: ''",
            "content: url(x.png)",
            "content-visibility: hidden",
            "display: var(--d)",
            "animation: svanisci 1s",
            "animation-name: svanisci",
            "object-fit: none",
            "object-position: 500px 0",
            "padding-left: 999px",
            "position: running(x)",
            "z-index: -1",
            "contain: size",
            "contain: strict",
            "offset-path: path('M0 0')",
            "-webkit-text-security: disc",
            "some-future-property: 1",
            "unicode-bidi: bidi-override",
            "letter-spacing: -1em",
            "mix-blend-mode: screen",
            "text-overflow: ellipsis",
            "grid-template-rows: 0fr",
            "border: 100px solid",
        ] {
            assert!(judged(text).hides.is_some(), "{text}");
        }
    }

    #[test]
    fn what_is_honest_passes() {
        for text in [
            "display: block",
            "display: flex",
            "display: inline-block",
            "visibility: visible",
            "opacity: .9",
            "opacity: 1",
            "margin: 0",
            "margin: 0 auto",
            "margin: -1rem",
            "margin-inline: max(1rem, calc(50% - 35rem))",
            "width: auto",
            "width: 100%",
            "width: min(100%, 70rem)",
            "max-width: 100%",
            "max-width: calc(100% - 2rem)",
            "height: auto",
            "height: 3rem",
            "max-height: 64px",
            "font-size: .875rem",
            "font-size: 62.5%",
            "font-size: clamp(1rem, 2vw, 2rem)",
            "font: 1rem/1.5 'Titillium Web', sans-serif",
            "font: inherit",
            "font: italic bold 12pt/1.2 serif",
            "line-height: 1.5",
            "line-height: 24px",
            "color: #036",
            "color: light-dark(#000, #fff)",
            "color: color-mix(in srgb, #036 80%, #fff)",
            "color: CanvasText",
            "position: sticky",
            "position: relative",
            "top: 0",
            "inset: 0",
            "transform: none",
            "transform: rotate(90deg)",
            "transform: translate(-50%, -50%)",
            "left: 50%",
            "z-index: 10",
            "overflow: hidden",
            "filter: none",
            "filter: grayscale(1)",
            "filter: drop-shadow(0 0 2px #000)",
            "animation: gira 1s infinite",
            "animation: none",
            "transition: opacity .2s",
            "content: normal",
            "object-fit: contain",
            "object-position: center",
            "padding: 1rem 2rem",
            "border: 1px solid #000",
            "border: 0",
            "-webkit-font-smoothing: antialiased",
            "-ms-overflow-style: none",
            "letter-spacing: .02em",
            "text-transform: uppercase",
            "grid-template-columns: repeat(2, minmax(0, 1fr))",
            "grid-template: auto 1fr auto / 100%",
            "flex: 1 1 0",
            "flex: 0 0 auto",
            "contain: content",
            "content-visibility: auto",
            "padding: env(safe-area-inset-bottom, 0px)",
            "vertical-align: middle",
            "text-indent: 0",
            "white-space: normal",
            "float: left",
            "clear: both",
            "--x: 0",
        ] {
            assert_eq!(judged(text).hides, None, "{text}");
        }
    }
}
