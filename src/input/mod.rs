//! What comes in: files found and read within limits, records in memory, deliveries as they were written, and what none
//! of them may hold.

pub mod consegne;
pub mod elenchi;
pub mod folder;
pub mod lookalike;
pub mod misplaced;
pub mod privacy;
pub mod source;
pub mod store;
