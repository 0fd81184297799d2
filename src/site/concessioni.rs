//! Who receives what, as the page of transparency, the open data, the document and the posters tell it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::engine::Foglio;
use super::filtri::{Fasce, Filtro, filtro, importo};
use super::parole;
use super::viste::{Collegamento, VistaEnte, collegamento_avviso, collegamento_progetto};
use crate::conformita::pubblicata_fino_al;
use crate::plan::beneficiari::{Beneficiario, Concessione as Concessa};
use crate::plan::{Periodo, Plan, Progetto, Somma};
use crate::record::{self, Atto, Responsabile, Ruolo};
use crate::value::{Data, Euro, Id, Quando, Web};

/// What stands beside the capofila of a project that was revoked, or that renounced.
const CADUTO: &str = "il contributo non c'è più";

/// What stands beside the capofila where nobody tells how the grant is divided.
pub const NON_RIPARTITO: &str = "ripartizione fra i beneficiari non indicata";

/// A row of the register that D.Lgs. 33/2013 arts. 26-27 ask for.
#[derive(Serialize)]
pub struct Concessione<'a> {
    pub periodo: &'a Id,
    pub progetto: Collegamento<'a>,
    pub stato_nome: &'static str,
    pub capofila: VistaEnte<'a>,
    /// Absent where the row is of the whole partnership, as are its role and its fiscal code.
    pub beneficiario: Option<VistaEnte<'a>>,
    pub ruolo: Option<&'static str>,
    /// Why there is no single body.
    pub nota: Option<&'static str>,
    pub codice_fiscale: Option<&'a str>,
    pub importo: Option<Euro>,
    pub atto: Option<&'a Atto>,
    /// The year of the act.
    pub anno: Option<i16>,
    /// The acts that changed the amount since.
    pub atti_dopo: Vec<&'a Atto>,
    pub responsabile: Option<&'a Responsabile>,
    /// Until when it had to be published, once that day has passed: nobody is named any more then.
    pub scaduta: Option<Data>,
    pub pubblicato_il: Option<Data>,
    /// The grant has no effect until it is published (art. 26, c. 3).
    pub da_pubblicare: bool,
    pub curriculum: Option<&'a Web>,
    pub modalita: Option<Collegamento<'a>>,
    pub cup: Option<&'a str>,
    /// The row of the body in the project, if it has one.
    #[serde(skip)]
    pub parte: Option<&'a record::Partecipazione>,
    /// What is said in the place of what is not there.
    pub manca: &'static str,
}

/// The grants of a period, body by body. One that was taken back keeps a row: its act stays published.
pub fn concessioni<'a>(plan: &'a Plan, periodo: &'a Periodo) -> Vec<Concessione<'a>> {
    periodo.progetti.iter().flat_map(|progetto| di_progetto(plan, periodo, progetto)).collect()
}

/// The sum of the grants, and of how many projects.
pub fn totale(periodo: &Periodo) -> Somma {
    let concessi = periodo.progetti.iter().filter_map(|progetto| periodo.concessione(progetto));
    Somma::di(concessi.map(|concessa| Some(concessa.importo)))
}

