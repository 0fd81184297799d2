//! Fields made from the schema, with what a record holds in them and what `check` says of them.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde::Serialize;

use super::campi::{Campo, Scelta, Tipo, Voce, dentro, nome};
use super::form::address;
use super::forme::{self, lista, mostra, scritto, spiegato};
use super::rilievi::Rilievo;
use super::vincoli::{self, Vincolo};
use crate::fogli::voci as voci_di;
use crate::input::elenchi::Elenchi;
use crate::report::Step;
use crate::theme::messaggi::capital;
use crate::value::{Nodo, accorciato};
use crate::yaml::modifica::Valore;

/// What fields are made with.
pub struct Modulo<'a> {
    pub elenchi: &'a Elenchi,
    /// Those of this file.
    pub rilievi: &'a [Rilievo],
    pub vincoli: &'a [Vincolo],
    /// The plan of the record.
    pub piano: &'a str,
    /// Which of them stand beside a field.
    pub mostrati: RefCell<BTreeSet<usize>>,
}

/// Names for a datalist.
#[derive(Serialize)]
pub struct Lista {
    id: &'static str,
    nomi: Vec<String>,
}

/// The lists whose records can be added by a form, and of what kind they are.
const AGGIUNTE: [(&str, &str); 4] =
    [("enti", "ente"), ("alleanze", "alleanza"), ("avvisi", "avviso"), ("atti", "atto")];

/// How many empty fields a list of names ends with.
const VUOTI: usize = 2;

/// How many values tell what an item of a list is.
const DETTI: usize = 4;

impl<'a> Modulo<'a> {
    pub fn new(elenchi: &'a Elenchi, rilievi: &'a [Rilievo]) -> Self {
        Modulo { elenchi, rilievi, vincoli: &[], piano: "", mostrati: RefCell::default() }
    }

