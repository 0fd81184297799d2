//! The events of a project: each has what it needs, and the grant that they make stays within its bounds.

use super::{Caso, Check, Judge, date};
use crate::path;
use crate::plan::vita::{Mossa, concessi};
use crate::record::{Atto, Cosa, Evento, TipoPagamento};
use crate::report::{Diagnostic, Place, Report, Rule};
use crate::schema;
use crate::value::{Data, Euro, euro};

pub const CHECKS: &[Check] = &[
    Rule::new("Q-26", "ciò che cambia un progetto ha il suo atto, e dice quanto o fino a quando")
        .why("un cambiamento senza atto non si può provare")
        .example("`{ cosa: proroga, data: 2026-10-01 }`, senza il nuovo termine e senza l'atto")
        .of_projects(provati),
    Rule::new("Q-27", "il contributo, dopo ogni atto, non è mai meno di zero né più di quanto l'avviso ammette")
        .why("il contributo di un giorno è la somma degli atti fino a quel giorno")
        .example("una riduzione di € 30.000,00 di un contributo di € 29.000,00")
        .of_projects(nei_limiti),
    Rule::new("Q-29", "quanto spetta alla fine è quello che il saldo dell'avviso comporta")
        .why("chi controlla rifà il conto")
        .example("un saldo a percentuale che darebbe € 32.000,00, e un atto che ne riconosce € 34.000,00")
        .of_projects(spettante),
    Check::also(Judge::InProject(successione)),
];

/// an event names its act, its amount, its new last day.
fn provati(caso: &Caso) -> Option<Diagnostic> {
    for (i, evento) in caso.dati.eventi.iter().enumerate() {
        let nome = schema::nome(evento.cosa);
        let place = || caso.value(path!["eventi", i, "cosa"]);
        let lacks = match evento.cosa {
            Cosa::Concessione | Cosa::Integrazione | Cosa::Riduzione | Cosa::Rideterminazione => {
                evento.importo.is_none().then_some(("importo", "la somma, come `importo: 29000.00`"))
            }
            Cosa::Proroga => evento.al.is_none().then_some(("al", "il nuovo termine, come `al: 2028-06-30`")),
            _ => None,
        };
        if let Some((campo, what)) = lacks {
            return Some(
                Diagnostic::error("C-03", format!("manca `{campo}` nell'evento «{nome}»"))
                    .at(place())
                    .help(format!("aggiungi {what}")),
            );
        }
        if let Some(found) = idle(caso, i, evento) {
            return Some(found);
        }
        let needs_act = match evento.cosa {
            Cosa::Concessione
            | Cosa::Proroga
            | Cosa::Variante
            | Cosa::Integrazione
            | Cosa::Riduzione
            | Cosa::Revoca
            | Cosa::Rideterminazione => true,
            Cosa::Ammissione
            | Cosa::NonAmmissione
            | Cosa::Avvio
            | Cosa::Sospensione
            | Cosa::Rinuncia
            | Cosa::Conclusione => false,
        };
        if needs_act && evento.atto.is_none() {
            return Some(
                caso.found("Q-26", format!("l'evento «{nome}» è senza atto"))
                    .at(place())
                    .help("aggiungi `atto: …`: il suo `id` in `atti.yaml`, o tipo, numero e data"),
            );
        }
        let atto = evento.atto.as_ref().filter(|atto| needs_act && !caso.is_to_come(atto));
        if let Some(dopo) = atto.and_then(|atto| atto.dopo(evento.data)) {
            return Some(
                Diagnostic::warning("Q-26", format!("l'evento «{nome}» viene prima del suo atto"))
                    .at(caso.value(path!["eventi", i, "data"]))
                    .label(format!("il {}, ma l'atto è {}", evento.data.breve(), dopo.del_breve()))
                    .help("scrivi il giorno dell'atto, o correggi l'atto"),
            );
        }
    }
    shorter(caso)
}

/// What an event does not use, nobody would read.
fn idle(caso: &Caso, i: usize, evento: &Evento) -> Option<Diagnostic> {
    let takes_amount = evento.mossa().is_some() || evento.cosa == Cosa::Rideterminazione;
    let is_variant = evento.cosa == Cosa::Variante;
    let unused = [
        ("importo", evento.importo.is_some() && !takes_amount),
        ("costo_complessivo", evento.costo_complessivo.is_some() && !is_variant),
        ("cofinanziamento", evento.cofinanziamento.is_some() && !is_variant),
        ("al", evento.al.is_some() && evento.cosa != Cosa::Proroga),
        ("copertura", !evento.copertura.is_empty() && evento.mossa().is_none()),
    ];
    let (campo, _) = unused.into_iter().find(|(_, is_unused)| *is_unused)?;
    let nome = schema::nome(evento.cosa);
    Some(
        Diagnostic::error("Q-26", format!("l'evento «{nome}» non vuole `{campo}`"))
            .at(caso.key(path!["eventi", i, campo]))
            .help(format!("togli `{campo}`, o correggi `cosa`")),
    )
}

