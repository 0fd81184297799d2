//! What a reader finds on a page: text, tables, pairs of names and values.

use scraper::{ElementRef, Html, Selector};

use crate::support::Tree;

/// A published page.
pub struct Page {
    pub path: String,
    pub html: Html,
}

impl Page {
    pub fn of(tree: &Tree, path: &str) -> Self {
        let bytes = tree.get(path).unwrap_or_else(|| panic!("{path} is not published"));
        Page { path: path.to_owned(), html: Html::parse_document(std::str::from_utf8(bytes).expect(path)) }
    }

    pub fn select(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.html.select(&parsed(selector)).collect()
    }

    /// The text of the only element that matches.
    #[track_caller]
    pub fn text(&self, selector: &str) -> String {
        let found = self.select(selector);
        assert_eq!(found.len(), 1, "{}: {selector}", self.path);
        text(found[0])
    }

    /// The texts of all the elements that match.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.select(selector).into_iter().map(text).collect()
    }

    /// All that is to be read in the body.
    pub fn body(&self) -> String {
        self.text("main")
    }

    /// The value beside a name, in a list of pairs.
    #[track_caller]
    pub fn value(&self, name: &str) -> String {
        let found: Vec<_> = self.select("dt").into_iter().filter(|dt| text(*dt) == name).collect();
        assert!(!found.is_empty(), "{}: nothing is called «{name}»", self.path);
        let value = found[0].next_siblings().find_map(ElementRef::wrap).expect("a value after its name");
        text(value)
    }

    /// The rows of the table whose caption begins so, head and foot included.
    #[track_caller]
    pub fn table(&self, caption: &str) -> Vec<Vec<String>> {
        let tables = self.select("table").into_iter().filter(|table| {
            let found = table.select(&parsed("caption")).next();
            found.is_some_and(|found| text(found).starts_with(caption))
        });
        let tables: Vec<_> = tables.collect();
        assert_eq!(tables.len(), 1, "{}: tables «{caption}»", self.path);
        let cells = |row: ElementRef| row.select(&parsed("th, td")).map(text).collect();
        tables[0].select(&parsed("tr")).map(cells).collect()
    }
}

pub fn parsed(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}

/// Text with single spaces, that of different elements apart.
pub fn text(element: ElementRef) -> String {
    let words: Vec<&str> = element.text().flat_map(str::split_whitespace).collect();
    words.join(" ")
}

/// The pages of a site.
pub fn pages(tree: &Tree) -> Vec<Page> {
    tree.keys().filter(|path| path.ends_with(".html")).map(|path| Page::of(tree, path)).collect()
}
