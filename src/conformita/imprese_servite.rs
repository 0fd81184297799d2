//! Kind `imprese_servite`: which firms an action may serve.

use rust_decimal::Decimal;

use super::contesto::{Contesto, Giudizi, chosen_by_the_editor};
use super::giudizio::{Caso, Esame, manca, viola};
use crate::path;
use crate::plan::qualifiche::{DimensioneDiEnte, di_una, dimensione};
use crate::plan::{Ente, Progetto};
use crate::record::{Azione, ImpreseServite, ImpreseServiteDaAzione, Natura, Norma, VoceImprese};
use crate::report::Place;
use crate::schema::chiave;
use crate::suggest;
use crate::value::Id;

pub fn judge(dati: &ImpreseServite, contesto: &Contesto) -> Giudizi {
    contesto.dei_progetti(|progetto, giudizio| {
        let named =
            |azione: &Azione| dati.voci.iter().any(|voce| azione.macrocategoria.as_ref() == Some(&voce.macrocategoria));
        if !progetto.dati.azioni.iter().any(named) {
            giudizio.extend(chosen_by_the_editor(progetto));
        }
        for voce in &dati.voci {
            for (a, azione) in progetto.dati.azioni.iter().enumerate() {
                if azione.macrocategoria.as_ref() == Some(&voce.macrocategoria) {
                    let action = Action { voce, progetto, a, servite: azione.imprese_servite.as_ref() };
                    let kinds = action.kinds();
                    // How many people work in a firm that is of the wrong kind changes nothing.
                    let people = if kinds.as_ref().is_some_and(Esame::is_breach) { None } else { action.people() };
                    giudizio.extend(kinds.into_iter().chain(people));
                    giudizio.extend(action.sizes(contesto));
                }
            }
        }
    })
}

/// An action, and what the norm says of the firms that it serves.
struct Action<'a> {
    voce: &'a VoceImprese,
    progetto: &'a Progetto,
    a: usize,
    servite: Option<&'a ImpreseServiteDaAzione>,
}

impl Action<'_> {
    fn at(&self, key: &'static str) -> Place {
        self.progetto.origine.value(path!["azioni", self.a, key])
    }

    fn at_firms(&self, key: &'static str) -> Place {
        self.progetto.origine.value(path!["azioni", self.a, "imprese_servite", key])
    }

    /// Only firms of the kinds that the norm names.
    fn kinds(&self) -> Option<Esame> {
        let ammessi = &self.voce.settori;
        if ammessi.is_empty() {
            return None;
        }
        let settori = self.servite.map(|servite| servite.settori.as_slice()).unwrap_or_default();
        let words = || ammessi.iter().copied().map(chiave);
        Some(if settori.is_empty() {
            let list = words().collect::<Vec<_>>().join(", ");
            manca("mancano i `settori` delle imprese servite")
                .at(self.at("titolo"))
                .help(format!("scrivi `imprese_servite: {{ settori: [{list}] }}` nell'azione"))
        } else if let Some(altro) = settori.iter().find(|settore| !ammessi.contains(settore)) {
            viola("l'azione serve imprese di un tipo che la norma non indica")
                .at(self.at_firms("settori"))
                .label(format!("`{}`, mentre la norma indica {}", chiave(*altro), suggest::list(words())))
        } else {
            Caso
        })
    }

    /// No firm with more people than the norm says.
    fn people(&self) -> Option<Esame> {
        let massimi = self.voce.occupati_massimi?;
        Some(match self.servite.and_then(|servite| servite.occupati_massimi) {
            None => manca("manca `occupati_massimi` delle imprese servite")
                .at(self.at("titolo"))
                .help("scrivi `imprese_servite: { occupati_massimi: … }` nell'azione"),
            Some(occupati) if occupati <= massimi => Caso,
            Some(occupati) => viola("l'azione serve imprese più grandi di quelle che la norma indica")
                .at(self.at_firms("occupati_massimi"))
                .label(format!("{occupati} occupati, al massimo {massimi}")),
        })
    }

    /// Larger firms only where the others are a part of the partnership that is large enough.
    fn sizes(&self, contesto: &Contesto) -> Vec<Esame> {
        let voce = self.voce;
        let Some(minima) = voce.quota_minima else { return Vec::new() };
        let imprese = Imprese::of(contesto, self.progetto);
        let place = || self.at("macrocategoria");
        let servite = self.servite.map(|servite| servite.dimensioni.as_slice()).unwrap_or_default();
        if servite.is_empty() && imprese.count(&voce.dimensioni) == 0 {
            // Unless the action says whom it serves, it serves the firms of its partnership.
            let unknown = imprese.of_unknown_size(&voce.dimensioni).into_iter().map(|ente| {
                manca(format!("manca la dimensione di «{}»", ente.dati.nome))
                    .at(ente.origine.value(path!["nome"]))
                    .related(place(), "l'azione dipende dalla dimensione delle imprese")
                    .help("scrivi `dimensione`, o almeno `addetti`, nella scheda dell'ente")
            });
            return unknown.collect();
        }
        // Otherwise the action serves nobody whom the condition is about.
        if !servite.is_empty() && !servite.iter().any(|id| voce.dimensioni.contains(id)) {
            return Vec::new();
        }
        let altre = imprese.count(&voce.altre);
        let unknown = imprese.of_unknown_size(&voce.altre);
        let may_be = unknown.len() + imprese.solo_contate + imprese.forse;
        let all = imprese.enti.len() + imprese.solo_contate + imprese.forse;
        let enough =
            |few: usize| Decimal::from(few) * Decimal::ONE_HUNDRED >= Decimal::from(all) * Decimal::from(minima);
        vec![if all == 0 {
            viola("l'azione serve imprese più grandi, e nel partenariato non ci sono imprese")
                .at(place())
                .label(format!("servono imprese di dimensione {}: la quota minima è {minima} %", words(&voce.altre)))
        } else if enough(altre) {
            Caso
        } else if enough(altre + may_be) {
            let missing = manca("manca la dimensione di imprese del partenariato")
                .at(place())
                .label(format!("non si sa di {may_be} su {all}"))
                .help("scrivi `dimensione`, o almeno `addetti`, nelle schede degli enti");
            let places = unknown.iter().map(|ente| ente.origine.value(path!["nome"]));
            places.fold(missing, |missing, place| missing.related(place, "quanto è grande?"))
        } else {
            let found = match altre {
                0 => "nessuna".to_owned(),
                1 => "è 1".to_owned(),
                _ => format!("sono {altre}"),
            };
            viola(format!("nel partenariato non ci sono abbastanza imprese di dimensione {}", words(&voce.altre)))
                .at(place())
                .label(format!("{found} su {all}, e per questa azione la quota minima è {minima} %"))
        }]
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
        let (beneficiari, supporto) = (contesto.periodo.partecipanti(progetto), contesto.rete_di_supporto(progetto));
        let enti = beneficiari.iter().chain(&supporto).map(|b| contesto.ente(b.ente)).filter(is_firm);
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
