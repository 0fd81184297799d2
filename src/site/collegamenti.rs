//! C-22: links inside the site lead somewhere.
//!
//! They can be judged only once it is known which pages there are, and anchors only on a page that is composed.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::engine::{Condivisi, Proof, Route, Site, address_of};
use super::indirizzario::Indirizzario;
use crate::audit::path::percent_decoded;
use crate::check::schede::{TestoDiScheda, ogni_testo};
use crate::markdown::{self, InternalLink};
use crate::markup::tag;
use crate::report::{Diagnostic, Report, Rule, Severity};
use crate::suggest;

pub const RULES: &[Rule] =
    &[Rule::new("C-22", "i collegamenti portano a pagine, punti di pagina e file che nel sito ci sono")
        .why("chi legge finirebbe su una pagina che non c'è")
        .example("`[il progetto](../progetti/wim/)`, quando il progetto si chiama `win`")];

/// More anchors than this are not worth reading in a message.
const SHOWN_ANCHORS: usize = 8;

/// Links longer than this are cut in a message: the line itself is shown below it.
const SHOWN_LINK: usize = 80;

/// The files with errors so far, below the content folder. What they hold may be missing from the site.
pub fn spoilt(report: &Report, content: &str) -> Vec<String> {
    let errors = report.diagnostics().iter().filter(|problem| problem.severity == Severity::Error);
    let files = errors.filter_map(|problem| Some(problem.place.as_ref()?.file.strip_prefix(content)?.to_owned()));
    let files: BTreeSet<String> = files.map(|file| file.trim_start_matches('/').to_owned()).collect();
    files.into_iter().collect()
}

/// C-22: every link and picture in a text leads to a page, a point of a page or a file of the site.
pub fn vivi(site: &Site, guasti: &[String], report: &mut Report) {
    let judge = Judge {
        site,
        indirizzario: Indirizzario::new(&site.routes, site.base_path()),
        guasti,
        // A page is composed only from records without errors.
        anchors: (!report.has_errors()).then(RefCell::default),
    };
    let mut found = Vec::new();
    ogni_testo(&site.plan, |testo| {
        let links = markdown::internal_links(testo.testo);
        found.extend(testo.told(links.iter().filter_map(|link| judge.link(testo, link))));
    });
    report.extend(found);
}

struct Judge<'a> {
    site: &'a Site,
    indirizzario: Indirizzario<'a>,
    guasti: &'a [String],
    /// The anchors of the pages asked for so far; those of a page that cannot be composed are not known.
    anchors: Option<RefCell<BTreeMap<String, Option<BTreeSet<String>>>>>,
}

