//! Two plans side by side: what changed between them, in words, with the act that the records bind to a change.

mod atti;
mod campi;
mod contenuto;
mod regole;

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value};

pub use contenuto::{FORMATO, codice_di_controllo, contenuto, dati_canonici};

use crate::conformita::Conformita;
use crate::input::consegne::{Consegna, Contenuto};
use crate::plan::Plan;
use crate::record::{Atto, Passaggi, StatoPiano};
use crate::schema::{self, in_parole};
use crate::value::{Euro, euro};
use campi::Campi;

/// One of the plans that are compared.
#[derive(Debug, Clone)]
pub struct Lato {
    pub stato: StatoPiano,
    pub passaggi: Passaggi,
    pub contenuto: Contenuto,
}

/// What a change is about, in the order in which readers ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Genere {
    Stato,
    Schede,
    Importi,
    Partner,
    Date,
    Regole,
    Testi,
    Altro,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Modifica {
    pub genere: Genere,
    /// What changed: `progetto «Nido aziendale»`.
    pub soggetto: String,
    /// How: `contributo riconosciuto: da € 40.000,00 a € 38.000,00`.
    pub detto: String,
    /// The act behind it, where the records name one.
    pub atto: Option<String>,
}

impl Modifica {
    /// Behind which no act is known.
    fn new(genere: Genere, soggetto: &str, detto: impl Into<String>) -> Self {
        Modifica { genere, soggetto: soggetto.to_owned(), detto: detto.into(), atto: None }
    }
}

