//! Kind `aiuti`: de minimis aid, and its entry in the national register.

use super::contesto::{Contesto, Soggetto, euro, place_of, whole};
use super::giudizio::Giudizio;
use crate::path;
use crate::plan::Progetto;
use crate::record::Aiuti;

pub fn judge(dati: &Aiuti, contesto: &Contesto) -> Vec<(Soggetto, Giudizio)> {
    contesto
        .progetti()
        .map(|(i, progetto)| {
            let mut giudizio = Giudizio::default();
            // Nothing is granted yet: nothing is aid.
            if progetto.dati.finanziamento.contributo_riconosciuto.is_some() {
                project(dati, contesto, progetto, &mut giudizio);
            }
            (Soggetto::Progetto(i), giudizio)
        })
        .collect()
}

/// Every beneficiary says whether it carries on an economic activity; co-operatives and ETS may.
fn project(dati: &Aiuti, contesto: &Contesto, progetto: &Progetto, giudizio: &mut Giudizio) {
    let beneficiari = contesto.beneficiari(progetto);
    if beneficiari.iter().all(|beneficiario| beneficiario.riga.is_none()) {
        giudizio
            .non_dichiarato("manca `partenariato`", whole(&progetto.origine))
            .label("di ogni beneficiario serve `attivita_economica`")
            .help("aggiungi a `partenariato` una riga per ente: `{ ente: …, ruolo: …, attivita_economica: true o false }`");
        return;
    }
    for beneficiario in beneficiari {
        let nome = &beneficiario.ente.dati.nome;
        let Some(riga) = beneficiario.riga else {
            giudizio
                .non_dichiarato(format!("manca `attivita_economica` di «{nome}»"), whole(&progetto.origine))
                .related(place_of(contesto, progetto, beneficiario.ente), "il beneficiario")
                .help(format!(
                    "aggiungi a `partenariato`: `{{ ente: {}, ruolo: …, attivita_economica: true o false }}`",
                    beneficiario.ente.id
                ));
            continue;
        };
        let row = &progetto.dati.partenariato[riga];
        let at = |key: &'static str| progetto.origine.value(path!["partenariato", riga, key]);
        match row.attivita_economica {
            None => {
                giudizio
                    .non_dichiarato(format!("manca `attivita_economica` di «{nome}»"), at("ente"))
                    .help("scrivi `attivita_economica: true o false`: anche una cooperativa o un ente del Terzo settore può svolgerla");
            }
            Some(false) => giudizio.caso(),
            Some(true) => {
                if row.rna.as_ref().is_some_and(|codice| !codice.trim().is_empty()) {
                    giudizio.caso();
                } else {
                    giudizio
                        .non_dichiarato(format!("manca `rna` di «{nome}»"), at("ente"))
                        .help("scrivi il codice dell'aiuto nel registro nazionale (COR)");
                }
                let Some(contributo) = row.contributo else {
                    giudizio
                        .non_dichiarato(format!("manca `contributo` di «{nome}»"), at("ente"))
                        .help("scrivi quanta parte del contributo riceve");
                    continue;
                };
                match row.aiuti_de_minimis {
                    None => {
                        giudizio.non_dichiarato(format!("manca `aiuti_de_minimis` di «{nome}»"), at("ente")).help(
                            format!("scrivi gli aiuti «de minimis» ricevuti in {} anni, questo escluso", dati.anni),
                        );
                    }
                    Some(prima) if prima + contributo <= dati.massimale => giudizio.caso(),
                    Some(prima) => {
                        giudizio
                            .viola(
                                format!("«{nome}» supera il massimale degli aiuti «de minimis»"),
                                at("aiuti_de_minimis"),
                            )
                            .label(format!(
                                "{} e ora {}: al massimo {} in {} anni ({})",
                                euro(prima),
                                euro(contributo),
                                euro(dati.massimale),
                                dati.anni,
                                dati.regolamento
                            ));
                    }
                }
            }
        }
    }
}
