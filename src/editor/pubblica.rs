//! The plan made public: built, told in words against the last time, with where the files are and how they reach the web;
//! and its package for the Region.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::form::Form;
use super::guard::{No, no};
use super::modifiche::{CARTELLA, adesso};
use super::rilievi::Rilievo;
use super::{Answer, Editor, Reply};
use crate::confronto::{Genere, Lato, confronta};
use crate::input::consegne::{Contenuto, RegolaDiScheda, in_gruppi};
use crate::input::folder::real;
use crate::pacchetto::componi::{Mancato, componi};
use crate::pacchetto::verifica::{self, Esito};
use crate::path;
use crate::pipeline::{self, Built, Prepared};
use crate::plan::Periodo;
use crate::publish::{rewrite, scrivi_nuovi};
use crate::quiet::lock;
use crate::record::{Passaggi, StatoPiano};
use crate::site::Site;
use crate::value::{Id, impronta};

/// Where `concilia build` publishes too.
const OUT: &str = "public";

/// What was published the last time, beside the content folder.
const RICORDO: &str = "pubblicato.json";

/// A plan as it was published.
#[derive(Serialize, Deserialize)]
struct Pubblicato {
    quando: String,
    piano: String,
    stato: StatoPiano,
    passaggi: Passaggi,
    dati: Value,
    regole: Vec<RegolaDiScheda>,
}

impl Pubblicato {
    fn di(site: &Site, p: usize) -> Self {
        let Lato { stato, passaggi, contenuto: Contenuto { dati, regole } } = Lato::di(&site.plan, &site.conformita, p);
        Pubblicato { quando: adesso(), piano: site.plan.periodi[p].id.to_string(), stato, passaggi, dati, regole }
    }

    fn lato(&self) -> Lato {
        let contenuto = Contenuto { dati: self.dati.clone(), regole: self.regole.clone() };
        Lato { stato: self.stato, passaggi: self.passaggi.clone(), contenuto }
    }
}

impl Editor {
    fn ricordo(&self) -> PathBuf {
        self.registro.radice.join(CARTELLA).join(RICORDO)
    }

    pub fn publish(&self) -> Answer {
        self.published().unwrap_or_else(|why| self.not_done("Non pubblicato", &why))
    }

    fn published(&self) -> Result<Answer, String> {
        let request = &self.state.request;
        let mut prepared = pipeline::prepare(request).map_err(|why| why.to_string())?;
        let out = Path::new(OUT);
        let built = prepared.publish(request, out, false).map_err(|why| why.to_string())?;
        let (Built::Published { outcome, files }, Some(site)) = (built, &prepared.site) else {
            return Err(errors(&prepared));
        };
        let changed = self.since_last(site);
        let remembered = self.remember(site);
        let place = real(out).unwrap_or_else(|_| out.to_owned());
        let context = json!({
            "titolo": "Il sito è pronto: ora va portato in rete",
            "cartella": place.display().to_string(),
            "indirizzo": site.plan.sito.indirizzo,
            "file": files,
            "scritti": outcome.written,
            "tolti": outcome.removed,
            "avvisi": outcome.warnings,
            "cambiato": changed,
            "ricordo": remembered.err(),
        });
        Ok(self.page("pubblicato.html", 200, context))
    }

    /// What changed in each plan since it was published from here.
    fn since_last(&self, site: &Site) -> Value {
        let old: Option<Vec<Pubblicato>> =
            fs::read(self.ricordo()).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let Some(old) = old else { return Value::Null };
        let plan = &site.plan;
        let of_plan = |(p, periodo): (usize, &Periodo)| {
            let now = Lato::di(plan, &site.conformita, p);
            let then = old.iter().find(|then| then.piano == periodo.id.as_str());
            let changes = then.map(|then| confronta(&then.lato(), &now)).unwrap_or_default();
            let group = |(genere, titolo): (Genere, &str)| {
                let sue = changes.iter().filter(|modifica| modifica.genere == genere);
                let voci: Vec<String> = sue.map(|m| format!("{}: {}", m.soggetto, m.detto)).collect();
                (!voci.is_empty()).then(|| json!({ "titolo": titolo, "voci": voci }))
            };
            let groups: Vec<Value> = Genere::TUTTI.into_iter().filter_map(group).collect();
            json!({ "piano": periodo.dati.titolo, "nuovo": then.is_none(), "gruppi": groups })
        };
        let piani: Vec<Value> = plan.periodi.iter().enumerate().map(of_plan).collect();
        json!({ "quando": old.first().map(|then| then.quando.clone()), "piani": piani })
    }

    /// Keeps what was published, to tell the next time what changed.
    fn remember(&self, site: &Site) -> Result<(), String> {
        let now: Vec<Pubblicato> = (0..site.plan.periodi.len()).map(|p| Pubblicato::di(site, p)).collect();
        let bytes = serde_json::to_string(&now).map_err(|why| why.to_string())?;
        let place = self.ricordo();
        match fs::read_to_string(&place) {
            Ok(old) => rewrite(&place, RICORDO, &old, &bytes),
            Err(_) => scrivi_nuovi(&self.registro.radice, &[(format!("{CARTELLA}/{RICORDO}"), bytes.into_bytes())]),
        }
    }

