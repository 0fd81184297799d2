//! What is set in type: the document, posters and cards, and the typesetter with its fonts.

pub mod documento;
pub mod materiali;
pub mod opera;
pub mod tipografia;
