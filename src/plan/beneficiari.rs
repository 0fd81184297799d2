//! Who takes part in a project, and who receives what of its grant: rules, pages, data, document and posters ask here.

use std::collections::BTreeSet;

use super::qualifiche::{ha_o_forse, ha_una};
use super::{Ente, Partecipazione, Periodo, Plan, Progetto};
use crate::record::{Atto, Chi, Norma, Requisito, Ruolo};
use crate::value::Euro;

/// Capofila or partner of a project.
#[derive(Debug, Clone, Copy)]
pub struct Partecipante<'a> {
    pub ente: usize,
    /// Its row of `partenariato`, if the project has one for it.
    pub riga: Option<Partecipazione<'a>>,
}

/// What a project was granted and to whom.
#[derive(Debug)]
pub struct Concessione<'a> {
    pub importo: Euro,
    pub atto: Option<&'a Atto>,
    /// Body by body; where no share is told, one row of the capofila for the whole partnership.
    pub beneficiari: Vec<Beneficiario>,
    pub ripartita: bool,
}

#[derive(Debug, Clone, Copy)]
pub struct Beneficiario {
    pub ente: usize,
    pub ruolo: Ruolo,
    /// Absent where the shares of others are told and this one is not.
    pub importo: Option<Euro>,
}

impl Concessione<'_> {
    /// Who receives something: told as zero, a share is of nobody.
    pub fn riceventi(&self) -> impl Iterator<Item = &Beneficiario> {
        self.beneficiari.iter().filter(|beneficiario| beneficiario.importo.is_none_or(|euro| !euro.e_zero()))
    }

    /// What the shares that are told add up to.
    pub fn somma(&self) -> Euro {
        self.beneficiari.iter().filter_map(|beneficiario| beneficiario.importo).sum()
    }

    /// The share of a body, where it is told.
    pub fn di(&self, ente: usize) -> Option<Euro> {
        let sue = self.beneficiari.iter().filter(|beneficiario| self.ripartita && beneficiario.ente == ente);
        sue.filter_map(|beneficiario| beneficiario.importo).reduce(|prima, poi| prima + poi)
    }
}

impl Periodo {
    /// A project has one capofila: its own, else that of its alliance.
    pub fn capofila(&self, progetto: &Progetto) -> usize {
        let suo = progetto.partenariato().find(|parte| parte.dati.ruolo == Ruolo::Capofila);
        suo.map_or(self.alleanze[progetto.alleanza].capofila, |parte| parte.ente)
    }

    /// Capofila and partners, the capofila first: those of the project's own list, else those of its alliance.
    pub fn partecipanti<'a>(&self, progetto: &'a Progetto) -> Vec<Partecipante<'a>> {
        let capofila = self.capofila(progetto);
        let righe = progetto.partenariato();
        let altri: Vec<usize> = if righe.len() == 0 {
            self.alleanze[progetto.alleanza].partner.clone()
        } else {
            righe.clone().filter(|parte| parte.dati.ruolo != Ruolo::Sostenitore).map(|parte| parte.ente).collect()
        };
        let mut seen = BTreeSet::new();
        std::iter::once(capofila)
            .chain(altri)
            .filter(|&ente| seen.insert(ente))
            .map(|ente| Partecipante { ente, riga: righe.clone().find(|parte| parte.ente == ente) })
            .collect()
    }

    /// Whether the project's own list is all who take part. Where the alliance has partners that are only counted, a
    /// list without amounts names some of them.
    pub fn partenariato_intero(&self, progetto: &Progetto) -> bool {
        let righe = &progetto.dati.partenariato;
        let contati = !self.alleanze[progetto.alleanza].dati.altri_partner.is_empty();
        let con_importi = righe.iter().all(|riga| riga.quota.is_some() || riga.contributo.is_some());
        !righe.is_empty() && (con_importi || !contati)
    }

    /// Partners of a project beside its capofila, those known only by number included.
    pub fn numero_partner(&self, progetto: &Progetto) -> u64 {
        if self.partenariato_intero(progetto) {
            self.partecipanti(progetto).len() as u64 - 1
        } else {
            self.alleanze[progetto.alleanza].numero_partner()
        }
    }

    /// What a project was granted, if it was, and who receives it.
    pub fn concessione<'a>(&self, progetto: &'a Progetto) -> Option<Concessione<'a>> {
        let dati = &*progetto.dati;
        let importo = dati.finanziamento.contributo_riconosciuto.filter(|euro| !euro.e_zero())?;
        let capofila = self.capofila(progetto);
        let scritta = dati.partenariato.iter().any(|riga| riga.contributo.is_some());
        let senza_riga = progetto.partenariato().all(|parte| parte.ente != capofila);
        let mut beneficiari = Vec::new();
        if senza_riga || !scritta {
            let importo = Some(importo).filter(|_| !scritta);
            beneficiari.push(Beneficiario { ente: capofila, ruolo: Ruolo::Capofila, importo });
        }
        if scritta {
            // Who supports a project receives nothing, unless the records say an amount.
            let righe = progetto.partenariato();
            let righe = righe.filter(|p| p.dati.contributo.is_some() || p.dati.ruolo != Ruolo::Sostenitore);
            beneficiari.extend(righe.map(|Partecipazione { ente, dati, .. }| Beneficiario {
                ente,
                ruolo: dati.ruolo,
                importo: dati.contributo,
            }));
        }
        let ripartita = scritta || self.numero_partner(progetto) == 0;
        Some(Concessione { importo, atto: dati.atti.concessione.as_ref(), beneficiari, ripartita })
    }
}

/// Whether a requirement of a norm keeps a body from the money of a project: it helps without receiving any, or is of no
/// kind that may take part, and no row says that it does.
pub fn resta_senza(
    plan: &Plan,
    norma: &Norma,
    (periodo, progetto): (&Periodo, &Progetto),
    requisito: &Requisito,
    ente: &Ente,
) -> bool {
    let is_it = |i: usize| plan.enti[i].id == ente.id;
    if periodo.partecipanti(progetto).iter().any(|parte| is_it(parte.ente)) {
        return false;
    }
    let capofila = &plan.enti[periodo.capofila(progetto)];
    if !requisito.se_capofila.is_empty() && !ha_una(plan, norma, capofila, &requisito.se_capofila) {
        return false;
    }
    let mut rete = periodo.alleanze[progetto.alleanza].rete_di_supporto.iter().copied();
    let helps = rete.any(is_it) || progetto.partenariato().any(|parte| is_it(parte.ente));
    match requisito.chi {
        Chi::ReteDiSupporto => helps && requisito.contributo_massimo.is_some_and(Euro::e_zero),
        Chi::Partner | Chi::Beneficiari => {
            let ammessi = &requisito.ammessi;
            !helps && !ammessi.is_empty() && ha_o_forse(plan, norma, ente, ammessi) == Some(false)
        }
        Chi::Capofila | Chi::CapofilaDellaRete => false,
    }
}
