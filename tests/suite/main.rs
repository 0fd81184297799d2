//! What a user sees, proved on the real binary and on whole sites.
//!
//! Each test copies a site into a folder of its own, changes what it is about, runs `concilia` and compares all that
//! comes out. `AGGIORNA=1` writes the expected reports of `tests/fixtures/regole` and the
//! simulations of `tests/fixtures/simulazioni` anew, to be read before they are committed.

mod cents;
mod cli;
mod determinism;
mod formats;
mod golden;
mod hostile;
mod html;
mod pages;
mod privacy;
mod publish;
mod publish_faults;
mod ricerca;
mod rules;
mod serve;
mod simulazioni;
mod support;
mod theme;
