//! Whether what a page carries can be seen. Texts and pictures are taken out of the laid-out page, the page is drawn
//! with and without them, and the pixels are compared: what is white on white, transparent, covered, cut, outside the
//! page or too small to be read makes no difference where it should.

mod fogli;
mod pixel;

use typst::layout::{Abs, FrameItem, Rect, Size};
use typst::visualize::ImageKind;
use typst_layout::Page;

use fogli::{Foglia, Lettera, Pagina};
use pixel::{Quadro, is_distinct, is_other};

/// The smallest letters that are read on paper.
const CORPO_MINIMO: f64 = 6.0;
/// Rounding, and letters that lean out of their line.
const TOLLERANZA: f64 = 1.0;
/// Of ten pixels of a letter, or of a picture, so many have to show; marks of the text, such as a line through it, take
/// some.
const SU_DIECI: usize = 7;
/// Of a picture this part at least, in percent, has to differ from what is behind it.
const SEGNO_MINIMO: usize = 1;
/// Letters of two texts that share more of the smaller one than this, in percent, stand on each other.
const SOVRAPPOSTE: f64 = 30.0;

/// A picture that a page has to show, and how short its shorter side may be, in points.
#[derive(Clone, Copy)]
pub struct Figura<'a> {
    pub bytes: &'a [u8],
    pub lato_minimo: f64,
}

impl<'a> Figura<'a> {
    /// The logo: smaller than this it is a dot.
    pub fn logo(bytes: &'a [u8]) -> Self {
        Figura { bytes, lato_minimo: 12.0 }
    }

    /// A code that a telephone has to read from a hand's distance.
    pub fn codice(bytes: &'a [u8]) -> Self {
        Figura { bytes, lato_minimo: 40.0 }
    }
}

/// Why something that was laid out is not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Perche {
    Manca,
    Piccolo,
    Fuori,
    /// The pixels are what they would be without it, or something else.
    Confuso,
    Sovrapposto,
}

impl Perche {
    pub fn detto(self) -> &'static str {
        match self {
            Perche::Manca => "non c'è",
            Perche::Piccolo => "è troppo piccolo",
            Perche::Fuori => "esce dalla pagina",
            Perche::Confuso => "non si distingue: è coperto, tagliato, trasparente o del colore del fondo",
            Perche::Sovrapposto => "sta sopra un altro testo",
        }
    }
}

/// Whether a page shows a phrase, in letters that can be read.
pub fn frase(page: &Page, frase: &str) -> Result<(), Perche> {
    let pagina = Pagina::di(page);
    let luoghi = pagina.dove(frase);
    found(luoghi.iter().map(|lettere| frase_qui(&pagina, lettere)))
}

/// Whether one of the places is good, else what is wrong with the last.
fn found(places: impl Iterator<Item = Result<(), Perche>>) -> Result<(), Perche> {
    let mut why = Perche::Manca;
    for place in places {
        match place {
            Ok(()) => return Ok(()),
            Err(wrong) => why = wrong,
        }
    }
    Err(why)
}

fn frase_qui(pagina: &Pagina, lettere: &[Lettera]) -> Result<(), Perche> {
    misura(pagina, lettere)?;
    let foglie: Vec<usize> = lettere.iter().map(|lettera| lettera.foglia).collect();
    let corpo = lettere.iter().map(|lettera| lettera.corpo).min().unwrap_or_default();
    let ritaglio = pagina.ritaglio(lettere.iter().map(|lettera| lettera.rect));
    let pixel = if corpo > Abs::pt(24.0) {
        1.0
    } else if corpo > Abs::pt(12.0) {
        2.0
    } else {
        3.0
    };
    let con = Quadro::di(&pagina.con(&ritaglio, &[]), pixel);
    let senza = Quadro::di(&pagina.con(&ritaglio, &foglie), pixel);
    let nero = Quadro::di(&pagina.nero(&ritaglio, &foglie), pixel);
    let shows = |lettera: &Lettera| {
        let rect = pagina.nel_ritaglio(&ritaglio, lettera.rect);
        let is_seen = |at, copre| is_distinct(con.rgb(at), senza.rgb(at), copre);
        enough(con.punti(&rect, pixel).filter_map(|at| Some(is_seen(at, nero.copre(at)?))))
    };
    if lettere.iter().all(shows) { Ok(()) } else { Err(Perche::Confuso) }
}

/// Whether enough of the pixels that have to show are seen.
fn enough(pixels: impl Iterator<Item = bool>) -> bool {
    let (mut all, mut seen) = (0, 0);
    for is_seen in pixels {
        all += 1;
        seen += usize::from(is_seen);
    }
    seen * 10 >= all * SU_DIECI
}

/// Large enough, and inside the page.
fn misura(pagina: &Pagina, lettere: &[Lettera]) -> Result<(), Perche> {
    match () {
        () if lettere.iter().any(|lettera| lettera.corpo < Abs::pt(CORPO_MINIMO)) => Err(Perche::Piccolo),
        () if !lettere.iter().all(|lettera| pagina.contiene(lettera.rect, Abs::pt(TOLLERANZA))) => Err(Perche::Fuori),
        () => Ok(()),
    }
}

