//! What a page says twice, and its template once: a table has its caption's name for the box that it scrolls in, each of its
//! cells the name of its column, which is read where a row is shown as a card; a page of many sections has the list of
//! them, and its head names the sheets of what it shows.

use std::collections::HashSet;
use std::ops::Range;

use crate::markup::escape;
use crate::markup::tag::{Attributes, tag_name, tags};

/// The sheet of a theme, and the folder beside it of those of single parts: `parti/carte.css` is of what has the class
/// `carte`, `parti/servizio.azioni.css` of either class, and only pages that show some load it.
const STILE: &str = "stile.css";
pub const PARTI: &str = "assets/parti/";

/// What a template puts where the list of sections goes, and how few of them need none.
const INDICE: &str = "<nav class=\"indice\"></nav>";
const POCHE: usize = 3;

/// As many columns have no room on a phone.
const LARGA: usize = 4;

/// A page that the strict reader has let through; `parti` are the parts that have a sheet.
pub fn rifinisci(page: &str, parti: &[&str]) -> String {
    let mut out = String::with_capacity(page.len() * 9 / 8);
    let mut copied = 0;
    let mut table = Tabella::default();
    // Of the box that is open, where its table ends.
    let (mut boxes, mut open) = (0, None);
    for tag in tags(page) {
        let markup = &page[tag.clone()];
        if open.is_none()
            && let Some(Scatola { caption, id, end }) = Scatola::di(page, &tag)
        {
            boxes += 1;
            let name = id.clone().unwrap_or_else(|| format!("tabella-{boxes}"));
            out.push_str(&page[copied..tag.start]);
            out.push_str(&format!(
                "<div class=\"scorri\" role=\"region\" aria-labelledby=\"{name}\" tabindex=\"0\">\n"
            ));
            out.push_str(&page[tag.start..caption]);
            if id.is_none() {
                out.push_str(&format!(" id=\"{name}\""));
            }
            (copied, open) = (caption, Some(end));
        } else if open == Some(tag.end) {
            out.push_str(&page[copied..tag.end]);
            out.push_str("\n</div>");
            (copied, open) = (tag.end, None);
        }
        if let Some(added) = table.read(page, &tag) {
            out.push_str(&page[copied..tag.end - 1]);
            out.push_str(&added);
            copied = tag.end - 1;
        } else if markup.starts_with("<nav") && page[tag.start..].starts_with(INDICE) {
            out.push_str(&page[copied..tag.start]);
            out.push_str(&indice(&page[tag.start..]));
            copied = tag.start + INDICE.len();
        }
    }
    out.push_str(&page[copied..]);
    if let Some((at, sheets)) = fogli(&out, parti) {
        out.insert_str(at, &sheets);
    }
    out
}

/// A table with a caption, which gets a box.
struct Scatola {
    /// Where the tag of its caption closes, and the id that this has.
    caption: usize,
    id: Option<String>,
    /// Where the table ends, with all the tables that it holds.
    end: usize,
}

impl Scatola {
    fn di(page: &str, table: &Range<usize>) -> Option<Self> {
        let is = |tag: &Range<usize>, name: &str| tag_name(&page[tag.clone()]).eq_ignore_ascii_case(name);
        let mut rest = tags(&page[table.end..]).map(|tag| table.end + tag.start..table.end + tag.end).peekable();
        let caption = rest.peek().filter(|tag| is(table, "table") && is(tag, "caption"))?.clone();
        let mut depth = 1;
        let end = rest.find(|tag| {
            let closes = page[tag.clone()]
                .strip_prefix("</")
                .is_some_and(|rest| rest.trim_end_matches('>').trim_end().eq_ignore_ascii_case("table"));
            depth = if is(tag, "table") { depth + 1 } else { depth - usize::from(closes) };
            depth == 0
        })?;
        let id = Attributes::read(&page[caption.clone()]).value("id").map(escape);
        Some(Scatola { caption: caption.end - 1, id, end: end.end })
    }
}

/// Behind the link to the sheet of the theme, those to the sheets of the parts that the page shows.
fn fogli(page: &str, parti: &[&str]) -> Option<(usize, String)> {
    let folder = |tag: &Range<usize>| {
        let link = page[tag.clone()].strip_prefix("<link").map(|_| Attributes::read(&page[tag.clone()]))?;
        link.value("href")?.strip_suffix(STILE).map(escape)
    };
    let (at, folder) = tags(page).find_map(|tag| Some((tag.end, folder(&tag)?)))?;
    let classes: HashSet<&str> = tags(page)
        .filter_map(|tag| page[tag].split_once(" class=\"")?.1.split_once('"'))
        .flat_map(|(classes, _)| classes.split_ascii_whitespace())
        .collect();
    let shown = parti.iter().filter(|parte| parte.split('.').any(|class| classes.contains(class)));
    let links = shown.map(|parte| format!("\n<link rel=\"stylesheet\" href=\"{folder}parti/{parte}.css\">"));
    Some((at, links.collect()))
}

