//! "Il tuo comune": each commune with its district, what there is and what there was there, and whom to ask. No district
//! is guessed: of a commune that no record places, the page says so.

use std::collections::BTreeSet;

use tera::Value;

use super::engine::Foglio;
use super::offerta::{VistaServizio, servizi_di, territorio_di};
use super::situazione::{self, Situazione};
use super::viste::{
    Collegamento, collegamento_alleanza, collegamento_ente, collegamento_progetto, luoghi as luoghi_di,
};
use super::{ancore, servizi};
use crate::plan::{Alleanza, Periodo, Plan};
use crate::record::{Ambito, Territorio};
use crate::value::{Comune, elenco};

pub const CARTELLA: &str = "dove";

/// A commune, and where the page tells of it.
pub struct Luogo<'a> {
    pub nome: &'a str,
    pub ancora: String,
    pub ambito: Option<&'a Ambito>,
    provincia: Option<&'static str>,
    /// Some alliance, project or service names it.
    nominato: bool,
}

impl Luogo<'_> {
    /// Nothing is known of it but its name.
    pub fn solo_nome(&self) -> bool {
        self.ambito.is_none() && !self.nominato
    }
}

/// The page is there where some record says which communes are in a district.
pub fn c_e(plan: &Plan) -> bool {
    plan.sito.ambiti.iter().any(|ambito| !ambito.comuni.is_empty())
}

/// The districts with their anchors.
pub fn ambiti(plan: &Plan) -> impl Iterator<Item = (&Ambito, String)> {
    ancore::di("ambito", plan.sito.ambiti.iter(), |ambito| ambito.nome.as_str())
}

/// The communes of the same provinces as those that districts name, and whatever others the records name.
pub fn luoghi(plan: &Plan) -> Vec<Luogo<'_>> {
    if !c_e(plan) {
        return Vec::new();
    }
    let degli_ambiti = || plan.sito.ambiti.iter().flat_map(|ambito| &ambito.comuni);
    let province: BTreeSet<&str> = degli_ambiti().map(|comune| comune.provincia).collect();
    let nominati: BTreeSet<&str> =
        territori(plan).flat_map(|territorio| &territorio.comuni).map(String::as_str).collect();
    let mut nomi = nominati.clone();
    for comune in Comune::tutti().filter(|comune| province.contains(comune.provincia)) {
        nomi.insert(comune.nome());
    }
    ancore::di("comune", nomi.into_iter(), |nome| *nome)
        .map(|(nome, ancora)| Luogo {
            nome,
            ancora,
            ambito: plan.sito.ambiti.iter().find(|ambito| ambito.comuni.iter().any(|comune| **comune == *nome)),
            provincia: Comune::di_nome(nome).map(Comune::nome_provincia),
            nominato: nominati.contains(nome),
        })
        .collect()
}

/// The alliances some body of which has its seat in a commune, those of the most recent period first.
fn con_sede(plan: &Plan, nome: &str) -> Vec<Value> {
    let e_qui = |&ente: &usize| plan.enti[ente].dati.comune.as_deref() == Some(nome);
    let periodi = plan.periodi.iter().rev();
    let tutte = periodi.flat_map(|periodo| periodo.alleanze.iter().map(move |alleanza| (periodo, alleanza)));
    tutte
        .filter(|(_, alleanza)| alleanza.nominati().any(|ente| e_qui(&ente)))
        .map(|(periodo, alleanza)| in_breve(plan, periodo, alleanza))
        .collect()
}

/// Where alliances, projects and services say that they are.
fn territori(plan: &Plan) -> impl Iterator<Item = &Territorio> {
    let progetti = plan.progetti().flat_map(|(_, progetto)| {
        [&progetto.dati.territorio].into_iter().chain(progetto.dati.servizi.iter().map(|servizio| &servizio.territorio))
    });
    let alleanze = plan.periodi.iter().flat_map(|periodo| periodo.alleanze.iter());
    alleanze.map(|alleanza| &alleanza.dati.territorio).chain(progetti)
}