/// An extension ends later than what it extends.
fn shorter(caso: &Caso) -> Option<Diagnostic> {
    let proroghe = caso.dati.eventi.iter().enumerate().filter(|(_, evento)| evento.cosa == Cosa::Proroga);
    let mut proroghe: Vec<(usize, &Evento)> = proroghe.collect();
    proroghe.sort_by_key(|(_, evento)| evento.data);
    let mut prima = caso.dati.durata.as_ref()?.prima_della_proroga?;
    proroghe.into_iter().find_map(|(i, evento)| {
        let al = evento.al?;
        let termine = std::mem::replace(&mut prima, al);
        (al <= termine).then(|| {
            Diagnostic::error("Q-26", "la proroga non sposta il termine in avanti")
                .at(caso.value(path!["eventi", i, "al"]))
                .label(format!("il {}, ma il termine era il {}", al.breve(), termine.breve()))
                .help("correggi il nuovo termine, o `durata: { al: … }`, che è quello di prima")
        })
    })
}

/// 0 ≤ grant ≤ what the call gives at most, after each act.
fn nei_limiti(caso: &Caso) -> Option<Diagnostic> {
    let passi = caso.periodo.passi(caso.progetto);
    // C-03 has told it, and nothing can be added up.
    if passi.iter().any(|passo| passo.cosa == Mossa::Aggiunge && passo.importo.is_none()) {
        return None;
    }
    let avviso = caso.progetto.avviso.map(|a| &caso.periodo.avvisi[a]);
    let massimo = avviso.and_then(|avviso| avviso.dati.limiti.as_ref()?.contributo_massimo);
    let mut prima = None;
    for (passo, concesso) in concessi(&passi) {
        let place = || match passo.evento {
            Some(i) if passo.importo.is_some() => caso.value(path!["eventi", i, "importo"]),
            Some(i) => caso.value(path!["eventi", i, "cosa"]),
            None => caso.key(path!["titolo"]),
        };
        let granted_before = prima.is_some_and(|prima: Euro| !prima.e_zero());
        let is = |cosa| passo.evento.is_some_and(|i| caso.dati.eventi[i].cosa == cosa);
        let wrong = match concesso {
            _ if prima.is_none() && is(Cosa::Integrazione) => Some((
                "si aggiunge a un contributo che non è ancora concesso",
                "se è il primo contributo scrivi `cosa: concessione`; altrimenti correggi il giorno",
            )),
            _ if granted_before && is(Cosa::Concessione) => Some((
                "il contributo è già concesso",
                "se la somma si aggiunge scrivi `cosa: integrazione`; se è la stessa, togli questo evento",
            )),
            _ if passo.cosa == Mossa::Toglie && prima.is_some() && !granted_before => Some((
                "non resta niente da togliere",
                "un evento prima ha già tolto tutto il contributo: togli uno dei due",
            )),
            // A renunciation before the grant takes nothing away.
            None if passo.importo.is_none() && is(Cosa::Rinuncia) => continue,
            None => Some((
                "si toglie da un contributo che non è ancora concesso",
                "aggiungi prima l'evento `concessione`, o correggi il giorno",
            )),
            Some(_) => None,
        };
        if let Some((message, help)) = wrong {
            return Some(Diagnostic::error("Q-27", message).at(place()).help(help));
        }
        let concesso = concesso?;
        if concesso < Euro::ZERO {
            return Some(
                Diagnostic::error("Q-27", "si toglie più di quanto è concesso")
                    .at(place())
                    .label(format!(
                        "{} di {}",
                        euro(passo.importo.unwrap_or_default()),
                        euro(prima.unwrap_or_default())
                    ))
                    .help("correggi l'importo di questo evento, o di uno prima"),
            );
        }
        if let (Some(massimo), Some(avviso)) = (massimo, avviso)
            && concesso > massimo
        {
            return Some(
                caso.found("Q-27", "il contributo supera quello che l'avviso dà al massimo")
                    .at(place())
                    .label(format!("con questo sono {}, al massimo {}", euro(concesso), euro(massimo)))
                    .related(avviso.origine.value(path!["limiti", "contributo_massimo"]), "il massimo dell'avviso")
                    .help("correggi l'importo, o i `limiti` dell'avviso"),
            );
        }
        prima = Some(concesso);
    }
    None
}

