//! concilia turns the records of a *Piano Territoriale di Conciliazione* into the published plan.
#![forbid(unsafe_code)]

pub mod audit;
pub mod publish;
pub mod record;
pub mod report;
pub mod value;
pub mod yaml;
