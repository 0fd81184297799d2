//! Stage 6: what obliges us is proved on the final bytes.
//!
//! Every page, and every SVG offered for download, carries the phrase by which the Region is named
//! as the one that pays, and the logo of the agency, where a reader sees them. The engine places
//! them; a theme may place them elsewhere, but not hide them. So each file is read as a browser
//! would read it, together with the stylesheets that it links, and the attribution is either
//! proved visible or refused with the place that hides it.
//!
//! The proof errs on one side only: what cannot be decided counts as hidden. A page is scanned
//! strictly ([`scan`]), stylesheets are reduced to the rules that may hide ([`css`], [`rules`]),
//! selectors match "yes", "no" or "maybe" ([`select`]), and a declaration is harmless only if it is
//! known to be ([`judge`]). No script is run: what scripts do is not judged here.

mod color;
mod css;
mod element;
mod hiding;
mod ids;
mod judge;
pub(crate) mod path;
mod regole;
mod rules;
mod scan;
mod select;
mod svg;
mod text;
mod value;

#[cfg(test)]
mod crosscheck;
#[cfg(test)]
mod tests;

pub use hiding::{Hiding, How, What};
pub use ids::ids;
pub use judge::Certainty;
pub use regole::RULES;

use css::Stylesheet;
use element::{Class, Shows, element};
use hiding::Spot;

use memchr::memmem;
use rules::{Culprit, Rules};
use scan::{Carrier, Found, Frame, Search};
use select::Node;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, RwLock};
use text::Attributes;

/// What every page and every SVG has to carry.
#[derive(Debug, Clone)]
pub struct Obligation {
    /// Word by word: "Intervento finanziato con il contributo di Regione Lombardia".
    pub phrase: String,
    /// The address of the logo inside the site: `media/logo.svg`. What lies there is the logo.
    pub logo_path: String,
    /// The file itself, which an SVG has to carry inside.
    pub logo_bytes: Arc<[u8]>,
    pub error_page: ErrorPage,
    /// The pages that lead on to another one: theirs alone may have a `meta` that does it.
    pub forwards: BTreeSet<String>,
}

/// The page that a server shows in the place of any other. Only its references may begin at the host, since it does not
/// know where it is shown.
#[derive(Debug, Clone)]
pub struct ErrorPage {
    pub path: &'static str,
    /// The path of the site on its host, with a slash at both ends.
    pub base: String,
}

/// A stylesheet of the site.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// Its address inside the site: `assets/site.css`.
    pub path: &'a str,
    /// The file as the user knows it, for messages.
    pub file: &'a str,
    pub text: &'a str,
}

/// What is known of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Phrase and logo stand where every reader sees them.
    Proved,
    /// Not there: the engine adds its own block and asks again. At least one of the two is true.
    Absent { phrase: bool, logo: bool },
    /// There, but hidden, or not provably shown. Never empty.
    Hidden(Vec<Hiding>),
}

/// Judges pages and SVGs, from as many threads as there are.
pub struct Auditor {
    phrase: String,
    /// Finds the phrase where it is written plainly; a phrase with marks of HTML in it never is.
    finder: Option<memmem::Finder<'static>>,
    logo_path: String,
    error_page: ErrorPage,
    forwards: BTreeSet<String>,
    logo: svg::Logo,
    sheets: Vec<KnownSheet>,
    by_path: BTreeMap<String, usize>,
    hasher: RandomState,
    /// Sets of stylesheets, each made into rules once.
    sets: RwLock<BTreeMap<SetKey, Arc<Set>>>,
    /// Contents of `style` elements, each read once.
    styles: RwLock<BTreeMap<String, Arc<Stylesheet>>>,
    /// Chains that are known to show what they carry, by the hash of their start tags. The hash is
    /// seeded at random, so no theme can aim at a collision.
    shown: RwLock<BTreeSet<u64>>,
}

