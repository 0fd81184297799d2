//! The sums of a period: what there is, who received it, and how printed totals meet.

use serde::{Serialize, Serializer};
use tera::Value;

use super::parole;
use crate::plan::{Periodo, Progetto, Somma};
use crate::record::{self, IMPORTI, Importo};
use crate::schema;
use crate::value::Euro;

/// Endowment and residuals, as far as their use is allowed.
pub fn disponibili(periodo: &Periodo, risorse: &record::Risorse) -> Euro {
    dotazione(risorse) + residui(periodo, risorse)
}

pub fn dotazione(risorse: &record::Risorse) -> Euro {
    risorse.dotazione.iter().map(|voce| voce.importo).sum()
}

pub fn residui(periodo: &Periodo, risorse: &record::Risorse) -> Euro {
    risorse.residui.iter().map(|residuo| periodo.utilizzabile(residuo)).sum()
}

/// The projects of calls of others, which have money of their own, and what they were granted.
#[derive(Serialize)]
pub struct DiAltri {
    pub progetti: usize,
    pub concesso: Option<Euro>,
}

pub fn di_altri(periodo: &Periodo, ats: &str) -> Option<DiAltri> {
    let altri = periodo.progetti.iter().filter(|progetto| !periodo.paga(ats, progetto));
    let concesso = Somma::di(altri.clone().map(|progetto| periodo.conto(progetto).concesso)).importo;
    let progetti = altri.count();
    (progetti > 0).then_some(DiAltri { progetti, concesso })
}

/// The residuals that a project received.
pub fn residui_assegnati(periodo: &Periodo, progetto: &Progetto) -> Vec<Value> {
    let riconosciuto = progetto.dati.finanziamento.contributo_riconosciuto;
    let somma: Euro = periodo.residui_di(progetto).map(|(_, residuo)| residuo.importo).sum();
    let residuo = |(_, residuo): (_, &record::Residuo)| {
        vista! {
            "descrizione": residuo.descrizione,
            "importo": residuo.importo,
            // What the project has from the endowment.
            "da_dotazione": riconosciuto.map(|euro| euro - somma),
            "riconosciuto": riconosciuto,
        }
    };
    periodo.residui_di(progetto).map(residuo).collect()
}

/// A column of amounts in a table of projects, with its sum.
#[derive(Serialize)]
pub struct Totale {
    pub titolo: &'static str,
    pub somma: Somma,
}

/// The sums under a table of projects, one for each amount that it shows.
#[derive(Serialize)]
pub struct Totali {
    pub progetti: usize,
    /// By the field of `finanziamento`, in the order of the columns.
    #[serde(serialize_with = "by_field")]
    pub importi: Vec<(&'static str, Totale)>,
}

fn by_field<S: Serializer>(importi: &[(&'static str, Totale)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(importi.iter().map(|(id, totale)| (id, totale)))
}

impl Totali {
    pub fn di<'a>(progetti: impl ExactSizeIterator<Item = &'a Progetto> + Clone) -> Self {
        let totale = |importo: &'static Importo| {
            let somma = Somma::dei(progetti.clone(), importo.di);
            let totale = Totale { titolo: importo.campo().titolo(), somma };
            (importo.id, totale)
        };
        let elencati = IMPORTI.iter().filter(|importo| importo.in_elenco());
        Totali { progetti: progetti.len(), importi: elencati.map(totale).collect() }
    }
}

/// The totals of a period beside those that its source prints; none where it prints no total of an amount that every
/// project tells.
pub fn quadrature(periodo: &Periodo) -> Option<Value> {
    let risorse = &*periodo.risorse.as_ref()?.dati;
    let mut nostri = Totali::di(periodo.progetti.iter()).importi;
    nostri.retain(|(_, totale)| totale.somma.importo.is_some());
    let mut stampati = Vec::new();
    for totale in &risorse.totali_dichiarati {
        let somma = periodo.somma_all_inizio(totale.voce);
        let oggi = periodo.somma(|voci| voci.voce(totale.voce)).importo;
        let Some(calcolato) = somma.importo.filter(|_| somma.su == periodo.progetti.len()) else { continue };
        let esclusi = risorse.residui.iter().filter(|residuo| totale.esclude.contains(&residuo.id));
        nostri.retain(|(id, _)| *id != schema::chiave(totale.voce));
        stampati.push(vista! {
            "voce_nome": parole::nome(totale.voce),
            // The sum of the projects, all of which tell the amount, as it was before any act changed it.
            "calcolato": calcolato,
            // What it is today, where acts have changed it.
            "oggi": oggi.filter(|oggi| *oggi != calcolato),
            "dichiarato": totale.importo,
            "esclusi": esclusi.map(|residuo| (&residuo.descrizione, residuo.importo)).collect::<Vec<_>>(),
        });
    }
    (!stampati.is_empty()).then(|| {
        vista! {
            "progetti": periodo.progetti.len(),
            "stampati": stampati,
            // The sums that the source does not print.
            "nostri": nostri.into_iter().map(|(_, totale)| totale).collect::<Vec<_>>(),
        }
    })
}
