//! What the Region receives: one archive that holds the plan, the records that it was made from and the proof of both.
//!
//! [`componi`] makes the files, [`crate::input::consegne`] is how they are written, [`verifica`] opens a package that somebody
//! hands over and does it all again. A package proves that nothing in it was changed since it was written, never who wrote
//! it: that is told by the control code in the protocol.

pub mod componi;
mod nomi;
mod rapporto;
pub mod verifica;

/// Offices send packages by certified mail, which often stops here.
pub const PESO_MASSIMO: usize = 20_000_000;

/// What a package proves, and what it does not: told wherever a package is made or checked.
pub const CHE_COSA_PROVA: &str = "Un pacchetto prova di essere integro, non chi lo ha scritto: confronta codice di controllo e \
                                  SHA-256 con quelli registrati nel protocollo, con `--codice` e `--sha256`.";

/// The same to whoever compared them already.
const CHE_COSA_PROVA_DA_SE: &str = "Un pacchetto prova di essere integro, non chi lo ha scritto.";
