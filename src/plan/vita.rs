//! What follows from the events of a project: its state, its grant, the act of the grant, its last day. Nobody writes
//! them twice; here they take their places in the record, where pages, data and rules look for them.

use std::sync::Arc;

use super::{Avviso, Progetto};
use crate::path;
use crate::record::{self, Atto, Cosa, StatoProgetto};
use crate::report::{Diagnostic, Report, Rule, Step};
use crate::value::{Data, Euro};

pub const RULES: &[Rule] = &[Rule::new("C-31", "ciò che gli eventi dicono non si scrive di nuovo")
    .why("scritto due volte, prima o poi non è più lo stesso")
    .example("`stato: in_corso` in una scheda che ha `eventi`: lo stato è quello a cui porta l'ultimo")];

/// A change of the grant, in the order of the days.
#[derive(Debug, Clone, Copy)]
pub struct Passo<'a> {
    pub data: Data,
    pub cosa: Mossa,
    /// How much is added or taken away; of a renunciation or a revocation of the whole, nobody writes it.
    pub importo: Option<Euro>,
    pub atto: Option<&'a Atto>,
    /// Its place among the events; a step down the ranking stands in the call.
    pub evento: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mossa {
    Aggiunge,
    Toglie,
}

impl record::Evento {
    /// How the event changes the grant, if it does.
    pub fn mossa(&self) -> Option<Mossa> {
        match self.cosa {
            Cosa::Concessione | Cosa::Integrazione => Some(Mossa::Aggiunge),
            Cosa::Riduzione | Cosa::Rinuncia | Cosa::Revoca => Some(Mossa::Toglie),
            Cosa::Ammissione
            | Cosa::NonAmmissione
            | Cosa::Avvio
            | Cosa::Proroga
            | Cosa::Variante
            | Cosa::Sospensione
            | Cosa::Rideterminazione
            | Cosa::Conclusione => None,
        }
    }
}

/// The changes of a grant, by their days: of one day in the order in which they are written.
pub fn passi<'a>(progetto: &'a Progetto, avvisi: &'a [Avviso]) -> Vec<Passo<'a>> {
    let eventi = progetto.dati.eventi.iter().enumerate().filter_map(|(i, evento)| {
        let (data, importo, atto) = (evento.data, evento.importo, evento.atto.as_ref());
        Some(Passo { data, cosa: evento.mossa()?, importo, atto, evento: Some(i) })
    });
    let suo = progetto.avviso.map(|a| &avvisi[a]);
    let scorrimenti = suo.into_iter().flat_map(|avviso| &avviso.dati.scorrimenti).flat_map(|scorrimento| {
        let suoi = scorrimento.progetti.iter().filter(|riga| riga.progetto == progetto.id);
        suoi.map(|riga| Passo {
            data: scorrimento.giorno(),
            cosa: Mossa::Aggiunge,
            importo: Some(riga.importo),
            atto: Some(&scorrimento.atto),
            evento: None,
        })
    });
    let mut passi: Vec<Passo> = eventi.chain(scorrimenti).collect();
    passi.sort_by_key(|passo| passo.data);
    passi
}

/// The grant after each of its changes; none before the first that gives something.
pub fn concessi<'a>(passi: &[Passo<'a>]) -> impl Iterator<Item = (Passo<'a>, Option<Euro>)> {
    passi.iter().copied().scan(None, |concesso: &mut Option<Euro>, passo| {
        *concesso = match (passo.cosa, *concesso) {
            (Mossa::Aggiunge, prima) => passo.importo.map(|importo| prima.unwrap_or_default() + importo).or(prima),
            (Mossa::Toglie, Some(prima)) => Some(passo.importo.map_or(Euro::ZERO, |importo| prima - importo)),
            (Mossa::Toglie, None) => None,
        };
        Some((passo, *concesso))
    })
}

