//! One programming period.

use std::sync::Arc;

use super::Origine;
use crate::pacchetto::Consegna;
use crate::record;
use crate::record::VoceFinanziaria;
use crate::value::{Data, Euro, Id};

#[derive(Debug)]
pub struct Periodo {
    pub id: Id,
    pub dati: Arc<record::Piano>,
    pub origine: Origine,
    pub norma: Arc<record::Norma>,
    pub risorse: Option<Risorse>,
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
    pub origine: Origine,
    pub alleanza: usize,
    pub avviso: Option<usize>,
    /// The bodies of `partenariato`, row by row.
    pub partenariato: Vec<usize>,
    /// The body that offers each of `servizi`.
    pub erogatori: Vec<Option<usize>>,
}

/// A page in Markdown.
#[derive(Debug)]
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

/// Sums over projects.
#[derive(Debug, Clone, Copy, Default)]
pub struct Totali {
    pub costo_complessivo: Euro,
    pub cofinanziamento: Euro,
    pub contributo_richiesto: Euro,
    pub contributo_riconosciuto: Euro,
    /// Asked and not granted.
    pub non_riconosciuto: Euro,
    pub progetti: usize,
}

impl Alleanza {
    /// Partners beside the capofila, those known only by number included.
    pub fn numero_partner(&self) -> u64 {
        let solo_contati: u64 = self.dati.altri_partner.iter().map(|altri| u64::from(altri.numero)).sum();
        self.partner.len() as u64 + solo_contati
    }

    /// Whether the kind of every partner is known, so that a composition can be shown.
    pub fn categorie_note(&self) -> bool {
        self.dati.altri_partner.iter().all(|altri| altri.categoria.is_some())
    }
}

impl Totali {
    pub fn di<'a>(progetti: impl IntoIterator<Item = &'a Progetto>) -> Self {
        progetti.into_iter().fold(Totali::default(), |mut totali, progetto| {
            let voci = &progetto.dati.finanziamento;
            let riconosciuto = voci.contributo_riconosciuto.unwrap_or_default();
            totali.costo_complessivo = totali.costo_complessivo + voci.costo_complessivo;
            totali.cofinanziamento = totali.cofinanziamento + voci.cofinanziamento;
            totali.contributo_richiesto = totali.contributo_richiesto + voci.contributo_richiesto;
            totali.contributo_riconosciuto = totali.contributo_riconosciuto + riconosciuto;
            totali.non_riconosciuto = totali.contributo_richiesto - totali.contributo_riconosciuto;
            totali.progetti += 1;
            totali
        })
    }

    pub fn voce(&self, voce: VoceFinanziaria) -> Euro {
        match voce {
            VoceFinanziaria::CostoComplessivo => self.costo_complessivo,
            VoceFinanziaria::Cofinanziamento => self.cofinanziamento,
            VoceFinanziaria::ContributoRichiesto => self.contributo_richiesto,
            VoceFinanziaria::ContributoRiconosciuto => self.contributo_riconosciuto,
        }
    }
}

impl Periodo {
    /// The last day of a project: its own, else that of the period.
    pub fn fine(&self, progetto: &Progetto) -> Data {
        progetto.dati.durata.as_ref().and_then(|durata| durata.al).unwrap_or(self.dati.periodo.al)
    }

    pub fn totali(&self) -> Totali {
        Totali::di(&self.progetti)
    }
}
