//! Drawings in SVG, before they are set: whoever sets them trusts them.

use std::ops::RangeInclusive;

use typst::foundations::Bytes;
use typst::visualize::SvgImage;

use crate::quiet::quietly;

/// Why a drawing cannot be set, if it cannot.
///
/// Filters and patterns get a picture of the size that they claim for themselves, and nothing that is known before
/// bounds it: a filter of three lines asked for 640 TB. A drawing that has to cover a place gets one as long as it is
/// narrow. Numbers that are too large end the reader in a panic.
pub fn fault(svg: &[u8]) -> Option<&'static str> {
    /// For a thousand in width: one side is no more than fifty times the other.
    const HEIGHTS: RangeInclusive<u32> = 20..=50_000;
    let drawing = match quietly(|| SvgImage::new(Bytes::new(svg.to_vec()))) {
        None => return Some("ha misure che nessun documento può contenere"),
        // Whoever sets it says what is wrong with it.
        Some(Err(_)) => return None,
        Some(Ok(drawing)) => drawing,
    };
    let tree = drawing.tree();
    if !tree.filters().is_empty() || !tree.patterns().is_empty() {
        return Some("ha filtri o motivi ripetuti, che un documento non può comporre: esportala senza");
    }
    let size = tree.size().scale_to_width(1_000.0).map(|size| size.to_int_size().height());
    let is_fit = size.is_some_and(|height| HEIGHTS.contains(&height));
    (!is_fit).then_some("un lato è più di cinquanta volte l'altro")
}
