//! Kind `trasparenza`: what is published of each grant above a sum (D.Lgs. 33/2013, arts. 26 and 27).

use std::collections::BTreeMap;

use super::contesto::{Contesto, Giudizi, whole};
use super::giudizio::{Caso, Esame, Giudizio, Taciuto, dubbio, manca, non_dichiarato, viola};
use crate::path;
use crate::plan::beneficiari::Beneficiario;
use crate::plan::{Ente, Plan, Progetto};
use crate::record::{StatoProgetto, Trasparenza};
use crate::value::{Data, Euro, Id, Quando, euro};

/// A grant to one body.
struct Concessione<'a> {
    progetto: &'a Id,
    ente: &'a Ente,
    importo: Euro,
    /// False where the partnership receives it, and the body only stands for it as its capofila.
    ripartita: bool,
    /// The calendar year of the act; absent where no act is recorded.
    anno: Option<i16>,
}

pub fn judge(dati: &Trasparenza, contesto: &Contesto) -> Giudizi {
    let concessioni: Vec<Concessione> =
        contesto.progetti().flat_map(|(_, progetto)| grants(contesto, progetto)).collect();
    // Together in a year: small grants to one body add up.
    let mut somme: BTreeMap<(&Id, Option<i16>), Euro> = BTreeMap::new();
    // A calendar year may be of two plans.
    let others = (0..contesto.plan.periodi.len()).filter(|&q| q != contesto.p);
    let others: Vec<Contesto> =
        others.filter_map(|q| Contesto::tutti(contesto.plan, q).into_iter().find(|c| c.id == contesto.id)).collect();
    let elsewhere: Vec<Concessione> =
        others.iter().flat_map(|altro| altro.progetti().flat_map(|(_, progetto)| grants(altro, progetto))).collect();
    for concessione in concessioni.iter().chain(elsewhere.iter().filter(|c| c.anno.is_some())) {
        let somma = somme.entry((&concessione.ente.id, concessione.anno)).or_default();
        *somma = *somma + concessione.importo;
    }
    let above: Vec<&Concessione> = concessioni.iter().filter(|c| somme[&(&c.ente.id, c.anno)] > dati.soglia).collect();
    contesto.dei_progetti(|progetto, giudizio| {
        let own: Vec<&&Concessione> = above.iter().filter(|c| *c.progetto == progetto.id).collect();
        if own.is_empty() {
            return;
        }
        let over = dati.anni.and_then(|anni| over(anni, contesto.plan, progetto));
        if dati.completezza && over.is_none() {
            complete(contesto, progetto, &own, giudizio);
        }
        if dati.prima_del_pagamento {
            if contesto.storica && progetto.dati.pagamenti.is_empty() {
                giudizio.push(Taciuto);
            }
            giudizio.extend(before_payment(progetto));
        }
        if dati.anni.is_some() && !dati.completezza {
            giudizio.extend(nobody_named(contesto, progetto, over));
        }
    })
}

/// What each body of a project receives; where nobody tells the shares, the partnership stands under its capofila.
fn grants<'a>(contesto: &Contesto<'a>, progetto: &'a Progetto) -> Vec<Concessione<'a>> {
    let Some(data) = contesto.periodo.concessione(progetto) else { return Vec::new() };
    let anno = data.atto.and_then(|atto| atto.data).map(Quando::anno);
    let ripartita = data.ripartita;
    let to = |b: &Beneficiario| {
        Some(Concessione { progetto: &progetto.id, ente: contesto.ente(b.ente), importo: b.importo?, ripartita, anno })
    };
    data.riceventi().filter_map(to).collect()
}

