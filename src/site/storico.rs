//! The history of the changes: each delivered package against the one before it, and the last against the records.

use tera::Value;

use super::engine::Foglio;
use super::parole;
use crate::confronto::{Genere, Lato, Modifica, codice_di_controllo, confronta};
use crate::input::consegne::in_gruppi;
use crate::record::StatoPiano;
use crate::value::Data;

/// The changes that a page names one by one: more of them is another plan.
const MODIFICHE_MASSIME: usize = 500;

pub fn pagina(foglio: &mut Foglio, p: usize) {
    let (site, periodo) = (foglio.site, foglio.periodo(p));
    let mut versioni = Vec::new();
    let mut ultima: Option<Lato> = None;
    for (n, (_, consegna)) in periodo.consegne.iter().enumerate() {
        let (lato, testa) = (Lato::from(&**consegna), &consegna.testa);
        let modifiche = ultima.as_ref().map(|prima| confronta(prima, &lato));
        let (ancora, nome) = (format!("consegna-{}", n + 1), format!("Consegna n. {}", n + 1));
        let codice = &testa.codice_di_controllo;
        versioni.push(versione((&ancora, &nome), testa.data, testa.stato, codice, Some(&consegna.sha256), modifiche));
        ultima = Some(lato);
    }
    if let Some(prima) = ultima {
        let modifiche = confronta(&prima, &Lato::di(&site.plan, &site.conformita, p));
        if !modifiche.is_empty() {
            let chi = ("oggi", "Dopo l'ultima consegna");
            let (oggi, codice) = (site.plan.sito.aggiornato_al, codice_di_controllo(&site.plan, p));
            versioni.push(versione(chi, oggi, periodo.dati.stato, &codice, None, Some(modifiche)));
        }
    }
    // Readers ask for the latest first.
    versioni.reverse();
    foglio.insert("versioni", &versioni);
}

/// What is told of a version; of the first nothing has changed.
fn versione(
    (ancora, nome): (&str, &str),
    data: Data,
    stato: StatoPiano,
    codice: &str,
    sha256: Option<&str>,
    modifiche: Option<Vec<Modifica>>,
) -> Value {
    let prima = modifiche.is_none();
    let (gruppi, altre) = gruppi(modifiche.unwrap_or_default());
    vista! {
        "ancora": ancora,
        "nome": nome,
        "data": data,
        "stato": parole::nome(stato),
        "codice": in_gruppi(codice),
        "sha256": sha256,
        "gruppi": gruppi,
        "prima": prima,
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
