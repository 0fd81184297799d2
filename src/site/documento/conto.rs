//! The money of a plan source by source: what was assigned, granted and paid, and what is left. What the records do not
//! tell is absent, never zero.

use serde::Serialize;

use crate::plan::{Periodo, Progetto, Somma};
use crate::record::StatoProgetto;
use crate::site::{denaro, risorse};
use crate::value::{Euro, Id};

#[derive(Serialize)]
pub struct Conto<'a> {
    voci: Vec<Voce<'a>>,
    totale: Voce<'a>,
    /// Whether some source has a year.
    con_anno: bool,
    /// Whether some source pays for the system action.
    con_azione: bool,
    /// Whether a total is known that nobody divides among the sources.
    indivisi: bool,
    /// The projects of calls of others, which have money of their own, and what they were granted.
    di_altri: usize,
    concesso_da_altri: Option<Euro>,
}

#[derive(Default, Serialize)]
struct Voce<'a> {
    fonte: &'a str,
    atto: Option<String>,
    anno: Option<u32>,
    assegnato: Euro,
    /// To projects, or to the system action that it pays for.
    concesso: Option<Euro>,
    pagato: Option<Euro>,
    resta: Option<Euro>,
}

impl Voce<'_> {
    fn con_resto(self) -> Self {
        Voce { resta: self.concesso.map(|concesso| self.assegnato - concesso), ..self }
    }
}

pub fn conto<'a>(periodo: &'a Periodo, ats: &str) -> Option<Conto<'a>> {
    let dati = &*periodo.risorse.as_ref()?.dati;
    let azione = dati.azione_di_sistema.as_ref();
    let di_azione = |id: &Id| {
        let paga = |voce: &Option<Id>| voce.as_ref() == Some(id);
        azione.is_some_and(|azione| paga(&azione.dotazione) || paga(&azione.residuo))
    };
    let (propri, altri): (Vec<&Progetto>, Vec<&Progetto>) =
        periodo.progetti.iter().partition(|progetto| periodo.paga(ats, progetto));
    let (concesso, pagato) = (concesso(&propri), pagato(&propri));
    let ha_contributo = |id: &Id| propri.iter().any(|progetto| progetto.id == *id && riconosciuto(progetto).is_some());
    let assegnati = dati.residui.iter().filter(|residuo| residuo.assegnato_a.as_ref().is_some_and(ha_contributo));
    let assegnati = assegnati.map(|residuo| residuo.importo);
    let (residui, con_assegnati) = (assegnati.clone().sum::<Euro>(), assegnati.count() > 0);
    // The records do not say which of several sources pays for a project: a single source pays for all.
    let unica = dati.dotazione.iter().filter(|voce| !di_azione(&voce.id)).count() == 1;
    let dotazione = dati.dotazione.iter().map(|voce| Voce {
        fonte: &voce.descrizione,
        atto: voce.origine.clone(),
        anno: voce.anno,
        assegnato: voce.importo,
        concesso: match di_azione(&voce.id) {
            true => Some(voce.importo),
            false => concesso.filter(|_| unica).map(|concesso| concesso - residui),
        },
        pagato: pagato.filter(|_| unica && !con_assegnati && !di_azione(&voce.id)),
        resta: None,
    });
    let residui = dati.residui.iter().map(|residuo| Voce {
        fonte: &residuo.descrizione,
        atto: residuo.autorizzato_da(),
        assegnato: residuo.importo,
        concesso: match di_azione(&residuo.id) {
            true => Some(residuo.importo),
            false => concesso.and(residuo.assegnato_a.as_ref().filter(|id| ha_contributo(id))).map(|_| residuo.importo),
        },
        ..Voce::default()
    });
    let voci: Vec<Voce> = dotazione.chain(residui).map(Voce::con_resto).collect();
    let costo_azione = azione.map_or(Some(Euro::ZERO), |azione| risorse::importo_azione(dati, azione));
    let totale = Voce {
        assegnato: denaro::disponibili(dati),
        concesso: concesso.zip(costo_azione).map(|(progetti, azione)| progetti + azione),
        pagato,
        ..Voce::default()
    };
    let con_anno = voci.iter().any(|voce| voce.anno.is_some());
    let indivisi =
        |parte: fn(&Voce) -> Option<Euro>| parte(&totale).is_some() && voci.iter().any(|voce| parte(voce).is_none());
    let indivisi = indivisi(|voce| voce.concesso) || indivisi(|voce| voce.pagato);
    Some(Conto {
        totale: totale.con_resto(),
        con_anno,
        con_azione: azione.is_some(),
        indivisi,
        di_altri: altri.len(),
        concesso_da_altri: Somma::di(altri.into_iter().map(riconosciuto)).importo,
        voci,
    })
}

fn riconosciuto(progetto: &Progetto) -> Option<Euro> {
    progetto.dati.finanziamento.contributo_riconosciuto
}

/// What the projects were granted, if every project that has a grant tells it.
fn concesso(progetti: &[&Progetto]) -> Option<Euro> {
    let con_contributo =
        |stato| matches!(stato, StatoProgetto::Finanziato | StatoProgetto::InCorso | StatoProgetto::Concluso);
    let noto = |progetto: &&Progetto| !con_contributo(progetto.dati.stato) || riconosciuto(progetto).is_some();
    let concessi = Somma::di(progetti.iter().map(|progetto| riconosciuto(progetto)));
    concessi.importo.filter(|_| progetti.iter().all(noto))
}

/// What was paid, if any payment is recorded.
fn pagato(progetti: &[&Progetto]) -> Option<Euro> {
    let pagamenti = progetti.iter().flat_map(|progetto| &progetto.dati.pagamenti);
    Somma::di(pagamenti.map(|pagamento| Some(pagamento.importo))).importo
}
