//! What is told to the user about an attribution that nobody sees.

use super::judge::Certainty;
use super::rules::Suspect;
use super::text::line_and_column;
use crate::report::{Diagnostic, Place, Severity, Target};
use std::ops::Range;

/// Why a logo with an empty `alt` is none.
pub(super) const NO_ALTERNATIVE: &str = "il logo non ha un testo alternativo (`alt`)";

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum What {
    #[default]
    Phrase,
    Logo,
}

/// By what it is hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// An element of the page, or an attribute of it.
    Markup { element: String },
    /// A declaration in a `style` attribute.
    Inline { element: String, declaration: String },
    /// A rule of a stylesheet, or of a `style` in the page.
    Rule { selector: String, declaration: String, medium: String },
    /// The file itself cannot be read with certainty.
    Unreadable,
}

/// Why a file does not provably show phrase or logo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hiding {
    /// `None` where neither of the two can be proved.
    pub what: Option<What>,
    pub how: How,
    /// Whether it hides for sure, or only might.
    pub certainty: Certainty,
    /// The page or SVG that was judged.
    pub page: String,
    /// The file to change: a stylesheet as the user knows it, or the page.
    pub file: String,
    /// Bytes of that file: the selector, the start tag or the place that cannot be read.
    pub span: Range<usize>,
    /// From one, in that file.
    pub line: usize,
    pub column: usize,
    /// Italian, for the user.
    pub message: String,
}

/// A stylesheet, or the part of a page that is one.
pub(super) struct Spot<'a> {
    pub file: &'a str,
    pub text: &'a str,
    /// Where in the text the stylesheet begins.
    pub offset: usize,
}

impl Hiding {
    /// A logo without a text alternative is a decoration: it attributes nothing, and hides nothing either.
    pub fn is_decorative(&self) -> bool {
        self.what == Some(What::Logo) && self.message.contains(NO_ALTERNATIVE)
    }

    /// What the report shows: `A-01` the phrase, `A-02` the logo, `A-03` where it cannot be decided.
    pub fn diagnostic(&self) -> Diagnostic {
        let code = match (self.certainty, self.what) {
            (Certainty::Certain, Some(What::Phrase)) => "A-01",
            (Certainty::Certain, Some(What::Logo)) => "A-02",
            _ => "A-03",
        };
        let place = Place { file: self.file.clone(), target: Target::Span(self.span.clone()) };
        let label = match &self.how {
            How::Markup { .. } | How::Unreadable => String::new(),
            How::Inline { declaration, .. } => format!("`{declaration}`"),
            How::Rule { declaration, medium, .. } if medium.is_empty() => format!("`{declaration}`"),
            How::Rule { declaration, medium, .. } => format!("`{declaration}`, con `{medium}`"),
        };
        let help = match &self.how {
            How::Unreadable => "correggi il tema: ciò che non si può leggere con certezza conta come nascosto",
            _ => "frase di attribuzione e logo devono restare visibili in ogni pagina, su ogni schermo e in stampa",
        };
        Diagnostic {
            code: code.into(),
            severity: Severity::Error,
            message: self.message.clone(),
            place: Some(place),
            label,
            related: Vec::new(),
            norm: None,
            help: Some(help.to_owned()),
        }
    }

    pub(super) fn undecidable(page: &str, text: &str, span: Range<usize>, why: &str) -> Hiding {
        Hiding::unreadable(page, page, text, span, why)
    }

    pub(super) fn lost_sheet(page: &str, file: &str, text: &str, span: Range<usize>, why: &str) -> Hiding {
        Hiding::unreadable(page, file, text, span, why)
    }

    fn unreadable(page: &str, file: &str, text: &str, span: Range<usize>, why: &str) -> Hiding {
        let (line, column) = line_and_column(text, span.start);
        Hiding {
            what: None,
            how: How::Unreadable,
            certainty: Certainty::Undecidable,
            page: page.to_owned(),
            file: file.to_owned(),
            span,
            line,
            column,
            message: format!("non si può dire se in `{page}` frase di attribuzione e logo si vedono: {why}"),
        }
    }

    pub(super) fn markup(page: &str, text: &str, what: What, span: Range<usize>, element: &str, why: &str) -> Hiding {
        let (line, column) = line_and_column(text, span.start);
        Hiding {
            what: Some(what),
            how: How::Markup { element: element.to_owned() },
            certainty: Certainty::Certain,
            page: page.to_owned(),
            file: page.to_owned(),
            span,
            line,
            column,
            message: format!("{} in `{page}` per via di `<{element}>`: {why}", unseen(what)),
        }
    }

    pub(super) fn inline(
        page: &str,
        text: &str,
        what: What,
        span: Range<usize>,
        element: &str,
        declaration: &str,
        certainty: Certainty,
    ) -> Hiding {
        let (line, column) = line_and_column(text, span.start);
        Hiding {
            what: Some(what),
            how: How::Inline { element: element.to_owned(), declaration: declaration.to_owned() },
            certainty,
            page: page.to_owned(),
            file: page.to_owned(),
            span,
            line,
            column,
            message: format!("{} in `{page}` per via di `{declaration}` su `<{element}>`", verdict(what, certainty)),
        }
    }

    pub(super) fn rule(page: &str, what: What, spot: Spot<'_>, rule: &Suspect, certainty: Certainty) -> Hiding {
        let shifted = |span: &Range<usize>| spot.offset + span.start..spot.offset + span.end;
        let words = |span: &Range<usize>| {
            let text = spot.text.get(shifted(span)).unwrap_or("");
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let (selector, declaration) = (words(&rule.selector), words(&rule.declaration));
        let span = shifted(&rule.selector);
        let (line, column) = line_and_column(spot.text, span.start);
        let medium = match &*rule.medium {
            "" => String::new(),
            medium => format!(" con `{medium}`"),
        };
        Hiding {
            what: Some(what),
            message: format!(
                "{} in `{page}` per via di `{selector}`: `{declaration}`{medium}",
                verdict(what, certainty)
            ),
            how: How::Rule { selector, declaration, medium: rule.medium.to_string() },
            certainty,
            page: page.to_owned(),
            file: spot.file.to_owned(),
            span,
            line,
            column,
        }
    }
}

fn unseen(what: What) -> &'static str {
    verdict(what, Certainty::Certain)
}

fn verdict(what: What, certainty: Certainty) -> &'static str {
    match (what, certainty) {
        (What::Phrase, Certainty::Certain) => "la frase di attribuzione non si vede",
        (What::Phrase, Certainty::Undecidable) => "la frase di attribuzione potrebbe non vedersi",
        (What::Logo, Certainty::Certain) => "il logo dell'ATS non si vede",
        (What::Logo, Certainty::Undecidable) => "il logo dell'ATS potrebbe non vedersi",
    }
}