/// The table that is being read.
#[derive(Default)]
struct Tabella {
    /// The names of its columns, as text of an attribute.
    nomi: Vec<String>,
    /// Whether a phone shows its rows as cards: what the table says, else whether it is wide.
    a_schede: Option<bool>,
    in_testa: bool,
    colonna: usize,
    /// Where the text of the head's cell begins, and how many columns it is of.
    cella: Option<(usize, usize)>,
}

impl Tabella {
    /// What a start tag has to say more: a cell the name of its column, a row the names of those that nobody fills.
    fn read(&mut self, page: &str, tag: &Range<usize>) -> Option<String> {
        let markup = &page[tag.clone()];
        match tag_name(markup) {
            "table" => {
                let attributes = Attributes::read(markup);
                let classes = attributes.value("class").unwrap_or_default();
                let said = classes.split(' ').find(|class| ["schede", "conto"].contains(class));
                *self = Tabella { a_schede: said.map(|class| class == "schede"), ..Tabella::default() };
            }
            "thead" => self.in_testa = true,
            "tbody" | "tfoot" => {
                self.in_testa = false;
                let is_wide = self.nomi.len() >= LARGA;
                self.a_schede.get_or_insert(is_wide);
            }
            "tr" => {
                self.colonna = 0;
                return if self.in_testa { None } else { self.assenti(&page[tag.end..]) };
            }
            "" if self.in_testa && matches!(markup, "</th>" | "</td>") => {
                let (from, columns) = self.cella.take()?;
                let name = words(&page[from..tag.start]);
                self.nomi.extend(std::iter::repeat_n(name, columns));
            }
            "td" | "th" => {
                let at = self.colonna;
                let columns = columns(markup);
                if self.in_testa {
                    self.cella = Some((tag.end, columns));
                    return None;
                }
                self.colonna += columns;
                let name = self.name(markup, at)?;
                // The row says it, once for all its cells.
                let manca = manca(&page[tag.end..]).is_some();
                return Some(if manca { " data-assente".to_owned() } else { format!(" data-nome=\"{name}\"") });
            }
            _ => {}
        }
        None
    }

    /// The name of the column of a cell, where it has to say it.
    fn name(&self, markup: &str, at: usize) -> Option<&str> {
        if self.a_schede != Some(true) {
            return None;
        }
        let says_it = markup.starts_with("<td") && columns(markup) == 1 && !Attributes::read(markup).has("data-nome");
        self.nomi.get(at).map(String::as_str).filter(|name| says_it && !name.is_empty())
    }

    /// In a row, what nobody tells: said once.
    fn assenti(&self, page: &str) -> Option<String> {
        let row = &page[..page.find("</tr>")?];
        let mut parole = None;
        let mut assenti = Vec::new();
        let mut at = 0;
        for tag in tags(row).filter(|tag| ["td", "th"].contains(&tag_name(&row[tag.clone()]))) {
            let markup = &row[tag.clone()];
            if let (Some(name), Some(manca)) = (self.name(markup, at), manca(&row[tag.end..])) {
                parole.get_or_insert(manca);
                assenti.push(name);
            }
            at += columns(markup);
        }
        Some(format!(" data-assenti=\"{}: {}.\"", parole?, assenti.join(", ")))
    }
}

fn columns(markup: &str) -> usize {
    let attributes = Attributes::read(markup);
    attributes.value("colspan").and_then(|columns| columns.parse().ok()).unwrap_or(1).min(1000)
}

/// The words of a cell that says no more than that nobody tells it.
fn manca(cell: &str) -> Option<&str> {
    let (parole, rest) = cell.strip_prefix("<span class=\"nd\">")?.split_once("</span>")?;
    let is_all = rest.starts_with("</td>") || rest.starts_with("<a class=\"qui\"");
    (is_all && parole.starts_with("Non indicat")).then_some(parole)
}

/// The words between tags, on one line, ready for an attribute.
fn words(html: &str) -> String {
    let mut text = String::new();
    let mut at = 0;
    for tag in tags(html) {
        text.push_str(&html[at..tag.start]);
        at = tag.end;
    }
    text.push_str(&html[at..]);
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('"', "&quot;")
}

/// The list of the sections that follow; nothing where there are few.
fn indice(page: &str) -> String {
    let main = page.split("</main>").next().unwrap_or_default();
    let voci: Vec<String> = main.split("<h2 id=\"").skip(1).filter_map(voce).collect();
    if voci.len() <= POCHE {
        return String::new();
    }
    let voci = voci.concat();
    format!(
        "<nav class=\"indice\" aria-label=\"In questa pagina\"><details><summary>In questa pagina</summary>\n\
         <ol>\n{voci}</ol></details></nav>"
    )
}

