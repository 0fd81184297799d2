//! Stage 4, second half: what each rule of the norms says of each record it binds.
//!
//! A norm binds a plan, or a single avviso inside it with the projects that answer it. Each kind of rule is one file
//! here, which reads the parameters that the file of the same name in `record/regole` declares, and knows no norm and no code. The outcome is data: the report tells what is
//! wrong, the pages tell all of it.

mod aiuti;
mod azione_di_sistema;
mod campi;
mod classificazione;
mod contesto;
mod deroghe;
mod dichiarazione;
mod giudizio;
mod governo;
mod graduatoria;
mod imprese_servite;
mod informazione;
mod limite;
mod partenariato;
mod report;
mod requisiti_ente;
mod riparto;
mod tempi;
mod trasparenza;
mod verdetto;

use std::sync::Arc;

use rayon::prelude::*;

pub use contesto::{Contesto, Giudizi, Soggetto};
pub use deroghe::{RULES, of as deroghe_di};
pub use giudizio::{Lettori, Natura, Rilievo};
pub use trasparenza::{pubblicata_fino_al, until as fine_della_pubblicazione};
pub use verdetto::verdetto;

use giudizio::Esame;

use crate::plan::{Plan, Sostituzione};
use crate::record::{Gravita, Norma, Regola, StatoPiano, StatoProgetto, judge_by_kind};
use crate::report::Report;
use crate::value::Id;

/// What the rules say of the records of every period, in the order of `Plan::periodi`.
#[derive(Debug, Default)]
pub struct Conformita {
    pub periodi: Vec<Vec<EsitoNorma>>,
}

/// A norm that binds something of a period, and its rules.
#[derive(Debug)]
pub struct EsitoNorma {
    pub id: Id,
    pub norma: Arc<Norma>,
    /// In the order of the norm.
    pub regole: Vec<EsitoRegola>,
}

#[derive(Debug)]
pub struct EsitoRegola {
    /// Index into `Norma::regole`.
    pub regola: usize,
    pub verdetti: Vec<Verdetto>,
}

/// What one rule says of one record.
#[derive(Debug)]
pub struct Verdetto {
    pub soggetto: Soggetto,
    pub esito: Esito,
    /// What was found, where something is to be said.
    pub rilievi: Vec<Rilievo>,
    /// Index into the `deroghe` of the record.
    pub deroga: Option<usize>,
}

/// From the lightest to the heaviest: the heaviest of several is that of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Esito {
    NonApplicabile,
    Informazione,
    /// Computed from figures, bodies or dates.
    Rispettata,
    /// The author says so; nobody computed it.
    Dichiarata,
    /// A text or a field is there; what it says is for people to judge.
    Presente,
    /// By the wording of the site, which is not that of the program.
    Sostituita,
    Derogata,
    /// The source of an earlier period does not say.
    NonIndicata,
    DaDichiarare,
    DaVerificare,
    Violata,
}

/// In the order in which pages tell them: what is well, what an act allows, what is left to do, what does not concern.
pub const ESITI: [Esito; 11] = [
    Esito::Rispettata,
    Esito::Dichiarata,
    Esito::Presente,
    Esito::Sostituita,
    Esito::Derogata,
    // Errors stop the publication: this one never reaches a page.
    Esito::Violata,
    Esito::DaVerificare,
    Esito::DaDichiarare,
    Esito::NonIndicata,
    Esito::Informazione,
    Esito::NonApplicabile,
];

impl Esito {
    /// The outcome that a word of the data means.
    pub fn detto(parola: &str) -> Option<Esito> {
        ESITI.into_iter().find(|esito| esito.parola() == parola)
    }

    /// Nothing is to be said of it: the outcomes above this ask for a look.
    pub fn in_ordine(self) -> bool {
        self <= Esito::Presente
    }

