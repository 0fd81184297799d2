//! Stage 6: what the theme has made is read as a browser would read it, so that the attribution can be put on it.
//!
//! Every page, and every drawing offered for download, carries the phrase by which the Region is named as the one that
//! pays, and the logo of the agency. The engine puts them there, in a frame of its own (`site::engine::cornice`) whose styles
//! win over all others. That holds where a browser sees the page as it is written: so it is read strictly
//! ([`scan`], [`svg`]), and what a browser would mend, or what could reach the frame, is refused with its place.
//!
//! No script is run: what those of a theme do is not judged here.

mod element;
pub(crate) mod path;
mod regole;
pub mod scan;
pub mod svg;

#[cfg(test)]
mod tests;

pub use element::is_void;
pub use regole::RULES;
