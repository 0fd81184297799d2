//! Texts inside of HTML, and its tags.

pub mod tag;

/// A text between tags: there quotes are letters like the others.
pub fn text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A text anywhere, also inside an attribute.
pub fn escape(plain: &str) -> String {
    text(plain).replace('"', "&quot;").replace('\'', "&#39;")
}
