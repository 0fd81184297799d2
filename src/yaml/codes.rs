//! The codes of what can be wrong with a file before its meaning is looked at.

/// Problems told for one file or text: who has more has one cause, and 200 are enough to see it.
pub const MAX_FINDINGS: usize = 200;

/// The file is not readable YAML.
pub const SYNTAX: &str = "C-01";
/// A key that the record does not know.
pub const UNKNOWN_KEY: &str = "C-02";
/// A key that the record must have.
pub const MISSING_KEY: &str = "C-03";
/// A value of the wrong kind, or written in a way that is not accepted.
pub const WRONG_VALUE: &str = "C-04";
/// A key that stands twice in one record.
pub const REPEATED_KEY: &str = "C-05";
/// A value that is not among the admitted ones.
pub const UNKNOWN_VALUE: &str = "C-06";
/// More nesting, more aliases or more bytes than a record can need.
pub const LIMIT: &str = "C-07";
