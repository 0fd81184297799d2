//! The history of the changes: each delivered package against the one before it, and the last against the records.

use tera::Value;

use super::engine::Foglio;
use super::{Site, parole};
use crate::confronto::{Genere, Lato, Modifica, codice_di_controllo, confronta};
use crate::input::consegne::{Consegna, in_gruppi};
use crate::plan::Periodo;

/// The changes that a page names one by one: more of them is another plan.
const MODIFICHE_MASSIME: usize = 500;

pub fn pagina(foglio: &mut Foglio, p: usize) {
    let (site, periodo) = (foglio.site, foglio.periodo(p));
    let mut versioni = Vec::new();
    let mut ultima: Option<Lato> = None;
    for (n, (_, consegna)) in periodo.consegne.iter().enumerate() {
        let lato = Lato::from(&**consegna);
        versioni.push(consegnata(n + 1, consegna, ultima.as_ref().map(|prima| confronta(prima, &lato))));
        ultima = Some(lato);
    }
    if let Some(prima) = ultima {
        let oggi = Lato::di(&site.plan, &site.conformita, p);
        let modifiche = confronta(&prima, &oggi);
        if !modifiche.is_empty() {
            versioni.push(dopo_le_consegne(site, periodo, p, modifiche));
        }
    }
    // Readers ask for the latest first.
    versioni.reverse();
    foglio.insert("versioni", &versioni);
}

fn consegnata(numero: usize, consegna: &Consegna, modifiche: Option<Vec<Modifica>>) -> Value {
    let prima = modifiche.is_none();
    let (gruppi, altre) = gruppi(modifiche.unwrap_or_default());
    vista! {
        "ancora": format!("consegna-{numero}"),
        "nome": format!("Consegna n. {numero}"),
        "data": consegna.testa.data,
        "stato": parole::nome(consegna.testa.stato),
        "codice": in_gruppi(&consegna.testa.codice_di_controllo),
        "sha256": consegna.sha256,
        "gruppi": gruppi,
        "prima": prima,
        "altre": altre,
    }
}

fn dopo_le_consegne(site: &Site, periodo: &Periodo, p: usize, modifiche: Vec<Modifica>) -> Value {
    let (gruppi, altre) = gruppi(modifiche);
    vista! {
        "ancora": "oggi",
        "nome": "Dopo l'ultima consegna",
        "data": site.plan.sito.aggiornato_al,
        "stato": parole::nome(periodo.dati.stato),
        "codice": in_gruppi(&codice_di_controllo(&site.plan, p)),
        "sha256": None::<&str>,
        "gruppi": gruppi,
        "prima": false,
        "altre": altre,
    }
}

/// What changed since the version before, by kind, and how much more of it.
fn gruppi(modifiche: Vec<Modifica>) -> (Vec<Value>, usize) {
    let mostrate = &modifiche[..modifiche.len().min(MODIFICHE_MASSIME)];
    let gruppo = |(genere, titolo)| {
        let sue: Vec<&Modifica> = mostrate.iter().filter(|modifica| modifica.genere == genere).collect();
        (!sue.is_empty()).then(|| vista! { "titolo": titolo, "modifiche": sue })
    };
    (Genere::TUTTI.into_iter().filter_map(gruppo).collect(), modifiche.len() - mostrate.len())
}
