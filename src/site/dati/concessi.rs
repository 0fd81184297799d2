//! The grants in the standard of 360Giving, for who compares those of many funders.
//!
//! It asks for an amount and for the day of the act: a grant of which the records do not tell both is left out, never
//! filled in.

use serde_json::{Number, Value, json};

use super::catalogo::{CARTELLA, Licenza, senza_vuoti};
use super::indirizzo;
use crate::input::consegne::scritti;
use crate::plan::{Periodo, Plan, Progetto};
use crate::site::concessioni::{Concessione, di_progetto};
use crate::site::{Site, situazione};
use crate::suggest::slug;
use crate::value::{Data, Euro};

pub const FILE: &str = "360giving.json";
/// The dataset that has the same grants, and all the others.
pub const DATASET: &str = "beneficiari";

fn concessi(plan: &Plan) -> impl Iterator<Item = (&Periodo, &Progetto, Concessione<'_>)> {
    plan.progetti().flat_map(move |(periodo, progetto)| {
        let righe = di_progetto(plan, periodo, progetto).into_iter();
        righe.map(move |riga| (periodo, progetto, riga))
    })
}

/// The amount and the day of a grant, where both are told.
fn importo_e_giorno(riga: &Concessione) -> Option<(Euro, Data)> {
    Some((riga.importo.filter(|importo| !importo.e_zero())?, riga.atto?.giorno()?))
}

/// Whether there is some: the standard knows no empty list.
pub fn ce_ne_sono(plan: &Plan) -> bool {
    concessi(plan).any(|(.., riga)| importo_e_giorno(&riga).is_some())
}

pub fn in_360giving(site: &Site) -> Vec<u8> {
    let sito = &*site.plan.sito;
    let licenza = Licenza::di(sito.licenza());
    let righe = concessi(&site.plan).filter_map(|(periodo, progetto, riga)| in_parole(site, periodo, progetto, &riga));
    scritti(&senza_vuoti(json!({
        "version": "1.4",
        "title": format!("{}: contributi concessi", sito.titolo),
        "description": format!("{}.", site.plan.frase.trim_end_matches('.')),
        "license": licenza.indirizzo,
        "issued": sito.aggiornato_al,
        "modified": sito.aggiornato_al,
        "downloadURL": indirizzo(site, &format!("{CARTELLA}{FILE}")),
        "publisher": senza_vuoti(json!({
            "name": sito.chi_pubblica(),
            "website": sito.ats.contatti.sito.as_ref().filter(|_| sito.e_dell_ats()),
        })),
        "grants": righe.collect::<Vec<_>>(),
    })))
}

fn in_parole(site: &Site, periodo: &Periodo, progetto: &Progetto, riga: &Concessione) -> Option<Value> {
    let (importo, data) = importo_e_giorno(riga)?;
    let plan = &*site.plan;
    let dati = &*progetto.dati;
    let prefisso = format!("360G-{}", slug(&plan.sito.ats.nome));
    let chi = riga.beneficiario.as_ref();
    let (id, nome) = match chi {
        Some(ente) => (ente.id.to_string(), ente.nome.to_owned()),
        None => (format!("partenariato-{}", progetto.id), riga.nome()),
    };
    let ente = json!({
        "id": format!("{prefisso}-{id}"),
        "name": nome,
        "addressLocality": chi.and_then(|ente| ente.comune),
        "addressCountry": "IT",
        "description": riga.codice_fiscale.map(|codice| format!("Codice fiscale {codice}")),
    });
    let durata = dati.durata.as_ref().filter(|durata| durata.dal.is_some() || durata.al.is_some());
    let durata = durata.map(|durata| [senza_vuoti(json!({ "startDate": durata.dal, "endDate": durata.al }))]);
    // The day on which it has ended: what was planned stays beside it.
    let finito = situazione::ultimo_giorno(dati).map(|giorno| [json!({ "endDate": giorno })]);
    let luoghi: Vec<Value> =
        dati.territorio.comuni.iter().map(|comune| json!({ "name": comune, "countryCode": "IT" })).collect();
    let avviso = riga.modalita.as_ref().map(|avviso| [json!({ "code": avviso.id, "title": avviso.nome })]);
    let sopra = plan.sito.ente_superiore.as_ref();
    let finanzia = sopra.map_or(plan.sito.ats.nome_esteso.as_str(), |sopra| sopra.nome.as_str());
    let detto = dati.sintesi.as_deref().map_or_else(|| dati.titolo.clone(), crate::markdown::plain);
    Some(senza_vuoti(json!({
        "id": format!("{prefisso}-{}-{}-{id}", periodo.id, progetto.id),
        "title": dati.titolo,
        "description": detto,
        "currency": "EUR",
        "amountAwarded": importo.to_string().parse::<Number>().ok(),
        "awardDate": data,
        "plannedDates": durata,
        "actualDates": finito,
        "recipientOrganization": [senza_vuoti(ente)],
        "fundingOrganization": [{ "id": format!("360G-{}", slug(finanzia)), "name": finanzia }],
        "beneficiaryLocation": (!luoghi.is_empty()).then_some(luoghi),
        "grantProgramme": avviso,
        "url": indirizzo(site, &crate::site::viste::indirizzo_progetto(periodo, progetto)),
        "dateModified": format!("{}T00:00:00Z", plan.sito.aggiornato_al),
    })))
}
