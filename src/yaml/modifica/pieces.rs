//! The entries of a collection as pieces of text that can be taken out, put in and moved, each with its comments.

use std::ops::Range;

use super::errore::Errore;
use super::source::Source;
use crate::report::marked::{Id, Kind};

/// A text that takes the place of some bytes.
pub(super) type Splice = (Range<usize>, String);

const NAMED_KEYS: Errore = Errore::Forma("chiavi con `?`, o scritte in un modo insolito");

/// The entries of a collection.
pub(super) struct Pieces<'s> {
    source: &'s Source,
    /// From the first piece to the last one, without the last break; brackets are a part of it.
    pub bytes: Range<usize>,
    /// Where keys or dashes stand; nowhere in brackets.
    pub column: Option<usize>,
    /// The first one stands behind the dash of an outer list: where its line begins.
    outer: Option<usize>,
    pieces: Vec<Piece>,
    /// Blank lines between two pieces, which stay where they are; in brackets commas, with the blanks and breaks around.
    between: Vec<String>,
    /// Between the brackets and what is in them.
    around: [String; 2],
}

struct Piece {
    /// The lines of comment above it.
    lead: String,
    /// From the key or the dash to the end of its last line, without the break.
    body: String,
    /// It ends with `|+`: the blank lines behind it are its own.
    keeps: bool,
    /// All of it in the text.
    bytes: Range<usize>,
}

enum Line {
    Blank,
    Comment { column: usize },
}

impl<'s> Pieces<'s> {
    pub fn of(source: &'s Source, collection: Id) -> Result<Self, Errore> {
        match source.tree.nodes[collection].block {
            true => Self::in_lines(source, collection),
            false => Self::in_brackets(source, collection),
        }
    }

    fn in_lines(source: &'s Source, collection: Id) -> Result<Self, Errore> {
        let children = source.children(collection);
        let marks = (0..children.len()).map(|place| source.mark(collection, place).map(|(head, _)| head));
        let heads = marks.collect::<Option<Vec<usize>>>().ok_or(NAMED_KEYS)?;
        let first = *heads.first().ok_or(NAMED_KEYS)?;
        let column = source.column(first);
        let before = |head: usize| &source.text[source.line_start(head)..head];
        let is_alone = |head: usize| before(head).bytes().all(|b| b == b' ');
        if heads.iter().skip(1).any(|head| !is_alone(*head) || source.column(*head) != column) {
            return Err(NAMED_KEYS);
        }
        let outer = if is_alone(first) { None } else { Some(source.line_start(first)) };
        let dashes = before(first).trim_start_matches(' ');
        if outer.is_some() && !dashes.split_inclusive(' ').all(|dash| matches!(dash, "- " | " ")) {
            return Err(NAMED_KEYS);
        }
        let mut start = if outer.is_some() { first } else { first_lead(source, collection, first) };
        let mut bytes = start..first;
        let (mut pieces, mut between) = (Vec::new(), Vec::new());
        for (place, head) in heads.iter().enumerate() {
            let end = source.entry_end(collection, place).ok_or(NAMED_KEYS)?;
            let is_block = source.tree.nodes[children[place]].block;
            let next = heads.get(place + 1).copied();
            let (end, lead) = boundary(source, column, source.line_end(end), next, is_block);
            let line = if place == 0 && outer.is_some() { *head } else { source.line_start(*head) };
            pieces.push(Piece {
                lead: source.text[start..line].to_owned(),
                body: source.text[*head..end].to_owned(),
                keeps: is_block && source.text[..end].ends_with('\n'),
                bytes: start..end,
            });
            if next.is_some() {
                between.push(source.text.get(source.next_line(end)..lead).unwrap_or_default().to_owned());
            }
            bytes.end = end;
            start = lead;
        }
        Ok(Pieces { source, bytes, column: Some(column), outer, pieces, between, around: Default::default() })
    }

