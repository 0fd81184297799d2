//! The acts of a plan: where a record only names one, the act itself is put in its place.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::Origine;
use super::files::PlanFiles;
use super::names::Elenco;
use crate::path;
use crate::record::{Atto, ConAtti, Parola, Visita, senza_n, tipi_simili};
use crate::report::{Diagnostic, Place, Report, Step};
use crate::suggest;
use crate::value::{Data, Id};

/// What is said of an act that none of those is near.
const PRIMA: &str = "aggiungi prima l'atto fra le schede, con tipo, numero e data; qui va l'identificativo che gli dai";

/// The acts of `atti.yaml`, by the names that records give them.
pub(super) struct Atti<'a> {
    per_id: BTreeMap<&'a Id, &'a Atto>,
    noti: Elenco<'a>,
    /// The file could not be read: no name can be called wrong.
    rotti: bool,
    /// What an act lacks, a source of years ago may not tell.
    storica: bool,
}

/// What an act of today has, and this one lacks.
fn lacks(numero: bool, giorno: bool) -> Option<&'static str> {
    match (numero, giorno) {
        (true, true) => None,
        (false, _) => Some("il numero"),
        (true, false) => Some("il giorno"),
    }
}

/// Whether two acts differ only in how type and number are written.
fn same_in_other_words(uno: &Atto, altro: &Atto) -> bool {
    let numero = |atto: &Atto| atto.numero.as_deref().map(|numero| senza_n(numero).to_lowercase());
    let stesso_organo = uno.organo.is_none() || altro.organo.is_none() || uno.organo == altro.organo;
    let stesso_giorno = uno.giorno().is_some() && uno.giorno() == altro.giorno();
    let stesso_numero = numero(uno).is_some() && numero(uno) == numero(altro);
    stesso_giorno && stesso_numero && stesso_organo && tipi_simili(&uno.tipo, &altro.tipo)
}

fn incomplete(what: &str, place: Place) -> Diagnostic {
    Diagnostic::error("C-03", format!("dell'atto manca {what}"))
        .at(place)
        .help("scrivi `numero` e `data` come sono nell'atto: solo di un Piano di anni fa possono non essere noti")
}

impl<'a> Atti<'a> {
    pub(super) fn di(files: &'a PlanFiles, storica: bool, report: &mut Report) -> Self {
        let mut per_id: BTreeMap<&Id, &Atto> = BTreeMap::new();
        let mut posti: BTreeMap<&Id, &Origine> = BTreeMap::new();
        let mut identici = BTreeMap::new();
        let mut simili: Vec<(&Atto, &Origine)> = Vec::new();
        for (atto, origine) in &files.atti {
            let Some(id) = atto.id.as_ref().filter(|_| !atto.citato) else {
                let name = suggest::slug(&atto.cita());
                report.add(
                    Diagnostic::error("C-03", "in `atti.yaml` ogni atto ha bisogno di tipo, numero, data e di un `id`")
                        .at(origine.value(path![]))
                        .help(format!("aggiungi `id: {name}`")),
                );
                continue;
            };
            if let Some(prima) = posti.get(id) {
                report.add(
                    Diagnostic::error("C-09", format!("due atti hanno lo stesso `id`: `{id}`"))
                        .at(origine.value(path!["id"]))
                        .related(prima.value(path!["id"]), "qui la prima volta")
                        .help("dai a uno dei due un altro `id`, o togli il doppione"),
                );
                continue;
            }
            let same = (atto.tipo.to_lowercase(), &atto.numero, atto.data.map(|data| data.to_string()), &atto.organo);
            let whole = atto.numero.is_some() && atto.data.is_some();
            let identico = identici.insert(same, origine).filter(|_| whole);
            if let Some((_, prima)) =
                simili.iter().find(|(altro, _)| identico.is_none() && same_in_other_words(altro, atto))
            {
                report.add(
                    Diagnostic::warning("C-09", format!("`{id}` sembra un atto che c'è già: {}", atto.cita()))
                        .at(origine.value(path!["id"]))
                        .related(prima.value(path!["id"]), "qui la prima volta")
                        .help("se è lo stesso atto, togli una delle due righe e chiamalo con l'altro `id`"),
                );
            }
            simili.push((atto, origine));
            if let Some(prima) = identico {
                report.add(
                    Diagnostic::error("C-09", format!("lo stesso atto è scritto due volte, anche con l'`id` `{id}`"))
                        .at(origine.value(path!["id"]))
                        .related(prima.value(path!["id"]), "qui la prima volta")
                        .help(
                            "un atto si scrive una volta: togli una delle due righe, e chiama l'atto con l'altro `id`",
                        ),
                );
            }
            if let Some(what) = lacks(atto.numero.is_some(), atto.giorno().is_some()).filter(|_| !storica) {
                report.add(incomplete(what, origine.value(path!["tipo"])));
            }
            posti.insert(id, origine);
            per_id.insert(id, atto);
        }
        let noti = Elenco::di_schede("gli atti di `atti.yaml`", per_id.keys().map(|id| id.as_str()));
        Atti { per_id, noti, rotti: files.rotti.contains(&("atto", "atti")), storica }
    }

