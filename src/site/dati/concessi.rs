//! The grants in the standard of 360Giving, for who compares those of many funders.
//!
//! It asks for an amount and for the day of the act: a grant of which the records do not tell both is left out, never
//! filled in.

use serde_json::{Number, Value, json};

use super::catalogo::{CARTELLA, Licenza, senza_vuoti};
use super::indirizzo;
use crate::input::consegne::scritti;
use crate::plan::{Periodo, Plan, Progetto};
use crate::site::Site;
use crate::site::concessioni::{Concessione, di_progetto};
use crate::suggest::slug;
use crate::value::{Data, Euro};

pub const FILE: &str = "360giving.json";
/// The dataset that has the same grants, and all the others.
pub const DATASET: &str = "beneficiari";

/// A grant whose amount and day are told.
struct Concesso<'a> {
    periodo: &'a Periodo,
    progetto: &'a Progetto,
    riga: Concessione<'a>,
    importo: Euro,
    data: Data,
}

fn concessi(plan: &Plan) -> impl Iterator<Item = Concesso<'_>> {
    plan.progetti().flat_map(move |(periodo, progetto)| {
        let righe = di_progetto(plan, periodo, progetto).into_iter();
        righe.filter_map(move |riga| {
            let (importo, data) = (riga.importo.filter(|importo| !importo.e_zero())?, riga.atto?.giorno()?);
            Some(Concesso { periodo, progetto, importo, data, riga })
        })
    })
}

/// Whether there is some: the standard knows no empty list.
pub fn ce_ne_sono(plan: &Plan) -> bool {
    concessi(plan).next().is_some()
}

pub fn in_360giving(site: &Site) -> Vec<u8> {
    let sito = &*site.plan.sito;
    let licenza = Licenza::di(sito.licenza());
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
        "grants": concessi(&site.plan).map(|concesso| in_parole(site, &concesso)).collect::<Vec<_>>(),
    })))
}

fn in_parole(site: &Site, concesso: &Concesso) -> Value {
    let Concesso { periodo, progetto, riga, importo, data } = concesso;
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
    let luoghi: Vec<Value> =
        dati.territorio.comuni.iter().map(|comune| json!({ "name": comune, "countryCode": "IT" })).collect();
    let avviso = riga.modalita.as_ref().map(|avviso| [json!({ "code": avviso.id, "title": avviso.nome })]);
    let sopra = plan.sito.ente_superiore.as_ref();
    let finanzia = sopra.map_or(plan.sito.ats.nome_esteso.as_str(), |sopra| sopra.nome.as_str());
    let detto = dati.sintesi.as_deref().map_or_else(|| dati.titolo.clone(), crate::markdown::plain);
    senza_vuoti(json!({
        "id": format!("{prefisso}-{}-{}-{id}", periodo.id, progetto.id),
        "title": dati.titolo,
        "description": detto,
        "currency": "EUR",
        "amountAwarded": importo.to_string().parse::<Number>().ok(),
        "awardDate": data,
        "plannedDates": durata,
        "recipientOrganization": [senza_vuoti(ente)],
        "fundingOrganization": [{ "id": format!("360G-{}", slug(finanzia)), "name": finanzia }],
        "beneficiaryLocation": (!luoghi.is_empty()).then_some(luoghi),
        "grantProgramme": avviso,
        "url": indirizzo(site, &crate::site::viste::indirizzo_progetto(periodo, progetto)),
        "dateModified": format!("{}T00:00:00Z", plan.sito.aggiornato_al),
    }))
}
