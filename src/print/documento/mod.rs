//! The plan as one document: what it says, block by block, told twice: as a page to print and as an archival PDF.
//!
//! [`blocchi`] is the content, put together in `site::documento` from the views of the pages; [`html`] and [`pdf`]
//! write the same blocks. The look of the PDF is the theme's: `documento/*.typ`.

pub mod blocchi;
pub mod html;
pub mod pdf;
mod prosa;

pub use prosa::{parole, prosa};
