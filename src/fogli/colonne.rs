//! Which sheets there are, and what their columns are.

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::schema;
use crate::theme::messaggi::capital;
use crate::value::Nodo;

/// A sheet.
pub struct Foglio {
    pub titolo: &'static str,
    /// The kind of record that its rows are, or are a part of.
    pub genere: &'static str,
    /// The one group of a record that it is about; without one it is about all of it.
    gruppo: Option<&'static str>,
    /// The lists that lead to its rows; without any a row is a record.
    pub livelli: &'static [Livello],
    /// What of a new record an office needs from whoever leads it: what is asked for where it is missing.
    pub chiesti: &'static [&'static str],
}

/// A list of a record.
pub struct Livello {
    pub campo: &'static str,
    /// How one of its entries is called where another sheet names it.
    pub uno: &'static str,
    /// What makes an entry known: the first always, the others where both sides tell them.
    pub chiave: &'static [&'static str],
    /// Two entries may have the same key: the first row is about the first of them.
    pub si_ripete: bool,
}

const fn lista(campo: &'static str, uno: &'static str, chiave: &'static [&'static str]) -> Livello {
    Livello { campo, uno, chiave, si_ripete: false }
}

const fn fatti(campo: &'static str, chiave: &'static [&'static str]) -> Livello {
    Livello { campo, uno: "", chiave, si_ripete: true }
}

const fn foglio(titolo: &'static str, genere: &'static str, livelli: &'static [Livello]) -> Foglio {
    Foglio { titolo, genere, gruppo: None, livelli, chiesti: &[] }
}

impl Foglio {
    const fn di_gruppo(self, gruppo: &'static str) -> Self {
        Foglio { gruppo: Some(gruppo), ..self }
    }

    const fn chiede(self, chiesti: &'static [&'static str]) -> Self {
        Foglio { chiesti, ..self }
    }
}

/// In the order in which one fills them in: what others name comes first.
pub static FOGLI: &[Foglio] = &[
    foglio("Enti", "ente", &[]).chiede(&["codice_fiscale", "comune", "provincia"]),
    foglio("Atti", "atto", &[]),
    foglio("Alleanze", "alleanza", &[]).chiede(&["descrizione", "territorio.comuni"]),
    foglio("Progetti", "progetto", &[]).chiede(&["sintesi", "durata.dal", "durata.al", "atti.cup"]),
    foglio("Importi", "progetto", &[]).di_gruppo("finanziamento").chiede(&[
        "finanziamento.costo_complessivo",
        "finanziamento.cofinanziamento",
        "finanziamento.contributo_richiesto",
    ]),
    foglio("Partenariati", "progetto", &[lista("partenariato", "ente", &["ente"])]).chiede(&["quota"]),
    foglio("Azioni", "progetto", &[lista("azioni", "azione", &["titolo"])]).chiede(&["macrocategoria"]),
    foglio("Servizi", "progetto", &[lista("servizi", "servizio", &["nome"])]).chiede(&[
        "modalita",
        "per_chi",
        "come_accedere",
    ]),
    foglio("Indicatori", "progetto", &[INDICATORI]),
    foglio("Rilevazioni", "progetto", &[INDICATORI, lista("rilevazioni", "rilevazione", &["al"])])
        .chiede(&["al", "valore"]),
    foglio("Eventi", "progetto", &[fatti("eventi", &["cosa", "data"])]),
    foglio("Pagamenti", "progetto", &[fatti("pagamenti", &["data", "ente", "tipo"])]),
    foglio("Rendicontazione", "progetto", &[fatti("rendicontazione", &["al", "ente"])]),
];

const INDICATORI: Livello = lista("indicatori", "indicatore", &["nome"]);

/// The groups that have a sheet of their own.
fn ha_un_foglio(genere: &str, campo: &str) -> bool {
    FOGLI.iter().any(|foglio| foglio.genere == genere && foglio.gruppo == Some(campo))
}

/// A column.
pub struct Colonna {
    /// `durata.dal`: the way from the row to the value.
    pub id: String,
    /// `Durata: inizio`.
    pub titolo: String,
    pub via: Vec<&'static str>,
    pub nodo: Nodo<'static>,
    pub ruolo: Ruolo,
    /// No row leaves it empty.
    pub serve: bool,
}

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruolo {
    /// Which record the row is, or is about.
    Scheda,
    /// Which entry of an outer list the row is in.
    Voce,
    Campo,
}

/// What a record that is a file is called, which no field of it says.
static NOME_DEL_FILE: LazyLock<Value> = LazyLock::new(|| {
    json!({
        "title": "Identificativo",
        "description": "Il nome breve della scheda, che diventa il suo indirizzo sul sito: minuscole, cifre e trattini. Se \
                        manca viene dal titolo.",
        "x-tipo": "Id",
        "x-esempio": "nido-aperto",
        "type": "string",
    })
});

