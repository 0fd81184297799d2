//! Kind `riparto`: how the Region divides the money among the agencies.

use super::contesto::{Contesto, Soggetto, euro, whole};
use super::giudizio::Giudizio;
use crate::path;
use crate::record::VincoloRiparto;
use crate::value::Euro;

pub fn judge(dati: &VincoloRiparto, contesto: &Contesto) -> Vec<(Soggetto, Giudizio)> {
    if !contesto.del_piano {
        return Vec::new();
    }
    let mut giudizio = Giudizio::default();
    years(dati, contesto, &mut giudizio);
    vec![(Soggetto::Piano, giudizio)]
}

fn years(dati: &VincoloRiparto, contesto: &Contesto, giudizio: &mut Giudizio) {
    let Some(risorse) = &contesto.periodo.risorse else {
        if contesto.periodo.completo {
            giudizio.manca("manca `risorse.yaml`, con il riparto", whole(&contesto.periodo.origine));
        }
        return;
    };
    let origine = &risorse.origine;
    let Some(riparto) = &risorse.dati.riparto else {
        giudizio.manca("manca `riparto`, la divisione fra le ATS", origine.value(path![]));
        return;
    };
    for &anno in &dati.anni {
        let somma: Euro = riparto.righe.iter().filter_map(|riga| riga.importi.get(&anno)).copied().sum();
        if somma == dati.importo_annuo {
            giudizio.caso();
        } else {
            giudizio
                .viola(
                    format!("il riparto del {anno} non divide la somma dell'atto"),
                    origine.key(path!["riparto", "righe"]),
                )
                .label(format!("{} invece di {}", euro(somma), euro(dati.importo_annuo)));
        }
        let Some((i, riga)) = riparto.righe.iter().enumerate().find(|(_, riga)| riga.questa) else { continue };
        let Some(&nostra) = riga.importi.get(&anno) else { continue };
        let voci = || risorse.dati.dotazione.iter().filter(|voce| voce.anno == Some(anno));
        let dotazione: Euro = voci().map(|voce| voce.importo).sum();
        if voci().next().is_none() || dotazione == nostra {
            giudizio.caso();
        } else {
            giudizio
                .viola(format!("la dotazione del {anno} non è la quota del riparto"), origine.key(path!["dotazione"]))
                .label(format!("{} invece di {}", euro(dotazione), euro(nostra)))
                .related(origine.value(path!["riparto", "righe", i, "importi"]), "la riga di questa ATS");
        }
    }
    if !riparto.righe.iter().any(|riga| riga.questa) {
        giudizio
            .manca("nessuna riga del riparto è di questa ATS", origine.key(path!["riparto", "righe"]))
            .help("scrivi `questa: true` nella riga dell'ATS");
    }
}
