//! Typed reading of YAML, and where a field stands when something is wrong with it.
