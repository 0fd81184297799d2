//! One programming period.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use super::Origine;
use super::vita::concessi;
use crate::input::consegne::Consegna;
use crate::path;
use crate::record;
use crate::record::{Finanziamento, VoceFinanziaria};
use crate::report::Place;
use crate::value::{Euro, Id};

#[derive(Debug)]
pub struct Periodo {
    pub id: Id,
    pub dati: Arc<record::Piano>,
    pub origine: Origine,
    pub norma: Arc<record::Norma>,
    pub risorse: Option<Risorse>,
    /// The acts of `atti.yaml`.
    pub atti: Vec<(record::Atto, Origine)>,
    pub avvisi: Vec<Avviso>,
    /// By id.
    pub alleanze: Vec<Alleanza>,
    /// By place in the ranking, then by sheet, then by id.
    pub progetti: Vec<Progetto>,
    pub pagine: Vec<Pagina>,
    /// The packages delivered, from the first to the last, by file name.
    pub consegne: Vec<(Id, Arc<Consegna>)>,
    /// No file of this period was left out: totals can be judged.
    pub completo: bool,
}

#[derive(Debug)]
pub struct Risorse {
    pub dati: Arc<record::Risorse>,
    pub origine: Origine,
}

#[derive(Debug)]
pub struct Avviso {
    pub id: Id,
    pub dati: Arc<record::Avviso>,
    pub origine: Origine,
    pub progetti: Vec<usize>,
}

#[derive(Debug)]
pub struct Alleanza {
    pub id: Id,
    pub dati: Arc<record::Alleanza>,
    pub origine: Origine,
    pub capofila: usize,
    pub partner: Vec<usize>,
    pub rete_di_supporto: Vec<usize>,
    pub progetti: Vec<usize>,
}

#[derive(Debug)]
pub struct Progetto {
    pub id: Id,
    pub dati: Arc<record::Progetto>,
    /// As it was written, before its events changed it.
    pub scritto: Arc<record::Progetto>,
    pub origine: Origine,
    pub alleanza: usize,
    pub avviso: Option<usize>,
    /// The bodies that its rows and its services name, in their order: [`Progetto::partenariato`] and
    /// [`Progetto::servizi`] give each with its record.
    pub(super) enti: Vec<usize>,
    pub(super) erogatori: Vec<Option<usize>>,
}

/// A row of `partenariato`, with the body that it names.
#[derive(Debug, Clone, Copy)]
pub struct Partecipazione<'a> {
    /// Its place among the rows.
    pub riga: usize,
    pub ente: usize,
    pub dati: &'a record::Partecipazione,
}

/// A service, with the body that offers it.
#[derive(Debug, Clone, Copy)]
pub struct Servizio<'a> {
    pub dati: &'a record::Servizio,
    pub erogatore: Option<usize>,
}

/// A page in Markdown.
#[derive(Debug, Clone)]
pub struct Pagina {
    pub id: Id,
    pub dati: Arc<record::Pagina>,
    pub origine: Origine,
}

/// An earlier programme.
#[derive(Debug)]
pub struct Programma {
    pub dati: Arc<record::Programma>,
    pub origine: Origine,
}

/// A sum over the projects that tell the amount: `su` of them. None of them told it: there is no sum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Somma {
    pub importo: Option<Euro>,
    pub su: usize,
}

impl Alleanza {
    /// Partners beside the capofila, those known only by number included.
    pub fn numero_partner(&self) -> u64 {
        self.partner.len() as u64 + self.solo_contati()
    }

    pub fn solo_contati(&self) -> u64 {
        self.dati.altri_partner.iter().map(|altri| u64::from(altri.numero)).sum()
    }

    /// The capofila and the partners that have a name.
    pub fn nominati(&self) -> impl Iterator<Item = usize> {
        std::iter::once(self.capofila).chain(self.partner.iter().copied())
    }
}

impl Avviso {
    /// Who promotes it, where that is not the agency.
    pub fn di_altri(&self, ats: &str) -> Option<&str> {
        let promotore = self.dati.promotore.as_deref().map(str::trim);
        promotore.filter(|chi| chi.to_lowercase() != ats.to_lowercase())
    }
}

impl Periodo {
    pub fn ha_servizi(&self) -> bool {
        self.progetti.iter().any(|progetto| !progetto.dati.servizi.is_empty())
    }

