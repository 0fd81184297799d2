//! Stage 7: one whole generation at every instant.