    /// The word of the pages and of the open data.
    pub fn parola(self) -> &'static str {
        self.parole().0
    }

    /// The outcome of so many rules: `rispettate`, `da verificare`.
    pub fn di_regole(self, numero: usize) -> &'static str {
        let (_, altre) = self.parole();
        match (self, numero) {
            // The word of the data tells of what the rule asks for.
            (Esito::NonIndicata, 1) => "non indicata nella fonte",
            (_, 1) => self.parola(),
            _ => altre,
        }
    }

    /// Of one rule and of several.
    fn parole(self) -> (&'static str, &'static str) {
        match self {
            Esito::NonApplicabile => ("non applicabile", "non applicabili"),
            Esito::Informazione => ("informazione", "informazioni"),
            Esito::Rispettata => ("rispettata", "rispettate"),
            Esito::Dichiarata => ("dichiarata dall'ATS", "dichiarate dall'ATS"),
            Esito::Presente => ("presente", "presenti"),
            Esito::Sostituita => ("sostituita dal sito", "sostituite dal sito"),
            Esito::Derogata => ("derogata", "derogate"),
            Esito::NonIndicata => ("non indicato nella fonte", "non indicate nella fonte"),
            Esito::DaDichiarare => ("da dichiarare", "da dichiarare"),
            Esito::DaVerificare => ("da verificare", "da verificare"),
            Esito::Violata => ("non rispettata", "non rispettate"),
        }
    }
}

impl EsitoNorma {
    pub fn regola(&self, esito: &EsitoRegola) -> &Regola {
        &self.norma.regole[esito.regola]
    }
}

impl EsitoRegola {
    /// The heaviest outcome of all the records.
    pub fn esito(&self) -> Esito {
        self.verdetti.iter().map(|verdetto| verdetto.esito).max().unwrap_or(Esito::NonApplicabile)
    }
}

/// Judges every period under its norms, and says what is wrong.
pub fn judge(plan: &Plan, report: &mut Report) -> Conformita {
    let mut conformita = Conformita::default();
    for (p, periodo) in plan.periodi.iter().enumerate() {
        let contesti = Contesto::tutti(plan, p).into_par_iter();
        let found: Vec<(EsitoNorma, Contesto)> = contesti.map(|contesto| (under(&contesto), contesto)).collect();
        report::tell(&found, report);
        let (norme, contesti): (Vec<EsitoNorma>, Vec<Contesto>) = found.into_iter().unzip();
        deroghe::judge(plan, periodo, &norme, report);
        dichiarazione::unknown(&contesti, periodo, report);
        conformita.periodi.push(norme);
    }
    conformita
}

fn under(contesto: &Contesto) -> EsitoNorma {
    let regole = contesto.norma.regole.iter().enumerate();
    let regole = regole.map(|(i, regola)| EsitoRegola { regola: i, verdetti: verdicts(contesto, regola) }).collect();
    EsitoNorma { id: contesto.id.clone(), norma: Arc::clone(contesto.norma), regole }
}

fn verdicts(contesto: &Contesto, regola: &Regola) -> Vec<Verdetto> {
    let giudizi: Giudizi = match regola.tipi().first() {
        Some(tipo) => judge_by_kind!(tipo, contesto),
        // A rule without a kind has had its own message.
        None => Vec::new(),
    };
    let sostituita = contesto.plan.e_sostituita(contesto.id, &regola.codice);
    if sostituita && giudizi.is_empty() {
        // Worded so that it concerns nothing, it is told all the same.
        let soggetto = contesto.chi_risponde();
        return vec![Verdetto { soggetto, esito: Esito::Sostituita, rilievi: Vec::new(), deroga: None }];
    }
    giudizi
        .into_iter()
        .map(|(soggetto, giudizio)| {
            let whole = weigh(contesto, regola, soggetto, &giudizio, true);
            let mut deroghe = deroghe::of(contesto.periodo, soggetto).0.iter();
            let deroga = deroghe.position(|deroga| !whole.in_ordine() && deroga.regola == regola.codice);
            let esito = match deroga {
                Some(_) => Esito::Derogata,
                None => weigh(contesto, regola, soggetto, &giudizio, false),
            };
            let esito = if sostituita { esito.max(Esito::Sostituita) } else { esito };
            Verdetto { soggetto, esito, rilievi: giudizio.into_iter().filter_map(Esame::rilievo).collect(), deroga }
        })
        .collect()
}