impl Genere {
    /// Each with its title.
    pub const TUTTI: [(Genere, &'static str); 8] = [
        (Genere::Stato, "A che punto è il Piano"),
        (Genere::Schede, "Che cosa c'è e non c'è più"),
        (Genere::Importi, "Importi"),
        (Genere::Partner, "Enti e partner"),
        (Genere::Date, "Date"),
        (Genere::Regole, "Regole"),
        (Genere::Testi, "Testi"),
        (Genere::Altro, "Altri dati"),
    ];
}

impl Lato {
    pub fn di(plan: &Plan, conformita: &Conformita, p: usize) -> Self {
        let dati = &plan.periodi[p].dati;
        Lato { stato: dati.stato, passaggi: dati.passaggi.clone(), contenuto: contenuto(plan, conformita, p) }
    }
}

impl From<&Consegna> for Lato {
    fn from(consegna: &Consegna) -> Self {
        Lato {
            stato: consegna.testa.stato,
            passaggi: consegna.testa.passaggi.clone(),
            contenuto: consegna.contenuto.clone(),
        }
    }
}

/// The kinds of records that have an id, each with how one is called and the field that names it.
const SCHEDE: [(&str, &str, &str, bool); 5] = [
    ("progetti", "progetto", "titolo", false),
    ("alleanze", "alleanza", "nome", true),
    ("avvisi", "avviso", "titolo", false),
    ("enti", "ente", "nome", false),
    ("pagine", "pagina", "titolo", true),
];

/// All that changed, in the order of [`Genere`] and then of subjects.
pub fn confronta(prima: &Lato, dopo: &Lato) -> Vec<Modifica> {
    let (da, a) = (&prima.contenuto.dati, &dopo.contenuto.dati);
    let mut trovate = stato(prima, dopo);
    let campi = |soggetto: &str, schema| Campi::new(da, a, soggetto.to_owned(), schema);
    for chiave in ["piano", "risorse"] {
        trovate.extend(campi(chiave, Some(schema::nodo(chiave))).confronta(da.get(chiave), a.get(chiave)));
    }
    if confrontabili(prima, dopo) {
        for (id, vecchia, nuova) in paia(da.get("norme"), a.get("norme")) {
            // Norms that come and go are told by their rules.
            let (Some(vecchia), Some(nuova)) = (vecchia, nuova) else { continue };
            let nome = nome_di_norma(nuova).or_else(|| nome_di_norma(vecchia)).unwrap_or(id.clone());
            trovate.extend(campi(&format!("norma {nome}"), None).di_norma(vecchia, nuova));
        }
        let norma = schema::nodo("norma");
        for (chiave, soggetto, schema) in [
            ("categorie_enti", "tipi di ente", norma.campo("categorie_enti")),
            ("categorie_servizi", "bisogni dei servizi", norma.campo("categorie_servizi")),
            ("sito", "dati dell'ATS", Some(schema::nodo("sito"))),
        ] {
            trovate.extend(campi(soggetto, schema).confronta(da.get(chiave), a.get(chiave)));
        }
        for (file, vecchio, nuovo) in paia(da.get("media"), a.get("media")) {
            let detto = match (vecchio, nuovo) {
                _ if vecchio == nuovo => continue,
                (Some(_), Some(_)) => "cambiato",
                (None, _) => "aggiunto",
                (_, None) => "tolto",
            };
            trovate.push(Modifica::new(Genere::Altro, &format!("file `{file}`"), detto));
        }
    }
    if let Some((da, a)) = da.get("ats").zip(a.get("ats")).filter(|(da, a)| da != a) {
        let detto = format!("ATS: da {} a {}", in_parole::testo(da), in_parole::testo(a));
        trovate.push(Modifica::new(Genere::Altro, "piano", detto));
    }
    for (chiave, uno, nome, femminile) in SCHEDE {
        let vuota = Map::new();
        let schede = |dati| Value::as_object(Value::get(dati, chiave).unwrap_or(&Value::Null)).unwrap_or(&vuota);
        let (vecchie, nuove) = (schede(da), schede(a));
        let nome_di =
            |id: &str, scheda: &Value| format!("{uno} «{}»", scheda.get(nome).and_then(Value::as_str).unwrap_or(id));
        let mut ritrovate = BTreeSet::new();
        for (id, vecchia) in vecchie {
            let altrove =
                || nuove.iter().find(|(nuovo, nuova)| !vecchie.contains_key(*nuovo) && era(nuova, chiave, id));
            let Some((nuovo, nuova)) = nuove.get_key_value(id).or_else(altrove) else {
                let detto = if femminile { "tolta" } else { "tolto" };
                trovate.push(Modifica::new(Genere::Schede, &nome_di(id, vecchia), detto));
                continue;
            };
            let soggetto = nome_di(nuovo, nuova);
            if nuovo != id {
                ritrovate.insert(nuovo.as_str());
                let detto = format!("ora si trova in `{nuovo}`, prima era in `{id}`");
                trovate.push(Modifica::new(Genere::Schede, &soggetto, detto));
            }
            trovate.extend(campi(&soggetto, Some(schema::nodo(uno))).di_scheda(vecchia, nuova));
        }
        let is_new = |id: &str| !vecchie.contains_key(id) && !ritrovate.contains(id);
        for (id, nuova) in nuove.iter().filter(|(id, _)| is_new(id)) {
            let detto = if femminile { "aggiunta" } else { "aggiunto" };
            let denaro = in_parole::denaro_di(nuova).map(|denaro| format!(": {denaro}")).unwrap_or_default();
            let nata = Modifica::new(Genere::Schede, &nome_di(id, nuova), format!("{detto}{denaro}"));
            trovate.push(Modifica { atto: atti::della_scheda(nuova), ..nata });
        }
    }
    trovate.extend(regole::confronta(prima, dopo));
    // Of one subject in the order in which it was looked at: the state before the steps that led to it.
    trovate.sort_by(|a, b| (a.genere, &a.soggetto).cmp(&(b.genere, &b.soggetto)));
    trovate.dedup();
    trovate
}

/// Whether a record stood under another name: one of its addresses of before ends with it.
fn era(scheda: &Value, cartella: &str, id: &str) -> bool {
    let prima = scheda.get("indirizzi_precedenti").and_then(Value::as_array).into_iter().flatten();
    let cartella = if cartella == "enti" { "partner" } else { cartella };
    let fine = format!("/{cartella}/{id}");
    prima.filter_map(Value::as_str).any(|indirizzo| indirizzo.trim_end_matches('/').ends_with(&fine))
}

/// A figure of a plan, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conto {
    pub nome: &'static str,
    pub prima: String,
    pub dopo: String,
}