    fn in_brackets(source: &'s Source, collection: Id) -> Result<Self, Errore> {
        let it = &source.tree.nodes[collection];
        let bytes = it.bytes.clone();
        if !source.text[bytes.clone()].starts_with(['{', '[']) {
            return Err(Errore::Forma("una coppia senza graffe in un elenco"));
        }
        let end = |node: Id| source.tree.nodes[node].bytes.end;
        let ranges: Vec<Range<usize>> = match &it.kind {
            Kind::Mapping(entries) => {
                let range = |(key, value): &(Id, Id)| {
                    let start = source.tree.nodes[*key].bytes.start;
                    let empty = || source.colon(*key).filter(|colon| *colon < bytes.end).unwrap_or(end(*key));
                    start..if source.is_empty(*value) { empty() } else { end(*value) }
                };
                entries.iter().map(range).collect()
            }
            _ => source.children(collection).iter().map(|item| source.tree.nodes[*item].bytes.clone()).collect(),
        };
        let inner = bytes.start + 1..bytes.end - 1;
        let (first, last) = match (ranges.first(), ranges.last()) {
            (Some(first), Some(last)) => (first.start, last.end),
            _ => (inner.start, inner.start),
        };
        let text = |range: Range<usize>| source.text.get(range).unwrap_or_default().to_owned();
        let between: Vec<String> = ranges.windows(2).map(|two| text(two[0].end..two[1].start)).collect();
        let around = [text(inner.start..first), text(last..inner.end)];
        if between.iter().chain(&around).any(|text| text.contains('?')) {
            return Err(NAMED_KEYS);
        }
        let pieces = ranges.into_iter().map(|range| Piece::new(text(range.clone()), range)).collect();
        Ok(Pieces { source, bytes, column: None, outer: None, pieces, between, around })
    }

    pub fn insert(&mut self, place: usize, body: String) {
        let first = self.between.first();
        let between = match self.column {
            // A file that sets its entries apart goes on to do so.
            Some(_) => first.filter(|first| self.between.iter().all(|gap| gap == *first)).cloned().unwrap_or_default(),
            None => first.map_or_else(|| ", ".to_owned(), |first| comma(first)),
        };
        if !self.pieces.is_empty() {
            self.between.insert(place.min(self.between.len()), between);
        }
        self.pieces.insert(place, Piece::new(body, 0..0));
    }

    /// Takes one out, and says where it stood.
    pub fn remove(&mut self, place: usize) -> Range<usize> {
        let mut bytes = self.pieces.remove(place).bytes;
        if self.column.is_some() {
            if !self.between.is_empty() {
                self.between.remove(place.saturating_sub(1));
            }
        } else if place < self.between.len() {
            // The comment behind the comma is about what stands before it.
            let comma = self.between.remove(place);
            bytes.end += comma.find(['\r', '\n']).unwrap_or_default();
        } else if let Some(comma) = self.between.pop().filter(|comma| comma.contains('#')) {
            self.around[1].insert_str(0, &comma);
        }
        bytes
    }

    pub fn shift(&mut self, from: usize, to: usize) {
        let piece = self.pieces.remove(from);
        self.pieces.insert(to, piece);
    }

    /// The order says of each place which piece stands there now.
    pub fn arrange(&mut self, order: &[usize]) {
        let mut old: Vec<Option<Piece>> = self.pieces.drain(..).map(Some).collect();
        self.pieces = order.iter().filter_map(|place| old.get_mut(*place)?.take()).collect();
    }

    /// Comments between brackets stand beside commas, which belong to nobody.
    pub fn can_move(&self) -> bool {
        let mut texts = self.between.iter().chain(&self.around).chain(self.pieces.iter().map(|piece| &piece.body));
        self.column.is_some() || !texts.any(|text| text.contains('#'))
    }

    pub fn splices(self) -> Vec<Splice> {
        let Some(column) = self.column else { return vec![self.bracketed()] };
        let (line_break, indent) = (self.source.line_break(), " ".repeat(column));
        let mut splices = Vec::new();
        let mut text = String::new();
        for (place, piece) in self.pieces.iter().enumerate() {
            if let Some(before) = place.checked_sub(1) {
                text.push_str(line_break);
                text.push_str(
                    self.between.get(before).filter(|_| !self.pieces[before].keeps).map_or("", String::as_str),
                );
            }
            match (place, self.outer) {
                (0, Some(line)) => {
                    // No line stands between a dash and what follows it: the comment goes above.
                    let column = self.source.text[line..].find('-').unwrap_or_default();
                    let comments = piece.lead.lines().map(str::trim).filter(|comment| !comment.is_empty());
                    let above: String =
                        comments.map(|comment| format!("{}{comment}{line_break}", " ".repeat(column))).collect();
                    if !above.is_empty() {
                        splices.push((line..line, above));
                    }
                }
                _ => {
                    text.push_str(&piece.lead);
                    text.push_str(&indent);
                }
            }
            text.push_str(&piece.body);
        }
        // Another piece ends the file now, which had a break behind it.
        let end = self.source.yaml.end;
        if self.bytes.end == end && self.pieces.last().is_some_and(|piece| piece.bytes.end != end) {
            text.push_str(line_break);
        }
        splices.push((self.bytes, text));
        splices
    }