pub fn di_progetto<'a>(plan: &'a Plan, periodo: &'a Periodo, progetto: &'a Progetto) -> Vec<Concessione<'a>> {
    let dati = &*progetto.dati;
    let passi = periodo.passi(progetto);
    let atti_dopo: Vec<&Atto> = passi.iter().skip(1).filter_map(|passo| passo.atto).collect();
    let caduta = || Concessa {
        importo: Euro::ZERO,
        atto: dati.atti.concessione.as_ref(),
        beneficiari: Vec::new(),
        ripartita: false,
    };
    let e_caduta = dati.stato().e_caduto() && dati.atti.concessione.is_some();
    let Some(concessa) = periodo.concessione(progetto).or_else(|| e_caduta.then(caduta)) else { return Vec::new() };
    let scaduta = pubblicata_fino_al(plan, progetto);
    let riga = |&Beneficiario { ente, ruolo, importo }: &Beneficiario| Concessione {
        periodo: &periodo.id,
        progetto: collegamento_progetto(periodo, progetto),
        stato_nome: parole::nome(dati.stato()),
        capofila: VistaEnte::of(plan, periodo.capofila(progetto)),
        beneficiario: concessa.ripartita.then(|| VistaEnte::of(plan, ente)),
        ruolo: concessa.ripartita.then(|| parole::nome(ruolo)),
        nota: (!concessa.ripartita).then_some(if concessa.importo.e_zero() { CADUTO } else { NON_RIPARTITO }),
        codice_fiscale: plan.enti[ente].dati.codice_fiscale.as_deref().filter(|_| concessa.ripartita),
        importo,
        atto: concessa.atto,
        anno: concessa.atto.and_then(|atto| atto.data).map(Quando::anno),
        atti_dopo: atti_dopo.clone(),
        responsabile: dati.responsabile.as_ref().filter(|_| scaduta.is_none()),
        scaduta,
        pubblicato_il: dati.pubblicato_il,
        da_pubblicare: dati.pubblicato_il.is_none()
            && concessa.atto.is_some()
            && scaduta.is_none()
            && !e_caduta
            && !plan.storico(periodo, progetto),
        curriculum: dati.curriculum.as_ref(),
        modalita: progetto.avviso.map(|a| collegamento_avviso(periodo, a)),
        cup: dati.atti.cup.as_deref(),
        parte: progetto.partenariato().find(|parte| concessa.ripartita && parte.ente == ente).map(|parte| parte.dati),
        manca: parole::manca(plan.storico(periodo, progetto)),
    };
    if concessa.beneficiari.is_empty() {
        let capofila =
            Beneficiario { ente: periodo.capofila(progetto), ruolo: Ruolo::Capofila, importo: Some(Euro::ZERO) };
        return vec![riga(&capofila)];
    }
    concessa.riceventi().map(riga).collect()
}

impl Concessione<'_> {
    /// The body, or the partnership where the shares are not told.
    pub fn nome(&self) -> String {
        match &self.beneficiario {
            Some(ente) => ente.nome.to_owned(),
            None => format!("partenariato, capofila {}: {}", self.capofila.nome, self.nota.unwrap_or(NON_RIPARTITO)),
        }
    }
}

fn filtri(riga: &Concessione, fasce: &Fasce) -> Vec<Filtro> {
    let suoi = [
        filtro("anno", riga.anno.map(|anno| anno.to_string())),
        filtro("ente", riga.beneficiario.as_ref().map(|ente| ente.categoria)),
        filtro("scelta", riga.modalita.as_ref().map(|avviso| avviso.nome)),
        fasce.filtro("importo", riga.importo),
        filtro("stato", [riga.stato_nome]),
    ];
    suoi.into_iter().chain(importo("importo", riga.importo)).collect()
}

/// What the acts of each year granted, where they are of several years.
fn per_anno(righe: &[Concessione]) -> Vec<(i16, Somma)> {
    let mut anni: BTreeMap<i16, Vec<Option<Euro>>> = BTreeMap::new();
    for riga in righe {
        anni.entry(riga.anno.unwrap_or_default()).or_default().push(riga.importo);
    }
    let di_piu = anni.len() > 1;
    anni.into_iter().filter(|_| di_piu).map(|(anno, importi)| (anno, Somma::di(importi))).collect()
}

pub fn pagina(foglio: &mut Foglio, p: usize) {
    let (plan, periodo) = (foglio.plan, foglio.periodo(p));
    let righe = concessioni(plan, periodo);
    foglio.insert("per_anno", &per_anno(&righe));
    let fasce = Fasce::di(righe.iter().map(|riga| riga.importo));
    let righe = righe.iter().map(|voce| vista! { "filtri": filtri(voce, &fasce), ..voce });
    foglio.insert("concessioni", &righe.collect::<Vec<_>>());
    foglio.insert("totale", &totale(periodo));
}
