//! What happened to a project, day by day, with its acts: events, payments, costs reported.

use serde::Serialize;

use super::parole;
use crate::plan::vita::{Mossa, Passo, concessi};
use crate::plan::{Periodo, Plan, Progetto};
use crate::record::{Atto, Copertura, Cosa, Evento, Pagamento, TipoPagamento};
use crate::value::{Data, Euro, Id, elenco, euro};

/// Something that happened.
#[derive(Serialize)]
pub struct Tappa<'a> {
    pub data: Data,
    pub titolo: String,
    pub atto: Option<&'a Atto>,
    pub motivo: Option<&'a str>,
    /// The money goes back to where it came from.
    pub torna: bool,
    pub copertura: Vec<(String, Euro)>,
}

impl Tappa<'_> {
    fn nuova(data: Data, titolo: String) -> Self {
        Tappa { data, titolo, atto: None, motivo: None, torna: false, copertura: Vec::new() }
    }
}

/// The story of a project, from the first day to the last: nothing where the records tell only how it stands.
pub fn storia<'a>(plan: &'a Plan, periodo: &'a Periodo, progetto: &'a Progetto) -> Vec<Tappa<'a>> {
    let dati = &*progetto.dati;
    let nome = |id: &'a Id| plan.ente(id).map_or(id.as_str(), |ente| ente.dati.nome.as_str());
    let passi = periodo.passi(progetto);
    let mut prima = None;
    // Each change with the grant before and after it.
    let cambi: Vec<(Passo, Option<Euro>, Option<Euro>)> =
        concessi(&passi).map(|(passo, dopo)| (passo, std::mem::replace(&mut prima, dopo), dopo)).collect();
    let cambio = |i: usize| cambi.iter().find(|(passo, ..)| passo.evento == Some(i));
    let mut tappe: Vec<Tappa> = Vec::new();
    for (i, evento) in dati.eventi.iter().enumerate() {
        let termine = dati.durata.as_ref().and_then(|durata| durata.prima_della_proroga);
        let mut titolo = match (evento.cosa, cambio(i)) {
            // Taken back whole, whether or not someone wrote the amount.
            (Cosa::Rinuncia, Some((_, Some(tolto), Some(resta)))) if resta.e_zero() => {
                format!("Rinuncia al contributo: {}", euro(*tolto))
            }
            (Cosa::Revoca, Some((_, Some(tolto), Some(resta)))) if resta.e_zero() => {
                format!("Contributo revocato: {}", euro(*tolto))
            }
            (Cosa::Avvio, _) if in_pausa(&dati.eventi, evento) => "Il progetto riprende".to_owned(),
            _ => fatto(evento, termine),
        };
        if let Some((_, Some(_), Some(ora))) = cambio(i)
            && !ora.e_zero()
        {
            titolo.push_str(&format!(". Il contributo diventa {}", euro(*ora)));
        }
        tappe.push(Tappa {
            atto: evento.atto.as_ref(),
            motivo: evento.motivo.as_deref(),
            torna: evento.mossa() == Some(Mossa::Toglie),
            copertura: coperture(periodo, &evento.copertura),
            ..Tappa::nuova(evento.data, titolo)
        });
    }
    for (passo, prima, dopo) in cambi.iter().filter(|(passo, ..)| passo.evento.is_none()) {
        let mut titolo = format!("Scorrimento della graduatoria: {}", euro(passo.importo.unwrap_or_default()));
        if let (Some(_), Some(dopo)) = (prima, dopo) {
            titolo.push_str(&format!(". Il contributo diventa {}", euro(*dopo)));
        }
        tappe.push(Tappa { atto: passo.atto, ..Tappa::nuova(passo.data, titolo) });
    }
    for pagamento in &dati.pagamenti {
        let ente = pagamento.ente.as_ref().map(nome);
        tappe.push(Tappa { atto: pagamento.atto.as_ref(), ..Tappa::nuova(pagamento.data, pagato(pagamento, ente)) });
    }
    for rendiconto in &dati.rendicontazione {
        let chi = rendiconto.ente.as_ref().map(|id| format!(" di {}", nome(id))).unwrap_or_default();
        let suo = rendiconto.cofinanziamento_ammesso;
        let sue = suo.map(|suo| format!(", di cui {} di cofinanziamento", euro(suo))).unwrap_or_default();
        let ammesse = rendiconto.ammesso.map(|ammesso| format!(", ammesse {}", euro(ammesso))).unwrap_or_default();
        let titolo =
            format!("Spese{chi} fino a questo giorno: dichiarate {}{ammesse}{sue}", euro(rendiconto.dichiarato));
        tappe.push(Tappa::nuova(rendiconto.al, titolo));
    }
    tappe.sort_by_key(|tappa| tappa.data);
    tappe
}