    /// The record with every act in its place; nothing where it names one that is not there, which is told.
    pub(super) fn in_posto<T: ConAtti + Clone + Serialize>(
        &self,
        dati: &Arc<T>,
        origine: &Origine,
        report: &mut Report,
    ) -> Option<Arc<T>> {
        let mut citati: Vec<(String, Vec<Step>)> = Vec::new();
        // The way to each act that is written here, and whether its number and its day are known.
        let mut scritti: Vec<(Vec<Step>, bool, bool)> = Vec::new();
        dati.visita(&mut |Parola { tipo, gruppo, testo, passi }| {
            if tipo == Some(Atto::CITATO) {
                citati.push((testo.to_owned(), passi.to_vec()));
            }
            let ([.., Step::Key(campo)], "Atto") = (passi, gruppo) else { return };
            match (&**campo, scritti.last_mut()) {
                ("tipo", _) => scritti.push((passi.to_vec(), false, false)),
                ("numero", Some(atto)) => atto.1 = true,
                ("data", Some(atto)) => atto.2 = Data::parse(testo).is_ok(),
                _ => {}
            }
        });
        for (passi, numero, giorno) in scritti.into_iter().filter(|_| !self.storica) {
            report.extend(lacks(numero, giorno).map(|what| incomplete(what, origine.value(passi))));
        }
        let ignoto = |(nome, passi): (String, Vec<Step>)| {
            let trovato = self.noti.judge(&nome, || origine.value(passi))?;
            let is_near = trovato.help.as_deref().is_some_and(|help| help.starts_with("forse"));
            Some(if is_near { trovato } else { trovato.help(PRIMA) })
        };
        let quanti = citati.len();
        let ignoti: Vec<Diagnostic> = citati.into_iter().filter_map(ignoto).collect();
        if !ignoti.is_empty() {
            report.extend(ignoti.into_iter().filter(|_| !self.rotti));
            return None;
        }
        let mut intero = Arc::clone(dati);
        if quanti > 0 {
            for atto in Arc::make_mut(&mut intero).atti_mut().into_iter().filter(|atto| atto.citato) {
                let suo = atto.id.as_ref().and_then(|id| self.per_id.get(id));
                suo.into_iter().for_each(|suo| (*suo).clone_into(atto));
            }
        }
        Some(intero)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Avviso, Piano, Progetto, Risorse};
    use crate::schema::{Nodo, nodo};

    /// In how many places of a record an act may stand.
    fn posti(nodo: Nodo) -> usize {
        let gruppo = nodo.gruppo();
        let own = usize::from(gruppo.elenco() == Some("atti"));
        if own > 0 { own } else { gruppo.campi().map(|(_, campo)| posti(campo)).sum() }
    }

    fn trovati<T: ConAtti + crate::yaml::Record>(genere: &str) {
        let schema = nodo(genere);
        let example = crate::schema::esempio(schema, true).join("\n");
        let mut record: T = crate::yaml::parse("esempio.yaml", &example, 0..example.len())
            .unwrap_or_else(|problems| panic!("{genere}: {problems:?}\n{example}"));
        assert_eq!(record.atti().len(), posti(schema), "{genere}: an act that no list would show");
        assert_eq!(record.atti_mut().len(), posti(schema), "{genere}: an act that nobody would put in its place");
    }

    #[test]
    fn every_place_of_an_act_is_found() {
        trovati::<Piano>("piano");
        trovati::<Avviso>("avviso");
        trovati::<Progetto>("progetto");
        trovati::<Risorse>("risorse");
    }
}
