//! Kind `imprese_servite`: which firms an action may serve.

use rust_decimal::Decimal;

use super::contesto::{Contesto, Giudizi};
use super::giudizio::Giudizio;
use crate::path;
use crate::plan::qualifiche::{DimensioneDiEnte, di_una, dimensione};
use crate::plan::{Ente, Progetto};
use crate::record::{Azione, ImpreseServite, Natura, Norma, Settore, VoceImprese};
use crate::schema::chiave;
use crate::suggest;
use crate::value::Id;

pub fn judge(dati: &ImpreseServite, contesto: &Contesto) -> Giudizi {
    contesto.dei_progetti(|progetto, giudizio| {
        for voce in &dati.voci {
            for (a, azione) in progetto.dati.azioni.iter().enumerate() {
                if azione.macrocategoria.as_ref() == Some(&voce.macrocategoria) {
                    kinds(voce, progetto, (a, azione), giudizio);
                    people(voce, progetto, (a, azione), giudizio);
                    sizes(voce, contesto, progetto, (a, azione), giudizio);
                }
            }
        }
    })
}

/// Only firms of the kinds that the norm names.
fn kinds(voce: &VoceImprese, progetto: &Progetto, (a, azione): (usize, &Azione), giudizio: &mut Giudizio) {
    if voce.settori.is_empty() {
        return;
    }
    let settori = azione.imprese_servite.as_ref().map(|servite| servite.settori.as_slice()).unwrap_or_default();
    let ammessi = || suggest::list(voce.settori.iter().copied().map(chiave));
    if settori.is_empty() {
        giudizio
            .manca("mancano i `settori` delle imprese servite", progetto.origine.value(path!["azioni", a, "titolo"]))
            .help(format!("scrivi `imprese_servite: {{ settori: [{}] }}` nell'azione", list(&voce.settori)));
    } else if let Some(altro) = settori.iter().find(|settore| !voce.settori.contains(settore)) {
        giudizio
            .viola(
                "l'azione serve imprese di un tipo che la norma non indica",
                progetto.origine.value(path!["azioni", a, "imprese_servite", "settori"]),
            )
            .label(format!("`{}`, mentre la norma indica {}", chiave(*altro), ammessi()));
    } else {
        giudizio.caso();
    }
}

fn list(settori: &[Settore]) -> String {
    settori.iter().copied().map(chiave).collect::<Vec<_>>().join(", ")
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
    let imprese = Imprese::of(contesto, progetto);
    let place = || progetto.origine.value(path!["azioni", a, "macrocategoria"]);
    let servite = azione.imprese_servite.as_ref().map(|servite| servite.dimensioni.as_slice()).unwrap_or_default();
    let large = if servite.is_empty() {
        // Unless the action says whom it serves, it serves the firms of its partnership.
        imprese.count(&voce.dimensioni) > 0
    } else {
        servite.iter().any(|id| voce.dimensioni.contains(id))
    };
    if !large {
        // Otherwise the action serves nobody whom the condition is about.
        for ente in imprese.of_unknown_size(&voce.dimensioni).iter().filter(|_| servite.is_empty()) {
            giudizio
                .manca(format!("manca la dimensione di «{}»", ente.dati.nome), ente.origine.value(path!["nome"]))
                .related(place(), "l'azione dipende dalla dimensione delle imprese")
                .help("scrivi `dimensione`, o almeno `addetti`, nella scheda dell'ente");
        }
        return;
    }
    let altre = imprese.count(&voce.altre);
    let unknown = imprese.of_unknown_size(&voce.altre);
    let named = imprese.enti.len();
    let all = named + imprese.solo_contate + imprese.forse;
    let enough =
        |few: usize, of: usize| Decimal::from(few) * Decimal::ONE_HUNDRED >= Decimal::from(of) * Decimal::from(minima);
    if all == 0 {
        giudizio
            .viola("l'azione serve imprese più grandi, e nel partenariato non ci sono imprese", place())
            .label(format!("servono imprese di dimensione {}: la quota minima è {minima} %", words(&voce.altre)));
    } else if enough(altre, all) {
        giudizio.caso();
    } else if enough(altre + unknown.len() + imprese.solo_contate + imprese.forse, all) {
        let missing = giudizio
            .manca("manca la dimensione di imprese del partenariato", place())
            .label(format!("non si sa di {} su {all}", unknown.len() + imprese.solo_contate + imprese.forse))
            .help("scrivi `dimensione`, o almeno `addetti`, nelle schede degli enti");
        for ente in unknown {
            missing.related(ente.origine.value(path!["nome"]), "quanto è grande?");
        }
    } else {
        giudizio
            .viola(
                format!("nel partenariato non ci sono abbastanza imprese di dimensione {}", words(&voce.altre)),
                place(),
            )
            .label(match altre {
                0 => format!("nessuna su {all}, e per questa azione la quota minima è {minima} %"),
                1 => format!("è 1 su {all}, e per questa azione la quota minima è {minima} %"),
                _ => format!("sono {altre} su {all}, e per questa azione la quota minima è {minima} %"),
            });
    }
}

fn words(sizes: &[Id]) -> String {
    suggest::list(sizes.iter().map(Id::as_str))
}

/// The firms of a partnership, its support network included.
struct Imprese<'a> {
    norma: &'a Norma,
    enti: Vec<(&'a Ente, DimensioneDiEnte)>,
    /// Known by number alone, and so of no known size.
    solo_contate: usize,
    /// Partners known by number alone that may be firms.
    forse: usize,
}

impl<'a> Imprese<'a> {
    fn of(contesto: &Contesto<'a>, progetto: &'a Progetto) -> Self {
        let is_firm = |ente: &&Ente| contesto.plan.categorie_enti[ente.categoria].natura == Natura::Impresa;
        let (beneficiari, supporto) = (contesto.beneficiari(progetto), contesto.rete_di_supporto(progetto));
        let enti = beneficiari.iter().chain(&supporto).map(|b| b.ente).filter(is_firm);
        let number = |natura: fn(Option<Natura>) -> bool| {
            let counted = contesto.solo_contati(progetto).iter().filter(|altri| {
                let categoria = altri.categoria.as_ref();
                let known = categoria.and_then(|id| contesto.plan.categorie_enti.iter().find(|kind| kind.id == *id));
                natura(known.map(|kind| kind.natura))
            });
            counted.map(|altri| altri.numero as usize).sum()
        };
        Imprese {
            norma: contesto.norma,
            enti: enti.map(|ente| (ente, dimensione(contesto.norma, ente))).collect(),
            solo_contate: number(|natura| natura == Some(Natura::Impresa)),
            forse: number(|natura| natura.is_none()),
        }
    }

    /// Those that surely are of one of these sizes.
    fn count(&self, sizes: &[Id]) -> usize {
        self.enti.iter().filter(|(_, size)| di_una(self.norma, size, sizes) == Some(true)).count()
    }

    /// Those that may be, for all that their records tell.
    fn of_unknown_size(&self, sizes: &[Id]) -> Vec<&'a Ente> {
        let unknown = self.enti.iter().filter(|(_, size)| di_una(self.norma, size, sizes).is_none());
        unknown.map(|(ente, _)| *ente).collect()
    }
}
