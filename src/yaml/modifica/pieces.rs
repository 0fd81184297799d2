//! The entries of a collection as pieces of text that can be taken out, put in and moved, each with its comments.

use std::ops::Range;

use super::errore::Errore;
use super::source::Source;
use crate::report::marked::{Id, Kind};

/// A text that takes the place of some bytes.
pub(super) type Splice = (Range<usize>, String);

const NAMED_KEYS: Errore = Errore::Forma("chiavi con `?`, o scritte in un modo insolito");

/// The entries of a collection.
pub(super) enum Pieces<'s> {
    Blocks(Blocks<'s>),
    Flow(Flow),
}

impl<'s> Pieces<'s> {
    pub fn of(source: &'s Source, collection: Id) -> Result<Self, Errore> {
        if source.tree.nodes[collection].block {
            return Blocks::of(source, collection).map(Pieces::Blocks);
        }
        Flow::of(source, collection).map(Pieces::Flow)
    }

    /// Where keys or dashes stand; nowhere in brackets.
    pub fn column(&self) -> Option<usize> {
        match self {
            Pieces::Blocks(blocks) => Some(blocks.column),
            Pieces::Flow(_) => None,
        }
    }

    pub fn insert(&mut self, place: usize, text: String) {
        match self {
            Pieces::Blocks(blocks) => blocks.insert(place, text),
            Pieces::Flow(flow) => flow.insert(place, text),
        }
    }

    /// Takes one out, and says where it stood.
    pub fn remove(&mut self, place: usize) -> Range<usize> {
        match self {
            Pieces::Blocks(blocks) => blocks.remove(place),
            Pieces::Flow(flow) => flow.remove(place),
        }
    }

    pub fn shift(&mut self, from: usize, to: usize) {
        match self {
            Pieces::Blocks(blocks) => move_one(&mut blocks.pieces, from, to),
            Pieces::Flow(flow) => move_one(&mut flow.entries, from, to),
        }
    }

    /// The order says of each place which piece stands there now.
    pub fn arrange(&mut self, order: &[usize]) {
        match self {
            Pieces::Blocks(blocks) => arrange(&mut blocks.pieces, order),
            Pieces::Flow(flow) => arrange(&mut flow.entries, order),
        }
    }

    /// Comments between brackets stand beside commas, which belong to nobody.
    pub fn can_move(&self) -> bool {
        match self {
            Pieces::Blocks(_) => true,
            Pieces::Flow(flow) => !flow.has_comments(),
        }
    }

    pub fn splices(self) -> Vec<Splice> {
        match self {
            Pieces::Blocks(blocks) => blocks.splices(),
            Pieces::Flow(flow) => vec![flow.splice()],
        }
    }
}

fn move_one<T>(pieces: &mut Vec<T>, from: usize, to: usize) {
    let piece = pieces.remove(from);
    pieces.insert(to, piece);
}

fn arrange<T>(pieces: &mut Vec<T>, order: &[usize]) {
    let mut old: Vec<Option<T>> = pieces.drain(..).map(Some).collect();
    *pieces = order.iter().filter_map(|place| old.get_mut(*place)?.take()).collect();
}

/// The entries of a block collection.
pub(super) struct Blocks<'s> {
    source: &'s Source,
    /// Where keys or dashes stand.
    column: usize,
    /// The first one stands behind the dash of an outer list: where its line begins.
    outer: Option<usize>,
    /// From the first piece to the last one, without the last break.
    pub bytes: Range<usize>,
    pieces: Vec<Piece>,
    /// Blank lines between two pieces: they stay where they are.
    gaps: Vec<String>,
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

impl<'s> Blocks<'s> {
    pub fn of(source: &'s Source, collection: Id) -> Result<Self, Errore> {
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
        let mut blocks = Blocks { source, column, outer, bytes: first..first, pieces: Vec::new(), gaps: Vec::new() };
        let mut start = if outer.is_some() { first } else { blocks.first_lead(collection, first) };
        for (place, head) in heads.iter().enumerate() {
            let end = source.entry_end(collection, place).ok_or(NAMED_KEYS)?;
            let value = children[place];
            let is_block = source.tree.nodes[value].block;
            let next = heads.get(place + 1).copied();
            let (end, lead) = blocks.boundary(source.line_end(end), next, is_block);
            let keeps = is_block && source.text[..end].ends_with('\n');
            let line = if place == 0 && outer.is_some() { *head } else { source.line_start(*head) };
            blocks.pieces.push(Piece {
                lead: source.text[start..line].to_owned(),
                body: source.text[*head..end].to_owned(),
                keeps,
                bytes: start..end,
            });
            if next.is_some() {
                let gap = source.next_line(end)..lead;
                blocks.gaps.push(source.text.get(gap).unwrap_or_default().to_owned());
            }
            blocks.bytes.end = end;
            start = lead;
        }
        blocks.bytes.start = blocks.pieces[0].bytes.start;
        Ok(blocks)
    }

    fn line(&self, start: usize) -> Option<Line> {
        let text = &self.source.text[start..self.source.line_end(start)];
        match text.trim_start_matches([' ', '\t']) {
            "" => Some(Line::Blank),
            comment if comment.starts_with('#') => Some(Line::Comment { column: text.len() - comment.len() }),
            _ => None,
        }
    }