struct KnownSheet {
    file: String,
    text: String,
    sheet: Stylesheet,
    /// What applies together with it, itself included.
    closure: Vec<usize>,
    /// Why it cannot be followed: an import from elsewhere, or text that is no CSS.
    lost: Option<(usize, std::ops::Range<usize>, &'static str)>,
}

/// The sheets by number, then the text of the `style` elements.
type SetKey = (Vec<usize>, Vec<String>);

struct Set {
    rules: Rules,
    /// Distinguishes the sets in the memory of chains.
    number: u64,
    sheets: Vec<usize>,
}

impl Auditor {
    /// Reads every stylesheet once.
    pub fn new(obligation: Obligation, sheets: &[Sheet<'_>]) -> Auditor {
        let phrase = obligation.phrase.split_whitespace().collect::<Vec<_>>().join(" ");
        let plain = !phrase.is_empty() && !phrase.contains(['&', '<']);
        let mut known: Vec<KnownSheet> = sheets
            .iter()
            .map(|sheet| KnownSheet {
                file: sheet.file.to_owned(),
                text: sheet.text.to_owned(),
                sheet: Stylesheet::parse(sheet.text),
                closure: Vec::new(),
                lost: None,
            })
            .collect();
        let by_path: BTreeMap<String, usize> =
            sheets.iter().enumerate().map(|(number, sheet)| (sheet.path.to_owned(), number)).collect();
        for number in 0..known.len() {
            let (closure, lost) = follow(number, sheets, &known, &by_path);
            known[number].closure = closure;
            known[number].lost = lost;
        }
        Auditor {
            finder: plain.then(|| memmem::Finder::new(&phrase).into_owned()),
            phrase,
            logo_path: obligation.logo_path,
            error_page: obligation.error_page,
            forwards: obligation.forwards,
            logo: svg::Logo::new(obligation.logo_bytes),
            sheets: known,
            by_path,
            hasher: RandomState::new(),
            sets: RwLock::default(),
            styles: RwLock::default(),
            shown: RwLock::default(),
        }
    }

    /// Judges an HTML page at that address inside the site.
    pub fn page(&self, path: &str, html: &str) -> Verdict {
        // Nearly every page carries the phrase as it is written, so that is looked for first.
        let first = self.finder.as_ref().map(|finder| self.attempt(path, html, Search::Plain(finder)));
        match first {
            Some(Verdict::Proved) => Verdict::Proved,
            _ => self.attempt(path, html, Search::Thorough(&self.phrase)),
        }
    }

    /// Judges an SVG that is offered for download.
    pub fn svg(&self, path: &str, svg: &str) -> Verdict {
        svg::judge(path, svg, &self.phrase, &self.logo)
    }

    fn attempt(&self, path: &str, html: &str, search: Search<'_>) -> Verdict {
        let found = scan::scan(html, search, |tag| self.is_logo(path, tag));
        let found = match found {
            Ok(found) => found,
            Err(fault) => {
                return Verdict::Hidden(vec![Hiding::undecidable(path, html, fault.at..fault.at, fault.why)]);
            }
        };
        if let Some((at, target)) = &found.refresh
            && !(self.forwards.contains(path) && self.leads_inside(path, target))
        {
            let why = "`<meta http-equiv=\"refresh\">` porta chi legge su un'altra pagina";
            return Verdict::Hidden(vec![Hiding::undecidable(path, html, at.clone(), why)]);
        }
        let set = match self.set(path, html, &found) {
            Ok(set) => set,
            Err(hiding) => return Verdict::Hidden(vec![*hiding]),
        };
        let page = Page { auditor: self, path, html, set: &set };
        let phrase = page.any_shown(&found.phrases, What::Phrase);
        let mut logo = page.any_shown(&found.logos, What::Logo);
        if let Some(at) = found.images_barred
            && !found.logos.is_empty()
        {
            logo = Outcome::Hidden(vec![Hiding::markup(
                path,
                html,
                What::Logo,
                at..at,
                "meta",
                "la politica di sicurezza della pagina non lascia passare le immagini del sito",
            )]);
        }
        match (phrase, logo) {
            (Outcome::Shown, Outcome::Shown) => Verdict::Proved,
            (Outcome::Hidden(mut all), Outcome::Hidden(more)) => {
                all.extend(more);
                Verdict::Hidden(all)
            }
            (Outcome::Hidden(all), _) | (_, Outcome::Hidden(all)) => Verdict::Hidden(all),
            (phrase, logo) => {
                Verdict::Absent { phrase: matches!(phrase, Outcome::Absent), logo: matches!(logo, Outcome::Absent) }
            }
        }
    }

    /// The address inside the site that a reference on a page leads to.
    fn resolve(&self, page: &str, reference: &str) -> Option<String> {
        let ErrorPage { path, base } = &self.error_page;
        match reference.strip_prefix(base.as_str()) {
            Some(inside) if page == *path => path::resolve("", inside),
            _ => path::resolve(page, reference),
        }
    }

    /// Whether a page of the site stands at the end of a reference to a folder or to a file.
    fn leads_inside(&self, page: &str, reference: &str) -> bool {
        let file = if reference.ends_with('/') { format!("{reference}index.html") } else { reference.to_owned() };
        self.resolve(page, &file).is_some()
    }

    fn is_logo(&self, page: &str, tag: &str) -> bool {
        let attributes = Attributes::read(tag);
        attributes.value("src").and_then(|src| self.resolve(page, src)).is_some_and(|src| src == self.logo_path)
    }

    /// The rules that hold on a page.
    fn set(&self, path: &str, html: &str, found: &Found) -> Result<Arc<Set>, Box<Hiding>> {
        let mut numbers: Vec<usize> = Vec::new();
        for link in &found.links {
            let attributes = Attributes::read(&html[link.clone()]);
            let lost = |why| Box::new(Hiding::undecidable(path, html, link.clone(), why));
            let applies = match attributes.get("rel").map(|rel| rel.value.as_deref()) {
                None => false,
                Some(None) => true,
                Some(Some(rel)) => rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("stylesheet")),
            };
            if attributes.broken {
                return Err(lost("un attributo di `<link>` compare due volte"));
            }
            if !applies || !attributes.has("href") {
                continue;
            }
            let number = attributes
                .value("href")
                .and_then(|href| self.resolve(path, href))
                .and_then(|href| self.by_path.get(&href));
            let Some(number) = number else {
                return Err(lost("la pagina usa un foglio di stile che non è tra quelli del sito"));
            };
            numbers.extend(&self.sheets[*number].closure);
            if let Some((sheet, span, why)) = &self.sheets[*number].lost {
                let sheet = &self.sheets[*sheet];
                return Err(Box::new(Hiding::lost_sheet(path, &sheet.file, &sheet.text, span.clone(), why)));
            }
        }
        let mut styles = Vec::new();
        for style in &found.styles {
            let text = &html[style.clone()];
            let sheet = self.style(text);
            for (url, _) in &sheet.imports {
                let number = self.resolve(path, url).and_then(|href| self.by_path.get(&href));
                let Some(number) = number.filter(|number| self.sheets[**number].lost.is_none()) else {
                    return Err(Box::new(Hiding::undecidable(
                        path,
                        html,
                        style.clone(),
                        "`@import` chiama un foglio di stile che non si può leggere",
                    )));
                };
                numbers.extend(&self.sheets[*number].closure);
            }
            if let Some(span) = sheet.unread.first() {
                return Err(Box::new(Hiding::undecidable(
                    path,
                    html,
                    style.start + span.start..style.start + span.end,
                    "questo CSS non si può leggere",
                )));
            }
            styles.push(text.to_owned());
        }
        numbers.sort_unstable();
        numbers.dedup();
        let key = (numbers, styles);
        if let Some(set) = read(&self.sets).get(&key) {
            return Ok(Arc::clone(set));
        }
        let inline: Vec<Arc<Stylesheet>> = key.1.iter().map(|text| self.style(text)).collect();
        let sheets: Vec<&Stylesheet> =
            key.0.iter().map(|number| &self.sheets[*number].sheet).chain(inline.iter().map(Arc::as_ref)).collect();
        let rules = Rules::new(&sheets);
        let mut sets = write(&self.sets);
        let number = sets.len() as u64;
        let set = Arc::new(Set { rules, number, sheets: key.0.clone() });
        Ok(Arc::clone(sets.entry(key).or_insert(set)))
    }

