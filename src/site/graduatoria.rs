//! The ranking of a period and how its money was divided: one table for the page and for the document.

use serde::Serialize;
use tera::Context;

use super::denaro::quadrature;
use super::piano::head;
use super::viste::VistaProgetto;
use super::{Site, grafici};
use crate::plan::simulazione::graduatoria::{Assegnata, registrata};
use crate::plan::{Periodo, Somma};
use crate::value::Euro;

/// A column of amounts.
pub struct Colonna {
    pub titolo: &'static str,
    pub di: fn(&Assegnata) -> Option<Euro>,
    /// What is left after each row makes no sum, and on paper it has no room.
    pub scende: bool,
    /// The parts of an award are told where residuals are one of them.
    parte: bool,
}

const COLONNE: [Colonna; 6] = [
    importo("Richiesto", |riga| riga.progetto.dati.finanziamento.contributo_richiesto),
    Colonna { parte: true, ..importo("Dalla dotazione", |riga| riga.da_dotazione) },
    Colonna { parte: true, ..importo("Dai residui", |riga| Some(riga.da_residui)) },
    importo("Riconosciuto", |riga| riga.progetto.dati.finanziamento.contributo_riconosciuto),
    Colonna { scende: true, ..importo("Rimane in dotazione", |riga| riga.resta) },
    importo("Non concesso", |riga| riga.progetto.dati.finanziamento.non_riconosciuto()),
];

const fn importo(titolo: &'static str, di: fn(&Assegnata) -> Option<Euro>) -> Colonna {
    Colonna { titolo, di, scende: false, parte: false }
}

/// The awards of a period, in the order of the ranking.
pub struct Assegnazioni<'a> {
    pub colonne: Vec<&'static Colonna>,
    pub righe: Vec<Assegnata<'a>>,
}

impl<'a> Assegnazioni<'a> {
    pub fn di(periodo: &'a Periodo) -> Self {
        static TUTTE: [Colonna; 6] = COLONNE;
        let righe = registrata(periodo);
        let con_residui = righe.iter().any(|riga| !riga.da_residui.e_zero());
        let colonne = TUTTE.iter().filter(|colonna| con_residui || !colonna.parte).collect();
        Assegnazioni { colonne, righe }
    }

    pub fn somma(&self, colonna: &Colonna) -> Somma {
        Somma::di(self.righe.iter().map(colonna.di))
    }
}

#[derive(Serialize)]
struct Testa {
    titolo: &'static str,
    somma: Option<Somma>,
}

#[derive(Serialize)]
struct Riga<'a> {
    progetto: VistaProgetto<'a>,
    /// One for each column.
    importi: Vec<Option<Euro>>,
    da_dotazione: Option<Euro>,
    da_residui: Euro,
    non_riconosciuto: Option<Euro>,
}

pub fn pagina(site: &Site, path: &str, p: usize) -> super::Rendered {
    let plan = &*site.plan;
    let periodo = &plan.periodi[p];
    let assegnazioni = Assegnazioni::di(periodo);
    let colonne = assegnazioni
        .colonne
        .iter()
        .map(|colonna| Testa { titolo: colonna.titolo, somma: (!colonna.scende).then(|| assegnazioni.somma(colonna)) });
    let righe = assegnazioni.righe.iter().map(|riga| Riga {
        progetto: VistaProgetto::of(plan, periodo, riga.progetto),
        importi: assegnazioni.colonne.iter().map(|colonna| (colonna.di)(riga)).collect(),
        da_dotazione: riga.da_dotazione,
        da_residui: riga.da_residui,
        non_riconosciuto: riga.progetto.dati.finanziamento.non_riconosciuto(),
    });
    let mut context = Context::new();
    context.insert("colonne", &colonne.collect::<Vec<_>>());
    context.insert("righe", &righe.collect::<Vec<_>>());
    context.insert("quadrature", &quadrature(periodo));
    context.insert("criteri", &periodo.dati.criteri);
    context.insert("grafico", &grafici::punteggi(periodo));
    let descrizione =
        format!("La graduatoria del {}, i criteri e come è stato diviso il contributo.", periodo.dati.titolo);
    site.render(head(path, plan, p, "Graduatoria", descrizione), "graduatoria.html", &periodo.origine.file, context)
}
