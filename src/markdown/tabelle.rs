//! Tables that are none: rows between strokes that are read as they are written.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

/// The line of hyphens of each table that nobody can read as one.
pub fn broken_tables(text: &str) -> Vec<Range<usize>> {
    if !text.contains('|') {
        return Vec::new();
    }
    // What stands in a table, or in code, is what its writer meant.
    let meant = |(event, at)| match event {
        Event::Start(Tag::Table(_) | Tag::CodeBlock(_)) => Some(at),
        _ => None,
    };
    let meant: Vec<Range<usize>> =
        Parser::new_ext(text, super::options()).into_offset_iter().filter_map(meant).collect();
    let mut broken = Vec::new();
    let (mut start, mut has_cells) = (0, false);
    for line in text.split_inclusive('\n') {
        let row = line.trim();
        let at = start + (line.len() - line.trim_start().len());
        let at = at..at + row.len();
        if has_cells && is_ruled(row) && !meant.iter().any(|meant| meant.contains(&at.start)) {
            broken.push(at);
        }
        has_cells = row.contains('|') && !is_ruled(row);
        start += line.len();
    }
    broken
}

/// `|---|:--:|`
fn is_ruled(row: &str) -> bool {
    row.contains('|') && row.contains('-') && row.chars().all(|c| "|-: \t".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_hyphens_with_other_columns_makes_no_table() {
        let found =
            |text: &str| -> Vec<String> { broken_tables(text).into_iter().map(|at| text[at].to_owned()).collect() };
        assert_eq!(found("Ciao\n\n| a | b |\n|---|\n| 1 | 2 |\n"), ["|---|"]);
        assert_eq!(found("- uno\n\n  | a |\n  |---|---|\n"), ["|---|---|"]);
        for sound in [
            "| a | b |\n|---|---|\n| 1 | 2 |\n| - | - |\n",
            "a | b\n--|--\n1 | 2",
            "```\n| a | b |\n|---|\n```\n",
            "Un testo | con un segno.\n\n|---|\n",
            "niente",
        ] {
            assert!(found(sound).is_empty(), "{sound}");
        }
    }
}
