//! The account of a project, and of a plan: what was granted, what is due in the end, what was paid, and what is left.
//! Every page, table and rule asks here. A term that no record gives is absent, and so is what would need it; it is
//! never zero.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use super::vita::{Mossa, Passo, concessi, passi};
use super::{Periodo, Progetto, Somma};
use crate::record::{self, Copertura, Cosa, Pagamento, Rendiconto, Saldo, TipoPagamento};
use crate::value::{Data, Euro, Id};

/// The account of a project, of all that its records tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Conto {
    pub concesso: Option<Euro>,
    /// What of the costs was admitted, cofinancing included, and how much of that is cofinancing.
    pub ammesso: Option<Euro>,
    pub cofinanziamento_ammesso: Option<Euro>,
    /// What would be due by the rule of the call.
    pub atteso: Option<Euro>,
    /// What is due, by an act.
    pub spettante: Option<Euro>,
    /// Less what was given back.
    pub pagato: Option<Euro>,
    pub da_pagare: Option<Euro>,
    pub da_recuperare: Option<Euro>,
    /// Granted and not due, once an act says what is.
    pub economia: Option<Euro>,
}

impl Periodo {
    pub fn conto(&self, progetto: &Progetto) -> Conto {
        let dati = &*progetto.dati;
        let concesso = dati.finanziamento.contributo_riconosciuto;
        let spettante = spettante(dati).map(|(_, importo)| importo);
        let pagato = saldo(&dati.pagamenti);
        let base = spettante.or(concesso);
        // The distance from one amount down to another; the other way there is none.
        let down = |da: Option<Euro>, a: Option<Euro>| da.zip(a).map(|(da, a)| (da - a).max(Euro::ZERO));
        Conto {
            concesso,
            ammesso: tutti(&dati.rendicontazione, |riga| riga.ammesso),
            cofinanziamento_ammesso: tutti(&dati.rendicontazione, |riga| riga.cofinanziamento_ammesso),
            atteso: atteso(self, progetto),
            spettante,
            pagato,
            da_pagare: down(base, pagato),
            da_recuperare: down(pagato, base),
            economia: concesso.zip(spettante).map(|(concesso, spettante)| concesso - spettante),
        }
    }

    /// The changes of the grant of a project.
    pub fn passi<'a>(&'a self, progetto: &'a Progetto) -> Vec<Passo<'a>> {
        passi(progetto, &self.avvisi)
    }

    /// What renunciations, reductions and revocations have taken away from the grant of a project.
    pub fn tolto(&self, progetto: &Progetto) -> Euro {
        let (mut tolto, mut prima) = (Euro::ZERO, None);
        for (passo, concesso) in concessi(&self.passi(progetto)) {
            if let (Mossa::Toglie, Some(prima), Some(resta)) = (passo.cosa, prima, concesso) {
                tolto = tolto + (prima - resta);
            }
            prima = concesso;
        }
        tolto
    }

    /// The grant of a project in force at the end of a day, where its events tell it, or one act for good.
    pub fn concesso_al(&self, progetto: &Progetto, giorno: Data) -> Option<Euro> {
        let passi = self.passi(progetto);
        if passi.is_empty() {
            return progetto.dati.finanziamento.contributo_riconosciuto;
        }
        concessi(&passi).take_while(|(passo, _)| passo.data <= giorno).last().and_then(|(_, concesso)| concesso)
    }
}

/// What was paid, less what was given back; none where no payment is recorded.
pub fn saldo(pagamenti: &[Pagamento]) -> Option<Euro> {
    let con_segno = |pagamento: &Pagamento| match pagamento.tipo {
        Some(TipoPagamento::Restituzione) => Euro::ZERO - pagamento.importo,
        _ => pagamento.importo,
    };
    Somma::di(pagamenti.iter().map(|pagamento| Some(con_segno(pagamento)))).importo
}

/// What an act says is due in the end, with the place of its event.
pub fn spettante(dati: &record::Progetto) -> Option<(usize, Euro)> {
    let atti = dati.eventi.iter().enumerate().filter(|(_, evento)| evento.cosa == Cosa::Rideterminazione);
    let (i, ultimo) = atti.max_by_key(|(i, evento)| (evento.data, *i))?;
    Some((i, ultimo.importo?))
}

