//! what is paid stays within the grant that is in force on that day, and an advance within its part of it.

use super::{Caso, Check};
use crate::path;
use crate::plan::conto::saldo;
use crate::record::{Pagamento, Ruolo, StatoProgetto, TipoPagamento};
use crate::report::{Diagnostic, Rule};
use crate::value::{Euro, euro};

pub const CHECKS: &[Check] = &[
    Rule::new("Q-14", "i pagamenti non superano il contributo riconosciuto")
        .why("non si paga più di quanto, quel giorno, è riconosciuto")
        .example("due pagamenti che insieme fanno € 40.000,01 su € 40.000,00 riconosciuti")
        .of_projects(entro_il_contributo),
    Rule::new("Q-28", "l'anticipo sta nella parte di contributo che l'avviso ammette")
        .why("il resto si paga su spese già fatte")
        .example("un anticipo di € 20.000,00 su € 29.000,00, quando l'avviso ne ammette il 50 %")
        .of_projects(anticipo),
];

/// The payments in the order of their days, each with its place in the record.
fn in_order<'a>(caso: &Caso<'a>) -> Vec<(usize, &'a Pagamento)> {
    let mut pagamenti: Vec<(usize, &Pagamento)> = caso.dati.pagamenti.iter().enumerate().collect();
    pagamenti.sort_by_key(|(_, pagamento)| pagamento.data);
    pagamenti
}

/// on the day of each payment, paid ≤ granted. What a later act takes away is no mistake: it is to be recovered.
fn entro_il_contributo(caso: &Caso) -> Option<Diagnostic> {
    // Money paid to whom nothing was granted is told by the state of the project.
    let riconosciuto = caso.dati.finanziamento.contributo_riconosciuto?;
    if caso.dati.eventi.is_empty() && caso.dati.stato() == StatoProgetto::Ritirato {
        let pagato = saldo(&caso.dati.pagamenti).filter(|pagato| *pagato > riconosciuto)?;
        // Paid while the grant held: no mistake, and money that has to come back.
        return Some(
            Diagnostic::warning("Q-14", "il progetto è `ritirato`, e quanto ha ricevuto è da recuperare")
                .label(format!("{} pagati in più del contributo", euro(pagato - riconosciuto)))
                .help("quando il denaro torna, aggiungi un pagamento con `tipo: restituzione`")
                .at(caso.key(path!["pagamenti"])),
        );
    }
    let mut pagato = Euro::ZERO;
    for (i, pagamento) in in_order(caso) {
        let is_back = pagamento.tipo == Some(TipoPagamento::Restituzione);
        pagato = if is_back { pagato - pagamento.importo } else { pagato + pagamento.importo };
        if pagato < Euro::ZERO {
            return Some(
                Diagnostic::error("Q-14", "torna più di quanto è stato pagato")
                    .at(caso.value(path!["pagamenti", i, "importo"]))
                    .label(format!("{} in più", euro(Euro::ZERO - pagato)))
                    .help("correggi l'importo o il giorno, o aggiungi il pagamento che manca"),
            );
        }
        let concesso = caso.periodo.concesso_al(caso.progetto, pagamento.data).unwrap_or_default();
        if is_back || pagato <= concesso {
            continue;
        }
        let more = euro(pagato - concesso);
        return Some(
            caso.found("Q-14", "i pagamenti superano il contributo riconosciuto")
                .at(caso.value(path!["pagamenti", i, "importo"]))
                .label(format!("con questo sono {} pagati", euro(pagato)))
                .related(
                    caso.importo("contributo_riconosciuto"),
                    format!("{} riconosciuti il {}", euro(concesso), pagamento.data.breve()),
                )
                .help(format!("{more} sono di troppo: correggi un importo dei `pagamenti`, o il contributo")),
        );
    }
    early(caso).or_else(|| repeated(caso)).or_else(|| above_its_part(caso)).or_else(|| empty(caso))
}

/// Nobody pays nothing.
fn empty(caso: &Caso) -> Option<Diagnostic> {
    let i = caso.dati.pagamenti.iter().position(|pagamento| pagamento.importo.e_zero())?;
    Some(
        caso.found("Q-14", "il pagamento è di zero euro")
            .at(caso.value(path!["pagamenti", i, "importo"]))
            .help("scrivi quanto è stato pagato, o togli la riga finché non lo è"),
    )
}

