//! Small views that several pages share: what a list shows of a record.

use serde::Serialize;
use tera::Value;

use super::parole;
use super::situazione;
use crate::plan::{Alleanza, Ente, Periodo, Plan, Progetto};
use crate::record::{Limiti, Norma, Regola, Territorio};
use crate::value::quote::percento;
use crate::value::{Id, euro};

/// A body, as lists and links show it.
#[derive(Serialize)]
pub struct VistaEnte<'a> {
    pub id: &'a Id,
    pub nome: &'a str,
    pub sigla: Option<&'a str>,
    pub categoria: &'a str,
    pub natura: &'static str,
    pub comune: Option<&'a str>,
    pub provincia: Option<&'a str>,
    pub indirizzo: String,
}

impl<'a> VistaEnte<'a> {
    pub fn of(plan: &'a Plan, ente: usize) -> Self {
        let Ente { id, dati, categoria, .. } = &plan.enti[ente];
        let categoria = &plan.categorie_enti[*categoria];
        VistaEnte {
            id,
            nome: &dati.nome,
            sigla: dati.sigla.as_deref(),
            categoria: &categoria.nome,
            natura: parole::nome(categoria.natura),
            comune: dati.comune.as_deref(),
            provincia: dati.provincia.as_deref(),
            indirizzo: format!("partner/{id}/"),
        }
    }
}

/// A title and where it leads.
#[derive(Serialize)]
pub struct Collegamento<'a> {
    pub id: &'a str,
    pub nome: &'a str,
    pub indirizzo: String,
}

pub fn collegamento<'a>(id: &'a Id, nome: &'a str, indirizzo: String) -> Collegamento<'a> {
    Collegamento { id: id.as_str(), nome, indirizzo }
}

pub fn indirizzo_progetto(periodo: &Periodo, progetto: &Progetto) -> String {
    format!("{}/progetti/{}/", periodo.id, progetto.id)
}

pub fn indirizzo_alleanza(periodo: &Periodo, alleanza: &Alleanza) -> String {
    format!("{}/alleanze/{}/", periodo.id, alleanza.id)
}

pub fn collegamento_progetto<'a>(periodo: &'a Periodo, progetto: &'a Progetto) -> Collegamento<'a> {
    collegamento(&progetto.id, &progetto.dati.titolo, indirizzo_progetto(periodo, progetto))
}

pub fn collegamento_alleanza<'a>(periodo: &'a Periodo, alleanza: &'a Alleanza) -> Collegamento<'a> {
    collegamento(&alleanza.id, &alleanza.dati.nome, indirizzo_alleanza(periodo, alleanza))
}

pub fn collegamento_ente<'a>(plan: &'a Plan, ente: usize) -> Collegamento<'a> {
    let Ente { id, dati, .. } = &plan.enti[ente];
    collegamento(id, &dati.nome, format!("partner/{id}/"))
}

/// A project, as tables show it.
pub fn progetto(plan: &Plan, periodo: &Periodo, progetto: &Progetto) -> Value {
    let dati = &*progetto.dati;
    vista! {
        "id": progetto.id,
        "titolo": dati.titolo,
        "indirizzo": indirizzo_progetto(periodo, progetto),
        "periodo": periodo.id,
        "sintesi": dati.sintesi,
        "scheda": dati.scheda,
        "stato": dati.stato(),
        "situazione": situazione::di_progetto(plan, periodo, progetto),
        "alleanza": collegamento_alleanza(periodo, &periodo.alleanze[progetto.alleanza]),
        "capofila": collegamento_ente(plan, periodo.capofila(progetto)),
        "posizione": dati.graduatoria.as_ref().map(|posto| posto.posizione),
        "punteggio": dati.graduatoria.as_ref().map(|posto| posto.punteggio),
        "finanziamento": dati.finanziamento,
        "servizi": dati.servizi.len(),
    }
}

pub fn collegamento_avviso(periodo: &Periodo, avviso: usize) -> Collegamento<'_> {
    let avviso = &periodo.avvisi[avviso];
    collegamento(&avviso.id, &avviso.dati.titolo, format!("{}/avvisi/{}/", periodo.id, avviso.id))
}

/// Where something happens, and what the office notes of it.
pub fn territorio(territorio: &Territorio) -> Option<String> {
    luoghi(territorio).into_iter().chain(territorio.nota.clone()).reduce(|luoghi, nota| format!("{luoghi}. {nota}"))
}

/// The places alone.
pub fn luoghi(territorio: &Territorio) -> Option<String> {
    let detti = |nomi: &[String], uno: &str, molti: &str| match nomi {
        [] => None,
        [nome] => Some(format!("{uno} {nome}")),
        nomi => Some(format!("{molti} {}", nomi.join(", "))),
    };
    let ambiti = detti(&territorio.ambiti, "Ambito", "Ambiti:");
    let comuni = detti(&territorio.comuni, "Comune:", "Comuni:");
    ambiti.into_iter().chain(comuni).reduce(|ambiti, comuni| format!("{ambiti}; {comuni}"))
}

/// What a call gives at most.
pub fn limiti(limiti: &Limiti) -> Option<String> {
    let parte = limiti.percentuale_massima.map(|parte| format!("{} del costo", percento(parte)));
    let massimo = limiti.contributo_massimo.map(|massimo| format!("{} per progetto", euro(massimo)));
    parte.into_iter().chain(massimo).reduce(|parte, massimo| format!("{parte}, e comunque non più di {massimo}"))
}

/// A norm, where it is named.
#[derive(Serialize)]
pub struct VistaNorma<'a> {
    pub id: &'a Id,
    pub titolo: &'a str,
    pub cita: String,
    pub indirizzo: String,
}

impl<'a> VistaNorma<'a> {
    pub fn of(id: &'a Id, norma: &'a Norma) -> Self {
        VistaNorma { id, titolo: &norma.titolo, cita: norma.cita(), indirizzo: format!("norme/{id}/") }
    }

    pub fn found(plan: &'a Plan, id: &Id) -> Option<Self> {
        plan.norme.get_key_value(id).map(|(id, norma)| VistaNorma::of(id, norma))
    }
}

/// Where the page of a norm tells a rule.
pub fn indirizzo_regola(norma: &Id, regola: &Regola) -> String {
    format!("norme/{norma}/#{}", regola.codice)
}
