//! Codes that a telephone reads: the address of a page as a square of dark and light modules.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use crate::print::tipografia::Guasto;

/// The light border that readers need, in modules (ISO/IEC 18004, 9.1).
const BORDER: usize = 4;

/// The code of an address as a drawing.
pub fn svg(indirizzo: &str) -> Result<Vec<u8>, Guasto> {
    // A quarter of it may be torn off or covered by a drawing pin.
    let code = QrCode::with_error_correction_level(indirizzo, EcLevel::Q)
        .map_err(|_| Guasto::detto(format!("l'indirizzo `{indirizzo}` è troppo lungo per un codice QR")))?;
    let width = code.width();
    let side = width + 2 * BORDER;
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, other| one == other) {
            if run[0] == Color::Dark {
                let (at, long) = (x + BORDER, run.len());
                // Writing into a text fails only where there is no memory.
                let _ = write!(path, "M{at} {}h{long}v1h-{long}z", y + BORDER);
            }
            x += run.len();
        }
    }
    let drawing = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/><path d=\"{path}\"/></svg>"
    );
    Ok(drawing.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_square_dark_at_its_three_corners_and_light_around() {
        let svg = String::from_utf8(svg("https://ats.example.it/").unwrap()).unwrap();
        // 29 modules and twice the border; seven dark ones begin each of three corners.
        assert!(svg.contains("viewBox=\"0 0 37 37\""), "{svg}");
        for corner in ["M4 4h7v1", "M26 4h7v1", "M4 26h7v1"] {
            assert!(svg.contains(corner), "{corner}");
        }
        assert!(!svg.contains("M3 ") && !svg.contains("M33 "));
    }

    #[test]
    fn an_address_beyond_all_codes_is_refused() {
        assert!(svg(&"x".repeat(4000)).is_err());
    }
}