/// A project, with where it is and what it offers.
struct Progetto<'a> {
    a: Collegamento<'a>,
    periodo: &'a str,
    situazione: Situazione,
    dove: &'a Territorio,
    servizi: Vec<VistaServizio<'a>>,
}

/// Those that were turned down or taken back are nowhere.
fn progetti(plan: &Plan) -> Vec<Progetto<'_>> {
    let periodi = plan.periodi.iter().rev();
    let tutti = periodi.flat_map(|periodo| periodo.progetti.iter().map(move |progetto| (periodo, progetto)));
    tutti
        .filter(|(_, progetto)| !progetto.dati.stato().e_caduto())
        .map(|(periodo, progetto)| Progetto {
            a: collegamento_progetto(periodo, progetto),
            periodo: periodo.id.as_str(),
            situazione: situazione::di_progetto(plan, periodo, progetto),
            dove: territorio_di(&progetto.dati.territorio, &periodo.alleanze[progetto.alleanza].dati.territorio),
            servizi: servizi_di(plan, periodo, progetto),
        })
        .collect()
}

/// A district, a commune of none that the records name, or no place at all.
struct Zona<'a> {
    ambito: Option<&'a Ambito>,
    comuni: Vec<&'a Luogo<'a>>,
}

impl Zona<'_> {
    fn comprende(&self, territorio: &Territorio) -> bool {
        // Of no place is what tells none.
        if self.ambito.is_none() && self.comuni.is_empty() {
            return territorio.ambiti.is_empty() && territorio.comuni.is_empty();
        }
        self.intera(territorio)
            || territorio.comuni.iter().any(|nome| self.comuni.iter().any(|luogo| luogo.nome == nome))
    }

    fn intera(&self, territorio: &Territorio) -> bool {
        self.ambito.is_some_and(|ambito| territorio.ambiti.contains(&ambito.nome))
    }
}

pub fn pagina(foglio: &mut Foglio) {
    let plan = foglio.plan;
    let (luoghi, progetti) = (luoghi(plan), progetti(plan));
    let zona_di = |(ambito, ancora): (&Ambito, String)| {
        let comuni = luoghi.iter().filter(|luogo| luogo.ambito.is_some_and(|suo| std::ptr::eq(suo, ambito)));
        let zona = Zona { ambito: Some(ambito), comuni: comuni.collect() };
        vista(plan, &progetti, (&format!("Ambito {}", ambito.nome), &ancora), &zona)
    };
    let mut per_nome: Vec<(&Ambito, String)> = ambiti(plan).collect();
    per_nome.sort_by_key(|(ambito, _)| ambito.nome.to_lowercase());
    let mut zone: Vec<Value> = per_nome.into_iter().map(zona_di).collect();
    for luogo in luoghi.iter().filter(|luogo| luogo.ambito.is_none() && luogo.nominato) {
        let ancora = luogo.ancora.replacen("comune", "solo", 1);
        zone.push(vista(plan, &progetti, (luogo.nome, &ancora), &Zona { ambito: None, comuni: vec![luogo] }));
    }
    let altrove = vista(plan, &progetti, ("", "altrove"), &Zona { ambito: None, comuni: Vec::new() });
    let senza: Vec<&Luogo> = luoghi.iter().filter(|luogo| luogo.solo_nome()).collect();
    let province: BTreeSet<&str> = senza.iter().filter_map(|luogo| luogo.provincia).collect();
    foglio.insert("zone", &zone);
    foglio.insert("altrove", &altrove);
    foglio.insert("senza_luogo", &servizi::senza_luogo(&servizi::tutti(plan).collect::<Vec<_>>()));
    let con_enti = senza.iter().map(|luogo| (*luogo, con_sede(plan, luogo.nome)));
    let (con_enti, altri): (Vec<_>, Vec<_>) = con_enti.partition(|(_, alleanze)| !alleanze.is_empty());
    let con_enti = con_enti.into_iter().map(|(luogo, alleanze)| vista! { "luogo": voce(luogo), "alleanze": alleanze });
    foglio.insert("con_enti", &con_enti.collect::<Vec<_>>());
    foglio.insert("senza_ambito", &altri.into_iter().map(|(luogo, _)| voce(luogo)).collect::<Vec<_>>());
    foglio.insert("piu_province", &(province.len() > 1));
    foglio.insert("province", &elenco(province.into_iter().map(str::to_owned)));
}