static QUALE_PROGETTO: LazyLock<Value> = LazyLock::new(|| {
    json!({
        "title": "Progetto",
        "description": "Il progetto a cui la riga si riferisce: il suo identificativo, o il titolo.",
        "x-elenco": "progetti",
        "x-tipo": "Id",
        "type": "string",
    })
});

impl Foglio {
    /// Whether a row is a whole record.
    pub fn e_di_schede(&self) -> bool {
        self.livelli.is_empty() && self.gruppo.is_none()
    }

    /// The columns, in the order of the schema.
    pub fn colonne(&self) -> Vec<Colonna> {
        let scheda = schema::nodo(self.genere);
        let (id, nodo, serve) = match self.e_di_schede() {
            true => ("id", scheda.campo("id").unwrap_or(Nodo(&NOME_DEL_FILE)), false),
            false => (self.genere, Nodo(&QUALE_PROGETTO), true),
        };
        let (id, titolo) = (id.to_owned(), nodo.titolo().to_owned());
        let mut colonne = vec![Colonna { id, titolo, via: Vec::new(), nodo, ruolo: Ruolo::Scheda, serve }];
        let mut nodo = scheda;
        for (i, livello) in self.livelli.iter().enumerate() {
            nodo = nodo.campo(livello.campo).and_then(Nodo::voci).unwrap_or(nodo);
            if i + 1 < self.livelli.len() {
                let (campo, chiave) = (livello.chiave[0], nodo.campo(livello.chiave[0]).unwrap_or(nodo));
                let (id, titolo, via) = (livello.uno.to_owned(), capital(livello.uno), vec![campo]);
                colonne.push(Colonna { id, titolo, via, nodo: chiave, ruolo: Ruolo::Voce, serve: true });
            }
        }
        if let Some(nome) = self.gruppo {
            nodo = nodo.campo(nome).unwrap_or(nodo);
        }
        colonne.extend(self.foglie(nodo, self.gruppo.as_slice(), ""));
        colonne
    }

    /// The fields that a cell can hold, those of groups included.
    fn foglie(&self, nodo: Nodo<'static>, via: &[&'static str], prima: &str) -> Vec<Colonna> {
        let e_altrove =
            |nome| via.is_empty() && self.e_di_schede() && (nome == "id" || ha_un_foglio(self.genere, nome));
        let colonne = |(nome, campo): (&'static str, Nodo<'static>)| {
            let via = [via, &[nome]].concat();
            let titolo =
                if prima.is_empty() { campo.titolo().to_owned() } else { format!("{prima}: {}", campo.nome()) };
            if sta_in_una_cella(campo) {
                let serve = prima.is_empty() && nodo.obbligatorio(nome);
                vec![Colonna { id: via.join("."), titolo, via, nodo: campo, ruolo: Ruolo::Campo, serve }]
            } else if campo.voci().is_none() && campo.campi().next().is_some() {
                self.foglie(campo, &via, &titolo)
            } else {
                Vec::new()
            }
        };
        nodo.campi().filter(|(nome, _)| !e_altrove(nome)).flat_map(colonne).collect()
    }
}

/// One value, or a list of values: groups are several columns, lists of groups another sheet.
fn sta_in_una_cella(campo: Nodo) -> bool {
    let uno = |nodo: Nodo| e_un_atto(nodo) || (nodo.campi().next().is_none() && nodo.valori().is_none());
    campo.voci().map_or_else(|| uno(campo), uno)
}

/// An act, which a cell names.
pub fn e_un_atto(nodo: Nodo) -> bool {
    nodo.campi().next().is_some() && nodo.e("string")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_known_by_fields_that_it_has() {
        for foglio in FOGLI {
            let colonne = foglio.colonne();
            let has = |id: &str| colonne.iter().any(|colonna| colonna.id == id && colonna.ruolo == Ruolo::Campo);
            if let Some(livello) = foglio.livelli.last() {
                assert!(livello.chiave.iter().all(|chiave| has(chiave)), "{}", foglio.titolo);
            }
            assert!(foglio.chiesti.iter().all(|chiesto| has(chiesto)), "{}: {:?}", foglio.titolo, foglio.chiesti);
        }
    }

    #[test]
    fn headers_are_told_apart() {
        for foglio in FOGLI {
            let mut titles: Vec<String> =
                foglio.colonne().iter().map(|colonna| crate::suggest::slug(&colonna.titolo)).collect();
            let all = titles.len();
            titles.sort();
            titles.dedup();
            assert_eq!(titles.len(), all, "{}", foglio.titolo);
        }
    }
}
