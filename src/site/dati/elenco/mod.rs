//! What is published as data: each dataset is one entry, each field of it too. What several have in common stands here:
//! the fields by which a row says whose it is, and those that come in twos, a code and its words.

mod atti;
mod denaro;
mod enti;
mod progetti;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Dataset, DatiDi, dataset};
use crate::plan::{Ente, Periodo, Plan, Progetto};
use crate::record::{Atto, Territorio};
use crate::schema::{chiave, nome};
use crate::value::Comune;
use crate::view::Codice;

pub const DATASETS: [DatiDi; 19] = [
    progetti::progetti,
    denaro::beneficiari,
    denaro::trasparenza,
    denaro::pagamenti,
    progetti::eventi,
    enti::alleanze,
    enti::partecipazioni,
    enti::enti,
    denaro::risorse,
    denaro::residui,
    atti::avvisi,
    denaro::graduatorie,
    progetti::azioni,
    progetti::servizi,
    progetti::indicatori,
    progetti::prodotti,
    atti::atti,
    atti::conformita,
    atti::prodotti,
];

/// Its name, its title, and what it holds in a sentence.
type Testa = [&'static str; 3];

/// The columns of the act of a row.
const ATTO: [&str; 3] = ["atto_id", "atto", "atto_data"];

/// A row of a project.
struct Voce<'a, V> {
    periodo: &'a Periodo,
    progetto: &'a Progetto,
    /// From one, in the order of the record.
    riga: usize,
    dati: V,
}

/// A dataset whose rows belong to a period: whose plan it is, and which norm it follows.
fn di_periodo<'a, T: 'a, I: Iterator<Item = T> + 'a>(
    [id, titolo, descrizione]: Testa,
    plan: &'a Plan,
    soggetti: impl Fn() -> I + 'a,
    periodo: fn(&T) -> &'a Periodo,
) -> Dataset<'a, T> {
    let ats = &plan.sito.ats;
    dataset(id, titolo, descrizione, soggetti)
        .con("ats_codice", "il codice che la Regione dà all'ATS, se la fonte lo indica", move |_| {
            ats.codice.as_ref().map(Codice)
        })
        .con("ats", "l'ATS che pubblica il Piano", move |_| &ats.nome)
        .con("periodo", "il periodo di programmazione", move |riga| &periodo(riga).id)
        .con("piano_norma", "la norma che vale per il Piano: è anche il nome della sua pagina", move |riga| {
            &periodo(riga).dati.norma
        })
}

/// A dataset whose rows belong to a project, which may have several.
fn di_progetto<'a, V: 'a, I: IntoIterator<Item = V> + 'a>(
    testa: Testa,
    plan: &'a Plan,
    voci: impl Fn(&'a Periodo, &'a Progetto) -> I + Copy + 'a,
) -> Dataset<'a, Voce<'a, V>> {
    let soggetti = move || {
        plan.progetti().flat_map(move |(periodo, progetto)| {
            let voci = voci(periodo, progetto).into_iter().zip(1..);
            voci.map(move |(dati, riga)| Voce { periodo, progetto, riga, dati })
        })
    };
    di_periodo(testa, plan, soggetti, |voce| voce.periodo)
        .con("progetto", "l'identificativo del progetto nel periodo", |voce| &voce.progetto.id)
        .con("progetto_titolo", "il titolo del progetto", |voce| &voce.progetto.dati.titolo)
        .con("riga", "il numero della riga fra quelle del progetto, da 1", |voce| voce.riga)
        .chiave(&["periodo", "progetto", "riga"])
        .rinvio(&["periodo", "progetto"], "progetti", &["periodo", "id"])
}

impl<'a, T: 'a> Dataset<'a, T> {
    /// A choice: as records write it, and as people read it.
    fn con_parola<C: JsonSchema + Serialize + 'static>(
        self,
        [codice, parola]: [&'static str; 2],
        che: &'static str,
        di: impl Fn(&T) -> Option<C> + Copy + 'a,
    ) -> Self {
        self.con(codice, format!("{che}: la parola delle schede"), move |riga| di(riga).map(chiave).map(Codice)).con(
            parola,
            che,
            move |riga| di(riga).map(nome),
        )
    }

    /// A body: its identifier and its name.
    fn con_ente(
        self,
        [id, detto]: [&'static str; 2],
        che: &'static str,
        di: impl Fn(&T) -> Option<&'a Ente> + Copy + 'a,
    ) -> Self {
        self.con(id, format!("{che}: l'identificativo dell'ente"), move |riga| di(riga).map(|ente| &ente.id)).con(
            detto,
            format!("{che}: il nome dell'ente"),
            move |riga| di(riga).map(|ente| &ente.dati.nome),
        )
    }

    /// An act: its identifier in `atti.yaml` if it stands there, how it is cited, its day.
    fn con_atto(
        self,
        [id, cita, data]: [&'static str; 3],
        che: &'static str,
        di: impl Fn(&T) -> Option<&'a Atto> + Copy + 'a,
    ) -> Self {
        self.con(id, format!("{che}: l'identificativo, se ne ha uno"), move |riga| {
            di(riga).and_then(|atto| atto.id.as_ref())
        })
        .con(cita, format!("{che}, se la fonte lo indica"), move |riga| di(riga).map(Atto::cita))
        .con(data, format!("{che}: il giorno, se è noto"), move |riga| di(riga).and_then(Atto::giorno))
    }

    fn con_luoghi(self, che: &'static str, di: impl Fn(&T) -> &'a Territorio + Copy + 'a) -> Self {
        self.con("ambiti", format!("{che}: gli ambiti, separati da punto e virgola"), move |riga| {
            uniti(&di(riga).ambiti)
        })
        .con("comuni", format!("{che}: i comuni, separati da punto e virgola"), move |riga| uniti(&di(riga).comuni))
        .con(
            "comuni_istat",
            format!("{che}: i codici ISTAT dei comuni lombardi, nello stesso ordine"),
            move |riga| {
                let noti = di(riga).comuni.iter().filter_map(|comune| Comune::di_nome(comune));
                Codice(uniti(noti.map(|comune| comune.codice)))
            },
        )
    }
}

/// Several things in one cell.
fn uniti<S: AsRef<str>>(parti: impl IntoIterator<Item = S>) -> String {
    parti.into_iter().fold(String::new(), |uniti, parte| match uniti.as_str() {
        "" => parte.as_ref().to_owned(),
        _ => uniti + "; " + parte.as_ref(),
    })
}