fn voce(luogo: &Luogo) -> Value {
    vista! { "nome": luogo.nome, "ancora": luogo.ancora }
}

fn vista<'a>(plan: &'a Plan, progetti: &'a [Progetto<'a>], (nome, ancora): (&str, &str), zona: &Zona) -> Value {
    let suoi = |territorio: &Territorio| zona.comprende(territorio);
    let servizi = |progetto: &'a Progetto<'a>| {
        let qui = progetto.servizi.iter().filter(|servizio| suoi(servizio.territorio));
        let a = move |servizio: &'a VistaServizio<'a>| {
            let indirizzo = format!("{}#{}", progetto.a.indirizzo, servizio.ancora);
            Collegamento { id: progetto.a.id, nome: &servizio.servizio.nome, indirizzo }
        };
        qui.map(a).collect::<Vec<_>>()
    };
    let qui = progetti.iter().map(|progetto| (progetto, servizi(progetto)));
    let qui = qui.filter(|(progetto, servizi)| suoi(progetto.dove) || !servizi.is_empty());
    let (finiti, aperti): (Vec<_>, Vec<_>) = qui.partition(|(progetto, _)| progetto.situazione.finita);
    // A project with the services that it has in a place.
    let in_vista = |(progetto, servizi): (&Progetto, Vec<Collegamento>)| {
        vista! {
            "nome": progetto.a.nome,
            "indirizzo": progetto.a.indirizzo,
            "periodo": progetto.periodo,
            "breve": progetto.situazione.breve,
            // Where it is, if that is not the whole district.
            "luoghi": luoghi_di(progetto.dove).filter(|_| zona.ambito.is_some() && !zona.intera(progetto.dove)),
            "servizi": servizi,
        }
    };
    let alleanze = plan.periodi.iter().rev().flat_map(|periodo| {
        let sue = periodo.alleanze.iter().filter(|alleanza| suoi(&alleanza.dati.territorio));
        sue.map(move |alleanza| vista_alleanza(plan, periodo, alleanza))
    });
    vista! {
        "nome": nome,
        "ancora": ancora,
        "ambito": zona.ambito.is_some(),
        "comuni": zona.comuni.iter().map(|luogo| voce(luogo)).collect::<Vec<_>>(),
        "aperti": aperti.into_iter().map(in_vista).collect::<Vec<_>>(),
        "finiti": finiti.into_iter().map(in_vista).collect::<Vec<_>>(),
        "alleanze": alleanze.collect::<Vec<_>>(),
        "altro": zona.ambito.map(|ambito| vista! { "contatti": ambito.contatti, "fonte": ambito.fonte }),
    }
}

fn vista_alleanza(plan: &Plan, periodo: &Periodo, alleanza: &Alleanza) -> Value {
    vista! {
        "capofila": collegamento_ente(plan, alleanza.capofila),
        "contatti": alleanza.dati.contatti,
        ..&in_breve(plan, periodo, alleanza)
    }
}

/// Whom to ask, or whom there was to ask.
fn in_breve(plan: &Plan, periodo: &Periodo, alleanza: &Alleanza) -> Value {
    let finita = situazione::di_piano(periodo, plan.sito.aggiornato_al).finita;
    vista! { "alleanza": collegamento_alleanza(periodo, alleanza), "periodo": periodo.id, "finita": finita }
}