    fn bracketed(self) -> Splice {
        let [mut text, behind] = self.around;
        for (place, piece) in self.pieces.iter().enumerate() {
            if let Some(between) = place.checked_sub(1).and_then(|before| self.between.get(before)) {
                text.push_str(between);
            }
            text.push_str(&piece.body);
        }
        text.push_str(&behind);
        (self.bytes.start + 1..self.bytes.end - 1, text)
    }
}

impl Piece {
    fn new(body: String, bytes: Range<usize>) -> Self {
        Piece { lead: String::new(), body, keeps: false, bytes }
    }
}

/// As between the others, without a comment.
fn comma(between: &str) -> String {
    match between.split_once('#') {
        Some((before, comment)) => {
            let (_, behind) = comment.split_at(comment.find(['\r', '\n']).unwrap_or_default());
            format!("{}{behind}", before.trim_end_matches(' '))
        }
        None => between.to_owned(),
    }
}

fn line(source: &Source, start: usize) -> Option<Line> {
    let text = &source.text[start..source.line_end(start)];
    match text.trim_start_matches([' ', '\t']) {
        "" => Some(Line::Blank),
        comment if comment.starts_with('#') => Some(Line::Comment { column: text.len() - comment.len() }),
        _ => None,
    }
}

/// Where the comment that stands right above the first entry begins. What a blank line keeps apart belongs to the file
/// or the list, as does what stands above the first record of a list.
fn first_lead(source: &Source, collection: Id, head: usize) -> usize {
    let mut lead = source.line_start(head);
    let is_list = matches!(source.tree.nodes[collection].kind, Kind::Sequence(_));
    if is_list && source.tree.nodes[collection].parent.is_none() {
        return lead;
    }
    while let Some(above) = lead.checked_sub(1).filter(|above| *above > source.yaml.start) {
        let above = source.line_start(above);
        if !matches!(line(source, above), Some(Line::Comment { .. })) {
            break;
        }
        lead = above;
    }
    // What a file begins with is of the file.
    let is_head = source.tree.nodes[collection].parent.is_none() && lead == source.yaml.start;
    if is_head { source.line_start(head) } else { lead }
}

/// The end of an entry at this column that ends at `end`, with the comments below it that are its own, and where what
/// belongs to the next one begins.
fn boundary(source: &Source, column: usize, end: usize, next: Option<usize>, is_block: bool) -> (usize, usize) {
    let limit = next.map_or(source.yaml.end, |head| source.line_start(head));
    let mut lines = Vec::new();
    let mut at = source.next_line(end);
    while at < limit {
        let Some(line) = line(source, at) else { break };
        lines.push((at, line));
        at = source.next_line(at);
    }
    let is_comment = |(_, line): &(usize, Line)| matches!(line, Line::Comment { .. });
    // Indented deeper, it is about what is in the block above.
    let is_deeper = |(_, line): &(usize, Line)| matches!(line, Line::Comment { column: its } if *its > column);
    let mut own =
        if is_block || next.is_none() { lines.iter().rposition(is_deeper).map_or(0, |last| last + 1) } else { 0 };
    if next.is_some() {
        // Right below one entry, and apart from the next.
        let below = own + lines[own..].iter().take_while(|line| is_comment(line)).count();
        if below < lines.len() {
            own = below;
        }
    }
    let end = own.checked_sub(1).map_or(end, |last| source.line_end(lines[last].0));
    let lead = lines[own..].iter().find(|line| is_comment(line)).map_or(limit, |(at, _)| *at);
    (end, lead)
}