impl Judge<'_> {
    fn link(&self, testo: &TestoDiScheda, link: &InternalLink) -> Option<Diagnostic> {
        let target = link.target.as_str();
        let told = |message: String, help: String| {
            Some(Diagnostic::error("C-22", message).at(testo.place(link.at.clone())).help(help))
        };
        if target.is_empty() {
            let what = if link.is_picture {
                "l'immagine non dice quale file è"
            } else {
                "il collegamento non dice dove porta"
            };
            return told(
                what.into(),
                format!("scrivi l'indirizzo fra le parentesi tonde: `[testo]({})`", self.example()),
            );
        }
        // From the root it leads to the same place wherever it stands.
        let pages = match target.starts_with('/') {
            true => vec![String::new()],
            false => testo.pagine().into_iter().filter(|page| self.site.routes.contains_key(page)).collect(),
        };
        let ends: Vec<_> = pages.iter().map(|page| (page, self.indirizzario.find(page, target))).collect();
        let Some(lost) = ends.iter().position(|(_, end)| end.is_none()) else {
            return ends.iter().find_map(|(_, end)| self.anchor(testo, link, (*end)?));
        };
        if self.is_excused(ends[lost].0, target) {
            return None;
        }
        if let Some(end) = ends.iter().find_map(|(_, end)| *end) {
            let from = address_of(ends[lost].0);
            let right = format!("/{}{}", address_of(&end.path), tail(target));
            return told(
                format!("`{}` non vale da tutte le pagine che mostrano questo testo", shown(target)),
                format!("da `/{from}` non porta a nulla: scrivilo dalla radice del sito, `{right}`"),
            );
        }
        let (message, remedy) = match target.trim_start_matches(['/', '.']) {
            path if path.starts_with("media/") || link.is_picture => (
                format!("il file `{}` non c'è nel sito", shown(target)),
                "le immagini e gli allegati stanno in `media`: metti lì il file, e scrivi `/media/…`".to_owned(),
            ),
            _ => (
                format!("`{}` non porta a nessuna pagina del sito", shown(target)),
                format!(
                    "gli indirizzi del sito cominciano con `/`, come `{}`; quelli di altri siti con `https://`",
                    self.example()
                ),
            ),
        };
        let near = self.indirizzario.nearest(target).map(|near| format!("forse intendevi `{near}`?"));
        told(message, near.unwrap_or(remedy))
    }

    fn anchor(&self, testo: &TestoDiScheda, link: &InternalLink, end: &Route) -> Option<Diagnostic> {
        let (_, written) = link.target.split_once('#')?;
        let anchor = percent_decoded(written).unwrap_or_else(|| written.to_owned());
        // Both lead to the top of any page.
        if end.proof != Proof::Page || anchor.is_empty() || anchor.eq_ignore_ascii_case("top") {
            return None;
        }
        let mut known = self.anchors.as_ref()?.borrow_mut();
        let ids = known.entry(end.path.clone()).or_insert_with(|| {
            let mut condivisi = Condivisi::default();
            condivisi.prepare(self.site, [end]);
            let page = self.site.make(end, &condivisi).ok()?;
            Some(tag::ids(&String::from_utf8_lossy(&page)))
        });
        let ids = ids.as_ref().filter(|ids| !ids.contains(&anchor))?;
        let message = format!("nella pagina `/{}` non c'è il punto `#{}`", address_of(&end.path), shown(&anchor));
        let help = match suggest::closest(&anchor, ids.iter().map(String::as_str)) {
            Some(near) => format!("forse intendevi `#{near}`?"),
            None if ids.len() <= SHOWN_ANCHORS => {
                let points: Vec<String> = ids.iter().map(|id| format!("#{id}")).collect();
                format!("i punti di quella pagina sono {}", suggest::list(points.iter().map(String::as_str)))
            }
            None => "togli `#` e quel che segue: il collegamento porterà in cima alla pagina".to_owned(),
        };
        Some(Diagnostic::error("C-22", message).at(testo.place(link.at.clone())).help(help))
    }

    /// Whether what is missing may be in a file that is wrong in another way, which has had its own message.
    fn is_excused(&self, page: &str, target: &str) -> bool {
        let path = target.split(['#', '?']).next().unwrap_or_default().trim_start_matches(['/', '.']);
        self.guasti.iter().any(|file| match file.split('/').collect::<Vec<_>>()[..] {
            ["media", ..] => path.starts_with("media/") || path.contains("/media/"),
            ["storia", ..] => false,
            ["pagine", name] => name.rsplit_once('.').is_some_and(|(id, _)| path.contains(id)),
            ["piani", plan, _, ..] => {
                let of_all = ["servizi", "dati", "partner"].iter().any(|folder| path.contains(folder));
                of_all || path.contains(plan) || page.starts_with(plan)
            }
            // Without a list of bodies, or a norm, all that names it is missing; a folder that is not read may hold any page.
            _ => true,
        })
    }

    /// An address to show how they are written.
    fn example(&self) -> String {
        self.site.plan.periodi.last().map_or_else(|| "/dati/".into(), |periodo| format!("/{}/", periodo.id))
    }
}

/// What follows the path: a query or an anchor.
fn tail(target: &str) -> &str {
    &target[target.find(['#', '?']).unwrap_or(target.len())..]
}

fn shown(target: &str) -> String {
    let mut shown: String = target.chars().take(SHOWN_LINK).collect();
    if shown.len() < target.len() {
        shown.push('…');
    }
    shown
}