/// What the records say follows from the events takes its place; what is written beside them is told.
pub(super) fn compi(progetto: &mut Progetto, avvisi: &[Avviso], report: &mut Report) {
    let passi = passi(progetto, avvisi);
    let dati = &*progetto.dati;
    let concesso = concessi(&passi).last().and_then(|(_, concesso)| concesso);
    let concessione = passi.iter().find(|passo| passo.cosa == Mossa::Aggiunge).and_then(|passo| passo.atto).cloned();
    let scorso = passi.iter().filter(|passo| passo.evento.is_none()).map(|passo| passo.data).max();
    let stato = state(&dati.eventi, concesso, scorso);
    let proroga = dati.eventi.iter().filter(|evento| evento.cosa == Cosa::Proroga).max_by_key(|evento| evento.data);
    let proroga = proroga.and_then(|evento| evento.al);
    let costo = last(&dati.eventi, |evento| evento.costo_complessivo);
    let cofinanziamento = last(&dati.eventi, |evento| evento.cofinanziamento);
    let moves = !passi.is_empty();
    let origine = &progetto.origine;
    let mut twice = |is_written: bool, steps: Vec<Step>, detto: &str| {
        if is_written {
            report.add(
                Diagnostic::error("C-31", format!("{detto} è già negli eventi"))
                    .at(origine.key(steps))
                    .help("togli questa riga: lo dicono gli `eventi`, e gli `scorrimenti` dell'avviso"),
            );
        }
    };
    twice(stato.is_some() && dati.stato.is_some(), path!["stato"], "lo stato del progetto");
    let is_granted = dati.finanziamento.contributo_riconosciuto.is_some();
    twice(moves && is_granted, path!["finanziamento", "contributo_riconosciuto"], "il contributo riconosciuto");
    twice(moves && dati.atti.concessione.is_some(), path!["atti", "concessione"], "l'atto di concessione");
    for (i, indicatore) in dati.indicatori.iter().enumerate() {
        if let (Some(_), false) = (indicatore.raggiunto, indicatore.rilevazioni.is_empty()) {
            report.add(
                Diagnostic::error("C-31", "il numero raggiunto è già nelle rilevazioni")
                    .at(origine.key(path!["indicatori", i, "raggiunto"]))
                    .help("togli questa riga: è il valore dell'ultima rilevazione"),
            );
        }
    }
    if stato.or(dati.stato).is_none() {
        report.add(if dati.eventi.is_empty() {
            Diagnostic::error("C-03", "manca `stato`")
                .at(origine.key(path!["titolo"]))
                .help("scrivi a che punto è il progetto, come `stato: finanziato`, oppure i suoi `eventi`")
        } else {
            Diagnostic::error("C-03", "dagli eventi non si capisce a che punto è il progetto")
                .at(origine.key(path!["eventi"]))
                .help("aggiungi l'evento da cui comincia, come `cosa: ammissione` o `cosa: concessione`")
        });
    }
    // What was not admitted has nothing.
    let refused = stato == Some(StatoProgetto::NonAmmesso) && !moves && !is_granted;
    let measured = dati.indicatori.iter().any(|indicatore| !indicatore.rilevazioni.is_empty());
    if stato.is_none() && !moves && proroga.is_none() && !measured && !dati.e_variato() {
        return;
    }
    let dati = Arc::make_mut(&mut progetto.dati);
    dati.stato = stato.or(dati.stato);
    if refused {
        dati.finanziamento.contributo_riconosciuto = Some(Euro::ZERO);
    }
    if moves {
        dati.finanziamento.contributo_riconosciuto = concesso;
        dati.atti.concessione = concessione;
    }
    let voci = &mut dati.finanziamento;
    voci.costo_complessivo = costo.or(voci.costo_complessivo);
    voci.cofinanziamento = cofinanziamento.or(voci.cofinanziamento);
    if let Some(al) = proroga {
        let durata = dati.durata.get_or_insert_default();
        durata.prima_della_proroga = durata.al.replace(al);
    }
    for indicatore in &mut dati.indicatori {
        let ultima = indicatore.rilevazioni.iter().max_by_key(|rilevazione| rilevazione.al);
        indicatore.raggiunto = ultima.map(|rilevazione| rilevazione.valore).or(indicatore.raggiunto);
    }
}

/// An amount as the last event that tells it tells it.
fn last(eventi: &[record::Evento], importo: fn(&record::Evento) -> Option<Euro>) -> Option<Euro> {
    let told = eventi.iter().filter_map(|evento| Some((evento.data, importo(evento)?)));
    told.max_by_key(|(data, _)| *data).map(|(_, importo)| importo)
}

/// The state that the last event leads to; a step down the ranking grants like an act of its own.
fn state(eventi: &[record::Evento], concesso: Option<Euro>, scorso: Option<Data>) -> Option<StatoProgetto> {
    let mut in_order: Vec<&record::Evento> = eventi.iter().collect();
    in_order.sort_by_key(|evento| evento.data);
    let mut stato = None;
    let mut prima = None;
    let nothing_left = concesso.is_some_and(Euro::e_zero);
    for evento in &in_order {
        let next = match evento.cosa {
            Cosa::Ammissione => Some(StatoProgetto::Ammesso),
            Cosa::NonAmmissione => Some(StatoProgetto::NonAmmesso),
            Cosa::Concessione => Some(StatoProgetto::Finanziato),
            Cosa::Avvio => Some(StatoProgetto::InCorso),
            Cosa::Sospensione => Some(StatoProgetto::Sospeso),
            // Of a part, the project goes on.
            Cosa::Rinuncia if evento.importo.is_none() || nothing_left => Some(StatoProgetto::Ritirato),
            Cosa::Revoca if evento.importo.is_none() || nothing_left => Some(StatoProgetto::Revocato),
            Cosa::Conclusione => Some(StatoProgetto::Concluso),
            // A change to what had stopped makes it go on.
            Cosa::Proroga | Cosa::Variante if stato == Some(StatoProgetto::Sospeso) => prima,
            _ => None,
        };
        if let Some(next) = next {
            prima = stato.replace(next);
        }
    }
    let is_granted = matches!(stato, None | Some(StatoProgetto::Ammesso | StatoProgetto::NonAmmesso));
    if is_granted && scorso.is_some() { Some(StatoProgetto::Finanziato) } else { stato }
}