/// The counts and the totals that readers ask for first, where they differ or not.
pub fn conti(prima: &Lato, dopo: &Lato) -> Vec<Conto> {
    let quanti = |lato: &Lato, cartella: &str| {
        let schede = lato.contenuto.dati.get(cartella).and_then(Value::as_object);
        schede.map_or(0, Map::len).to_string()
    };
    let somma = |lato: &Lato, campo: &str| {
        let schede = lato.contenuto.dati.get("progetti").and_then(Value::as_object);
        let importi = schede
            .into_iter()
            .flat_map(Map::values)
            .filter_map(|scheda| in_parole::importo(campo, scheda.get("finanziamento")?.get(campo)?));
        let importi: Vec<Euro> = importi.collect();
        if importi.is_empty() { "non indicato".to_owned() } else { euro(importi.into_iter().sum()) }
    };
    let conto = |nome, di: &dyn Fn(&Lato) -> String| Conto { nome, prima: di(prima), dopo: di(dopo) };
    vec![
        conto("progetti", &|lato| quanti(lato, "progetti")),
        conto("alleanze", &|lato| quanti(lato, "alleanze")),
        conto("enti", &|lato| quanti(lato, "enti")),
        conto("costo complessivo", &|lato| somma(lato, "costo_complessivo")),
        conto("contributo riconosciuto", &|lato| somma(lato, "contributo_riconosciuto")),
    ]
}

/// Whether both sides hold norms, site and files: packages of the first format do not.
pub fn confrontabili(prima: &Lato, dopo: &Lato) -> bool {
    [prima, dopo].iter().all(|lato| lato.contenuto.dati.get("norme").is_some())
}

/// The fields of two records, or the records of two folders, each with what it was and what it is.
fn paia<'a>(da: Option<&'a Value>, a: Option<&'a Value>) -> Vec<(&'a String, Option<&'a Value>, Option<&'a Value>)> {
    let (da, a) = (da.and_then(Value::as_object), a.and_then(Value::as_object));
    let chiavi: BTreeSet<&String> = [da, a].into_iter().flatten().flat_map(Map::keys).collect();
    let di = |campi: Option<&'a Map<String, Value>>, chiave: &String| campi.and_then(|campi| campi.get(chiave));
    chiavi.into_iter().map(|chiave| (chiave, di(da, chiave), di(a, chiave))).collect()
}

fn nome_di_norma(norma: &Value) -> Option<String> {
    norma.get("atto").and_then(in_parole::atto).or_else(|| Some(norma.get("titolo")?.as_str()?.to_owned()))
}

/// How far the plan has come since.
fn stato(prima: &Lato, dopo: &Lato) -> Vec<Modifica> {
    let mut trovate = Vec::new();
    let mut aggiungi = |detto: String, atto: Option<&Atto>| {
        trovate.push(Modifica { atto: atto.map(Atto::cita), ..Modifica::new(Genere::Stato, "piano", detto) });
    };
    // What the state says is proved by the step that led to it.
    let ultimo = dopo.passaggi.fatti().last().and_then(|(_, passaggio)| passaggio.atto.as_ref());
    if prima.stato != dopo.stato {
        aggiungi(format!("stato: da «{}» a «{}»", schema::nome(prima.stato), schema::nome(dopo.stato)), ultimo);
    }
    for (chiave, passaggio) in dopo.passaggi.fatti() {
        if prima.passaggi.fatti().any(|vecchio| vecchio == (chiave, passaggio)) {
            continue;
        }
        let (nome, nuovo) = (in_parole::passaggio(chiave), passaggio.giorno_e_protocollo());
        let prima = prima.passaggi.fatti().find(|(sua, _)| *sua == chiave);
        let detto = match prima.map(|(_, vecchio)| vecchio.giorno_e_protocollo()) {
            Some(vecchio) if vecchio == nuovo => format!("{nome} il {nuovo}: cambiato"),
            Some(vecchio) => format!("{nome}: da {vecchio} a {nuovo}"),
            None => format!("{nome} il {nuovo}"),
        };
        aggiungi(detto, passaggio.atto.as_ref());
    }
    for (chiave, _) in prima.passaggi.fatti() {
        if !dopo.passaggi.fatti().any(|(sua, _)| sua == chiave) {
            aggiungi(format!("non è più scritto: {}", in_parole::passaggio(chiave)), None);
        }
    }
    trovate
}
