//! The sums of a period: what there is, who received it, and how printed totals meet.

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
pub fn di_altri(periodo: &Periodo, ats: &str) -> Option<Value> {
    let altri = periodo.progetti.iter().filter(|progetto| !periodo.paga(ats, progetto));
    let concesso = Somma::di(altri.clone().map(|progetto| periodo.conto(progetto).concesso)).importo;
    let progetti = altri.count();
    (progetti > 0).then(|| vista! { "progetti": progetti, "concesso": concesso })
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

/// The sums of the amounts that a table of projects shows, in the order of its columns.
pub fn somme<'a>(progetti: impl Iterator<Item = &'a Progetto> + Clone) -> Vec<(&'static Importo, Somma)> {
    let elencati = IMPORTI.iter().filter(|importo| importo.in_elenco());
    elencati.map(|importo| (importo, Somma::dei(progetti.clone(), importo.di))).collect()
}

fn totale((importo, somma): (&Importo, Somma)) -> Value {
    vista! { "titolo": importo.campo().titolo(), "somma": somma }
}

/// The same as they stand under the table, by the field of `finanziamento`.
pub fn totali<'a>(progetti: impl ExactSizeIterator<Item = &'a Progetto> + Clone) -> Value {
    let somme = somme(progetti.clone()).into_iter().map(|voce| (voce.0.id.into(), totale(voce)));
    vista! { "progetti": progetti.len(), "importi": Value::from(tera::Map::from_iter(somme)) }
}

/// The totals of a period beside those that its source prints; none where it prints no total of an amount that every
/// project tells.
pub fn quadrature(periodo: &Periodo) -> Option<Value> {
    let risorse = &*periodo.risorse.as_ref()?.dati;
    let mut nostri = somme(periodo.progetti.iter());
    nostri.retain(|(_, somma)| somma.importo.is_some());
    let mut stampati = Vec::new();
    for totale in &risorse.totali_dichiarati {
        let somma = periodo.somma_all_inizio(totale.voce);
        let oggi = periodo.somma(|voci| voci.voce(totale.voce)).importo;
        let Some(calcolato) = somma.importo.filter(|_| somma.su == periodo.progetti.len()) else { continue };
        let esclusi = risorse.residui.iter().filter(|residuo| totale.esclude.contains(&residuo.id));
        nostri.retain(|(importo, _)| importo.id != schema::chiave(totale.voce));
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
            "nostri": nostri.into_iter().map(self::totale).collect::<Vec<_>>(),
        }
    })
}
