//! The rules of the norms beside the fields that they bind, kept or broken.

use std::collections::BTreeSet;

use serde::Serialize;

use super::forme::scritto;
use super::vista::{Aperta, Vista};
use crate::conformita::citazione;
use crate::input::store::Parsed;
use crate::path;
use crate::report::Step;
use crate::theme::messaggi::{plain, sentence};
use crate::value::Id;
use crate::yaml::modifica::Scheda;

/// A rule, as it stands beside a field.
#[derive(Debug, Clone, Serialize)]
pub struct Vincolo {
    /// The way to the field, without the places of lists.
    #[serde(skip)]
    campo: String,
    codice: String,
    detto: String,
    norma: String,
    /// Of a question: it wants a yes or a no.
    #[serde(skip)]
    pub si_o_no: bool,
    /// The answer that the norm admits.
    risposta: Option<&'static str>,
}

impl Vista {
    /// What binds the fields of a record: its norm and those that always hold.
    pub fn vincoli(&self, aperta: &Aperta, scheda: &Scheda) -> Vec<Vincolo> {
        let genere = aperta.genere;
        let norme = self.norme_di(aperta, scheda);
        let norme = norme.iter().filter_map(|id| self.norme.get(id));
        let regole = norme.flat_map(|norma| norma.regole.iter().map(move |regola| (norma, regola)));
        let vincoli = regole.flat_map(|(norma, regola)| {
            let campi = regola.tipi().into_iter().flat_map(|tipo| tipo.vincola());
            let suoi = campi.filter_map(move |campo| Some(campo.strip_prefix(genere)?.strip_prefix('.')?.to_owned()));
            let domanda = move |campo: &str| {
                let (_, chiave) = campo.rsplit_once("dichiarazioni.")?;
                regola.dichiarazione.as_ref()?.chiede.iter().find(|domanda| domanda.campo.as_str() == chiave)
            };
            suoi.map(move |campo| Vincolo {
                si_o_no: domanda(&campo).is_some_and(|domanda| !domanda.testo),
                risposta: domanda(&campo).and_then(|domanda| Some(if domanda.atteso? { "sì" } else { "no" })),
                campo,
                codice: regola.codice.clone(),
                detto: sentence(&plain(&regola.titolo)),
                norma: citazione(norma, regola),
            })
        });
        vincoli.collect()
    }

    fn norme_di(&self, aperta: &Aperta, scheda: &Scheda) -> BTreeSet<Id> {
        let detto = |campo: &'static str| Id::parse(scheda.valore(&path![campo]).map(scritto)?).ok();
        let di_ora = || self.piani().into_iter().next();
        let piano = aperta.piano().cloned().or_else(di_ora);
        let parsed = |file: String| self.store.entries.get(&file).map(|entry| &entry.parsed);
        let del_piano = piano.as_ref().and_then(|piano| match parsed(format!("piani/{piano}/piano.yaml")) {
            Some(Parsed::Piano(piano)) => Some(piano.norma.clone()),
            _ => None,
        });
        let dell_avviso = |avviso: &Id| match parsed(format!("piani/{}/avvisi/{avviso}.yaml", piano.as_ref()?)) {
            Some(Parsed::Avviso(avviso)) => avviso.norma.clone(),
            _ => None,
        };
        let sua = match aperta.genere {
            "piano" | "avviso" => detto("norma"),
            "progetto" => detto("avviso").and_then(|avviso| dell_avviso(&avviso)),
            _ => None,
        };
        let sempre = self.norme.iter().filter(|(_, norma)| norma.vale_sempre).map(|(id, _)| id.clone());
        sempre.chain(sua.or(del_piano)).collect()
    }
}

/// Those of a field.
pub fn di<'v>(vincoli: &'v [Vincolo], passi: &[Step]) -> impl Iterator<Item = &'v Vincolo> {
    let chiavi = passi.iter().filter_map(|passo| match passo {
        Step::Key(chiave) => Some(chiave.as_ref()),
        Step::Index(_) => None,
    });
    let campo = chiavi.collect::<Vec<_>>().join(".");
    vincoli.iter().filter(move |vincolo| vincolo.campo == campo)
}

#[cfg(test)]
mod tests {
    use crate::schema::nodo;

    #[test]
    fn every_field_that_a_rule_binds_is_there() {
        let norme = crate::norme::builtin(&mut crate::report::Report::default());
        let mut visti = 0;
        for (norma, regola) in norme.values().flat_map(|norma| norma.regole.iter().map(move |regola| (norma, regola))) {
            for campo in regola.tipi().into_iter().flat_map(|tipo| tipo.vincola()) {
                let mut parti = campo.split('.');
                let scheda = nodo(parti.next().unwrap_or_default());
                let found = parti
                    .try_fold(scheda, |nodo, parte| nodo.0.get("items").map_or(nodo, crate::value::Nodo).campo(parte));
                assert!(found.is_some(), "{} {}: {campo}", norma.titolo, regola.codice);
                visti += 1;
            }
        }
        assert!(visti > 60, "{visti}");
    }
}