/// what an act says is due is what the rule of the call gives; it is never more than the grant.
fn spettante(caso: &Caso) -> Option<Diagnostic> {
    let (i, spettante) = crate::plan::conto::spettante(caso.dati)?;
    let place = || caso.value(path!["eventi", i, "importo"]);
    let Some(concesso) = caso.dati.finanziamento.contributo_riconosciuto else {
        return Some(
            Diagnostic::error("Q-29", "spetta qualcosa di un contributo che non è concesso")
                .at(place())
                .help("aggiungi l'evento `concessione`, con il suo importo e il suo atto"),
        );
    };
    if spettante > concesso {
        return Some(
            Diagnostic::error("Q-29", "spetta più del contributo riconosciuto")
                .at(place())
                .label(format!("{}, ma riconosciuti {}", euro(spettante), euro(concesso)))
                .help("correggi l'importo; se il contributo è cresciuto, aggiungi l'evento `integrazione`"),
        );
    }
    let atteso = caso.periodo.conto(caso.progetto).atteso.filter(|atteso| *atteso != spettante)?;
    let avviso = &caso.periodo.avvisi[caso.progetto.avviso?];
    Some(
        Diagnostic::warning("Q-29", "quanto spetta non è quello che il saldo dell'avviso comporta")
            .at(place())
            .label(format!("{}, il conto darebbe {}", euro(spettante), euro(atteso)))
            .related(avviso.origine.value(path!["saldo"]), "il saldo dell'avviso")
            .help("ricontrolla l'atto e la `rendicontazione`: conta l'atto, ma chi legge vede tutti e due gli importi"),
    )
}

/// a project is granted, begins, and ends, each once; after a suspension it begins again.
fn successione(caso: &Caso, report: &mut Report) {
    for cosa in [Cosa::Avvio, Cosa::Conclusione] {
        let suoi = of_kind(caso, cosa);
        let is_stopped = |dal: Data, al: Data| {
            caso.dati.eventi.iter().any(|e| e.cosa == Cosa::Sospensione && (dal..=al).contains(&e.data))
        };
        let twice = suoi.windows(2).find(|coppia| !is_stopped(coppia[0].1, coppia[1].1));
        report.extend(twice.map(|coppia| {
            Diagnostic::warning("Q-18", format!("l'evento «{}» c'è due volte", schema::nome(cosa)))
                .at(caso.value(path!["eventi", coppia[1].0, "cosa"]))
                .related(caso.value(path!["eventi", coppia[0].0, "cosa"]), "qui la prima volta")
                .help("togline uno; se il progetto si è fermato, aggiungi prima l'evento `sospensione`")
        }));
    }
    let avvio = of_kind(caso, Cosa::Avvio).first().copied();
    if let (Some((i, data)), Some((concesso, place))) = (avvio, granted(caso))
        && data < concesso
    {
        report.add(out_of_order(caso, (i, data), "il progetto comincia prima della concessione", (concesso, place)));
    }
    let Some((i, data)) = of_kind(caso, Cosa::Conclusione).first().copied() else { return };
    let dal = caso.dati.durata.as_ref().and_then(|durata| durata.dal).filter(|dal| date::vicina(caso.periodo, *dal));
    let dal = dal.map(|dal| (dal, caso.value(path!["durata", "dal"])));
    let avvio = avvio.map(|(j, avvio)| (avvio, caso.value(path!["eventi", j, "data"])));
    let anticipi = caso.dati.pagamenti.iter().enumerate().filter(|(_, p)| p.tipo == Some(TipoPagamento::Anticipo));
    let anticipo =
        anticipi.map(|(j, p)| (p.data, caso.value(path!["pagamenti", j, "data"]))).min_by_key(|(day, _)| *day);
    let before = [
        ("il progetto si conclude prima di cominciare", dal),
        ("il progetto si conclude prima di cominciare", avvio),
        ("il progetto si conclude prima del suo anticipo", anticipo),
    ];
    let wrong = before.into_iter().filter_map(|(message, altro)| Some((message, altro?)));
    let wrong = wrong.into_iter().find(|(_, (day, _))| data < *day);
    report.extend(wrong.map(|(message, altro)| out_of_order(caso, (i, data), message, altro)));
}

/// The events of a kind, in the order of their days, each with its place.
fn of_kind(caso: &Caso, cosa: Cosa) -> Vec<(usize, Data)> {
    let eventi = caso.dati.eventi.iter().enumerate().filter(|(_, evento)| evento.cosa == cosa);
    let mut suoi: Vec<(usize, Data)> = eventi.map(|(i, evento)| (i, evento.data)).collect();
    suoi.sort_by_key(|(i, data)| (*data, *i));
    suoi
}

/// On which day the project was granted, and where that stands.
fn granted(caso: &Caso) -> Option<(Data, Place)> {
    let passi = caso.periodo.passi(caso.progetto);
    if let Some(primo) = passi.iter().find(|passo| passo.cosa == Mossa::Aggiunge) {
        return Some((primo.data, caso.value(path!["eventi", primo.evento?, "data"])));
    }
    let atto = caso.dati.atti.concessione.as_ref().filter(|atto| !caso.is_to_come(atto));
    Some((atto.and_then(Atto::giorno)?, caso.value(path!["atti", "concessione", "data"])))
}

fn out_of_order(caso: &Caso, (i, data): (usize, Data), message: &str, (altro, place): (Data, Place)) -> Diagnostic {
    Diagnostic::warning("Q-18", message)
        .at(caso.value(path!["eventi", i, "data"]))
        .label(format!("il {}", data.breve()))
        .related(place, format!("il {}", altro.breve()))
        .help("correggi uno dei due giorni")
}
