//! Kind `tempi`: how long things last, until when, and in which window they are asked for.

use jiff::ToSpan;

use super::contesto::{Contesto, Giudizi, whole};
use super::giudizio::Giudizio;
use crate::path;
use crate::plan::{Avviso, Origine, Progetto};
use crate::record::{Durata, FinestraDomande, Tempi};
use crate::report::Step;
use crate::value::Data;

pub fn judge(dati: &Tempi, contesto: &Contesto) -> Giudizi {
    let mut giudizi = Vec::new();
    if dati.mesi.is_some() || dati.ultimo_giorno.is_some() || dati.domande.is_some() {
        giudizi.extend(contesto.dei_progetti(|progetto, giudizio| project(dati, progetto, giudizio)));
    }
    if let Some(finestra) = &dati.domande {
        giudizi.extend(contesto.degli_avvisi(|avviso, giudizio| call(finestra, avviso, giudizio)));
    }
    let sul_piano = contesto.sul_piano(|giudizio| {
        system_action(dati, contesto, giudizio);
        transfers(dati, contesto, giudizio);
    });
    let says = |giudizio: &Giudizio| giudizio.informa || giudizio.casi > 0 || !giudizio.rilievi.is_empty();
    giudizi.extend(sul_piano.into_iter().filter(|(_, giudizio)| says(giudizio)));
    giudizi
}

fn project(dati: &Tempi, progetto: &Progetto, giudizio: &mut Giudizio) {
    let origine = &progetto.origine;
    if dati.mesi.is_some() || dati.ultimo_giorno.is_some() {
        match &progetto.dati.durata {
            Some(durata) => span(dati, durata, origine, &[Step::from("durata")], giudizio),
            None => {
                giudizio.manca("manca `durata`", whole(origine)).help("scrivi `durata: { dal: …, al: … }`");
            }
        }
    }
    for (a, azione) in progetto.dati.azioni.iter().enumerate() {
        if let Some(durata) = &azione.durata {
            let steps = path!["azioni", a, "durata"];
            span(dati, durata, origine, &steps, giudizio);
        }
        if let (Some(mesi), Some(attesi)) = (azione.durata_mesi, dati.mesi) {
            if mesi == attesi {
                giudizio.caso();
            } else {
                giudizio
                    .viola(
                        "un'attività non dura quanto la norma chiede",
                        origine.value(path!["azioni", a, "durata_mesi"]),
                    )
                    .label(format!("{mesi} mesi, richiesti {attesi}"))
                    .help("correggi `durata_mesi`");
            }
        }
    }
    if let Some(finestra) = &dati.domande {
        request(finestra, progetto, giudizio);
    }
}

/// One pair of days, both included.
fn span(dati: &Tempi, durata: &Durata, origine: &Origine, steps: &[Step], giudizio: &mut Giudizio) {
    let at = |key: &'static str| origine.value([steps, &[Step::from(key)]].concat());
    if let (Some(mesi), Some(dal), None) = (dati.mesi, durata.dal, durata.al) {
        giudizio
            .manca("manca `al`, l'ultimo giorno", at("al"))
            .label(due(dal, mesi))
            .help("aggiungi `al: …`, compreso nella durata");
    }
    if let (Some(_), None) = (dati.mesi, durata.dal) {
        giudizio.manca("manca `dal`, il primo giorno", at("dal")).help("aggiungi `dal: …`");
    }
    if durata.dal.zip(durata.al).is_some_and(|(dal, al)| dal > al) {
        // C-15 tells it; how long it is cannot be said.
        return;
    }
    if let (Some(mesi), Some(dal), Some(al)) = (dati.mesi, durata.dal, durata.al) {
        match last_day(dal, mesi) {
            Some(ultimo) if ultimo == al => giudizio.caso(),
            _ => {
                giudizio
                    .viola(format!("la durata non è di {mesi} mesi, primo e ultimo giorno compresi"), at("al"))
                    .label(format!("finisce il {}; {}", al.breve(), due(dal, mesi)))
                    .related(at("dal"), format!("comincia il {}", dal.breve()));
            }
        }
    }
    if let Some(ultimo) = dati.ultimo_giorno {
        match durata.al {
            None => {
                giudizio.manca("manca `al`, l'ultimo giorno", at("al")).help("aggiungi `al: …`, compreso nella durata");
            }
            Some(al) if al <= ultimo => giudizio.caso(),
            Some(al) => {
                giudizio.viola("le attività finiscono dopo l'ultimo giorno ammesso", at("al")).label(format!(
                    "il {}, al più tardi il {}",
                    al.breve(),
                    ultimo.breve()
                ));
            }
        }
    }
}

fn due(dal: Data, mesi: u32) -> String {
    last_day(dal, mesi)
        .map_or_else(|| format!("servono {mesi} mesi"), |ultimo| format!("{mesi} mesi finiscono il {}", ultimo.breve()))
}

/// The last of so many months: the day before the same day, so that both ends are included.
pub fn last_day(dal: Data, mesi: u32) -> Option<Data> {
    let after = dal.0.checked_add(i32::try_from(mesi).ok()?.months()).ok()?;
    // From 29 February two years end on 28 February: there is no 29th to stop short of.
    if after.day() < dal.0.day() { Some(Data(after)) } else { after.yesterday().ok().map(Data) }
}

