//! What the author of a record declared, with the questions of the norms.

use serde::Serialize;

use crate::plan::{Periodo, Plan, Progetto};
use crate::record::{Dichiarazioni, Norma, SuCosa};
use crate::value::{Dichiarazione, Id};

/// The answers for a record, or for a part of one.
#[derive(Serialize)]
pub struct Risposte<'a> {
    /// The action or the service.
    pub parte: Option<String>,
    pub risposte: Vec<Risposta<'a>>,
}

#[derive(Serialize)]
pub struct Risposta<'a> {
    pub domanda: &'a str,
    pub risposta: &'a str,
}

/// What a plan or a call declares, under the norm that binds it.
pub fn semplici<'a>(plan: &'a Plan, norma: &'a Norma, su: SuCosa, dette: &'a Dichiarazioni) -> Vec<Risposte<'a>> {
    of(plan, norma, su, None, dette).into_iter().collect()
}

/// What a project declares, and its actions and services.
pub fn di_progetto<'a>(plan: &'a Plan, periodo: &'a Periodo, progetto: &'a Progetto) -> Vec<Risposte<'a>> {
    let (_, norma) = plan.norma_di(periodo, progetto);
    let dati = &*progetto.dati;
    let own = of(plan, norma, SuCosa::Progetto, None, &dati.dichiarazioni);
    let azioni = dati.azioni.iter().filter_map(|azione| {
        of(plan, norma, SuCosa::Azione, Some(format!("Azione «{}»", azione.titolo)), &azione.dichiarazioni)
    });
    let servizi = dati.servizi.iter().filter_map(|servizio| {
        of(plan, norma, SuCosa::Servizio, Some(format!("Servizio «{}»", servizio.nome)), &servizio.dichiarazioni)
    });
    own.into_iter().chain(azioni).chain(servizi).collect()
}

fn of<'a>(
    plan: &'a Plan,
    norma: &'a Norma,
    su: SuCosa,
    parte: Option<String>,
    dette: &'a Dichiarazioni,
) -> Option<Risposte<'a>> {
    let risposte: Vec<Risposta> = dette
        .0
        .iter()
        .map(|(campo, detta)| Risposta {
            domanda: domanda(plan, norma, su, campo).unwrap_or(campo.as_str()),
            risposta: match detta {
                Dichiarazione::Detto(true) => "Sì",
                Dichiarazione::Detto(false) => "No",
                Dichiarazione::Testo(testo) => testo,
            },
        })
        .collect();
    (!risposte.is_empty()).then_some(Risposte { parte, risposte })
}

/// The question as the norm of the record puts it, or else the first other norm that asks it.
fn domanda<'a>(plan: &'a Plan, norma: &'a Norma, su: SuCosa, campo: &Id) -> Option<&'a str> {
    let all = std::iter::once(norma).chain(plan.norme.values().map(|norma| &**norma));
    let asked = all.flat_map(|norma| &norma.regole).filter_map(|regola| regola.dichiarazione.as_ref());
    let mut asked = asked.flat_map(|dati| dati.domande(su));
    asked.find(|domanda| domanda.campo == *campo).map(|domanda| domanda.domanda.as_str())
}
