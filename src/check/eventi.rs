//! The events of a project: each has what it needs, and the grant that they make stays within its bounds.

use super::{Caso, Check};
use crate::path;
use crate::plan::vita::{Mossa, concessi};
use crate::record::{Cosa, Evento};
use crate::report::{Diagnostic, Rule};
use crate::schema;
use crate::value::{Euro, euro};

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
        if let Some(dopo) = evento.atto.as_ref().filter(|_| needs_act).and_then(|atto| atto.dopo(evento.data)) {
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
