//! The fingerprint of a file.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// A hash of all that a file was made from: where two keys are equal, so are the bytes.
pub type Chiave = [u8; 32];

/// The SHA-256 of these bytes, as it is written everywhere.
pub fn impronta(bytes: &[u8]) -> String {
    esadecimale(&Sha256::digest(bytes))
}

/// A hash as it is written everywhere.
pub fn esadecimale(hash: &[u8]) -> String {
    hash.iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
