//! Kind `tempi`: how long things last, until when, and in which window they are asked for.

use std::collections::BTreeSet;

use jiff::ToSpan;

use super::contesto::{Contesto, Giudizi, whole};
use super::giudizio::{Caso, Esame, Giudizio, Informa, Presente, manca, non_dichiarato, viola};
use crate::path;
use crate::plan::{Avviso, Progetto};
use crate::record::{Cosa, Durata, FinestraDomande, Norma, StatoProgetto, Tempi};
use crate::report::Step;
use crate::value::Data;

pub fn judge(dati: &Tempi, contesto: &Contesto) -> Giudizi {
    let mut giudizi = Vec::new();
    if dati.mesi.is_some() || dati.ultimo_giorno.is_some() || dati.domande.is_some() {
        giudizi.extend(contesto.dei_progetti(|progetto, giudizio| project(dati, contesto, progetto, giudizio)));
    }
    if let Some(finestra) = &dati.domande {
        giudizi.extend(contesto.degli_avvisi(|avviso, giudizio| giudizio.extend(call(finestra, avviso))));
    }
    let sul_piano = contesto.sul_piano(|giudizio| {
        giudizio.extend(system_action(dati, contesto));
        transfers(dati, contesto, giudizio);
    });
    giudizi.extend(sul_piano.into_iter().filter(|(_, giudizio)| !giudizio.is_empty()));
    giudizi
}

fn project(dati: &Tempi, contesto: &Contesto, progetto: &Progetto, giudizio: &mut Giudizio) {
    let origine = &progetto.origine;
    if dati.mesi.is_some() || dati.ultimo_giorno.is_some() {
        match &progetto.dati.durata {
            Some(durata) => span(dati, contesto, progetto, durata, &[Step::from("durata")], giudizio),
            None => {
                giudizio.push(manca("manca `durata`").at(whole(origine)).help("scrivi `durata: { dal: …, al: … }`"));
            }
        }
    }
    for (a, azione) in progetto.dati.azioni.iter().enumerate() {
        if let Some(durata) = &azione.durata {
            span(dati, contesto, progetto, durata, &path!["azioni", a, "durata"], giudizio);
        }
        if let (Some(mesi), Some(attesi)) = (azione.durata_mesi, dati.mesi) {
            giudizio.push(if mesi == attesi {
                Caso
            } else {
                viola("un'attività non dura quanto la norma chiede")
                    .at(origine.value(path!["azioni", a, "durata_mesi"]))
                    .label(format!("{mesi} mesi, richiesti {attesi}"))
                    .help("correggi `durata_mesi`")
            });
        }
    }
    if let Some(finestra) = &dati.domande {
        request(finestra, progetto, giudizio);
    }
}

/// One pair of days, both included.
fn span(
    dati: &Tempi,
    contesto: &Contesto,
    progetto: &Progetto,
    durata: &Durata,
    steps: &[Step],
    giudizio: &mut Giudizio,
) {
    let at = |key: &'static str| progetto.origine.value([steps, &[Step::from(key)]].concat());
    // Those of an activity have a longer way.
    let proroga = extension(progetto).filter(|_| steps.len() == 1);
    // The last day that an extension tells stands there; an act that allows it is a waiver.
    let at_the_end = || match proroga {
        Some(i) => progetto.origine.value(path!["eventi", i, "al"]),
        None => at("al"),
    };
    let mended = |esame: Esame| {
        match (proroga, code(dati, contesto)) {
        (Some(_), Some(codice)) => esame.help(format!(
            "correggi il nuovo termine; se un atto ammette la proroga oltre la norma, aggiungi `deroghe: [{{ regola: {codice}, motivo: …, atto: … }}]`"
        )),
        _ => esame,
    }
    };
    let without_end =
        || manca("manca `al`, l'ultimo giorno").at(at("al")).help("aggiungi `al: …`, compreso nella durata");
    if let (Some(mesi), Some(dal), None) = (dati.mesi, durata.dal, durata.al) {
        giudizio.push(without_end().label(due(dal, mesi)));
    }
    if let (Some(_), None) = (dati.mesi, durata.dal) {
        giudizio.push(manca("manca `dal`, il primo giorno").at(at("dal")).help("aggiungi `dal: …`"));
    }
    if durata.dal.zip(durata.al).is_some_and(|(dal, al)| dal > al) {
        // C-15 tells it; how long it is cannot be said.
        return;
    }
    if let (Some(mesi), Some(dal), Some(al)) = (dati.mesi, durata.dal, durata.al) {
        giudizio.push(if last_day(dal, mesi) == Some(al) {
            Caso
        } else {
            mended(
                viola(format!("la durata non è di {mesi} mesi, primo e ultimo giorno compresi"))
                    .at(at_the_end())
                    .label(format!("finisce il {}; {}", al.breve(), due(dal, mesi)))
                    .related(at("dal"), format!("comincia il {}", dal.breve())),
            )
        });
    }
    if let Some(ultimo) = dati.ultimo_giorno {
        giudizio.push(match durata.al {
            None => without_end(),
            Some(al) if al <= ultimo => within(ultimo, contesto, progetto.dati.stato() == StatoProgetto::Concluso),
            Some(al) => {
                mended(viola("le attività finiscono dopo l'ultimo giorno ammesso").at(at_the_end()).label(format!(
                    "il {}, al più tardi il {}",
                    al.breve(),
                    ultimo.breve()
                )))
            }
        });
    }
}

/// The event that moves the last day of a project, where one does.
fn extension(progetto: &Progetto) -> Option<usize> {
    let proroghe = progetto.dati.eventi.iter().enumerate().filter(|(_, evento)| evento.cosa == Cosa::Proroga);
    // The last of one day, as the day itself is taken.
    let (i, ultima) = proroghe.max_by_key(|(_, evento)| evento.data)?;
    ultima.al.map(|_| i)
}

