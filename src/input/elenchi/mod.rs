//! The values that a field may name: those of the norms, and the records of this site.

mod editor;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::input::store::{Parsed, Store};
use crate::norme::GENERALE;
use crate::record::{Norma, SuCosa, Voce};
use crate::value::Id;

/// A value with its name for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Valore {
    pub valore: String,
    pub nome: String,
    /// The norm that defines it; none for a record of the site.
    pub norma: Option<String>,
}

/// The lists, by the name that `x-elenco` gives them.
#[derive(Default)]
pub struct Elenchi {
    liste: BTreeMap<&'static str, Vec<Valore>>,
    visti: BTreeSet<(&'static str, String)>,
}

impl Elenchi {
    pub fn new(store: Option<&Store>, norme: &BTreeMap<Id, Arc<Norma>>) -> Self {
        let mut elenchi = Elenchi::default();
        let mut named = BTreeSet::from([GENERALE]);
        for entry in store.iter().flat_map(|store| store.entries.values()) {
            let id = entry.source.id.as_str();
            let mut put = |elenco, id: &str, nome: &str| elenchi.put(elenco, id, nome, None);
            match &entry.parsed {
                Parsed::Sito(sito) => sito.ambiti.iter().for_each(|ambito| put("ambiti", &ambito.nome, "")),
                Parsed::Enti(enti, _) => {
                    enti.iter().for_each(|ente| put("enti", ente.id.as_ref().map_or(id, Id::as_str), &ente.nome));
                }
                Parsed::Avviso(avviso) => {
                    put("avvisi", id, &avviso.titolo);
                    named.extend(avviso.norma.as_ref().map(Id::as_str));
                }
                Parsed::Alleanza(alleanza) => put("alleanze", id, &alleanza.nome),
                Parsed::Progetto(progetto) => put("progetti", id, &progetto.titolo),
                Parsed::Piano(piano) => {
                    let cartella = entry.source.relative.split('/').nth(1).unwrap_or_default();
                    put("piani", cartella, &piano.titolo);
                    named.insert(piano.norma.as_str());
                }
                Parsed::Atti(atti, _) => {
                    let named = atti.iter().filter_map(|atto| Some((atto.id.as_ref()?, atto)));
                    named.for_each(|(id, atto)| put("atti", id.as_str(), &atto.cita()));
                }
                Parsed::Risorse(risorse) => {
                    let dotazione = risorse.dotazione.iter().map(|voce| ("dotazioni", &voce.id, &voce.descrizione));
                    let residui = risorse.residui.iter().map(|voce| ("residui", &voce.id, &voce.descrizione));
                    for (elenco, id, descrizione) in dotazione.chain(residui) {
                        put(elenco, id.as_str(), descrizione);
                        put("risorse", id.as_str(), descrizione);
                    }
                }
                _ => {}
            }
        }
        let is_free = named.len() == 1;
        let base = |id: &str| norme.get(id).and_then(|norma| norma.estende.as_ref()).map(Id::as_str);
        // Entries that a norm takes over from another stand under the other.
        let mut bases: Vec<&str> = named.iter().filter_map(|id| base(id)).collect();
        while let Some(id) = bases.pop() {
            if named.insert(id) {
                bases.extend(base(id));
            }
        }
        let mut in_order: Vec<_> = norme.iter().collect();
        in_order.sort_by_key(|(_, norma)| norma.estende.is_some());
        for (id, norma) in in_order {
            if id.as_str() != GENERALE {
                elenchi.put("norme", id.as_str(), &norma.titolo, None);
            }
            if is_free || norma.vale_sempre || named.contains(id.as_str()) {
                elenchi.of_norm(norma);
            }
        }
        elenchi
    }

    fn of_norm(&mut self, norma: &Norma) {
        let cita = norma.cita();
        let mut put = |elenco, id: &str, nome: &str| self.put(elenco, id, nome, Some(&cita));
        let liste: [(&str, &[Voce]); 4] = [
            ("macrocategorie", &norma.macrocategorie),
            ("categorie_servizi", &norma.categorie_servizi),
            ("classi", &norma.macrocategorie),
            ("qualifiche", &norma.qualifiche),
        ];
        for (elenco, voci) in liste {
            voci.iter().for_each(|voce| put(elenco, voce.id.as_str(), &voce.nome));
        }
        for gruppo in norma.macrocategorie.iter().filter_map(|voce| voce.gruppo.as_deref()) {
            put("classi", gruppo, "tutte le voci del gruppo");
        }
        for categoria in &norma.categorie_enti {
            put("categorie_enti", categoria.id.as_str(), &categoria.nome);
            put("qualifiche", categoria.id.as_str(), &categoria.nome);
        }
        for dimensione in &norma.dimensioni {
            put("dimensioni", dimensione.id.as_str(), &dimensione.nome);
            put("qualifiche", dimensione.id.as_str(), &dimensione.nome);
        }
        for seggio in norma.organismo.iter().flat_map(|organismo| &organismo.seggi) {
            put("seggi", seggio.id.as_str(), &seggio.nome);
        }
        for regola in &norma.regole {
            put("regole", &regola.codice, &regola.titolo);
            if let Some(richiesta) = &regola.dichiarazione {
                for domanda in &richiesta.chiede {
                    put("domande", domanda.campo.as_str(), &domanda.domanda);
                    put(domande(domanda.su.unwrap_or(richiesta.su)), domanda.campo.as_str(), &domanda.domanda);
                }
            }
        }
    }

    fn put(&mut self, elenco: &'static str, valore: &str, nome: &str, norma: Option<&str>) {
        if self.visti.insert((elenco, valore.to_owned())) {
            let norma = norma.map(str::to_owned);
            let voce = Valore { valore: valore.to_owned(), nome: nome.to_owned(), norma };
            self.liste.entry(elenco).or_default().push(voce);
        }
    }

    pub fn di(&self, elenco: &str) -> &[Valore] {
        self.liste.get(elenco).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The questions that are asked of one kind of record, by the key under which its records stand.
fn domande(su: SuCosa) -> &'static str {
    match su {
        SuCosa::Piano => "domande-piano",
        SuCosa::Avviso => "domande-avviso",
        SuCosa::Progetto => "domande-progetto",
        SuCosa::Azione => "domande-azioni",
        SuCosa::Servizio => "domande-servizi",
    }
}
