//! The leaves of a page: its texts and pictures with where they stand, and the page without some of them.

use typst::foundations::Smart;
use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point, Rect, Size, Transform};
use typst::text::TextItem;
use typst::visualize::Color;
use typst_layout::Page;

/// A text or a picture.
pub struct Foglia<'a> {
    pub ordine: usize,
    pub elemento: &'a FrameItem,
    ts: Transform,
}

/// A letter that leaves a mark.
pub struct Lettera {
    pub foglia: usize,
    /// The number of its glyph.
    pub segno: u16,
    pub rect: Rect,
    /// How large its letters are on the page, in the direction in which they are smallest.
    pub corpo: Abs,
}

pub struct Pagina<'a> {
    page: &'a Page,
    pub foglie: Vec<Foglia<'a>>,
}

impl<'a> Pagina<'a> {
    pub fn di(page: &'a Page) -> Self {
        let mut foglie = Vec::new();
        raccogli(&page.frame, Transform::identity(), &mut foglie);
        Pagina { page, foglie }
    }

    /// Every place where the page says this, letter by letter; blanks do not matter.
    pub fn dove(&self, frase: &str) -> Vec<Vec<Lettera>> {
        let frase: Vec<char> = frase.chars().filter(|&c| is_shown(c)).collect();
        let mut detti: Vec<(char, usize, usize)> = Vec::new();
        for foglia in &self.foglie {
            if let FrameItem::Text(text) = foglia.elemento {
                let chars = text.text.char_indices().filter(|&(_, c)| is_shown(c));
                detti.extend(chars.map(|(at, c)| (c, foglia.ordine, at)));
            }
        }
        if frase.is_empty() {
            return Vec::new();
        }
        let is_here = |parte: &&[(char, usize, usize)]| parte.iter().map(|detto| detto.0).eq(frase.iter().copied());
        let luoghi = detti.windows(frase.len()).filter(is_here);
        luoghi.map(|parte| self.lettere_di(parte)).collect()
    }

    fn lettere_di(&self, parte: &[(char, usize, usize)]) -> Vec<Lettera> {
        let mut out = Vec::new();
        for runs in parte.chunk_by(|una, altra| una.1 == altra.1) {
            let wanted = |at: std::ops::Range<usize>| runs.iter().any(|detto| at.contains(&detto.2));
            out.extend(self.foglie[runs[0].1].lettere(&wanted));
        }
        out
    }

    /// All the letters of the page.
    pub fn lettere(&self) -> Vec<Lettera> {
        self.foglie.iter().flat_map(|foglia| foglia.lettere(&|_| true)).collect()
    }

    pub fn testo(&self, foglia: usize) -> &str {
        match self.foglie[foglia].elemento {
            FrameItem::Text(text) => &text.text,
            _ => "",
        }
    }

    pub fn contiene(&self, rect: Rect, tolleranza: Abs) -> bool {
        let size = self.page.frame.size();
        let least = Abs::zero() - tolleranza;
        rect.min.x >= least
            && rect.min.y >= least
            && rect.max.x <= size.x + tolleranza
            && rect.max.y <= size.y + tolleranza
    }

    pub fn intera(&self) -> Rect {
        Rect::from_pos_size(Point::zero(), self.page.frame.size())
    }

    /// The part of the page around these places.
    pub fn ritaglio(&self, rects: impl IntoIterator<Item = Rect>) -> Rect {
        let intera = self.intera();
        let all = rects.into_iter().reduce(|one, other| Rect::new(one.min.min(other.min), one.max.max(other.max)));
        let all = all.unwrap_or(intera);
        Rect::new(all.min.max(intera.min), all.max.min(intera.max))
    }

    pub fn nel_ritaglio(&self, ritaglio: &Rect, rect: Rect) -> Rect {
        Rect::new(rect.min - ritaglio.min, rect.max - ritaglio.min)
    }

    /// The page as it is, without these leaves.
    pub fn con(&self, ritaglio: &Rect, tolte: &[usize]) -> Page {
        self.page_of(ritaglio, self.senza(ritaglio, tolte))
    }

    /// The page with these leaves on top of everything and whole.
    pub fn sopra(&self, ritaglio: &Rect, foglie: &[usize]) -> Page {
        let mut frame = self.senza(ritaglio, foglie);
        self.posa(&mut frame, foglie, |item| item.clone());
        self.page_of(ritaglio, frame)
    }

    /// These texts alone, in black on white.
    pub fn nero(&self, ritaglio: &Rect, foglie: &[usize]) -> Page {
        let mut frame = Frame::hard(self.page.frame.size());
        self.posa(&mut frame, foglie, |item| match item {
            FrameItem::Text(text) => {
                FrameItem::Text(TextItem { fill: Color::BLACK.into(), stroke: None, ..text.clone() })
            }
            other => other.clone(),
        });
        Page { fill: Smart::Auto, ..self.page_of(ritaglio, frame) }
    }

