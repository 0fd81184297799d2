//! What the rules say, as open data: one row for each rule and record.

use super::leggibile::leggibile;
use super::rilievi;
use crate::conformita::{EsitoNorma, Rilievo, citazione};
use crate::plan::{Periodo, Plan};
use crate::record::{Deroga, Regola};
use crate::site::Site;
use crate::site::indice_regole::{Scheda, regola};

/// What a rule says of a record.
pub struct Detto<'a> {
    pub periodo: &'a Periodo,
    pub norma: &'a EsitoNorma,
    pub regola: &'a Regola,
    pub scheda: Scheda<'a>,
}

/// One after the other: large plans have hundreds of thousands.
pub fn detti(site: &Site) -> impl Iterator<Item = Detto<'_>> {
    let con_indice = site.conformita.periodi.iter().zip(&site.indici);
    let periodi = site.plan.periodi.iter().zip(con_indice);
    periodi.flat_map(|(periodo, (norme, indice))| {
        indice.tutte().flat_map(move |numero| {
            let (norma, regola) = (&norme[numero.0], regola(norme, numero));
            let schede = indice.schede(norme, numero).into_iter();
            schede.map(move |scheda| Detto { periodo, norma, regola, scheda })
        })
    })
}

impl<'a> Detto<'a> {
    pub fn citazione(&self) -> String {
        citazione(&self.norma.norma, self.regola)
    }

    pub fn tipo(&self) -> &'static str {
        rilievi::collegato(self.periodo, self.scheda.soggetto).0
    }

    pub fn id(&self) -> &'a str {
        rilievi::collegato(self.periodo, self.scheda.soggetto).1.id
    }

    pub fn deroga(&self) -> Option<&'a Deroga> {
        rilievi::deroga(self.periodo, &self.scheda)
    }

    /// All that was found, each thing once, the value found in brackets.
    pub fn messaggi(&self, plan: &Plan) -> String {
        let mut testi: Vec<String> = Vec::new();
        let detto = |rilievo: &&Rilievo| match rilievo.etichetta.as_str() {
            "" => leggibile(plan, self.periodo, &rilievo.messaggio),
            etichetta => leggibile(plan, self.periodo, &format!("{} ({etichetta})", rilievo.messaggio)),
        };
        for testo in self.scheda.rilievi.iter().map(detto) {
            if !testi.contains(&testo) {
                testi.push(testo);
            }
        }
        testi.join("; ")
    }
}