/// The code of the rule that these parameters are of.
fn code<'a>(dati: &Tempi, contesto: &Contesto<'a>) -> Option<&'a str> {
    let is_it = |tempi: &Tempi| std::ptr::eq(tempi, dati);
    let norma: &'a Norma = contesto.norma;
    let regola = norma.regole.iter().find(|regola| regola.tempi.as_ref().is_some_and(is_it))?;
    Some(&regola.codice)
}

/// A day within the last one: once that is past and nobody says that it was kept, it is what was foreseen, and no more.
fn within(ultimo: Data, contesto: &Contesto, concluso: bool) -> Esame {
    if concluso || ultimo >= contesto.plan.sito.aggiornato_al { Caso } else { Presente }
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
        return giudizio.push(
            manca("manca `domanda`, il giorno e l'ora in cui è stata presentata")
                .at(whole(origine))
                .help("scrivi `domanda: { presentata: … }`"),
        );
    };
    let place = origine.value(path!["domanda", "presentata"]);
    giudizio.push(match domanda.presentata.fra(finestra.dal, finestra.al) {
        Some(true) => Caso,
        None => manca("manca l'ora in cui la domanda è stata presentata")
            .at(place)
            .help("quel giorno decide l'ora: scrivila come `2026-01-30 12:00`"),
        Some(false) => viola("la domanda è fuori dai termini fissati dalla norma").at(place).label(format!(
            "presentata: {}; apertura: {}; chiusura: {}",
            domanda.presentata.lunga(),
            finestra.dal.lunga(),
            finestra.al.lunga()
        )),
    });
    let Some(canale) = &finestra.canale else { return };
    giudizio.push(match &domanda.canale {
        None => manca("manca `canale` della domanda").at(origine.value(path!["domanda"])),
        Some(found) if found.trim().eq_ignore_ascii_case(canale) => Caso,
        Some(found) => viola("la domanda non è arrivata dal canale che la norma ammette")
            .at(origine.value(path!["domanda", "canale"]))
            .label(format!("«{found}», ammessa solo «{canale}»")),
    });
}

/// The window of an avviso is inside the one of the norm.
fn call(finestra: &FinestraDomande, avviso: &Avviso) -> Vec<Esame> {
    let Some(propria) = &avviso.dati.finestra else {
        return vec![manca("manca `finestra` dell'avviso").at(whole(&avviso.origine))];
    };
    let (dal, al) = (finestra.dal.lunga(), finestra.al.lunga());
    let esami = [("dal", propria.dal), ("al", propria.al)].map(|(key, momento)| {
        let place = avviso.origine.value(path!["finestra", key]);
        match momento.fra(finestra.dal, finestra.al) {
            Some(true) => Caso,
            None => manca("manca l'ora della `finestra` dell'avviso")
                .at(place)
                .help("quel giorno decide l'ora: scrivila come `2026-01-30 12:00`"),
            Some(false) => viola("la finestra dell'avviso è più larga di quella della norma")
                .at(place)
                .label(format!("{}; per la norma apertura: {dal}, chiusura: {al}", momento.lunga())),
        }
    });
    esami.into()
}

fn system_action(dati: &Tempi, contesto: &Contesto) -> Option<Esame> {
    let ultimo = dati.ultimo_giorno?;
    let risorse = contesto.periodo.risorse.as_ref()?;
    Some(match risorse.dati.azione_di_sistema.as_ref()?.termine {
        None => manca("manca `termine` dell'azione di sistema").at(risorse.origine.value(path!["azione_di_sistema"])),
        Some(termine) if termine <= ultimo => within(ultimo, contesto, false),
        Some(termine) => viola("l'azione di sistema finisce dopo l'ultimo giorno ammesso")
            .at(risorse.origine.value(path!["azione_di_sistema", "termine"]))
            .label(format!("il {}, al più tardi il {}", termine.breve(), ultimo.breve())),
    })
}

/// The Region pays by a day of each year; a year whose day has passed has its transfer. Readers learn when it pays,
/// the office where a payment is late.
fn transfers(dati: &Tempi, contesto: &Contesto, giudizio: &mut Giudizio) {
    let Some(entro) = dati.trasferimenti_entro else { return };
    giudizio.push(Informa);
    let Some(risorse) = &contesto.periodo.risorse else { return };
    for (i, trasferimento) in risorse.dati.trasferimenti.iter().enumerate() {
        let Some(limite) = entro.nel(trasferimento.anno) else { continue };
        if trasferimento.data > limite {
            let found = viola(format!("il trasferimento del {} è arrivato tardi", trasferimento.anno))
                .at(risorse.origine.value(path!["trasferimenti", i, "data"]))
                .label(format!("arrivato il {}, dovuto entro il {}", trasferimento.data.breve(), limite.breve()));
            giudizio.push(found.internal());
        }
    }
    let anni: BTreeSet<u32> = risorse.dati.dotazione.iter().filter_map(|voce| voce.anno).collect();
    for anno in anni {
        let passed = entro.nel(anno).is_some_and(|limite| limite < contesto.plan.sito.aggiornato_al);
        if passed && !risorse.dati.trasferimenti.iter().any(|trasferimento| trasferimento.anno == anno) {
            let found = non_dichiarato(format!("manca il trasferimento del {anno}"))
                .at(risorse.origine.key(path!["dotazione"]))
                .help(format!("aggiungi `trasferimenti: [{{ anno: {anno}, data: …, importo: … }}]`"));
            giudizio.push(found.internal());
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
