//! The ranking of a period and how its money was divided: one table for the page and for the document.

use super::denaro::quadrature;
use super::engine::Foglio;
use super::{grafici, viste};
use crate::plan::simulazione::graduatoria::{Assegnata, registrata};
use crate::plan::{Avviso, Periodo, Plan, Somma};
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

static COLONNE: [Colonna; 6] = [
    importo("Richiesto", |riga| riga.progetto.dati.finanziamento.contributo_richiesto),
    Colonna { parte: true, ..importo("Dalla dotazione", |riga| riga.da_dotazione) },
    Colonna { parte: true, ..importo("Dai residui", |riga| Some(riga.da_residui)) },
    importo("Riconosciuto", |riga| riga.progetto.dati.finanziamento.contributo_riconosciuto),
    Colonna { scende: true, ..importo("Rimane in dotazione", |riga| riga.resta) },
    importo("Non riconosciuto", |riga| riga.progetto.dati.finanziamento.non_riconosciuto()),
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
    pub fn di(plan: &Plan, periodo: &'a Periodo) -> Self {
        let righe = registrata(periodo, &plan.sito.ats.nome);
        let con_residui = righe.iter().any(|riga| !riga.da_residui.e_zero());
        let colonne = COLONNE.iter().filter(|colonna| con_residui || !colonna.parte).collect();
        Assegnazioni { colonne, righe }
    }

    pub fn somma(&self, colonna: &Colonna) -> Somma {
        Somma::di(self.righe.iter().map(colonna.di))
    }
}

pub fn pagina(foglio: &mut Foglio, p: usize) {
    let (plan, periodo) = (foglio.plan, foglio.periodo(p));
    let assegnazioni = Assegnazioni::di(plan, periodo);
    let colonne = assegnazioni.colonne.iter().map(|colonna| {
        let somma = (!colonna.scende).then(|| assegnazioni.somma(colonna));
        vista! { "titolo": colonna.titolo, "somma": somma }
    });
    let righe = assegnazioni.righe.iter().map(|riga| {
        let voci = &riga.progetto.dati.finanziamento;
        let tolto = periodo.tolto(riga.progetto);
        vista! {
            "progetto": viste::progetto(plan, periodo, riga.progetto),
            "importi": assegnazioni.colonne.iter().map(|colonna| (colonna.di)(riga)).collect::<Vec<_>>(),
            "da_dotazione": riga.da_dotazione,
            "da_residui": riga.da_residui,
            // Before anything was taken away again.
            "avuto": voci.contributo_riconosciuto.map(|resta| resta + tolto),
            "mai_concesso": voci.non_riconosciuto().map(|no| no - tolto),
            "tolto": tolto,
        }
    });
    foglio.insert("colonne", &colonne.collect::<Vec<_>>());
    foglio.insert("righe", &righe.collect::<Vec<_>>());
    foglio.insert("quadrature", &quadrature(periodo));
    // Of the calls that these projects answered: another call of the same plan has a ranking of its own.
    let suoi =
        |avviso: &&Avviso| assegnazioni.righe.iter().any(|riga| riga.progetto.dati.avviso.as_ref() == Some(&avviso.id));
    let esiti = periodo.avvisi.iter().filter(suoi).filter_map(|avviso| avviso.dati.esito.as_ref());
    foglio.insert("note", &esiti.clone().filter_map(|esito| esito.nota.as_ref()).collect::<Vec<_>>());
    foglio.insert("atti", &esiti.clone().filter_map(|esito| esito.atto.as_ref()).collect::<Vec<_>>());
    foglio.insert("non_ammesse", &esiti.flat_map(|esito| &esito.non_ammesse).collect::<Vec<_>>());
    foglio.insert("criteri", &periodo.dati.criteri);
    foglio.insert("discesa", &grafici::discesa(plan, periodo));
    foglio.insert("grafico", &grafici::punteggi(periodo));
}
