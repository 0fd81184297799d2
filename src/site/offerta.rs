//! What projects offer to citizens, and where.

use serde::Serialize;

use super::situazione::{self, Situazione};
use super::viste::{Collegamento, VistaEnte, collegamento, collegamento_progetto, territorio};
use super::{ancore, parole};
use crate::plan::{self, Alleanza, Periodo, Plan, Progetto};
use crate::record::{Contatti, Servizio, Territorio};

/// A service with all that a citizen needs to ask for it.
#[derive(Serialize)]
pub struct VistaServizio<'a> {
    /// Where the page of its project tells of it.
    pub ancora: String,
    pub servizio: &'a Servizio,
    pub categoria: Collegamento<'a>,
    pub modalita: Option<&'static str>,
    pub erogatore: Option<VistaEnte<'a>>,
    pub altri_erogatori: Vec<VistaEnte<'a>>,
    pub progetto: Collegamento<'a>,
    pub periodo: &'a str,
    /// Where it is over, or its project is, the service may not be there any more.
    pub situazione: Situazione,
    /// Where it can be used: of the service, else of the project, else of the alliance.
    pub territorio: &'a Territorio,
    /// The same in words.
    pub luoghi: Option<String>,
    pub nome_dei_luoghi: &'static str,
    /// Its own, else those of its project, else those of the body that gives it or leads the project.
    pub contatti: &'a Contatti,
    /// Whose they are, where they are of a body.
    pub risponde: Option<VistaEnte<'a>>,
}

/// Where a service can be used is told by nobody.
static NON_DETTO: Territorio = Territorio { ambiti: Vec::new(), comuni: Vec::new(), nota: None };

impl<'a> VistaServizio<'a> {
    /// Where it can be used, as its record or that of its project says: what the alliance covers may be more.
    pub fn dove_si_usa(&self) -> &'a Territorio {
        if self.nome_dei_luoghi == DOVE { self.territorio } else { &NON_DETTO }
    }
}

const DOVE: &str = "Dove";

/// Where something happens: what it says itself, else what holds for the whole that it is part of.
pub fn territorio_di<'a>(suo: &'a Territorio, generale: &'a Territorio) -> &'a Territorio {
    if suo.ambiti.is_empty() && suo.comuni.is_empty() { generale } else { suo }
}

/// How the places of a project or a service are called, where they may be known of its alliance alone.
pub fn nome_dei_luoghi(territorio: &Territorio, alleanza: &Alleanza) -> &'static str {
    if std::ptr::eq(territorio, &alleanza.dati.territorio) { "Territorio dell'alleanza" } else { DOVE }
}

pub fn servizi_di<'a>(plan: &'a Plan, periodo: &'a Periodo, progetto: &'a Progetto) -> Vec<VistaServizio<'a>> {
    let alleanza = &periodo.alleanze[progetto.alleanza];
    let dove = territorio_di(&progetto.dati.territorio, &alleanza.dati.territorio);
    let del_progetto = situazione::di_progetto(plan, periodo, progetto);
    ancore::di("servizio", progetto.servizi(), |servizio| servizio.dati.nome.as_str())
        .filter_map(|(plan::Servizio { dati: servizio, erogatore }, ancora)| {
            let categoria = plan.categorie_servizi.iter().find(|voce| voce.id == servizio.categoria)?;
            let suo = territorio_di(&servizio.territorio, dove);
            let enti = erogatore.into_iter().chain([periodo.capofila(progetto)]);
            let dichiarati = [(&servizio.contatti, None), (&progetto.dati.contatti, None)].into_iter();
            let mut tutti = dichiarati.chain(enti.map(|ente| (&plan.enti[ente].dati.contatti, Some(ente))));
            let detti = tutti.find(|(contatti, _)| **contatti != Contatti::default());
            let (contatti, di) = detti.unwrap_or((&servizio.contatti, None));
            Some(VistaServizio {
                ancora,
                servizio,
                categoria: collegamento(&categoria.id, &categoria.nome, format!("servizi/{}/", categoria.id)),
                modalita: servizio.modalita.map(parole::nome),
                erogatore: erogatore.map(|ente| VistaEnte::of(plan, ente)),
                altri_erogatori: {
                    let altri = servizio.altri_erogatori.iter().filter_map(|id| plan.ente_per_id.get(id));
                    altri.map(|&ente| VistaEnte::of(plan, ente)).collect()
                },
                progetto: collegamento_progetto(periodo, progetto),
                periodo: periodo.id.as_str(),
                situazione: situazione::di_servizio(&del_progetto, servizio, plan.sito.aggiornato_al),
                territorio: suo,
                luoghi: territorio(suo),
                nome_dei_luoghi: nome_dei_luoghi(suo, alleanza),
                contatti,
                risponde: di.map(|ente| VistaEnte::of(plan, ente)),
            })
        })
        .collect()
}
