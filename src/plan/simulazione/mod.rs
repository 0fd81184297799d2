//! What the acts decided, done again from the records: who gets how much, and what would change.
//!
//! Pure functions from the plan to data. They judge nothing: a board may have followed criteria that no record tells.

pub mod graduatoria;
pub mod riparto;