/// Whether a page shows a picture whole, by the bytes of its file.
pub fn figura(page: &Page, figura: &Figura) -> Result<(), Perche> {
    let pagina = Pagina::di(page);
    let here = pagina.foglie.iter().filter_map(|foglia| {
        let FrameItem::Image(image, size, _) = foglia.elemento else { return None };
        let is_it = match image.kind() {
            ImageKind::Raster(raster) => raster.data().as_slice() == figura.bytes,
            ImageKind::Svg(svg) => svg.data().as_slice() == figura.bytes,
            ImageKind::Pdf(_) => false,
        };
        is_it.then(|| figura_qui(&pagina, foglia, *size, figura))
    });
    found(here)
}

fn figura_qui(pagina: &Pagina, foglia: &Foglia, size: Size, figura: &Figura) -> Result<(), Perche> {
    let rect = foglia.rect(Rect::from_pos_size(typst::layout::Point::zero(), size));
    let lati = rect.size();
    if lati.x.min(lati.y) < Abs::pt(figura.lato_minimo) {
        return Err(Perche::Piccolo);
    }
    if !pagina.contiene(rect, Abs::pt(TOLLERANZA)) {
        return Err(Perche::Fuori);
    }
    let ritaglio = pagina.ritaglio([rect]);
    let pixel = if lati.x.max(lati.y) > Abs::pt(200.0) { 1.0 } else { 2.0 };
    let con = Quadro::di(&pagina.con(&ritaglio, &[]), pixel);
    let senza = Quadro::di(&pagina.con(&ritaglio, &[foglia.ordine]), pixel);
    let sopra = Quadro::di(&pagina.sopra(&ritaglio, &[foglia.ordine]), pixel);
    let pixels = || con.punti(&pagina.nel_ritaglio(&ritaglio, rect), pixel);
    let marks = || pixels().filter(|&at| is_other(sopra.rgb(at), senza.rgb(at)));
    let marked = marks().count();
    let is_marked = marked > 0 && marked * 100 >= pixels().count() * SEGNO_MINIMO;
    let is_seen = |at| !is_other(con.rgb(at), sopra.rgb(at));
    if is_marked && enough(marks().map(is_seen)) { Ok(()) } else { Err(Perche::Confuso) }
}

/// The first text of a page that cannot be read whole, and why.
pub fn testi(page: &Page) -> Result<(), (String, Perche)> {
    const PIXEL: f64 = 2.0;
    let pagina = Pagina::di(page);
    let lettere = pagina.lettere();
    let testo = |lettera: &Lettera| pagina.testo(lettera.foglia).chars().take(60).collect::<String>();
    for lettera in &lettere {
        misura(&pagina, std::slice::from_ref(lettera)).map_err(|why| (testo(lettera), why))?;
    }
    let foglie: Vec<usize> = lettere.iter().map(|lettera| lettera.foglia).collect();
    let ritaglio = pagina.intera();
    let con = Quadro::di(&pagina.con(&ritaglio, &[]), PIXEL);
    let sopra = Quadro::di(&pagina.sopra(&ritaglio, &foglie), PIXEL);
    let nero = Quadro::di(&pagina.nero(&ritaglio, &foglie), PIXEL);
    for lettera in &lettere {
        let ink = con.punti(&lettera.rect, PIXEL).filter(|&at| nero.copre(at).is_some());
        if !enough(ink.map(|at| !is_other(con.rgb(at), sopra.rgb(at)))) {
            return Err((testo(lettera), Perche::Confuso));
        }
    }
    let on_another =
        lettere.iter().enumerate().find(|(i, una)| lettere[..*i].iter().any(|altra| sovrapposte(una, altra)));
    on_another.map_or(Ok(()), |(_, lettera)| Err((testo(lettera), Perche::Sovrapposto)))
}

/// Two letters of different texts; a letter twice is a shadow.
fn sovrapposte(una: &Lettera, altra: &Lettera) -> bool {
    if una.foglia == altra.foglia || una.segno == altra.segno {
        return false;
    }
    let (min, max) = (una.rect.min.max(altra.rect.min), una.rect.max.min(altra.rect.max));
    let zero = Abs::zero();
    if max.x <= min.x || max.y <= min.y {
        return false;
    }
    let parte = |comune: Abs, una: Abs, altra: Abs| if una.min(altra) > zero { comune / una.min(altra) } else { 1.0 };
    let (a, b) = (una.rect.size(), altra.rect.size());
    // One dimension after the other: a part of a part would be lost in rounding.
    let (x, y) = (parte(max.x - min.x, a.x, b.x), parte(max.y - min.y, a.y, b.y));
    Abs::pt(x) * y * 100.0 > Abs::pt(SOVRAPPOSTE)
}
