//! The anchors of a page.

use std::collections::BTreeSet;

use super::text::{Attributes, end_of_tag};

/// Every `id` of a page, where a link can lead to with `#`.
pub fn ids(html: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let end = if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) { end_of_tag(rest) } else { 1 };
        if let Some(id) = Attributes::read(&rest[..end]).value("id") {
            found.insert(id.to_owned());
        }
        rest = &rest[end..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::ids;

    #[test]
    fn the_ids_of_elements_are_found_and_nothing_else() {
        let html =
            "<p id=a title=\"x > y\" >1 < 2 id=no</p><!-- <b id=\"no\"> --><h2 class='z' id='b&amp;c'>id=\"no\"</h2>";
        assert_eq!(ids(html).into_iter().collect::<Vec<_>>(), ["a", "b&c"]);
    }
}
