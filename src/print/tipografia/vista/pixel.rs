//! A page as pixels, and how much two colours differ.

use typst::layout::Rect;
use typst::utils::Scalar;
use typst_layout::Page;

pub type Rgb = [u8; 3];

/// A drawn page.
pub struct Quadro {
    larghezza: usize,
    altezza: usize,
    rgba: Vec<u8>,
}

impl Quadro {
    pub fn di(page: &Page, pixel: f64) -> Self {
        let opzioni = typst_render::RenderOptions { pixel_per_pt: Scalar::new(pixel), render_bleed: false };
        let disegno = typst_render::render(page, &opzioni);
        let (larghezza, altezza) = (disegno.width() as usize, disegno.height() as usize);
        Quadro { larghezza, altezza, rgba: disegno.take() }
    }

    /// The pixels inside of a rectangle of the page.
    pub fn punti(&self, rect: &Rect, pixel: f64) -> impl Iterator<Item = usize> + use<> {
        let at = |abs: typst::layout::Abs, most: usize| ((abs * pixel).to_pt().round().max(0.0) as usize).min(most);
        let (x0, x1) = (at(rect.min.x, self.larghezza), at(rect.max.x, self.larghezza));
        let (y0, y1) = (at(rect.min.y, self.altezza), at(rect.max.y, self.altezza));
        let larghezza = self.larghezza;
        (y0..y1).flat_map(move |y| (x0..x1).map(move |x| y * larghezza + x))
    }

    /// The colour of a pixel on white paper.
    pub fn rgb(&self, at: usize) -> Rgb {
        match self.rgba.get(at * 4..at * 4 + 4) {
            Some(&[r, g, b, a]) => [r, g, b].map(|c| c.saturating_add(255 - a)),
            _ => [255; 3],
        }
    }

    /// How much of a pixel black letters cover, of 255; nothing where it is less than half of it.
    pub fn copre(&self, at: usize) -> Option<i32> {
        let copre = 255 - i32::from(self.rgb(at)[1]);
        (copre >= 128).then_some(copre)
    }
}

/// Whether two colours are not the same to the eye.
pub fn is_other(uno: Rgb, altro: Rgb) -> bool {
    const DIVERSO: u8 = 40;
    uno.iter().zip(altro).any(|(&uno, altro)| uno.abs_diff(altro) > DIVERSO)
}

/// Whether a letter that covers this much of a pixel stands out from what is behind it.
pub fn is_distinct(con: Rgb, senza: Rgb, copre: i32) -> bool {
    // What the pixel would be if the letter covered all of it.
    let intero =
        |con: u8, senza: u8| (i32::from(senza) + (i32::from(con) - i32::from(senza)) * 255 / copre).clamp(0, 255);
    let lettera = [intero(con[0], senza[0]), intero(con[1], senza[1]), intero(con[2], senza[2])];
    let (una, altra) = (luce(lettera), luce(senza.map(i32::from)));
    let (chiara, scura) = (una.max(altra), una.min(altra));
    // WCAG 2.2, 1.4.3: three to one is the least for large letters; each side gets the same glare.
    chiara + BAGLIORE >= 3 * (scura + BAGLIORE)
}

/// A twentieth of white.
const BAGLIORE: i32 = 3_251;

/// Relative luminance of 65,025, with the square for the curve of the screen.
fn luce([r, g, b]: [i32; 3]) -> i32 {
    (2126 * r * r + 7152 * g * g + 722 * b * b) / 10_000
}
