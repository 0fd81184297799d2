//! The money of a plan source by source: what was assigned, granted and paid, and what is left. What the records do not
//! tell is absent, never zero.

use serde::Serialize;

use crate::plan::{Periodo, Somma};
use crate::record::StatoProgetto;
use crate::site::{denaro, risorse};
use crate::value::{Euro, Id};

#[derive(Serialize)]
pub struct Conto<'a> {
    voci: Vec<Voce<'a>>,
    totale: Voce<'a>,
    /// Whether some source has a year.
    con_anno: bool,
    /// Whether one of them pays for the system action.
    con_azione: bool,
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

pub fn conto(periodo: &Periodo) -> Option<Conto<'_>> {
    let dati = &*periodo.risorse.as_ref()?.dati;
    let azione = dati.azione_di_sistema.as_ref();
    let is_of_action = |id: &Id| {
        let pays = |voce: &Option<Id>| voce.as_ref() == Some(id);
        azione.is_some_and(|azione| pays(&azione.dotazione) || pays(&azione.residuo))
    };
    let (concesso, pagato) = (concesso(periodo), pagato(periodo));
    let assegnati = dati.residui.iter().filter(|residuo| residuo.assegnato_a.is_some()).map(|residuo| residuo.importo);
    let (residui, has_assigned) = (assegnati.clone().sum::<Euro>(), assegnati.count() > 0);
    // Nobody writes which of several sources pays for a project: only one that is alone is known to.
    let is_alone = dati.dotazione.iter().filter(|voce| !is_of_action(&voce.id)).count() == 1;
    let dotazione = dati.dotazione.iter().map(|voce| Voce {
        fonte: &voce.descrizione,
        atto: voce.origine.clone(),
        anno: voce.anno,
        assegnato: voce.importo,
        concesso: match is_of_action(&voce.id) {
            true => Some(voce.importo),
            false => concesso.filter(|_| is_alone).map(|concesso| concesso - residui),
        },
        pagato: pagato.filter(|_| is_alone && !has_assigned && !is_of_action(&voce.id)),
        resta: None,
    });
    let residui = dati.residui.iter().map(|residuo| Voce {
        fonte: &residuo.descrizione,
        atto: residuo.autorizzato_da(),
        assegnato: residuo.importo,
        concesso: match is_of_action(&residuo.id) {
            true => Some(residuo.importo),
            false => concesso.and(residuo.assegnato_a.as_ref()).map(|_| residuo.importo),
        },
        ..Voce::default()
    });
    let voci: Vec<Voce> = dotazione.chain(residui).map(Voce::con_resto).collect();
    let all_action = azione.map_or(Some(Euro::ZERO), |azione| risorse::importo_azione(dati, azione));
    let totale = Voce {
        assegnato: denaro::disponibili(dati),
        concesso: concesso.zip(all_action).map(|(progetti, azione)| progetti + azione),
        pagato,
        ..Voce::default()
    };
    let con_anno = voci.iter().any(|voce| voce.anno.is_some());
    Some(Conto { voci, totale: totale.con_resto(), con_anno, con_azione: azione.is_some() })
}

/// What the projects were granted, if every project that has a grant tells it.
fn concesso(periodo: &Periodo) -> Option<Euro> {
    let has_grant =
        |stato| matches!(stato, StatoProgetto::Finanziato | StatoProgetto::InCorso | StatoProgetto::Concluso);
    let riconosciuto = |progetto: &crate::plan::Progetto| progetto.dati.finanziamento.contributo_riconosciuto;
    let mut granted = periodo.progetti.iter().filter(|progetto| has_grant(progetto.dati.stato));
    granted
        .all(|progetto| riconosciuto(progetto).is_some())
        .then(|| Somma::di(periodo.progetti.iter().map(riconosciuto)).importo)
        .flatten()
}

/// What was paid, if any payment is recorded.
fn pagato(periodo: &Periodo) -> Option<Euro> {
    let pagamenti = periodo.progetti.iter().flat_map(|progetto| &progetto.dati.pagamenti);
    Somma::di(pagamenti.map(|pagamento| Some(pagamento.importo))).importo
}