    /// What is named and is not there yet.
    fn nuove<'v>(&self, nodo: Nodo<'static>, valori: impl IntoIterator<Item = &'v Valore>) -> Vec<(String, String)> {
        let Some((elenco, genere)) = lista(nodo).and_then(|lista| AGGIUNTE.iter().find(|(elenco, _)| *elenco == lista))
        else {
            return Vec::new();
        };
        let manca = |id: &&str| !id.is_empty() && !self.elenchi.di(elenco).iter().any(|voce| voce.valore == *id);
        let nuova = |id: &str| {
            let nome = capital(&id.replace('-', " "));
            let asked = [("genere", *genere), ("id", id), ("nome", &nome), ("piano", self.piano)];
            (id.to_owned(), address("nuova", &asked))
        };
        valori.into_iter().map(scritto).filter(manca).map(nuova).collect()
    }

    /// The fields of a group.
    pub fn campi(&self, nodo: Nodo<'static>, passi: &[Step], valore: Option<&Valore>) -> Vec<Campo> {
        let campo = |(nome, campo): (&str, Nodo<'static>)| {
            let passi = [passi, &[Step::from(nome.to_owned())]].concat();
            self.campo(campo, passi, dentro(valore, nome), nodo.obbligatorio(nome))
        };
        nodo.campi().flat_map(campo).collect()
    }

    /// The names of all the lists that fields choose from.
    pub fn liste<'c>(&self, campi: impl IntoIterator<Item = &'c Campo>) -> Vec<Lista> {
        let liste: BTreeSet<&'static str> = campi.into_iter().filter_map(|campo| campo.lista).collect();
        liste.into_iter().map(|id| Lista { id, nomi: forme::nomi(id, self.elenchi) }).collect()
    }

    /// The findings of the group that stand beside no field of it, and those of the file as a whole.
    pub fn altri(&self, passi: &[Step]) -> Vec<Rilievo> {
        let mostrati = self.mostrati.borrow();
        let suoi = self.rilievi.iter().enumerate().filter(|(i, rilievo)| {
            !mostrati.contains(i) && (rilievo.passi.starts_with(passi) || passi.starts_with(&rilievo.passi))
        });
        suoi.map(|(_, rilievo)| rilievo.clone()).collect()
    }

    /// One field, or a group with those in it.
    pub fn campo(
        &self,
        nodo: Nodo<'static>,
        passi: Vec<Step>,
        valore: Option<&Valore>,
        obbligatorio: bool,
    ) -> Vec<Campo> {
        let mut campo = Campo::di(nodo, passi, obbligatorio);
        campo.vincoli = vincoli::di(self.vincoli, &campo.passi).cloned().collect();
        let in_elenco = matches!(valore, Some(Valore::Elenco(_)));
        let e_gruppo = nodo.campi().next().is_some();
        if let Some(voci) = nodo.anche_in_elenco().filter(|_| in_elenco).or_else(|| nodo.voci()) {
            vec![self.elenco(campo, voci, valore)]
        } else if e_gruppo && (!nodo.e("string") || matches!(valore, Some(Valore::Gruppo(_)))) {
            self.gruppo(campo, valore)
        } else if let Some(valori) = nodo.valori() {
            self.mappa(campo, valori, valore)
        } else {
            campo.per_esteso = e_gruppo;
            vec![self.foglia(campo, valore)]
        }
    }

    fn gruppo(&self, mut campo: Campo, valore: Option<&Valore>) -> Vec<Campo> {
        campo.rilievi = self.rilievi(&campo.passi, true);
        let manca = valore.is_none() && !campo.obbligatorio;
        campo.vuoto = manca && !self.rilievi.iter().any(|rilievo| rilievo.passi.starts_with(&campo.passi));
        let mut suoi = self.campi(campo.nodo, &campo.passi, valore);
        // What a group needs is needed only where there is the group.
        if manca {
            suoi.iter_mut().for_each(|campo| campo.obbligatorio = false);
        }
        campo.con(suoi)
    }

    /// Keys that are no fields: the questions of a norm, years.
    fn mappa(&self, mut campo: Campo, valori: Nodo<'static>, valore: Option<&Valore>) -> Vec<Campo> {
        campo.rilievi = self.rilievi(&campo.passi, true);
        let domande = campo.nodo.elenco().map(|elenco| self.elenchi.di(elenco)).unwrap_or_default();
        let mut chiavi: Vec<(&str, String)> =
            domande.iter().map(|domanda| (domanda.valore.as_str(), domanda.nome.clone())).collect();
        if let Some(Valore::Gruppo(scritte)) = valore {
            let altre = scritte.iter().filter(|(chiave, _)| !domande.iter().any(|domanda| domanda.valore == *chiave));
            chiavi.extend(altre.map(|(chiave, _)| (chiave.as_str(), chiave.replace('_', " "))));
        }
        let aperta = campo.nodo.elenco().is_none();
        if chiavi.is_empty() && !aperta {
            return Vec::new();
        }
        let mut suoi = Vec::new();
        for (chiave, titolo) in chiavi {
            let passi = [&campo.passi[..], &[Step::from(chiave.to_owned())]].concat();
            let mut sotto = self.campo(valori, passi, dentro(valore, chiave), false);
            if let Some(campo) = sotto.first_mut() {
                campo.titolo = capital(&titolo);
                campo.detto.clear();
            }
            suoi.append(&mut sotto);
        }
        if aperta {
            suoi.push(Campo { tipo: Tipo::Nuova, rilievi: Vec::new(), ..campo.clone() });
        }
        campo.con(suoi)
    }

    fn elenco(&self, mut campo: Campo, voci: Nodo<'static>, valore: Option<&Valore>) -> Campo {
        let scritte = voci_di(valore);
        let di_gruppi = voci.campi().next().is_some();
        campo.rilievi = self.rilievi(&campo.passi, di_gruppi);
        if di_gruppi {
            campo.tipo = Tipo::Elenco;
            campo.voci = self.voci(voci, &campo.passi, scritte);
        } else if lista(voci).is_some() || scritte.iter().any(|voce| scritto(voce).contains('\n')) {
            campo.tipo = Tipo::Nomi;
            let voce = |(posto, valore): (usize, &Valore)| Voce {
                nome: format!("{}.{posto}", campo.nome),
                detto: mostra(voci, valore, self.elenchi),
                errori: 0,
            };
            let vuota = || Voce { nome: format!("{}.+", campo.nome), detto: String::new(), errori: 0 };
            campo.voci =
                scritte.iter().enumerate().map(voce).chain(std::iter::repeat_with(vuota).take(VUOTI)).collect();
            campo.lista = lista(voci);
            campo.nuove = self.nuove(voci, scritte);
        } else {
            let righe: Vec<String> = scritte.iter().map(|voce| mostra(voci, voce, self.elenchi)).collect();
            if voci.scelte().next().is_some() {
                campo.tipo = Tipo::Caselle;
                campo.scelte = scelte(voci);
                campo.scegli(&righe);
            } else {
                campo.tipo = Tipo::Righe;
                campo.valore = righe.join("\n");
            }
        }
        campo
    }

    /// What each item of a list of groups is, in a few words.
    pub fn voci(&self, nodo: Nodo<'static>, passi: &[Step], scritte: &[Valore]) -> Vec<Voce> {
        let voce = |(posto, valore): (usize, &Valore)| {
            let passi = [passi, &[Step::Index(posto)]].concat();
            let errori = self.rilievi.iter().filter(|rilievo| rilievo.e_errore && rilievo.passi.starts_with(&passi));
            Voce { nome: nome(&passi), detto: self.riassunto(nodo, valore), errori: errori.count() }
        };
        for (i, rilievo) in self.rilievi.iter().enumerate() {
            // Told by the number beside its item, and on the page of that.
            if rilievo.passi.starts_with(passi) && rilievo.passi.len() > passi.len() {
                self.mostrati.borrow_mut().insert(i);
            }
        }
        scritte.iter().enumerate().map(voce).collect()
    }

    pub fn riassunto(&self, nodo: Nodo<'static>, valore: &Valore) -> String {
        if !matches!(valore, Valore::Gruppo(_)) {
            return mostra(nodo, valore, self.elenchi);
        }
        let detti = nodo.campi().filter(|(_, campo)| !forme::e_vero_o_falso(*campo)).filter_map(|(nome, campo)| {
            let valore = dentro(valore.into(), nome)?;
            let nome = campo.nomi().find(|(chiave, _)| *chiave == scritto(valore)).map(|(_, nome)| nome.to_owned());
            Some(nome.unwrap_or_else(|| mostra(campo, valore, self.elenchi))).filter(|detto| !detto.is_empty())
        });
        let detti: Vec<String> = detti.take(DETTI).map(|detto| accorciato(&detto, 80)).collect();
        if detti.is_empty() { "ancora vuota".to_owned() } else { detti.join(" · ") }
    }

    fn foglia(&self, mut campo: Campo, valore: Option<&Valore>) -> Campo {
        let nodo = campo.nodo;
        campo.rilievi = self.rilievi(&campo.passi, false);
        campo.valore = valore.map(|valore| mostra(nodo, valore, self.elenchi)).unwrap_or_default();
        let esempio = nodo.esempio().map(|esempio| Valore::Testo(esempio.trim_matches('"').to_owned()));
        campo.esempio = esempio.map(|esempio| mostra(nodo, &esempio, self.elenchi));
        campo.breve = forme_brevi(nodo);
        let e_domanda = nodo.testo("x-tipo") == "Dichiarazione";
        if forme::e_vero_o_falso(nodo) || (e_domanda && campo.vincoli.iter().any(|vincolo| vincolo.si_o_no)) {
            campo.tipo = Tipo::Scelta;
            campo.scelte = ["sì", "no"].map(|nome| scelta(nome, nome, "")).into();
        } else if nodo.scelte().next().is_some() {
            campo.tipo = Tipo::Scelta;
            campo.scelte = scelte(nodo);
        } else if nodo.testo("x-tipo") == "Testo" || campo.valore.contains('\n') {
            campo.tipo = Tipo::Testo;
        }
        campo.scegli(&[campo.valore.clone()]);
        campo.lista = lista(nodo);
        campo.nuove = self.nuove(nodo, valore);
        if e_domanda || campo.tipo == Tipo::Scelta || campo.lista.is_some() {
            campo.esempio = None;
        }
        campo
    }

    /// The findings of a field; of a group, those that are of none of its fields.
    fn rilievi(&self, passi: &[Step], esatti: bool) -> Vec<Rilievo> {
        let suoi = self.rilievi.iter().enumerate().filter(|(_, rilievo)| match esatti {
            true => rilievo.passi == passi,
            false => rilievo.passi.starts_with(passi),
        });
        suoi.map(|(i, rilievo)| {
            self.mostrati.borrow_mut().insert(i);
            rilievo.clone()
        })
        .collect()
    }
}

fn forme_brevi(nodo: Nodo<'static>) -> bool {
    matches!(nodo.testo("x-tipo"), "Euro" | "Data" | "DataOra" | "Quando" | "Punteggio" | "Casella")
        || (nodo.e("integer") && lista(nodo).is_none())
}

fn scelta(valore: &str, nome: &str, detto: &str) -> Scelta {
    Scelta { valore: valore.to_owned(), nome: capital(nome), detto: spiegato(detto), messa: false }
}

fn scelte(nodo: Nodo<'static>) -> Vec<Scelta> {
    let detti = nodo.scelte().map(|(_, detto)| detto);
    nodo.nomi().zip(detti).map(|((valore, nome), detto)| scelta(valore, nome, detto)).collect()
}