/// From what follows `<h2 id="`.
fn voce(heading: &str) -> Option<String> {
    let (id, rest) = heading.split_once('"')?;
    let (inside, _) = rest.split_once('>')?.1.split_once("</h2>")?;
    Some(format!("<li><a href=\"#{id}\">{}</a></li>\n", words(inside)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_say_the_name_of_their_column() {
        let table = "<script>if (a<b) '<td>';</script><table class=\"x schede\"><caption>C</caption><thead><tr><th scope=\"col\">A</th>\
                     <th><button>\"B\" <code>b</code></button></th><th colspan=\"2\">C</th></tr></thead>\
                     <tbody><tr><th scope=\"row\">1</th><td class=\"num\">2</td><td>3</td><td data-nome=\"x\">4</td></tr>\
                     </tbody><tfoot><tr><th colspan=\"2\">T</th><td>5</td><td>6</td></tr></tfoot></table><table><tr><td>7</td></tr></table>";
        let expected = table
            .replace("<td class=\"num\">2", "<td class=\"num\" data-nome=\"&quot;B&quot; b\">2")
            .replace("<td>3", "<td data-nome=\"C\">3")
            .replace("<td>5", "<td data-nome=\"C\">5")
            .replace("<td>6", "<td data-nome=\"C\">6");
        let expected = expected
            .replace(
                "<table class=\"x schede\"><caption>",
                &format!("{}<table class=\"x schede\"><caption id=\"tabella-1\">", box_of("tabella-1")),
            )
            .replacen("</table>", "</table>\n</div>", 1);
        assert_eq!(rifinisci(table, &[]), expected);
    }

    fn box_of(id: &str) -> String {
        format!("<div class=\"scorri\" role=\"region\" aria-labelledby=\"{id}\" tabindex=\"0\">\n")
    }

    #[test]
    fn a_table_with_a_caption_scrolls_in_a_box_of_its_name() {
        let table = "<table>\n<caption id=\"a\" class=\"b\">C</caption><tr><td>1</td></tr></table>";
        let bare = "<table><tr><td>1</td></tr></table>";
        assert_eq!(rifinisci(&format!("{table}{bare}"), &[]), format!("{}{table}\n</div>{bare}", box_of("a")));
        let nested = format!("<TABLE><caption id=\"a\">C</caption><tr><td>{table}{bare}</td></tr></TABLE >");
        assert_eq!(rifinisci(&nested, &[]), format!("{}{nested}\n</div>", box_of("a")));
        let open = "<table><caption>C</caption><tr><td>1</td></tr>";
        assert_eq!(rifinisci(open, &[]), open);
    }

    #[test]
    fn a_row_says_once_what_nobody_tells() {
        let nd = "<span class=\"nd\">Non indicato nella fonte</span>";
        let head = "<table><thead><tr><th>A</th><th>B</th><th>C</th><th>Codice</th></tr></thead><tbody><tr><th scope=\"row\">1</th>";
        let page = format!(
            "{head}<td>{nd}</td><td>1</td><td>{nd}<a class=\"qui\"></a></td></tr><tr><td>{nd}</td><td>2 {nd}</td></tr></table>"
        );
        let told = rifinisci(&page, &[]);
        assert!(
            told.contains("<tr data-assenti=\"Non indicato nella fonte: B, Codice.\"><th scope=\"row\">1"),
            "{told}"
        );
        assert!(told.contains("<tr data-assenti=\"Non indicato nella fonte: A.\"><td data-assente>"), "{told}");
        assert!(told.contains("<td data-nome=\"B\">2 "), "{told}");
    }

    #[test]
    fn a_table_that_stays_one_names_nothing() {
        for table in [
            "<table class=\"conto\"><thead><tr><th>A</th><th>B</th><th>C</th><th>D</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>",
            "<table><thead><tr><th>A</th><th>B</th><th>C</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>",
        ] {
            assert_eq!(rifinisci(table, &[]), table);
        }
    }

    #[test]
    fn a_page_loads_the_sheets_of_what_it_shows_after_that_of_the_theme() {
        let page = |sheets: &str| {
            format!(
                "<link href=\"x.css\"><link rel=\"stylesheet\" href=\"../a/stile.css\">{sheets}<p class=\"b nota\"><i class=\"cc\"></i></p>"
            )
        };
        let link = |parte: &str| format!("\n<link rel=\"stylesheet\" href=\"../a/parti/{parte}.css\">");
        assert_eq!(rifinisci(&page(""), &["b", "c", "cc.d", "p"]), page(&(link("b") + &link("cc.d"))));
    }

    #[test]
    fn a_page_of_many_sections_has_a_list_of_them() {
        let page = |quante: usize| {
            let sezione = |n| format!("<h2 id=\"s{n}\" class=\"x\"><a href=\"#s{n}\">Sezione <em>{n}</em></a></h2>");
            format!("<h1>T</h1>{INDICE}{}</main><h2 id=\"piede\">P</h2>", (0..quante).map(sezione).collect::<String>())
        };
        assert!(!rifinisci(&page(3), &[]).contains("nav"));
        let long = rifinisci(&page(4), &[]);
        assert!(
            long.contains("<summary>In questa pagina</summary>")
                && long.contains("<li><a href=\"#s3\">Sezione 3</a></li>")
        );
    }
}
