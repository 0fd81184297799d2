//! The plan as one document: its markup, which is the theme's, told twice: as a page to print and as an archival PDF.
//!
//! `site::documento` renders the chapters with what pages know; [`albero`] reads their markup, [`titoli`] gives numbers
//! to their headings, and [`mappa`] takes a closed list of elements ([`ammessi`]) to the blocks ([`blocchi`]) that the
//! theme's `documento/*.typ` set.

pub mod albero;
mod ammessi;
pub mod blocchi;
pub mod mappa;
pub mod pdf;
mod righe;
mod tabelle;
#[cfg(test)]
mod tests;
pub mod titoli;
