//! Stage 6: what obliges us is proved on the final bytes.