    fn posa(&self, frame: &mut Frame, foglie: &[usize], come: impl Fn(&FrameItem) -> FrameItem) {
        let mut ordini = foglie.to_vec();
        ordini.sort_unstable();
        ordini.dedup();
        for foglia in ordini.into_iter().map(|ordine| &self.foglie[ordine]) {
            // What is squeezed to a line leaves no trace.
            if foglia.ts.invert().is_some() {
                let mut own = Frame::soft(frame.size());
                own.push(Point::zero(), come(foglia.elemento));
                frame.push(Point::zero(), FrameItem::Group(GroupItem { transform: foglia.ts, ..GroupItem::new(own) }));
            }
        }
    }

    fn senza(&self, ritaglio: &Rect, tolte: &[usize]) -> Frame {
        let mut tenute = vec![true; self.foglie.len()];
        for foglia in &self.foglie {
            // Texts elsewhere on the page would be drawn for nothing.
            if let FrameItem::Text(text) = foglia.elemento {
                let alto = text.size * 2.0;
                let intorno = Rect::new(Point::new(-alto, -alto), Point::new(text.width() + alto, alto));
                let rect = foglia.rect(intorno);
                tenute[foglia.ordine] = rect.max.x >= ritaglio.min.x
                    && rect.min.x <= ritaglio.max.x
                    && rect.max.y >= ritaglio.min.y
                    && rect.min.y <= ritaglio.max.y;
            }
        }
        for &ordine in tolte {
            tenute[ordine] = false;
        }
        ridotto(&self.page.frame, &mut tenute.into_iter())
    }

    fn page_of(&self, ritaglio: &Rect, frame: Frame) -> Page {
        let mut cut = Frame::hard(ritaglio.size());
        let at = Point::zero() - ritaglio.min;
        cut.push(at, FrameItem::Group(GroupItem::new(frame)));
        Page { frame: cut, ..self.page.clone() }
    }
}

fn is_shown(c: char) -> bool {
    !c.is_whitespace() && c != '\u{200b}'
}

fn raccogli<'a>(frame: &'a Frame, ts: Transform, out: &mut Vec<Foglia<'a>>) {
    for (pos, elemento) in frame.items() {
        let ts = ts.pre_concat(Transform::translate(pos.x, pos.y));
        match elemento {
            FrameItem::Group(group) => raccogli(&group.frame, ts.pre_concat(group.transform), out),
            FrameItem::Text(_) | FrameItem::Image(..) => out.push(Foglia { ordine: out.len(), elemento, ts }),
            _ => {}
        }
    }
}

/// The frame with the leaves that are kept; they come in the order in which they were collected.
fn ridotto(frame: &Frame, tenute: &mut impl Iterator<Item = bool>) -> Frame {
    let mut out = Frame::new(frame.size(), frame.kind());
    for (pos, item) in frame.items() {
        let kept = match item {
            FrameItem::Group(group) => {
                let frame = ridotto(&group.frame, tenute);
                // The renderer cannot draw what is squeezed to a line, and nobody sees it.
                group.transform.invert().map(|_| FrameItem::Group(GroupItem { frame, ..group.clone() }))
            }
            FrameItem::Text(_) | FrameItem::Image(..) => tenute.next().unwrap_or(true).then(|| item.clone()),
            FrameItem::Shape(..) => Some(item.clone()),
            FrameItem::Link(..) | FrameItem::Tag(_) => None,
        };
        out.push_multiple(kept.map(|item| (*pos, item)));
    }
    out
}

impl Foglia<'_> {
    /// Where a rectangle of the leaf stands on the page.
    pub fn rect(&self, rect: Rect) -> Rect {
        let corners = [rect.min, Point::new(rect.max.x, rect.min.y), rect.max, Point::new(rect.min.x, rect.max.y)];
        let [first, rest @ ..] = corners.map(|corner| corner.transform(self.ts));
        let (min, max) = rest.into_iter().fold((first, first), |(min, max), at| (min.min(at), max.max(at)));
        Rect::new(min, max)
    }

    fn lettere(&self, wanted: &dyn Fn(std::ops::Range<usize>) -> bool) -> Vec<Lettera> {
        let FrameItem::Text(text) = self.elemento else { return Vec::new() };
        let one = Rect::from_pos_size(Point::zero(), Size::new(text.size, text.size));
        let corpo = self.rect(one).size();
        let corpo = corpo.x.min(corpo.y);
        let mut cursor = Point::zero();
        let mut out = Vec::new();
        for glyph in &text.glyphs {
            let bbox = TextItem { glyphs: vec![glyph.clone()], ..text.clone() }.bbox();
            let (min, max) = (bbox.min.min(bbox.max), bbox.min.max(bbox.max));
            // A blank has no outline.
            if min.x.to_pt().is_finite() && min.x < max.x && wanted(glyph.range()) {
                let rect = self.rect(Rect::new(min + cursor, max + cursor));
                out.push(Lettera { foglia: self.ordine, segno: glyph.id, rect, corpo });
            }
            cursor.x += glyph.x_advance.at(text.size);
            cursor.y -= glyph.y_advance.at(text.size);
        }
        out
    }
}