/// A partner is paid no more than its part of the grant; through the capofila passes what is of others.
fn above_its_part(caso: &Caso) -> Option<Diagnostic> {
    let mut parti = caso.dati.partenariato.iter().enumerate().filter(|(_, parte)| parte.ruolo != Ruolo::Capofila);
    parti.find_map(|(riga, parte)| {
        let contributo = parte.contributo?;
        let suoi = in_order(caso).into_iter().filter(|(_, pagamento)| pagamento.ente.as_ref() == Some(&parte.ente));
        let (posti, pagamenti): (Vec<usize>, Vec<Pagamento>) =
            suoi.map(|(i, pagamento)| (i, pagamento.clone())).unzip();
        let pagato = saldo(&pagamenti).filter(|pagato| *pagato > contributo)?;
        Some(
            Diagnostic::warning("Q-14", "un partner riceve più della sua parte di contributo")
                .at(caso.value(path!["pagamenti", *posti.last()?, "importo"]))
                .label(format!("con questo sono {} pagati", euro(pagato)))
                .related(
                    caso.value(path!["partenariato", riga, "contributo"]),
                    format!("la sua parte è {}", euro(contributo)),
                )
                .help("correggi l'importo o l'ente del pagamento, o la parte nel `partenariato`"),
        )
    })
}

/// A payment is decided before it is made.
fn early(caso: &Caso) -> Option<Diagnostic> {
    caso.dati.pagamenti.iter().enumerate().find_map(|(i, pagamento)| {
        let dopo = pagamento.atto.as_ref()?.dopo(pagamento.data)?;
        Some(
            Diagnostic::warning("Q-14", "il pagamento viene prima del suo atto")
                .at(caso.value(path!["pagamenti", i, "data"]))
                .label(format!("il {}, ma l'atto è {}", pagamento.data.breve(), dopo.del_breve()))
                .help("correggi il giorno, o l'atto"),
        )
    })
}

/// Nobody pays the same on one day by one act to the same body twice.
fn repeated(caso: &Caso) -> Option<Diagnostic> {
    let pagamenti = &caso.dati.pagamenti;
    let prima = |i: usize| pagamenti[..i].iter().position(|altro| *altro == pagamenti[i]);
    let (i, prima) = (0..pagamenti.len()).find_map(|i| Some((i, prima(i)?)))?;
    Some(
        Diagnostic::warning("Q-14", "lo stesso pagamento c'è due volte")
            .at(caso.value(path!["pagamenti", i, "importo"]))
            .label("si somma due volte")
            .related(caso.value(path!["pagamenti", prima, "importo"]), "qui la prima volta")
            .help("togline uno; se sono due, scrivi che cosa li distingue: il giorno, l'atto, l'ente o il tipo"),
    )
}

/// the advances of a project ≤ their part of the grant.
fn anticipo(caso: &Caso) -> Option<Diagnostic> {
    let avviso = &caso.periodo.avvisi[caso.progetto.avviso?];
    let is_advance = |tipo: TipoPagamento| tipo == TipoPagamento::Anticipo;
    let i = avviso.dati.erogazione.iter().position(|rata| is_advance(rata.tipo))?;
    let parte = avviso.dati.erogazione[i].percentuale;
    let mut anticipato = Euro::ZERO;
    for (riga, pagamento) in in_order(caso).into_iter().filter(|(_, pagamento)| pagamento.tipo.is_some_and(is_advance))
    {
        anticipato = anticipato + pagamento.importo;
        let massimo = caso.periodo.concesso_al(caso.progetto, pagamento.data)?.percentuale(parte);
        if anticipato > massimo {
            return Some(
                caso.found("Q-28", "l'anticipo supera la parte di contributo che l'avviso ammette")
                    .at(caso.value(path!["pagamenti", riga, "importo"]))
                    .label(format!("{} anticipati, al massimo {}", euro(anticipato), euro(massimo)))
                    .related(
                        avviso.origine.value(path!["erogazione", i, "percentuale"]),
                        format!("l'avviso ne ammette il {parte} %"),
                    )
                    .help("correggi l'importo o il `tipo` del pagamento, o la `percentuale` dell'avviso"),
            );
        }
    }
    None
}
