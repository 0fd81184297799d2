//! Kind `imprese_servite`: which firms an action may serve.

use rust_decimal::Decimal;

use super::contesto::{Contesto, Soggetto};
use super::giudizio::Giudizio;
use super::qualifiche::{DimensioneDiEnte, dimensione};
use crate::path;
use crate::plan::{Ente, Progetto};
use crate::record::{Azione, ImpreseServite, VoceImprese};
use crate::suggest;
use crate::value::Id;

/// The nature of the bodies that are counted here.
const IMPRESA: &str = "impresa";

pub fn judge(dati: &ImpreseServite, contesto: &Contesto) -> Vec<(Soggetto, Giudizio)> {
    contesto
        .progetti()
        .map(|(i, progetto)| {
            let mut giudizio = Giudizio::default();
            for voce in &dati.voci {
                for (a, azione) in progetto.dati.azioni.iter().enumerate() {
                    if azione.macrocategoria.as_ref() == Some(&voce.macrocategoria) {
                        people(voce, progetto, (a, azione), &mut giudizio);
                        sizes(voce, contesto, progetto, (a, azione), &mut giudizio);
                    }
                }
            }
            (Soggetto::Progetto(i), giudizio)
        })
        .collect()
}

/// No firm with more people than the norm says.
fn people(voce: &VoceImprese, progetto: &Progetto, (a, azione): (usize, &Azione), giudizio: &mut Giudizio) {
    let Some(massimi) = voce.occupati_massimi else { return };
    match azione.imprese_servite.as_ref().and_then(|servite| servite.occupati_massimi) {
        None => {
            giudizio
                .manca(
                    "manca `occupati_massimi` delle imprese servite",
                    progetto.origine.value(path!["azioni", a, "titolo"]),
                )
                .help("scrivi `imprese_servite: { occupati_massimi: … }` nell'azione");
        }
        Some(occupati) if occupati <= massimi => giudizio.caso(),
        Some(occupati) => {
            giudizio
                .viola(
                    "l'azione serve imprese più grandi di quelle che la norma indica",
                    progetto.origine.value(path!["azioni", a, "imprese_servite", "occupati_massimi"]),
                )
                .label(format!("{occupati} occupati, al massimo {massimi}"));
        }
    }
}

/// Larger firms only where the others are a part of the partnership that is large enough.
fn sizes(
    voce: &VoceImprese,
    contesto: &Contesto,
    progetto: &Progetto,
    (a, azione): (usize, &Azione),
    giudizio: &mut Giudizio,
) {
    let Some(minima) = voce.quota_minima else { return };
    let beneficiari = contesto.beneficiari(progetto);
    let sostegno = contesto.rete_di_sostegno(progetto);
    let is_firm = |ente: &&Ente| Id::parse(IMPRESA).is_ok_and(|word| contesto.ha(ente, &[word]));
    let imprese: Vec<&Ente> = beneficiari.iter().chain(&sostegno).map(|b| b.ente).filter(is_firm).collect();
    let sized: Vec<DimensioneDiEnte> = imprese.iter().map(|ente| dimensione(contesto.norma, ente)).collect();
    let of = |list: &[Id]| sized.iter().filter(|size| size.id().is_some_and(|id| list.contains(id))).count();
    let place = || progetto.origine.value(path!["azioni", a, "macrocategoria"]);
    let servite = azione.imprese_servite.as_ref().map(|servite| servite.dimensioni.as_slice()).unwrap_or_default();
    let large = if servite.is_empty() {
        // Unless the action says whom it serves, it serves the firms of its partnership.
        of(&voce.dimensioni) > 0
    } else {
        servite.iter().any(|id| voce.dimensioni.contains(id))
    };
    let unknown: Vec<&&Ente> =
        imprese.iter().zip(&sized).filter(|(_, size)| size.id().is_none()).map(|(ente, _)| ente).collect();
    let altre = of(&voce.altre);
    let share =
        |n: usize| Decimal::from(n) * Decimal::ONE_HUNDRED >= Decimal::from(imprese.len()) * Decimal::from(minima);
    if !large && (servite.is_empty() && !unknown.is_empty()) {
        let ente = unknown[0];
        giudizio
            .manca(format!("manca la dimensione di «{}»", ente.dati.nome), ente.origine.value(path![]))
            .related(place(), "l'azione dipende dalla dimensione delle imprese")
            .help("scrivi `addetti`, o almeno `dimensione`, nella scheda dell'ente");
    } else if !large {
        // The action serves nobody whom the condition is about.
    } else if !imprese.is_empty() && share(altre) {
        giudizio.caso();
    } else if !unknown.is_empty() && share(altre + unknown.len()) {
        giudizio
            .manca("manca la dimensione di imprese del partenariato", place())
            .label(format!("{} di {} senza dimensione", unknown.len(), imprese.len()))
            .help("scrivi `addetti`, o almeno `dimensione`, nelle schede degli enti");
    } else {
        giudizio
            .viola("nel partenariato le imprese delle altre dimensioni non bastano per questa azione", place())
            .label(format!(
                "{altre} su {} fra {}, e serve almeno il {minima} %",
                imprese.len(),
                suggest::list(voce.altre.iter().map(Id::as_str))
            ));
    }
}