    fn style(&self, text: &str) -> Arc<Stylesheet> {
        if let Some(sheet) = read(&self.styles).get(text) {
            return Arc::clone(sheet);
        }
        let sheet = Arc::new(Stylesheet::parse(text));
        Arc::clone(write(&self.styles).entry(text.to_owned()).or_insert(sheet))
    }
}

/// A thread that panicked has left nothing half done: entries are added whole.
fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> std::sync::RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(std::sync::PoisonError::into_inner)
}

type Lost = Option<(usize, std::ops::Range<usize>, &'static str)>;

/// A sheet with all that it imports, and what of it cannot be followed.
fn follow(
    start: usize,
    sheets: &[Sheet<'_>],
    known: &[KnownSheet],
    by_path: &BTreeMap<String, usize>,
) -> (Vec<usize>, Lost) {
    let mut closure = vec![start];
    let mut lost = None;
    let mut next = 0;
    while let Some(number) = closure.get(next).copied() {
        next += 1;
        let sheet = &known[number].sheet;
        if let Some(span) = sheet.unread.first() {
            lost.get_or_insert((number, span.clone(), "questo CSS non si può leggere"));
        }
        for (url, span) in &sheet.imports {
            match path::resolve(sheets[number].path, url).and_then(|path| by_path.get(&path)) {
                Some(imported) if closure.contains(imported) => {}
                Some(imported) => closure.push(*imported),
                None => {
                    let why = "`@import` chiama un foglio di stile che non è tra quelli del sito";
                    lost.get_or_insert((number, span.clone(), why));
                }
            }
        }
    }
    (closure, lost)
}

/// What became of the places where something stands.
enum Outcome {
    Shown,
    Absent,
    Hidden(Vec<Hiding>),
}

/// What the markup says about one place, before any stylesheet is asked.
enum Markup {
    Shown,
    /// In a place that is none of ours: as if it were not there.
    Elsewhere,
    Hidden(Box<Hiding>),
}

struct Page<'a> {
    auditor: &'a Auditor,
    path: &'a str,
    html: &'a str,
    set: &'a Set,
}

impl Page<'_> {
    fn any_shown(&self, carriers: &[Carrier], what: What) -> Outcome {
        let mut hidden = Vec::new();
        for carrier in carriers {
            let key = self.signature(carrier, what);
            if read(&self.auditor.shown).contains(&key) {
                return Outcome::Shown;
            }
            let nodes = self.nodes(carrier);
            match self.markup(carrier, &nodes, what) {
                Markup::Elsewhere => continue,
                Markup::Hidden(hiding) => hidden.push(*hiding),
                Markup::Shown => {
                    let hits = self.set.rules.judge(&nodes, what);
                    if hits.is_empty() {
                        write(&self.auditor.shown).insert(key);
                        return Outcome::Shown;
                    }
                    hidden.extend(hits.into_iter().map(|hit| self.hiding(carrier, what, hit)));
                }
            }
        }
        if hidden.is_empty() {
            return Outcome::Absent;
        }
        // The same rule may hide several places; it is told once.
        let mut told: Vec<Hiding> = Vec::new();
        for hiding in hidden {
            if !told.iter().any(|known| known.how == hiding.how) {
                told.push(hiding);
            }
        }
        told.sort_by_key(|hiding| hiding.certainty == Certainty::Undecidable);
        Outcome::Hidden(told)
    }

    /// The start tags of the chain and the set of rules: pages made from one template share them.
    fn signature(&self, carrier: &Carrier, what: What) -> u64 {
        let tags: Vec<(&str, &str)> =
            carrier.chain.iter().map(|frame| (element(frame.id).name, frame.tag(self.html))).collect();
        self.auditor.hasher.hash_one((self.set.number, what, tags))
    }

    fn nodes(&self, carrier: &Carrier) -> Vec<Node<'_>> {
        carrier
            .chain
            .iter()
            .map(|frame| Node {
                name: match frame.id {
                    element::UNKNOWN => text::tag_name(frame.tag(self.html)),
                    id => element(id).name,
                },
                attributes: Attributes::read(frame.tag(self.html)),
            })
            .collect()
    }

    fn markup(&self, carrier: &Carrier, nodes: &[Node<'_>], what: What) -> Markup {
        // Where the place is none of ours, it does not matter how it is hidden there.
        let own = carrier.chain.len() - usize::from(what == What::Logo);
        if carrier.chain[..own].iter().any(|frame| element(frame.id).shows == Shows::Elsewhere) {
            return Markup::Elsewhere;
        }
        for (index, (frame, node)) in carrier.chain.iter().zip(nodes).enumerate() {
            let logo = what == What::Logo && index + 1 == nodes.len();
            let hidden = |why: &str| {
                Markup::Hidden(Box::new(Hiding::markup(
                    self.path,
                    self.html,
                    what,
                    frame.start as usize..frame.end as usize,
                    node.name,
                    why,
                )))
            };
            match element(frame.id).shows {
                _ if logo => {}
                Shows::Always | Shows::Elsewhere => {}
                Shows::WhenOpen if node.attributes.has("open") && !node.attributes.has("name") => {}
                Shows::WhenOpen => return hidden("l'elemento è chiuso"),
                Shows::Never => return hidden("i browser non ne mostrano il contenuto"),
            }
            if let Some(why) = hiding_attribute(node, frame, logo) {
                return hidden(why);
            }
        }
        Markup::Shown
    }

    fn hiding(&self, carrier: &Carrier, what: What, hit: rules::Hit) -> Hiding {
        match hit.culprit {
            Culprit::Inline { index, declaration } => {
                let frame = carrier.chain.get(index).copied();
                let span = frame.map_or(0..0, |frame| frame.start as usize..frame.end as usize);
                let name = frame.map_or("", |frame| element(frame.id).name);
                Hiding::inline(self.path, self.html, what, span, name, &declaration, hit.certainty)
            }
            Culprit::Rule(rule) => {
                let known = self.set.sheets.get(rule.sheet).map(|number| &self.auditor.sheets[*number]);
                let (file, text, offset) = match known {
                    Some(sheet) => (sheet.file.as_str(), sheet.text.as_str(), 0),
                    // A `style` of the page; where exactly does not matter enough to carry along.
                    None => (self.path, self.html, self.style_offset(&rule)),
                };
                let spot = Spot { file, text, offset };
                Hiding::rule(self.path, what, spot, &rule, hit.certainty)
            }
        }
    }

    /// Where in the page the `style` begins that a rule comes from.
    fn style_offset(&self, rule: &rules::Suspect) -> usize {
        let which = rule.sheet.saturating_sub(self.set.sheets.len());
        let search = Search::Thorough(&self.auditor.phrase);
        let found = scan::scan(self.html, search, |_| false).unwrap_or_default();
        found.styles.get(which).map_or(0, |style| style.start)
    }
}