/// When and how the contribution was asked for.
fn request(finestra: &FinestraDomande, progetto: &Progetto, giudizio: &mut Giudizio) {
    let origine = &progetto.origine;
    let Some(domanda) = &progetto.dati.domanda else {
        giudizio
            .manca("manca `domanda`, il giorno e l'ora in cui è stata presentata", whole(origine))
            .help("scrivi `domanda: { presentata: … }`");
        return;
    };
    let place = || origine.value(path!["domanda", "presentata"]);
    match domanda.presentata.fra(finestra.dal, finestra.al) {
        Some(true) => giudizio.caso(),
        None => {
            giudizio
                .manca("manca l'ora in cui la domanda è stata presentata", place())
                .help("quel giorno decide l'ora: scrivila come `2026-01-30 12:00`");
        }
        Some(false) => {
            giudizio.viola("la domanda è fuori dai termini fissati dalla norma", place()).label(format!(
                "presentata: {}; apertura: {}; chiusura: {}",
                domanda.presentata.lunga(),
                finestra.dal.lunga(),
                finestra.al.lunga()
            ));
        }
    }
    let Some(canale) = &finestra.canale else { return };
    match &domanda.canale {
        None => {
            giudizio.manca("manca `canale` della domanda", origine.value(path!["domanda"]));
        }
        Some(found) if found.trim().eq_ignore_ascii_case(canale) => giudizio.caso(),
        Some(found) => {
            giudizio
                .viola(
                    "la domanda non è arrivata dal canale che la norma ammette",
                    origine.value(path!["domanda", "canale"]),
                )
                .label(format!("«{found}», ammessa solo «{canale}»"));
        }
    }
}

/// The window of an avviso is inside the one of the norm.
fn call(finestra: &FinestraDomande, avviso: &Avviso, giudizio: &mut Giudizio) {
    let Some(propria) = &avviso.dati.finestra else {
        giudizio.manca("manca `finestra` dell'avviso", whole(&avviso.origine));
        return;
    };
    for (key, momento) in [("dal", propria.dal), ("al", propria.al)] {
        let place = || avviso.origine.value(path!["finestra", key]);
        match momento.fra(finestra.dal, finestra.al) {
            Some(true) => giudizio.caso(),
            None => {
                giudizio
                    .manca("manca l'ora della `finestra` dell'avviso", place())
                    .help("quel giorno decide l'ora: scrivila come `2026-01-30 12:00`");
            }
            Some(false) => {
                giudizio.viola("la finestra dell'avviso è più larga di quella della norma", place()).label(format!(
                    "{}; per la norma apertura: {}, chiusura: {}",
                    momento.lunga(),
                    finestra.dal.lunga(),
                    finestra.al.lunga()
                ));
            }
        }
    }
}

fn system_action(dati: &Tempi, contesto: &Contesto, giudizio: &mut Giudizio) {
    let Some(ultimo) = dati.ultimo_giorno else { return };
    let Some(risorse) = &contesto.periodo.risorse else { return };
    let Some(azione) = &risorse.dati.azione_di_sistema else { return };
    match azione.termine {
        None => {
            giudizio.manca("manca `termine` dell'azione di sistema", risorse.origine.value(path!["azione_di_sistema"]));
        }
        Some(termine) if termine <= ultimo => giudizio.caso(),
        Some(termine) => {
            giudizio
                .viola(
                    "l'azione di sistema finisce dopo l'ultimo giorno ammesso",
                    risorse.origine.value(path!["azione_di_sistema", "termine"]),
                )
                .label(format!("il {}, al più tardi il {}", termine.breve(), ultimo.breve()));
        }
    }
}

/// The Region pays by a day of each year; a year whose day has passed has its transfer. Readers learn when it pays,
/// the office where a payment is late.
fn transfers(dati: &Tempi, contesto: &Contesto, giudizio: &mut Giudizio) {
    let Some(entro) = dati.trasferimenti_entro else { return };
    giudizio.informa = true;
    let Some(risorse) = &contesto.periodo.risorse else { return };
    for (i, trasferimento) in risorse.dati.trasferimenti.iter().enumerate() {
        let Some(limite) = entro.nel(trasferimento.anno) else { continue };
        if trasferimento.data > limite {
            giudizio
                .viola(
                    format!("il trasferimento del {} è arrivato tardi", trasferimento.anno),
                    risorse.origine.value(path!["trasferimenti", i, "data"]),
                )
                .label(format!("arrivato il {}, dovuto entro il {}", trasferimento.data.breve(), limite.breve()))
                .internal();
        }
    }
    let anni: std::collections::BTreeSet<u32> = risorse.dati.dotazione.iter().filter_map(|voce| voce.anno).collect();
    for anno in anni {
        let passed = entro.nel(anno).is_some_and(|limite| limite < contesto.plan.sito.aggiornato_al);
        if passed && !risorse.dati.trasferimenti.iter().any(|trasferimento| trasferimento.anno == anno) {
            giudizio
                .non_dichiarato(
                    format!("manca in `trasferimenti` quello del {anno}"),
                    risorse.origine.key(path!["dotazione"]),
                )
                .help(format!("aggiungi `trasferimenti: [{{ anno: {anno}, data: …, importo: … }}]`"))
                .internal();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(testo: &str) -> Data {
        Data::parse(testo).expect("a day")
    }

    #[test]
    fn two_years_end_the_day_before_the_same_day() {
        assert_eq!(last_day(day("2026-03-01"), 24), Some(day("2028-02-29")));
        assert_eq!(last_day(day("2026-01-01"), 24), Some(day("2027-12-31")));
        assert_eq!(last_day(day("2026-08-31"), 24), Some(day("2028-08-30")));
    }

    #[test]
    fn months_that_lack_the_day_end_with_their_last() {
        assert_eq!(last_day(day("2028-02-29"), 24), Some(day("2030-02-28")));
        assert_eq!(last_day(day("2026-01-31"), 1), Some(day("2026-02-28")));
    }
}