/// The outcome of a judgement: the heaviest of what was found, with or without what concerns the office alone.
fn weigh(contesto: &Contesto, regola: &Regola, soggetto: Soggetto, giudizio: &[Esame], interni: bool) -> Esito {
    let is_error = |rilievo: &Rilievo| weight(contesto, regola, soggetto, rilievo) == Gravita::Errore;
    let outcome = |esame: &Esame| match esame {
        Esame::Caso => Esito::Rispettata,
        Esame::Dichiarato => Esito::Dichiarata,
        Esame::Presente => Esito::Presente,
        Esame::Informa => Esito::Informazione,
        Esame::Taciuto => Esito::NonIndicata,
        // What is told to the office alone was decided all the same; what is absent decides nothing.
        Esame::Trovato(rilievo) if rilievo.per == Lettori::Ufficio && !interni => match rilievo.natura.is_absent() {
            true => Esito::NonApplicabile,
            false => Esito::Rispettata,
        },
        Esame::Trovato(rilievo) => match rilievo.natura {
            Natura::Vale => Esito::Rispettata,
            Natura::Viola if is_error(rilievo) => Esito::Violata,
            Natura::Viola | Natura::Dubbio => Esito::DaVerificare,
            Natura::Manca | Natura::NonDichiarato if contesto.storica => Esito::NonIndicata,
            Natura::Manca if is_error(rilievo) => Esito::Violata,
            Natura::Manca | Natura::NonDichiarato => Esito::DaDichiarare,
        },
    };
    // A rule of several parts is worth what its weakest part is; one that is shown here is judged elsewhere.
    let heaviest = giudizio.iter().map(outcome).max().unwrap_or(Esito::NonApplicabile);
    let is_shown = giudizio.iter().any(|esame| matches!(esame, Esame::Informa));
    if is_shown && heaviest.in_ordine() { Esito::Informazione } else { heaviest }
}

/// How much a finding weighs: what is not decided yet (a request, a draft) is to be looked at, not refused.
fn weight(contesto: &Contesto, regola: &Regola, soggetto: Soggetto, rilievo: &Rilievo) -> Gravita {
    let provisional = match soggetto {
        Soggetto::Progetto(i) => contesto.periodo.progetti[i].dati.stato() == StatoProgetto::Presentato,
        Soggetto::Piano => {
            use StatoPiano::{Bozza, InPreparazione, NonIndicato};
            // The plan is not adopted yet: what is absent may still come.
            let is_draft = matches!(contesto.periodo.dati.stato, InPreparazione | Bozza | NonIndicato);
            is_draft && rilievo.natura == Natura::Manca
        }
        Soggetto::Avviso(_) => false,
    };
    if provisional { Gravita::Avviso } else { regola.gravita }
}

/// What the site changes in the norms that bind a period.
pub fn sostituzioni(plan: &Plan, p: usize) -> Vec<&Sostituzione> {
    let norme: Vec<&Id> = Contesto::tutti(plan, p).iter().map(|contesto| contesto.id).collect();
    let binds = |s: &&Sostituzione| s.sempre || norme.iter().any(|id| **id == s.norma || plan.estende(id, &s.norma));
    plan.sostituzioni.iter().filter(binds).collect()
}

/// The act and the paragraph of a rule, as a message cites them.
pub fn citazione(norma: &Norma, regola: &Regola) -> String {
    let atto = regola.fonte.clone().unwrap_or_else(|| norma.cita());
    match &regola.paragrafo {
        Some(paragrafo) if paragrafo.starts_with(|c: char| c.is_ascii_digit()) => format!("{atto}, § {paragrafo}"),
        Some(paragrafo) => format!("{atto}, {paragrafo}"),
        None => atto,
    }
}
