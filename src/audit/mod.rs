//! Stage 6: what obliges us is proved on the final bytes.

mod color;
mod css;
mod element;
mod judge;
mod scan;
mod select;
mod text;
mod value;
