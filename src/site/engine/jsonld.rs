//! The JSON-LD block of a page, which tells search engines in the words of schema.org what the page is about.
//!
//! It stands in the page as a block of data, which no browser runs.

use serde_json::{Map, Value as Json, json};

use super::{Briciola, Site};

/// Writes addresses for the block of a page: whole ones where the site has an address, else from the page.
pub struct Schema<'a> {
    pub site: &'a Site,
    /// What every address begins with.
    base: String,
}

impl<'a> Schema<'a> {
    pub fn of(site: &'a Site, path: &str) -> Self {
        let base = site.plan.indirizzo.clone().unwrap_or_else(|| site.root_of(path));
        Schema { site, base }
    }

    pub fn indirizzo(&self, address: &str) -> String {
        let whole = format!("{}{address}", self.base);
        if whole.is_empty() { "./".into() } else { whole }
    }

    fn briciole(&self, briciole: &[Briciola], titolo: &str) -> Json {
        let passo = |n: usize, nome: &str, indirizzo: Option<String>| json!({ "@type": "ListItem", "position": n, "name": nome, "item": indirizzo });
        let home = passo(1, "Home", Some(self.indirizzo("")));
        let mezzo = briciole.iter().enumerate();
        let mezzo = mezzo.map(|(i, voce)| passo(i + 2, &voce.titolo, Some(self.indirizzo(&voce.indirizzo))));
        let qui = passo(briciole.len() + 2, titolo, None);
        json!({
            "@type": "BreadcrumbList",
            "itemListElement": std::iter::once(home).chain(mezzo).chain([qui]).collect::<Vec<_>>(),
        })
    }

    /// The block of a page: what it is about, and the way that leads to it unless it is the first.
    pub fn blocco(&self, about: Option<Json>, way: Option<(&[Briciola], &str)>) -> Option<String> {
        let mut graph = match about {
            None => vec![],
            Some(Json::Array(parts)) => parts,
            Some(part) => vec![part],
        };
        graph.extend(way.map(|(briciole, titolo)| self.briciole(briciole, titolo)));
        graph.iter_mut().for_each(prune);
        let whole = json!({ "@context": "https://schema.org", "@graph": graph });
        (!graph.is_empty()).then(|| inert(&whole.to_string()))
    }
}

/// The beginning of a text, whole words and no mark-up: what a result of a search engine has room for.
pub fn breve(testo: &str) -> String {
    inizio(testo, 200, |word| word.chars().count())
}

/// The words of a text that have room, each as long as `long` says.
pub fn inizio(testo: &str, room: usize, long: fn(&str) -> usize) -> String {
    // No need to read a long text to its end.
    let start = testo.char_indices().nth(room * 4).map_or(testo, |(end, _)| &testo[..end]);
    let plain = crate::markdown::plain(start);
    let mut inizio = String::new();
    for word in plain.split_whitespace() {
        if long(&inizio) + long(word) > room {
            inizio.push('…');
            break;
        }
        if !inizio.is_empty() {
            inizio.push(' ');
        }
        inizio.push_str(word);
    }
    inizio
}

/// Drops what is empty, down to the last field.
fn prune(value: &mut Json) {
    let says = |value: &Json| match value {
        Json::Null => false,
        Json::Array(parts) => !parts.is_empty(),
        Json::Object(fields) => !fields.is_empty(),
        _ => true,
    };
    match value {
        Json::Array(parts) => parts.iter_mut().for_each(prune),
        Json::Object(fields) => {
            fields.values_mut().for_each(prune);
            *fields = std::mem::take(fields).into_iter().filter(|(_, value)| says(value)).collect::<Map<_, _>>();
        }
        _ => {}
    }
}

/// JSON that can stand inside an element: nothing in it begins or ends one, whatever a record says.
fn inert(json: &str) -> String {
    let escaped = |json: String, c| json.replace(c, &format!("\\u{:04x}", u32::from(c)));
    ['<', '>', '&', '\u{2028}', '\u{2029}'].into_iter().fold(json.to_owned(), escaped)
}

#[cfg(test)]
mod tests {
    use super::{breve, inert};

    #[test]
    fn no_text_ends_the_element_that_holds_it() {
        let hostile = "</script><!-- <script> & \u{2028}\u{2029}";
        let json = inert(&serde_json::to_string(hostile).expect("a text"));
        assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), hostile);
    }

    #[test]
    fn a_description_is_plain_and_ends_at_a_word() {
        assert_eq!(breve("Un **testo**\n\ncon [un link](/x/)."), "Un testo con un link.");
        let long = breve(&"parola ".repeat(2000));
        assert!(long.ends_with("parola…") && long.chars().count() <= 202, "{long}");
    }
}
