//! Kind `riparto`: how the Region divides the money among the agencies.

use rust_decimal::Decimal;

use super::campi::NO_RESOURCES;
use super::contesto::{Contesto, Giudizi, whole};
use super::giudizio::{Caso, Esame, Giudizio, manca, viola};
use crate::path;
use crate::plan::Origine;
use crate::record::{Riparto, VincoloRiparto};
use crate::value::{Euro, euro};

pub fn judge(dati: &VincoloRiparto, contesto: &Contesto) -> Giudizi {
    contesto.sul_piano(|giudizio| years(dati, contesto, giudizio))
}

fn years(dati: &VincoloRiparto, contesto: &Contesto, giudizio: &mut Giudizio) {
    let Some(risorse) = &contesto.periodo.risorse else {
        if contesto.periodo.completo {
            giudizio.push(manca("manca `risorse.yaml`").at(whole(&contesto.periodo.origine)).help(NO_RESOURCES));
        }
        return;
    };
    let origine = &risorse.origine;
    let Some(riparto) = &risorse.dati.riparto else {
        return giudizio.push(
            manca("manca `riparto`")
                .at(origine.key(path!["dotazione"]))
                .help("aggiungi `riparto`, con la riga di ogni ATS com'è nell'atto"),
        );
    };
    for &anno in &dati.anni {
        let somma: Euro = riparto.righe.iter().filter_map(|riga| riga.importi.get(&anno)).copied().sum();
        if somma == dati.importo_annuo {
            giudizio.extend(by_inhabitants(dati, anno, riparto, origine));
        } else {
            giudizio.push(
                viola(format!("il riparto del {anno} non divide la somma dell'atto"))
                    .at(origine.key(path!["riparto", "righe"]))
                    .label(format!("le righe fanno {}, l'atto dà {}", euro(somma), euro(dati.importo_annuo))),
            );
        }
        let Some((i, riga)) = riparto.righe.iter().enumerate().find(|(_, riga)| riga.questa) else { continue };
        let Some(&nostra) = riga.importi.get(&anno) else { continue };
        let voci = || risorse.dati.dotazione.iter().filter(|voce| voce.anno == Some(anno));
        let dotazione: Euro = voci().map(|voce| voce.importo).sum();
        giudizio.push(if voci().next().is_none() || dotazione == nostra {
            Caso
        } else {
            viola(format!("la dotazione del {anno} non è la quota del riparto"))
                .at(origine.key(path!["dotazione"]))
                .label(format!("le voci del {anno} fanno {}, la quota è {}", euro(dotazione), euro(nostra)))
                .related(origine.value(path!["riparto", "righe", i, "importi"]), "la riga di questa ATS")
        });
    }
    if !riparto.righe.iter().any(|riga| riga.questa) {
        giudizio.push(
            manca("nessuna riga del riparto è di questa ATS")
                .at(origine.key(path!["riparto", "righe"]))
                .help("scrivi `questa: true` nella riga della tua ATS"),
        );
    }
}

/// Each row is the part of its inhabitants; whole units are how the act rounds, so less than one is no difference.
fn by_inhabitants(dati: &VincoloRiparto, anno: u32, riparto: &Riparto, origine: &Origine) -> Option<Esame> {
    let abitanti: Decimal = riparto.righe.iter().map(|riga| Decimal::from(riga.abitanti)).sum();
    // By inhabitants that are not those of the total, which Q-07 tells, nothing can be divided.
    if abitanti.is_zero() || riparto.totale_abitanti.is_some_and(|totale| Decimal::from(totale) != abitanti) {
        return None;
    }
    let annuo = dati.importo_annuo.decimale();
    let mut wrong = riparto.righe.iter().enumerate().filter_map(|(i, riga)| {
        let importo = riga.importi.get(&anno)?;
        let esatto = annuo * Decimal::from(riga.abitanti) / abitanti;
        if (importo.decimale() - esatto).abs() < riparto.unita.decimale() {
            return None;
        }
        let esatto = euro(Euro::al_centesimo(esatto));
        let place = origine.value(path!["riparto", "righe", i, "importi", anno.to_string()]);
        Some((place, format!("{}, mentre agli abitanti di {} spettano {esatto}", euro(*importo), riga.ats)))
    });
    let Some((place, label)) = wrong.next() else { return Some(Caso) };
    let found = viola(format!("il riparto del {anno} non è in proporzione agli abitanti"))
        .at(place)
        .label(label)
        .help(format!("correggi l'importo: l'arrotondamento sposta meno di {}", euro(riparto.unita)));
    Some(wrong.fold(found, |found, (place, label)| found.related(place, label)))
}
