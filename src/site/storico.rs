//! The history of the changes: each delivered package against the one before it, and the last against the records.

use serde::Serialize;
use tera::Context;

use super::piano::head;
use super::{Route, Site, parole};
use crate::confronto::{Genere, Lato, Modifica, codice_di_controllo, confronta};
use crate::input::consegne::{Consegna, in_gruppi};
use crate::plan::Periodo;
use crate::value::Data;

/// The changes that a page names one by one: more of them is another plan.
const SHOWN: usize = 500;

/// A version of the plan.
#[derive(Serialize)]
struct Versione<'a> {
    ancora: String,
    nome: String,
    data: Data,
    stato: &'static str,
    codice: String,
    sha256: Option<&'a str>,
    /// What changed since the version before.
    gruppi: Vec<Gruppo>,
    prima: bool,
    altre: usize,
}

#[derive(Serialize)]
struct Gruppo {
    titolo: &'static str,
    modifiche: Vec<Modifica>,
}

pub fn routes(site: &Site, p: usize, put: &mut dyn FnMut(Route)) {
    let periodo = &site.plan.periodi[p];
    if !periodo.consegne.is_empty() {
        put(Route::page(format!("{}/storico/index.html", periodo.id), move |site, path| pagina(site, path, p)));
    }
}

fn pagina(site: &Site, path: &str, p: usize) -> super::Rendered {
    let periodo = &site.plan.periodi[p];
    let mut versioni = Vec::new();
    let mut last: Option<Lato> = None;
    for (n, (_, consegna)) in periodo.consegne.iter().enumerate() {
        let lato = Lato::from(&**consegna);
        versioni.push(delivered(n + 1, consegna, last.as_ref().map(|prima| confronta(prima, &lato))));
        last = Some(lato);
    }
    if let Some(prima) = last {
        let oggi = Lato::di(&site.plan, &site.conformita, p);
        let modifiche = confronta(&prima, &oggi);
        if !modifiche.is_empty() {
            versioni.push(today(site, periodo, p, modifiche));
        }
    }
    // Readers ask for the latest first.
    versioni.reverse();
    let mut context = Context::new();
    context.insert("versioni", &versioni);
    let descrizione = format!("Che cosa è cambiato nel {}, consegna dopo consegna.", periodo.dati.titolo);
    let head = head(path, &site.plan, p, "Storico delle modifiche", descrizione);
    site.render(head, "storico.html", &periodo.origine.file, context)
}

fn delivered(numero: usize, consegna: &Consegna, modifiche: Option<Vec<Modifica>>) -> Versione<'_> {
    let (gruppi, altre) = gruppi(modifiche.clone().unwrap_or_default());
    Versione {
        ancora: format!("consegna-{numero}"),
        nome: format!("Consegna n. {numero}"),
        data: consegna.testa.data,
        stato: parole::nome(consegna.testa.stato),
        codice: in_gruppi(&consegna.testa.codice_di_controllo),
        sha256: Some(&consegna.sha256),
        gruppi,
        prima: modifiche.is_none(),
        altre,
    }
}

fn today(site: &Site, periodo: &Periodo, p: usize, modifiche: Vec<Modifica>) -> Versione<'static> {
    let (gruppi, altre) = gruppi(modifiche);
    Versione {
        ancora: "oggi".to_owned(),
        nome: "Dopo l'ultima consegna".to_owned(),
        data: site.plan.sito.aggiornato_al,
        stato: parole::nome(periodo.dati.stato),
        codice: in_gruppi(&codice_di_controllo(&site.plan, p)),
        sha256: None,
        gruppi,
        prima: false,
        altre,
    }
}

fn gruppi(mut modifiche: Vec<Modifica>) -> (Vec<Gruppo>, usize) {
    let altre = modifiche.len().saturating_sub(SHOWN);
    modifiche.truncate(SHOWN);
    let gruppo = |genere: Genere| {
        let sue: Vec<Modifica> = modifiche.iter().filter(|modifica| modifica.genere == genere).cloned().collect();
        (!sue.is_empty()).then(|| Gruppo { titolo: genere.titolo(), modifiche: sue })
    };
    (Genere::TUTTI.into_iter().filter_map(gruppo).collect(), altre)
}