/// What in the start tag itself hides the element, in plain words.
fn hiding_attribute(node: &Node<'_>, frame: &Frame, logo: bool) -> Option<&'static str> {
    const SMALLEST: u32 = 12;
    if node.attributes.broken {
        return Some("un attributo compare due volte");
    }
    for attribute in &node.attributes.list {
        let value = attribute.value.as_deref();
        let why = match attribute.name.as_ref() {
            "hidden" => "ha l'attributo `hidden`",
            "inert" => "ha l'attributo `inert`",
            "popover" => "ha l'attributo `popover`",
            "is" => "ha l'attributo `is`, che ne cambia la natura",
            "aria-hidden" if value.is_none_or(|value| !value.trim().eq_ignore_ascii_case("false")) => {
                "ha l'attributo `aria-hidden`"
            }
            "text" | "bgcolor" | "color" if matches!(frame.class, Class::Body) => "ha colori scritti negli attributi",
            "width" | "height"
                if value.is_none_or(|value| {
                    let digits = value.trim().trim_end_matches("px");
                    let digits = digits.strip_suffix('%').unwrap_or(digits);
                    digits.parse::<u32>().map_or(true, |size| size < SMALLEST)
                }) =>
            {
                "le misure scritte negli attributi sono troppo piccole"
            }
            "srcset" | "hspace" | "vspace" if logo => "ha un attributo che può mostrare altro al posto del logo",
            "role"
                if logo
                    && value.is_none_or(|role| {
                        role.split_ascii_whitespace().any(|word| word == "presentation" || word == "none")
                    }) =>
            {
                "ha un ruolo che lo nasconde a chi ascolta la pagina"
            }
            name if name.starts_with("on") => "ha un attributo che fa partire uno script",
            _ => continue,
        };
        return Some(why);
    }
    if logo && node.attributes.value("alt").is_none_or(|alt| alt.trim().is_empty()) {
        return Some(hiding::NO_ALTERNATIVE);
    }
    None
}