/// The sum of an amount that every row tells.
fn tutti(righe: &[Rendiconto], importo: fn(&Rendiconto) -> Option<Euro>) -> Option<Euro> {
    let somma = Somma::di(righe.iter().map(importo));
    somma.importo.filter(|_| somma.su == righe.len())
}

/// What would be due: the same part of the admitted cost as of the whole, or what the admitted cofinancing leaves; never
/// more than the grant, nor than the part of the cost that the call pays.
fn atteso(periodo: &Periodo, progetto: &Progetto) -> Option<Euro> {
    let dati = &*progetto.dati;
    let avviso = &*periodo.avvisi[progetto.avviso?].dati;
    let concesso = dati.finanziamento.contributo_riconosciuto.filter(|concesso| !concesso.e_zero())?;
    let ammesso = tutti(&dati.rendicontazione, |riga| riga.ammesso)?;
    let dovuto = match avviso.saldo? {
        Saldo::Percentuale => {
            let costo = dati.finanziamento.costo_complessivo.filter(|costo| !costo.e_zero())?;
            Euro::al_centesimo(ammesso.decimale() * concesso.decimale() / costo.decimale())
        }
        Saldo::Pareggio => {
            let suo = tutti(&dati.rendicontazione, |riga| riga.cofinanziamento_ammesso)?;
            (ammesso - suo).max(Euro::ZERO)
        }
    };
    let tetto = avviso
        .limiti
        .as_ref()
        .and_then(|limiti| limiti.percentuale_massima)
        .map(|parte| Euro::al_centesimo(ammesso.decimale() * Decimal::from(parte) / Decimal::ONE_HUNDRED));
    Some(dovuto.min(concesso).min(tetto.unwrap_or(concesso)))
}

/// The account of a plan: what there is, where it went, and what comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ContoDelPiano {
    /// Endowment and residuals, as far as their use is allowed.
    pub disponibile: Euro,
    /// To the projects that the plan pays for.
    pub concesso: Option<Euro>,
    pub azione_di_sistema: Option<Euro>,
    pub non_assegnato: Option<Euro>,
    pub economie: Option<Euro>,
    pub da_recuperare: Option<Euro>,
    /// What is left once all is over: not assigned, saved, and not spent on the system action; and what of it can be used
    /// before money that has to come back is there.
    pub residuo: Option<Euro>,
    pub utilizzabile: Option<Euro>,
    pub trasferito: Option<Euro>,
    /// Over how many projects that have a grant it is known, and how many those are.
    pub pagato: Somma,
    pub finanziati: usize,
    /// What came from the Region and was not yet paid; below zero the agency has advanced it.
    pub cassa: Option<Euro>,
}

impl Periodo {
    /// How much of a residual may be used: nothing before who the norm says allows it.
    pub fn utilizzabile(&self, residuo: &record::Residuo) -> Euro {
        match self.norma.autorizza_residui() {
            Some(organo) if !residuo.autorizzato(organo) => Euro::ZERO,
            _ => residuo.autorizzato.map_or(residuo.importo, |autorizzato| autorizzato.min(residuo.importo)),
        }
    }