/// Beneficiary, amount, legal basis, office and official, selection procedure; the project is the page itself.
fn complete(contesto: &Contesto, progetto: &Progetto, own: &[&&Concessione], giudizio: &mut Giudizio) {
    let dati = &progetto.dati;
    let place = || progetto.posto_del_contributo();
    let asks = |there: bool, key: &str, help: &str| {
        if there {
            return Caso;
        }
        manca(format!("manca `{key}`")).at(whole(&progetto.origine)).related(place(), "il contributo").help(help)
    };
    let responsabile = dati.responsabile.as_ref();
    let named = responsabile.is_some_and(|r| !r.nome.trim().is_empty() && !r.ufficio.trim().is_empty());
    // Of a grant that an event makes, the event asks for its act: it is written there.
    let passi = contesto.periodo.passi(progetto);
    let asked_at_its_event = passi.first().is_some_and(|passo| passo.evento.is_some() && passo.atto.is_none());
    giudizio.push(match dati.atti.concessione {
        None if asked_at_its_event => Taciuto,
        _ => asks(
            dati.atti.concessione.is_some(),
            "atti.concessione",
            "scrivi l'atto che concede il contributo, la sua base giuridica",
        ),
    });
    giudizio.extend([
        asks(named, "responsabile", "scrivi l'ufficio e il responsabile del procedimento"),
        asks(dati.avviso.is_some(), "avviso", "scrivi l'avviso con cui il beneficiario è stato scelto"),
    ]);
    // Between the act and its publication nobody is late: the office has the day among its deadlines (T-02).
    giudizio.push(match dati.pubblicato_il {
        Some(_) => Caso,
        None if contesto.storica => Taciuto,
        None => non_dichiarato("manca `pubblicato_il`: senza pubblicazione la concessione non ha ancora efficacia")
            .at(whole(&progetto.origine))
            .on_pages_alone(),
    });
    // Where a source of years ago does not divide the grant, it names nobody who receives it: Q-13 asks the division.
    for concessione in own.iter().filter(|concessione| concessione.ripartita || !contesto.storica) {
        let (message, who) = if concessione.ripartita {
            ("manca `codice_fiscale` di chi riceve il contributo", "")
        } else {
            ("manca `codice_fiscale` del capofila del partenariato che riceve il contributo", "il partenariato ")
        };
        giudizio.push(if concessione.ente.dati.codice_fiscale.is_some() {
            Caso
        } else {
            manca(message)
                .at(concessione.ente.origine.value(path!["nome"]))
                .label(format!("{who}riceve {}", euro(concessione.importo)))
                .related(place(), "il contributo")
                .help(
                    "scrivi il codice fiscale dell'ente, di 11 cifre, o di 16 caratteri con `ditta_individuale: true`",
                )
        });
    }
}

fn before_payment(progetto: &Progetto) -> impl Iterator<Item = Esame> {
    progetto.dati.pagamenti.iter().enumerate().filter_map(|(i, pagamento)| {
        // Paid before it was granted: then that day is wrong, and says nothing of the publication.
        if progetto.dati.atti.concessione.as_ref().is_some_and(|atto| atto.dopo(pagamento.data).is_some()) {
            return None;
        }
        let place = progetto.origine.value(path!["pagamenti", i, "data"]);
        Some(match progetto.dati.pubblicato_il {
            None => manca("manca `pubblicato_il`, e un pagamento c'è già")
                .at(place)
                .help("scrivi il giorno in cui la concessione è stata pubblicata"),
            Some(giorno) if giorno <= pagamento.data => Caso,
            Some(giorno) => viola("il pagamento viene prima della pubblicazione")
                .at(place)
                .label(format!("pagato il {}, pubblicato il {}", pagamento.data.breve(), giorno.breve()))
                .related(progetto.origine.value(path!["pubblicato_il"]), "la pubblicazione"),
        })
    })
}

/// The last day on which the grant of a project had to be published, by the norms that hold in every period, once that day
/// has passed.
pub fn pubblicata_fino_al(plan: &Plan, progetto: &Progetto) -> Option<Data> {
    let norme = plan.norme.values().filter(|norma| norma.vale_sempre);
    let regole = norme.flat_map(|norma| &norma.regole).filter_map(|regola| regola.trasparenza.as_ref());
    over(regole.filter_map(|dati| dati.anni).max()?, plan, progetto)
}

fn over(anni: u32, plan: &Plan, progetto: &Progetto) -> Option<Data> {
    let concessione = progetto.dati.atti.concessione.as_ref()?.data?.ultimo();
    // Five years, and as long as the act has effect: while the project runs, or nobody says that it has ended.
    let running = progetto.dati.stato().e_finanziato() && progetto.dati.stato() != StatoProgetto::Concluso;
    let ultimo = progetto.dati.durata.as_ref().and_then(|durata| durata.al);
    let fine = until(concessione, anni)?.max(ultimo.unwrap_or(concessione));
    (!running && fine < plan.sito.aggiornato_al).then_some(fine)
}

/// The record of a grant may stay for good, but the person whom the law asked for need not.
fn nobody_named(contesto: &Contesto, progetto: &Progetto, over: Option<Data>) -> Option<Esame> {
    // From no day nothing can be counted: the act is asked for by another rule, or nobody can find it any more.
    if progetto.dati.atti.concessione.is_none() {
        return contesto.storica.then_some(Taciuto);
    }
    let (Some(fine), Some(_)) = (over, &progetto.dati.responsabile) else { return Some(Caso) };
    let found = dubbio("il responsabile è ancora pubblicato, e il tempo di pubblicazione è passato")
        .at(progetto.origine.key(path!["responsabile"]))
        .label(format!("la pubblicazione era dovuta fino al {}", fine.breve()))
        .related(progetto.origine.value(path!["atti", "concessione", "data"]), "il giorno della concessione")
        .help("togli `responsabile`; il resto della scheda può restare");
    Some(found)
}

/// The last day on which a grant must be published: the years are counted from the one after the act.
pub fn until(concessa: Data, anni: u32) -> Option<Data> {
    let anno = concessa.anno().checked_add(i16::try_from(anni).ok()?)?;
    Data::fine_anno(anno)
}
