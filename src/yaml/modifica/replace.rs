//! A value in the place of another one.

use std::ops::Range;

use super::errore::Errore;
use super::pieces::Pieces;
use super::scalare;
use super::source::{Source, is_scalar};
use super::stile::{Style, Written};
use super::valore::Valore;
use super::{Change, body};
use crate::report::marked::{Id, Kind};
use crate::value::Nodo;

const ODD: Errore = Errore::Forma("un valore scritto in un modo insolito");

pub(super) fn replace(source: &Source, node: Id, value: &Valore, schema: Nodo) -> Result<Change, Errore> {
    let it = &source.tree.nodes[node];
    let style = Style::of(source);
    let quoted = source.written(node).chars().next().filter(|mark| !it.block && matches!(mark, '"' | '\''));
    let Some((parent, place)) = source.place(node) else { return root(source, node, value, schema) };
    if source.is_in_flow(node) {
        let text = match (value, quoted) {
            (Valore::Testo(text), Some(_)) => scalare::one_line(text, true, schema, quoted, style.quote),
            _ => style.flow(value, schema),
        };
        return Ok(in_flow(source, node, text));
    }
    let (head, mark) = source.mark(parent, place).ok_or(ODD)?;
    let end = source.entry_end(parent, place).ok_or(ODD)?;
    let column = source.column(head);
    let in_list = matches!(source.tree.nodes[parent].kind, Kind::Sequence(_));
    let in_brackets = !it.block && !source.children(node).is_empty();
    let short = match value {
        Valore::Elenco(_) | Valore::Gruppo(_) if in_brackets => style.short_flow(value, schema, source.column(mark)),
        _ => None,
    };
    let written = match value {
        _ if let Some(text) = short => Written::Inline(text),
        // A comment that follows would become a part of the text.
        Valore::Testo(text) if source.comment_below(end).is_some_and(|below| below > column) => {
            Written::Inline(scalare::one_line(text, false, schema, quoted, style.quote))
        }
        _ => style.write(value, schema, column, in_list, quoted),
    };
    let is_inline = !it.block && !source.is_empty(node);
    match written {
        Written::Inline(text) if is_inline && !text.is_empty() => {
            Ok(Change::new(vec![(it.bytes.clone(), text)]).removing(it.bytes.clone()))
        }
        written => {
            let (comment, end) = comment(source, node, mark, end)?;
            let text = behind_mark(source, written, in_list, &source.text[comment]);
            // A comment between a key and its value is not the value's.
            let old = if is_inline { it.bytes.start } else { mark };
            Ok(Change::new(vec![(mark..end, text)]).removing(old..end).closed())
        }
    }
}

/// The comment on the line of a key, which stays, and where what does not stay ends.
fn comment(source: &Source, node: Id, mark: usize, end: usize) -> Result<(Range<usize>, usize), Errore> {
    let it = &source.tree.nodes[node];
    let is_scalar = is_scalar(it);
    let comment = match it.block {
        true if is_scalar => source.comment_behind(source.indicator(mark).ok_or(ODD)?.1),
        false if !source.is_empty(node) => source.comment_behind(end),
        _ => source.comment_behind(mark),
    };
    // The one on the last line of a group or list is that of its last entry.
    let end = if it.block && !is_scalar { source.comment_behind(end).end } else { end };
    let end = end.max(comment.end);
    // Blanks at the end of the line would come to stand in a text.
    let line = source.line_end(end);
    let is_blank = source.text[end..line].bytes().all(|b| matches!(b, b' ' | b'\t'));
    Ok((comment, if is_blank { line } else { end }))
}

/// What stands behind a key or a dash.
fn behind_mark(source: &Source, written: Written, in_list: bool, comment: &str) -> String {
    let line_break = source.line_break();
    match written {
        Written::Inline(text) if text.is_empty() => comment.to_owned(),
        Written::Inline(text) => format!(" {text}{comment}"),
        Written::Block { mark, lines } if in_list && mark.is_empty() && comment.is_empty() => {
            format!(" {}", body(source, &lines))
        }
        Written::Block { mark, lines } => {
            let mark = if mark.is_empty() { mark } else { format!(" {mark}") };
            format!("{mark}{comment}{line_break}{}", lines.join(line_break))
        }
    }
}

fn in_flow(source: &Source, node: Id, text: String) -> Change {
    let it = &source.tree.nodes[node];
    if !source.is_empty(node) {
        return Change::new(vec![(it.bytes.clone(), text)]).removing(it.bytes.clone());
    }
    let colon = it.key.and_then(|key| source.colon(key));
    let at = colon.unwrap_or(it.bytes.end);
    let text = if colon.is_some() { format!(" {text}") } else { format!(": {text}") };
    Change::new(vec![(at..at, text)])
}

/// All the values of a file in the place of others: a list that becomes empty, or is not any more.
fn root(source: &Source, node: Id, value: &Valore, schema: Nodo) -> Result<Change, Errore> {
    let it = &source.tree.nodes[node];
    let is_block = it.block && !is_scalar(it);
    let bytes = if is_block { Pieces::of(source, node)?.bytes } else { it.bytes.clone() };
    let text = Style::of(source).root(value, schema).join(source.line_break());
    // Behind `---`, where nothing stands.
    let apart = if source.column(bytes.start) > 0 { source.line_break() } else { "" };
    Ok(Change::new(vec![(bytes.clone(), format!("{apart}{text}"))]).removing(bytes).closed())
}