/// Whether a project was suspended just before an event.
fn in_pausa(eventi: &[Evento], evento: &Evento) -> bool {
    let prima = eventi.iter().filter(|altro| {
        altro.data <= evento.data
            && matches!(altro.cosa, Cosa::Avvio | Cosa::Sospensione)
            && !std::ptr::eq(*altro, evento)
    });
    prima.max_by_key(|altro| altro.data).is_some_and(|ultimo| ultimo.cosa == Cosa::Sospensione)
}

pub fn fatto(evento: &Evento, prima: Option<Data>) -> String {
    let con = |che: &str| match evento.importo {
        Some(importo) => format!("{che}: {}", euro(importo)),
        None => che.to_owned(),
    };
    match evento.cosa {
        Cosa::Ammissione => "Domanda ammessa".to_owned(),
        Cosa::NonAmmissione => "Domanda non ammessa".to_owned(),
        Cosa::Concessione => con("Contributo concesso"),
        Cosa::Avvio => "Il progetto comincia".to_owned(),
        Cosa::Proroga => match (prima, evento.al) {
            (Some(prima), Some(al)) => format!("Proroga: il termine passa {} {}", prima.con("dal"), al.con("al")),
            (None, Some(al)) => format!("Proroga {}", al.con("al")),
            _ => "Proroga".to_owned(),
        },
        Cosa::Variante => {
            let costo = evento.costo_complessivo.map(|costo| format!("il costo diventa {}", euro(costo)));
            let suo = evento.cofinanziamento.map(|suo| format!("il cofinanziamento diventa {}", euro(suo)));
            match elenco(costo.into_iter().chain(suo)) {
                cambi if cambi.is_empty() => "Variante".to_owned(),
                cambi => format!("Variante: {cambi}"),
            }
        }
        Cosa::Integrazione => con("Contributo integrato"),
        Cosa::Riduzione => con("Contributo ridotto"),
        Cosa::Sospensione => "Il progetto è sospeso".to_owned(),
        Cosa::Rinuncia if evento.importo.is_some() => con("Rinuncia a una parte del contributo"),
        Cosa::Rinuncia => "Rinuncia al contributo".to_owned(),
        Cosa::Revoca if evento.importo.is_some() => con("Revoca di una parte del contributo"),
        Cosa::Revoca => "Contributo revocato".to_owned(),
        Cosa::Rideterminazione => con("Quanto spetta, visto il rendiconto"),
        Cosa::Conclusione => "Il progetto è concluso".to_owned(),
    }
}

pub fn pagato(pagamento: &Pagamento, ente: Option<&str>) -> String {
    let is_back = pagamento.tipo == Some(TipoPagamento::Restituzione);
    let tipo = pagamento.tipo.map_or("pagamento", parole::nome);
    let verso = |ente: &str| match ente.starts_with(['A', 'a']) {
        _ if is_back => "da",
        true => "ad",
        false => "a",
    };
    let chi = ente.map(|ente| format!(" {} {ente}", verso(ente))).unwrap_or_default();
    format!("{}{chi}: {}", crate::theme::messaggi::capital(tipo), euro(pagamento.importo))
}

/// The sources of some money, by their names.
pub fn coperture(periodo: &Periodo, parti: &[Copertura]) -> Vec<(String, Euro)> {
    let Some(risorse) = &periodo.risorse else { return Vec::new() };
    let named = |id: &Id| {
        let dotazione = risorse.dati.dotazione.iter().find(|voce| voce.id == *id).map(|voce| &voce.descrizione);
        let residuo = || risorse.dati.residui.iter().find(|voce| voce.id == *id).map(|voce| &voce.descrizione);
        dotazione.or_else(residuo).cloned().unwrap_or_else(|| id.to_string())
    };
    parti.iter().map(|parte| (named(&parte.da), parte.importo)).collect()
}
