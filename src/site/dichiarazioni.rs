//! What the author of a record declared, with the questions of the norms.

use tera::Value;

use crate::plan::{Periodo, Plan, Progetto};
use crate::record::{Dichiarazioni, Norma, SuCosa};
use crate::value::{Dichiarazione, Id};

/// What a plan or a call declares, under the norm that binds it.
pub fn semplici(plan: &Plan, norma: &Norma, su: SuCosa, dette: &Dichiarazioni) -> Vec<Value> {
    of(plan, norma, su, None, dette).into_iter().collect()
}

/// What a project declares, and its actions and services.
pub fn di_progetto(plan: &Plan, periodo: &Periodo, progetto: &Progetto) -> Vec<Value> {
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

/// The answers for a record, or for a part of one: the action or the service.
fn of(plan: &Plan, norma: &Norma, su: SuCosa, parte: Option<String>, dette: &Dichiarazioni) -> Option<Value> {
    let risposta = |(campo, detta): (&Id, &Dichiarazione)| {
        vista! {
            "domanda": domanda(plan, norma, su, campo).unwrap_or(campo.as_str()),
            "risposta": match detta {
                Dichiarazione::Detto(true) => "Sì",
                Dichiarazione::Detto(false) => "No",
                Dichiarazione::Testo(testo) => testo,
            },
        }
    };
    let risposte: Vec<Value> = dette.0.iter().map(risposta).collect();
    (!risposte.is_empty()).then(|| vista! { "parte": parte, "risposte": risposte })
}

/// The question as the norm of the record puts it, or else the first other norm that asks it.
fn domanda<'a>(plan: &'a Plan, norma: &'a Norma, su: SuCosa, campo: &Id) -> Option<&'a str> {
    let all = std::iter::once(norma).chain(plan.norme.values().map(|norma| &**norma));
    let asked = all.flat_map(|norma| &norma.regole).filter_map(|regola| regola.dichiarazione.as_ref());
    let mut asked = asked.flat_map(|dati| dati.domande(su));
    asked.find(|domanda| domanda.campo == *campo).map(|domanda| domanda.domanda.as_str())
}