    /// The package for the Region, checked as whoever receives it will.
    pub fn deliver(&self, form: &Form) -> Answer {
        let delivered = self.delivered(form.get("piano"));
        delivered.unwrap_or_else(|why| self.not_done("Il pacchetto non è pronto", &why))
    }

    fn delivered(&self, piano: &str) -> Result<Answer, String> {
        let request = &self.state.request;
        let mut prepared = pipeline::prepare(request).map_err(|why| why.to_string())?;
        let site = prepared.site.as_ref().filter(|_| !prepared.stops(false)).ok_or_else(|| errors(&prepared))?;
        let Some(p) = site.plan.periodi.iter().position(|periodo| periodo.id.as_str() == piano) else {
            return Ok(Err(no(404, "il Piano non c'è")));
        };
        let altrui = rules_of_others(site, p);
        let composto = componi(&mut prepared, request, p, false).map_err(|mancato| match mancato {
            Mancato::Errori => errors(&prepared),
            Mancato::Altro(why) => why,
        })?;
        let bytes = composto.archivio().map_err(|why| why.to_string())?;
        if verifica::pacchetto(&bytes, &self.remake).esito != Esito::Superata {
            return Err("il pacchetto non supera la sua stessa verifica".to_owned());
        }
        let sha256 = impronta(&bytes);
        // A package of before stays as it is: it may have been sent.
        let is_it = |nome: &str| fs::read(nome).ok().as_deref() == Some(&bytes);
        let nome = composto.nome();
        let altri = (2..100).map(|n| format!("{}-{n}.zip", nome.trim_end_matches(".zip")));
        let is_free = |nome: &String| !Path::new(nome).exists() || is_it(nome);
        let nome = std::iter::once(nome.clone()).chain(altri).find(is_free).unwrap_or(nome);
        if !is_it(&nome) {
            scrivi_nuovi(Path::new("."), &[(nome.clone(), bytes)])?;
        }
        let place = real(Path::new(&nome)).unwrap_or_else(|_| PathBuf::from(&nome));
        let vista = self.vista();
        // Of other plans nothing is delivered.
        let di_altri = |rilievo: &&Rilievo| {
            let suo = vista.di_nome(&rilievo.file).and_then(|entry| entry.source.kind.piano());
            suo.is_some_and(|suo| suo.as_str() != piano) || altrui.contains(&rilievo.codice)
        };
        let notices: Vec<&Rilievo> = vista.rilievi.iter().filter(|rilievo| !di_altri(rilievo)).collect();
        let of_norms = notices.iter().filter(|rilievo| rilievo.norma.is_some()).copied();
        let of_norms = vista.legati(of_norms);
        let invio = vista.di_piano(piano).map(|vie| vie.a(&path!["passaggi", "invio", "protocollo"]));
        let context = json!({
            "titolo": "Il pacchetto è pronto",
            "avvisi": notices.len(),
            "di_norme": of_norms,
            "invio": invio,
            "file": place.display().to_string(),
            "nome": nome,
            "sha256": sha256,
            "codice": in_gruppi(&composto.manifesto.consegna.codice_di_controllo),
        });
        *lock(&self.packed) = Some(place);
        Ok(self.page("consegnato.html", 200, context))
    }

    /// The package that was made last, for whoever saves it elsewhere or sends it.
    pub fn package(&self) -> Answer {
        const NONE: No = no(404, "il pacchetto non c'è: preparalo dalla prima pagina");
        let place = lock(&self.packed).clone().ok_or(NONE)?;
        let nome = place.file_name().map(|nome| nome.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = fs::read(&place).map_err(|_| NONE)?;
        let come = format!("attachment; filename=\"{nome}\"");
        Ok(Reply::new(200, "application/zip", bytes).with("Content-Disposition", come))
    }

    fn not_done(&self, titolo: &str, why: &str) -> Answer {
        let context = json!({ "titolo": titolo, "perche": why });
        self.page("non-salvato.html", 409, context)
    }
}

/// The rules of norms that other plans have, and this one has not.
fn rules_of_others(site: &Site, p: usize) -> BTreeSet<String> {
    let plan = &site.plan;
    let norme = |periodo: &Periodo| -> Vec<Id> {
        let degli_avvisi = periodo.avvisi.iter().filter_map(|avviso| avviso.dati.norma.clone());
        std::iter::once(periodo.dati.norma.clone()).chain(degli_avvisi).collect()
    };
    let sue = norme(&plan.periodi[p]);
    let altre = plan.periodi.iter().flat_map(norme).filter(|norma| !sue.contains(norma));
    let regole = altre.filter_map(|norma| plan.norme.get(&norma)).flat_map(|norma| &norma.regole);
    regole.map(|regola| regola.codice.clone()).collect()
}

fn errors(prepared: &Prepared) -> String {
    let counts = prepared.report.counts();
    format!("nelle schede ci sono ancora errori ({}): la prima pagina li elenca", counts.summary())
}