    /// Where the comment that stands right above the first entry begins. What a blank line keeps apart belongs to the
    /// file or the list, as does what stands above the first record of a list.
    fn first_lead(&self, collection: Id, head: usize) -> usize {
        let source = self.source;
        let mut lead = source.line_start(head);
        let is_list = matches!(source.tree.nodes[collection].kind, Kind::Sequence(_));
        if is_list && source.tree.nodes[collection].parent.is_none() {
            return lead;
        }
        while let Some(above) = lead.checked_sub(1).filter(|above| *above > source.yaml.start) {
            let above = source.line_start(above);
            if !matches!(self.line(above), Some(Line::Comment { .. })) {
                break;
            }
            lead = above;
        }
        // What a file begins with is of the file.
        let is_head = source.tree.nodes[collection].parent.is_none() && lead == source.yaml.start;
        if is_head { source.line_start(head) } else { lead }
    }

    /// The end of an entry that ends at `end`, with the comments below it that are its own, and where what belongs to
    /// the next one begins.
    fn boundary(&self, end: usize, next: Option<usize>, is_block: bool) -> (usize, usize) {
        let source = self.source;
        let limit = next.map_or(source.yaml.end, |head| source.line_start(head));
        let mut lines = Vec::new();
        let mut at = source.next_line(end);
        while at < limit {
            let Some(line) = self.line(at) else { break };
            lines.push((at, line));
            at = source.next_line(at);
        }
        let is_comment = |(_, line): &(usize, Line)| matches!(line, Line::Comment { .. });
        // Indented deeper, it is about what is in the block above.
        let is_deeper = |(_, line): &(usize, Line)| matches!(line, Line::Comment { column } if *column > self.column);
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

    fn insert(&mut self, place: usize, body: String) {
        // A file that sets its entries apart goes on to do so.
        let even = self.gaps.first().filter(|first| self.gaps.iter().all(|gap| gap == *first)).cloned();
        self.gaps.insert(place.min(self.gaps.len()), even.unwrap_or_default());
        self.pieces.insert(place, Piece { lead: String::new(), body, keeps: false, bytes: 0..0 });
    }

    fn remove(&mut self, place: usize) -> Range<usize> {
        if !self.gaps.is_empty() {
            self.gaps.remove(place.saturating_sub(1));
        }
        self.pieces.remove(place).bytes
    }

    fn splices(self) -> Vec<Splice> {
        let (line_break, indent) = (self.source.line_break(), " ".repeat(self.column));
        let mut splices = Vec::new();
        let mut text = String::new();
        for (place, piece) in self.pieces.iter().enumerate() {
            if let Some(before) = place.checked_sub(1) {
                text.push_str(line_break);
                text.push_str(self.gaps.get(before).filter(|_| !self.pieces[before].keeps).map_or("", String::as_str));
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
}

/// The entries of a collection in brackets.
pub(super) struct Flow {
    bytes: Range<usize>,
    entries: Vec<(Range<usize>, String)>,
    /// Commas, with the blanks and breaks around them.
    between: Vec<String>,
    /// Between the brackets and what is in them.
    around: [String; 2],
}

impl Flow {
    fn of(source: &Source, collection: Id) -> Result<Self, Errore> {
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
        let piece = |range: Range<usize>| source.text.get(range).unwrap_or_default().to_owned();
        let between: Vec<String> = ranges.windows(2).map(|two| piece(two[0].end..two[1].start)).collect();
        let around = [piece(inner.start..first), piece(last..inner.end)];
        if between.iter().chain(&around).any(|text| text.contains('?')) {
            return Err(NAMED_KEYS);
        }
        let entries = ranges.into_iter().map(|range| (range.clone(), piece(range))).collect();
        Ok(Flow { bytes, entries, between, around })
    }

    fn has_comments(&self) -> bool {
        self.between
            .iter()
            .chain(&self.around)
            .chain(self.entries.iter().map(|(_, text)| text))
            .any(|text| text.contains('#'))
    }

    fn insert(&mut self, place: usize, text: String) {
        // As between the others, without a comment.
        let comma = |between: &String| match between.split_once('#') {
            Some((before, comment)) => {
                let (_, behind) = comment.split_at(comment.find(['\r', '\n']).unwrap_or_default());
                format!("{}{behind}", before.trim_end_matches(' '))
            }
            None => between.clone(),
        };
        let between = self.between.first().map_or_else(|| ", ".to_owned(), comma);
        if !self.entries.is_empty() {
            self.between.insert(place.min(self.between.len()), between);
        }
        self.entries.insert(place, (0..0, text));
    }

    fn remove(&mut self, place: usize) -> Range<usize> {
        let (mut bytes, _) = self.entries.remove(place);
        if place < self.between.len() {
            // The comment behind the comma is about what stands before it.
            let comma = self.between.remove(place);
            bytes.end += comma.find(['\r', '\n']).unwrap_or_default();
        } else if let Some(comma) = self.between.pop().filter(|comma| comma.contains('#')) {
            self.around[1].insert_str(0, &comma);
        }
        bytes
    }

    fn splice(self) -> Splice {
        let [before, behind] = self.around;
        let mut text = before;
        for (place, (_, entry)) in self.entries.iter().enumerate() {
            if let Some(between) = place.checked_sub(1).and_then(|before| self.between.get(before)) {
                text.push_str(between);
            }
            text.push_str(entry);
        }
        text.push_str(&behind);
        (self.bytes.start + 1..self.bytes.end - 1, text)
    }
}
