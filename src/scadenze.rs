//! What is due and what is late in a plan, on a given day. The build knows no clock: only the command that asks does.

use jiff::ToSpan;
use serde::Serialize;

use crate::conformita::{Contesto, citazione};
use crate::path;
use crate::plan::{Periodo, Plan, Progetto};
use crate::record::{Cosa, GiornoDellAnno, Mostra, Regola, StatoProgetto};
use crate::report::Step;
use crate::value::{Data, euro};

/// Something that has a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Scadenza {
    pub entro: Data,
    pub che: String,
    /// The act and the paragraph, or the record, that ask for it.
    pub articolo: String,
    /// The file whose record will tell it.
    pub file: String,
    /// The way to the field that will tell it; it need not be there yet.
    #[serde(skip)]
    pub campo: Vec<Step>,
}

/// Before this many days a thing to do is near.
const VICINA: i32 = 60;

/// How a day stands to today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Quando {
    Passata,
    Vicina,
    Lontana,
}

impl Quando {
    /// Each with its title.
    pub const TUTTI: [(Self, &'static str); 3] =
        [(Self::Passata, "In ritardo"), (Self::Vicina, "Nei prossimi due mesi"), (Self::Lontana, "Più avanti")];
}

impl Scadenza {
    pub fn quando(&self, oggi: Data) -> Quando {
        let near = oggi.0.saturating_add(VICINA.days());
        match self.entro {
            entro if entro < oggi => Quando::Passata,
            entro if entro.0 <= near => Quando::Vicina,
            _ => Quando::Lontana,
        }
    }
}

/// What is still to be done in a period, by day. What the records tell as done has no line.
pub fn scadenze(plan: &Plan, p: usize, oggi: Data) -> Vec<Scadenza> {
    let periodo = &plan.periodi[p];
    let contesti = Contesto::tutti(plan, p);
    let mut trovate = Vec::new();
    let mut add = |entro: Data, che: String, articolo: &str, file: &str, campo: Vec<Step>| {
        trovate.push(Scadenza { entro, che, articolo: articolo.to_owned(), file: file.to_owned(), campo });
    };
    for contesto in &contesti {
        for regola in &contesto.norma.regole {
            let articolo = citazione(contesto.norma, regola);
            if let Some(entro) = regola.tempi.as_ref().and_then(|tempi| tempi.trasferimenti_entro)
                && contesto.del_piano
            {
                trasferimenti(periodo, entro, |giorno, che, file| {
                    add(giorno, che, &articolo, file, path!["trasferimenti"]);
                });
            }
            for (_, progetto) in contesto.progetti() {
                del_progetto(plan, regola, progetto, |giorno, che, campo| {
                    add(giorno, che, &articolo, &progetto.origine.file, campo);
                });
            }
        }
    }
    for progetto in &periodo.progetti {
        vita(plan, periodo, progetto, |giorno, che, articolo, campo| {
            add(giorno, che, articolo, &progetto.origine.file, campo);
        });
    }
    for avviso in &periodo.avvisi {
        let chiusura = avviso.dati.finestra.as_ref().map(|finestra| finestra.al.giorno());
        if let Some(chiusura) = chiusura.filter(|giorno| *giorno >= oggi) {
            let che = format!("Si chiudono le domande di «{}»", avviso.dati.titolo);
            add(chiusura, che, "l'avviso", &avviso.origine.file, path!["finestra", "al"]);
        }
    }
    let del_piano = &periodo.origine.file;
    let richieste = periodo.dati.passaggi.richieste.iter().enumerate();
    for (i, richiesta) in richieste.filter(|(_, richiesta)| richiesta.risposta.is_none()) {
        let che = format!("Rispondere alla Regione: {}", richiesta.oggetto);
        let campo = path!["passaggi", "richieste", i, "risposta"];
        add(richiesta.data, che, "la richiesta della Regione", del_piano, campo);
    }
    incontri(periodo, oggi, |giorno, che| add(giorno, che, "il Piano", del_piano, path!["rete", "incontri"]));
    // Of a month, or of a year, its last day.
    for (i, voce) in periodo.dati.calendario.iter().enumerate().filter(|(_, voce)| voce.data.ultimo() >= oggi) {
        let campo = path!["calendario", i, "data"];
        add(voce.data.ultimo(), voce.titolo.clone(), "il calendario del Piano", del_piano, campo);
    }
    trovate.sort();
    // Two norms can ask for the same.
    trovate.dedup_by(|a, b| (a.entro, &a.che) == (b.entro, &b.che));
    trovate
}

fn trasferimenti(periodo: &Periodo, entro: GiornoDellAnno, mut add: impl FnMut(Data, String, &str)) {
    let Some(risorse) = &periodo.risorse else { return };
    let anni: std::collections::BTreeSet<u32> = risorse.dati.dotazione.iter().filter_map(|voce| voce.anno).collect();
    for anno in anni.into_iter().filter(|anno| !risorse.dati.trasferimenti.iter().any(|t| t.anno == *anno)) {
        let giorno = entro.nel(anno);
        giorno.into_iter().for_each(|giorno| {
            add(
                giorno,
                format!("Trasferimento delle risorse {anno}: quando arriva, scriverlo in `trasferimenti`"),
                &risorse.origine.file,
            );
        });
    }
}

/// What a rule asks of a project by a day.
fn del_progetto(plan: &Plan, regola: &Regola, progetto: &Progetto, mut add: impl FnMut(Data, String, Vec<Step>)) {
    let dati = &*progetto.dati;
    let titolo = &dati.titolo;
    if let Some(giorni) = regola.aiuti.as_ref().and_then(|aiuti| aiuti.giorni_per_la_trasmissione) {
        for (i, aiuto) in dati.aiuti.iter().enumerate().filter(|(_, aiuto)| aiuto.trasmesso_il.is_none()) {
            let entro = aiuto.registrato_il.and_then(|giorno| giorno.fra_giorni(giorni));
            entro.into_iter().for_each(|entro| {
                let cor = aiuto.cor.as_ref().map(|cor| format!(" {cor}")).unwrap_or_default();
                let che = format!("Trasmettere al registro degli aiuti l'atto di «{titolo}» (aiuto{cor})");
                add(entro, che, path!["aiuti", i, "trasmesso_il"]);
            });
        }
    }
    if regola.informazione.as_ref().is_some_and(|regola| regola.mostra == Mostra::Attribuzione) {
        for (i, prodotto) in dati.prodotti.iter().enumerate().filter(|(_, prodotto)| prodotto.verifica.is_none()) {
            let che = format!("Verificare frase e logo di «{}»", prodotto.titolo);
            add(plan.sito.aggiornato_al, che, path!["prodotti", i, "verifica"]);
        }
    }
    let Some(trasparenza) = &regola.trasparenza else { return };
    let Some(concessa) = dati.atti.concessione.as_ref().and_then(|atto| atto.data) else { return };
    let concessa = concessa.primo();
    if trasparenza.prima_del_pagamento && dati.pubblicato_il.is_none() {
        let paga = dati.pagamenti.iter().map(|pagamento| pagamento.data).min();
        let che = format!("Pubblicare la concessione a «{titolo}», prima di pagare");
        add(paga.unwrap_or(concessa).max(concessa), che, path!["pubblicato_il"]);
    }
    if let (Some(anni), true, Some(_)) = (trasparenza.anni, dati.stato().e_finanziato(), &dati.responsabile) {
        let fine = crate::conformita::fine_della_pubblicazione(concessa, anni);
        let ultimo = dati.durata.as_ref().and_then(|durata| durata.al);
        fine.into_iter().for_each(|fine| {
            let fine = ultimo.map_or(fine, |ultimo| fine.max(ultimo));
            let che = format!("Finisce la pubblicazione dovuta di «{titolo}»: poi si toglie il responsabile");
            add(fine, che, path!["responsabile"]);
        });
    }
}

/// What a project that has begun still has to do.
fn vita(plan: &Plan, periodo: &Periodo, progetto: &Progetto, mut add: impl FnMut(Data, String, &str, Vec<Step>)) {
    let dati = &*progetto.dati;
    let titolo = &dati.titolo;
    let conto = periodo.conto(progetto);
    if let Some(importo) = conto.da_recuperare.filter(|importo| !importo.e_zero()) {
        let da = dati.eventi.iter().filter(|evento| evento.mossa().is_some() || evento.cosa == Cosa::Rideterminazione);
        let da = da.map(|evento| evento.data).max().unwrap_or(plan.sito.aggiornato_al);
        add(da, format!("Recuperare {} da «{titolo}»", euro(importo)), "il conto del progetto", path!["eventi"]);
    }
    let stato = dati.stato();
    if !stato.e_finanziato() || plan.storico(periodo, progetto) {
        return;
    }
    let fine = dati.durata.as_ref().and_then(|durata| durata.al);
    let is_over = stato == StatoProgetto::Concluso;
    if let (Some(fine), false) = (fine, is_over) {
        // Where the norm says how long a project lasts, going on is an exception to it.
        let mut tempi = plan.norma_di(periodo, progetto).1.regole.iter().filter_map(|regola| regola.tempi.as_ref());
        let is_fixed = tempi.any(|tempi| tempi.mesi.is_some());
        let che =
            format!("Termine di «{titolo}»: concluderlo, o prorogarlo{}", if is_fixed { " in deroga" } else { "" });
        add(fine, che, "la durata del progetto", path!["durata", "al"]);
    }
    if let Some(fine) = fine.filter(|_| conto.spettante.is_none()) {
        let is_reported = dati.rendicontazione.iter().any(|riga| riga.al >= fine);
        let (che, campo) = match is_reported {
            true => ("Determinare quanto spetta a", "eventi"),
            false => ("Chiedere il rendiconto finale di", "rendicontazione"),
        };
        let giorno = fine.fra_giorni(1).unwrap_or(fine);
        add(giorno, format!("{che} «{titolo}»"), "la durata del progetto", path![campo]);
    }
    if let Some(resta) = conto.da_pagare.filter(|resta| !resta.e_zero() && conto.spettante.is_some()) {
        let da = crate::plan::conto::spettante(dati).map(|(i, _)| dati.eventi[i].data);
        let che = format!("Pagare {} di saldo a «{titolo}»", euro(resta));
        da.into_iter().for_each(|da| add(da, che.clone(), "l'atto", path!["pagamenti"]));
    }
}

/// The meetings that the network has promised for each year of the period, up to this one.
fn incontri(periodo: &Periodo, oggi: Data, mut add: impl FnMut(Data, String)) {
    let Some(rete) = &periodo.dati.rete else { return };
    let Some(minimo) = rete.incontri_annui_minimi else { return };
    if periodo.norma.fonte_storica {
        return;
    }
    let (dal, al) = (periodo.dati.periodo.dal.anno(), periodo.dati.periodo.al.anno().min(oggi.anno()));
    for anno in dal..=al {
        let fatti = rete.incontri.iter().filter(|incontro| incontro.data.anno() == anno).count();
        let mancano = (minimo as usize).saturating_sub(fatti);
        if let (1.., Some(fine)) = (mancano, Data::fine_anno(anno)) {
            let quanti = if mancano == 1 { "un incontro".to_owned() } else { format!("{mancano} incontri") };
            add(fine, format!("La rete si incontra: {quanti} ancora nel {anno}"));
        }
    }
}