    /// The projects that the money of the plan pays for.
    pub fn propri<'a, 'b>(&'a self, ats: &'b str) -> impl Iterator<Item = &'a Progetto> + Clone + use<'a, 'b> {
        self.progetti.iter().filter(move |progetto| self.paga(ats, progetto))
    }

    pub fn conto_del_piano(&self, ats: &str) -> Option<ContoDelPiano> {
        let dati = &*self.risorse.as_ref()?.dati;
        let dotazione: Euro = dati.dotazione.iter().map(|voce| voce.importo).sum();
        let disponibile = dotazione + dati.residui.iter().map(|residuo| self.utilizzabile(residuo)).sum();
        let conti: Vec<Conto> = self.propri(ats).map(|progetto| self.conto(progetto)).collect();
        let concesso = self.concesso(ats);
        let somma = |di: fn(&Conto) -> Option<Euro>| Somma::di(conti.iter().map(di)).importo;
        let azione = dati.azione_di_sistema.as_ref();
        let azione_di_sistema = azione.and_then(|azione| dati.paga(azione)).map(|(.., importo)| importo);
        let pagata = azione.and_then(|azione| saldo(&azione.pagamenti));
        // Where there is no action, it costs nothing and takes nothing.
        let of_action = |importo: Option<Euro>| if azione.is_some() { importo } else { Some(Euro::ZERO) };
        let non_assegnato = concesso.zip(of_action(azione_di_sistema));
        let non_assegnato = non_assegnato.map(|(concesso, azione)| disponibile - concesso - azione);
        let (economie, da_recuperare) = (somma(|conto| conto.economia), somma(|conto| conto.da_recuperare));
        // Only once an act has said of every project what is due.
        let is_over = conti.iter().all(|conto| conto.spettante.is_some() || conto.concesso.is_none_or(Euro::e_zero));
        let non_speso = of_action(azione_di_sistema.zip(pagata).map(|(costo, pagata)| costo - pagata));
        let residuo = non_assegnato.zip(non_speso).filter(|_| is_over);
        let residuo = residuo.map(|(resta, azione)| resta + economie.unwrap_or_default() + azione);
        let trasferito = Somma::di(dati.trasferimenti.iter().map(|t| Some(t.importo))).importo;
        let pagato = Somma::di(conti.iter().map(|conto| conto.pagato));
        // Who was granted nothing waits for no payment.
        let finanziati = conti.iter().filter(|c| c.pagato.is_some() || c.concesso.is_some_and(|c| !c.e_zero())).count();
        let tutto_pagato = pagato.importo.filter(|_| pagato.su == finanziati);
        Some(ContoDelPiano {
            disponibile,
            concesso,
            azione_di_sistema,
            non_assegnato,
            economie,
            da_recuperare,
            residuo,
            utilizzabile: residuo.zip(da_recuperare).map(|(residuo, torna)| residuo - torna),
            trasferito,
            pagato,
            finanziati,
            cassa: trasferito
                .zip(tutto_pagato)
                .zip(of_action(pagata))
                .map(|((arrivato, pagato), azione)| arrivato - pagato - azione),
        })
    }

    /// What each source gives to the plan's own projects, if every act that moves their money says where from.
    pub fn coperture<'a>(&'a self, ats: &str) -> Option<BTreeMap<&'a Id, Euro>> {
        let mut per_fonte: BTreeMap<&Id, Euro> = BTreeMap::new();
        let mut parti: Vec<(Mossa, &Copertura)> = Vec::new();
        for progetto in self.propri(ats).filter(|progetto| self.conto(progetto).concesso.is_some()) {
            let passi = self.passi(progetto);
            let eventi = || passi.iter().filter_map(|passo| Some((passo.cosa, &progetto.dati.eventi[passo.evento?])));
            if passi.is_empty() || eventi().any(|(_, evento)| evento.copertura.is_empty()) {
                return None;
            }
            parti.extend(eventi().flat_map(|(mossa, evento)| evento.copertura.iter().map(move |parte| (mossa, parte))));
        }
        let scorrimenti = self.avvisi.iter().filter(|avviso| avviso.di_altri(ats).is_none());
        let aggiunte = scorrimenti.flat_map(|avviso| &avviso.dati.scorrimenti).flat_map(|s| &s.aggiunte);
        for (mossa, parte) in parti.into_iter().chain(aggiunte.map(|parte| (Mossa::Aggiunge, parte))) {
            let somma = per_fonte.entry(&parte.da).or_default();
            *somma = if mossa == Mossa::Aggiunge { *somma + parte.importo } else { *somma - parte.importo };
        }
        Some(per_fonte)
    }

    /// What the plan's own projects were granted, if every one that has a grant tells it.
    pub fn concesso(&self, ats: &str) -> Option<Euro> {
        let riconosciuto = |progetto: &Progetto| progetto.dati.finanziamento.contributo_riconosciuto;
        let is_known = |progetto: &Progetto| !progetto.dati.stato().e_finanziato() || riconosciuto(progetto).is_some();
        let somma = Somma::di(self.propri(ats).map(riconosciuto));
        somma.importo.filter(|_| self.propri(ats).all(is_known))
    }
}