    /// Whether the money of the plan pays for it: the calls of others have money of their own.
    pub fn paga(&self, ats: &str, progetto: &Progetto) -> bool {
        progetto.avviso.is_none_or(|a| self.avvisi[a].di_altri(ats).is_none())
    }
}

impl Progetto {
    /// Where one of its amounts stands: in its field, or for the grant in the first event that makes it, for others in
    /// the last variant that changes them.
    pub fn posto_di(&self, campo: &'static str) -> Place {
        let eventi = || self.dati.eventi.iter().enumerate();
        let last = |is_told: fn(&record::Evento) -> bool| {
            let told = eventi().filter(|(_, evento)| is_told(evento));
            told.max_by_key(|(i, evento)| (evento.data, *i)).map(|(i, _)| path!["eventi", i, campo])
        };
        let evento = match campo {
            "contributo_riconosciuto" => {
                eventi().find(|(_, evento)| evento.mossa().is_some()).map(|(i, _)| path!["eventi", i, "importo"])
            }
            "costo_complessivo" => last(|evento| evento.costo_complessivo.is_some()),
            "cofinanziamento" => last(|evento| evento.cofinanziamento.is_some()),
            _ => None,
        };
        self.origine.value(evento.unwrap_or_else(|| path!["finanziamento", campo]))
    }

    /// Where its grant stands.
    pub fn posto_del_contributo(&self) -> Place {
        self.posto_di("contributo_riconosciuto")
    }

    pub fn partenariato(&self) -> impl ExactSizeIterator<Item = Partecipazione<'_>> + Clone {
        let righe = self.dati.partenariato.iter().enumerate().zip(&self.enti);
        righe.map(|((riga, dati), &ente)| Partecipazione { riga, ente, dati })
    }

    pub fn servizi(&self) -> impl Iterator<Item = Servizio<'_>> {
        let servizi = self.dati.servizi.iter().zip(&self.erogatori);
        servizi.map(|(dati, &erogatore)| Servizio { dati, erogatore })
    }
}

impl Somma {
    pub fn di(importi: impl IntoIterator<Item = Option<Euro>>) -> Self {
        importi.into_iter().flatten().fold(Somma::default(), |somma, euro| Somma {
            importo: Some(somma.importo.map_or(euro, |prima| prima + euro)),
            su: somma.su + 1,
        })
    }

    /// Of an amount of some projects.
    pub fn dei<'a>(
        progetti: impl IntoIterator<Item = &'a Progetto>,
        importo: impl Fn(&Finanziamento) -> Option<Euro>,
    ) -> Self {
        Somma::di(progetti.into_iter().map(|progetto| importo(&progetto.dati.finanziamento)))
    }
}

impl Periodo {
    /// The bodies of its alliances, each once; those known only by number are taken for others.
    pub fn enti_nelle_alleanze(&self) -> u64 {
        let named: BTreeSet<usize> = self.alleanze.iter().flat_map(Alleanza::nominati).collect();
        named.len() as u64 + self.alleanze.iter().map(Alleanza::solo_contati).sum::<u64>()
    }

    /// The residuals that the records assign to a project, with their place among all.
    pub fn residui_di<'a>(&'a self, progetto: &'a Progetto) -> impl Iterator<Item = (usize, &'a record::Residuo)> {
        let residui = self.risorse.iter().flat_map(|risorse| risorse.dati.residui.iter().enumerate());
        residui.filter(|(_, residuo)| residuo.assegnato_a.as_ref() == Some(&progetto.id))
    }

    /// The sum of an amount as it was before any act changed it: what a plan prints.
    pub fn somma_all_inizio(&self, voce: VoceFinanziaria) -> Somma {
        Somma::di(self.progetti.iter().map(|progetto| match voce {
            VoceFinanziaria::ContributoRiconosciuto => {
                let primo = concessi(&self.passi(progetto)).find_map(|(_, concesso)| concesso);
                primo.or(progetto.dati.finanziamento.contributo_riconosciuto)
            }
            _ => progetto.scritto.finanziamento.voce(voce),
        }))
    }

    /// The sum of an amount of its projects.
    pub fn somma(&self, importo: impl Fn(&Finanziamento) -> Option<Euro>) -> Somma {
        Somma::dei(&self.progetti, importo)
    }
}
