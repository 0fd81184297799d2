//! what is paid stays within the grant that is in force on that day, and an advance within its part of it.

use super::{Caso, Check};
use crate::path;
use crate::plan::conto::saldo;
use crate::record::{Pagamento, Ruolo, StatoProgetto, TipoPagamento};
use crate::report::{Diagnostic, Report, Rule};
use crate::value::{Euro, euro};

pub const CHECKS: &[Check] = &[
    Rule::new("Q-14", "i pagamenti non superano il contributo riconosciuto")
        .why("non si paga più di quanto, quel giorno, è riconosciuto")
        .example("due pagamenti che insieme fanno € 40.000,01 su € 40.000,00 riconosciuti")
        .in_projects(entro_il_contributo),
    Rule::new("Q-28", "l'anticipo sta nella parte di contributo che l'avviso ammette")
        .why("il resto si paga su spese già fatte")
        .example("un anticipo di € 20.000,00 su € 29.000,00, quando l'avviso ne ammette il 50 %")
        .of_projects(anticipo),
];

/// A payment, with its place in the record.
type Posto<'a> = (usize, &'a Pagamento);

fn torna(pagamento: &Pagamento) -> bool {
    pagamento.tipo == Some(TipoPagamento::Restituzione)
}

/// The payments in the order of their days; what comes back on a day comes after what was paid on it.
fn in_order<'a>(caso: &Caso<'a>) -> Vec<Posto<'a>> {
    let mut pagamenti: Vec<Posto> = caso.dati.pagamenti.iter().enumerate().collect();
    pagamenti.sort_by_key(|(_, pagamento)| (pagamento.data, torna(pagamento)));
    pagamenti
}

/// The payments that are written twice, each with the first of them. What was paid twice indeed has come back.
pub(super) fn doppi(pagamenti: &[Pagamento]) -> Vec<(usize, usize)> {
    let prima = |i: usize| pagamenti[..i].iter().position(|altro| *altro == pagamenti[i]);
    let mut doppi: Vec<(usize, usize)> = (0..pagamenti.len()).filter_map(|i| Some((i, prima(i)?))).collect();
    for tornato in pagamenti.iter().filter(|pagamento| torna(pagamento)) {
        let is_it = |pagamento: &Pagamento| {
            let stesso = pagamento.ente == tornato.ente || pagamento.ente.is_none() || tornato.ente.is_none();
            !torna(pagamento) && stesso && pagamento.importo == tornato.importo && pagamento.data <= tornato.data
        };
        if let Some(suo) = doppi.iter().position(|(i, _)| is_it(&pagamenti[*i])) {
            doppi.remove(suo);
        }
    }
    doppi
}

/// The payments without those that are written twice, which have their own message.
fn unici<'a>(caso: &Caso<'a>) -> Vec<Posto<'a>> {
    let doppi = doppi(&caso.dati.pagamenti);
    in_order(caso).into_iter().filter(|(posto, _)| doppi.iter().all(|(i, _)| i != posto)).collect()
}

/// A payment with which more is paid than may be.
struct Eccesso<'a> {
    posto: usize,
    pagamento: &'a Pagamento,
    pagato: Euro,
    massimo: Euro,
}

/// The first payment with which more is paid than its day allows; what has come back since is past history.
fn eccesso<'a>(pagamenti: &[Posto<'a>], massimo: impl Fn(&Pagamento) -> Option<Euro>) -> Option<Eccesso<'a>> {
    let saldi: Vec<Euro> = pagamenti
        .iter()
        .scan(Euro::ZERO, |saldo, (_, pagamento)| {
            *saldo = match torna(pagamento) {
                true => (*saldo - pagamento.importo).max(Euro::ZERO),
                false => *saldo + pagamento.importo,
            };
            Some(*saldo)
        })
        .collect();
    pagamenti.iter().enumerate().filter(|(_, (_, pagamento))| !torna(pagamento)).find_map(|(k, (posto, pagamento))| {
        let massimo = massimo(pagamento)?;
        let mut poi = pagamenti.iter().zip(&saldi).skip(k + 1);
        let is_back = poi.any(|((_, dopo), saldo)| torna(dopo) && *saldo <= massimo);
        let pagato = saldi[k];
        (pagato > massimo && !is_back).then_some(Eccesso { posto: *posto, pagamento, pagato, massimo })
    })
}

/// With which payment more is paid than is granted on its day.
fn oltre_il_contributo<'a>(caso: &Caso, pagamenti: &[Posto<'a>]) -> Option<Eccesso<'a>> {
    eccesso(pagamenti, |p| Some(caso.periodo.concesso_al(caso.progetto, p.data).unwrap_or_default()))
}

/// on the day of each payment, paid ≤ granted. What a later act takes away is no mistake: it is to be recovered.
fn entro_il_contributo(caso: &Caso, report: &mut Report) {
    // Money paid to whom nothing was granted is told by the state of the project.
    let Some(riconosciuto) = caso.dati.finanziamento.contributo_riconosciuto else { return };
    if caso.dati.eventi.is_empty() && caso.dati.stato() == StatoProgetto::Ritirato {
        report.extend(da_recuperare(caso, riconosciuto));
        return;
    }
    let pagamenti = unici(caso);
    let troppo = too_much_back(caso, &pagamenti).or_else(|| above_the_grant(caso, &pagamenti));
    let is_excess = troppo.is_some();
    report.extend(troppo);
    let before = report.diagnostics().len();
    report.extend(repeated(caso, &pagamenti));
    if is_excess {
        return;
    }
    report.extend(early(caso));
    report.extend(above_their_parts(caso, &pagamenti));
    if report.diagnostics().len() == before {
        report.extend(empty(caso));
    }
}

/// Paid while the grant held: no mistake, and money that has to come back.
fn da_recuperare(caso: &Caso, riconosciuto: Euro) -> Option<Diagnostic> {
    let pagato = saldo(&caso.dati.pagamenti).filter(|pagato| *pagato > riconosciuto)?;
    Some(
        Diagnostic::warning("Q-14", "il progetto è `ritirato`, e quanto ha ricevuto è da recuperare")
            .label(format!("{} pagati in più del contributo", euro(pagato - riconosciuto)))
            .help("quando il denaro torna, aggiungi un pagamento con `tipo: restituzione`")
            .at(caso.key(path!["pagamenti"])),
    )
}

fn too_much_back(caso: &Caso, pagamenti: &[Posto]) -> Option<Diagnostic> {
    let mut pagato = Euro::ZERO;
    // All that was paid, also where it is written twice: what comes back may be both.
    in_order(caso).into_iter().find_map(|(i, pagamento)| {
        let is_told = torna(pagamento) && pagamenti.iter().all(|(posto, _)| *posto != i);
        pagato = match torna(pagamento) {
            _ if is_told => pagato,
            true => pagato - pagamento.importo,
            false => pagato + pagamento.importo,
        };
        (pagato < Euro::ZERO).then(|| {
            Diagnostic::error("Q-14", "torna più di quanto è stato pagato")
                .at(caso.value(path!["pagamenti", i, "importo"]))
                .label(format!("{} in più", euro(Euro::ZERO - pagato)))
                .help("correggi l'importo o il giorno, o aggiungi il pagamento che manca")
        })
    })
}

fn above_the_grant(caso: &Caso, pagamenti: &[Posto]) -> Option<Diagnostic> {
    let Eccesso { posto, pagamento, pagato, massimo } = oltre_il_contributo(caso, pagamenti)?;
    let more = euro(pagato - massimo);
    Some(
        caso.found("Q-14", "i pagamenti superano il contributo riconosciuto")
            .at(caso.value(path!["pagamenti", posto, "importo"]))
            .label(format!("con questo sono {} pagati", euro(pagato)))
            .related(
                caso.importo("contributo_riconosciuto"),
                format!("{} riconosciuti il {}", euro(massimo), pagamento.data.breve()),
            )
            .help(format!("{more} sono di troppo: correggi un importo dei `pagamenti`, o il contributo")),
    )
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
fn above_their_parts(caso: &Caso, pagamenti: &[Posto]) -> Vec<Diagnostic> {
    let parti = caso.dati.partenariato.iter().enumerate().filter(|(_, parte)| parte.ruolo != Ruolo::Capofila);
    let above = parti.filter_map(|(riga, parte)| {
        let contributo = parte.contributo?;
        let suoi = pagamenti.iter().filter(|(_, pagamento)| pagamento.ente.as_ref() == Some(&parte.ente));
        let (posti, suoi): (Vec<usize>, Vec<Pagamento>) = suoi.map(|(i, pagamento)| (*i, (*pagamento).clone())).unzip();
        let pagato = saldo(&suoi).filter(|pagato| *pagato > contributo && !caso.resta_senza(&parte.ente))?;
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
    });
    above.collect()
}

/// A payment is decided before it is made.
fn early(caso: &Caso) -> Option<Diagnostic> {
    caso.dati.pagamenti.iter().enumerate().find_map(|(i, pagamento)| {
        let dopo = pagamento.atto.as_ref().filter(|atto| !caso.is_to_come(atto))?.dopo(pagamento.data)?;
        Some(
            Diagnostic::warning("Q-14", "il pagamento viene prima del suo atto")
                .at(caso.value(path!["pagamenti", i, "data"]))
                .label(format!("il {}, ma l'atto è {}", pagamento.data.breve(), dopo.del_breve()))
                .help("correggi il giorno, o l'atto"),
        )
    })
}

/// Nobody pays the same on one day by one act to the same body twice. Where the sums are right without the second one,
/// it alone is told, and weighs as much as what follows from it.
fn repeated(caso: &Caso, unici: &[Posto]) -> Vec<Diagnostic> {
    let doppi = doppi(&caso.dati.pagamenti);
    if doppi.is_empty() {
        return Vec::new();
    }
    let tutti = in_order(caso);
    let of_grant = oltre_il_contributo(caso, &tutti).is_some() && oltre_il_contributo(caso, unici).is_none();
    let of_advance = oltre_l_anticipo(caso, &tutti).is_some() && oltre_l_anticipo(caso, unici).is_none();
    let told = doppi.into_iter().map(|(i, prima)| {
        let message = "lo stesso pagamento c'è due volte";
        let found = match of_grant || of_advance || torna(&caso.dati.pagamenti[i]) {
            true => caso.found("Q-14", message),
            false => Diagnostic::warning("Q-14", message),
        };
        found
            .at(caso.value(path!["pagamenti", i, "importo"]))
            .label("si somma due volte")
            .related(caso.value(path!["pagamenti", prima, "importo"]), "qui la prima volta")
            .help("togline uno; se sono due, scrivi che cosa li distingue: il giorno, l'atto, l'ente o il tipo")
    });
    told.collect()
}

/// With which advance more is advanced than the call allows, and where the call says how much.
fn oltre_l_anticipo<'a>(caso: &Caso, pagamenti: &[Posto<'a>]) -> Option<(Eccesso<'a>, usize)> {
    let avviso = &caso.periodo.avvisi[caso.progetto.avviso?];
    let rata = avviso.dati.erogazione.iter().position(|rata| rata.tipo == TipoPagamento::Anticipo)?;
    let parte = avviso.dati.erogazione[rata].percentuale;
    let is_of_it = |pagamento: &Pagamento| pagamento.tipo == Some(TipoPagamento::Anticipo) || torna(pagamento);
    let anticipi: Vec<Posto> = pagamenti.iter().copied().filter(|(_, pagamento)| is_of_it(pagamento)).collect();
    let massimo = |p: &Pagamento| Some(caso.periodo.concesso_al(caso.progetto, p.data)?.percentuale(parte));
    Some((eccesso(&anticipi, massimo)?, rata))
}

/// the advances of a project ≤ their part of the grant.
fn anticipo(caso: &Caso) -> Option<Diagnostic> {
    let avviso = &caso.periodo.avvisi[caso.progetto.avviso?];
    let (Eccesso { posto, pagamento, pagato, massimo }, rata) = oltre_l_anticipo(caso, &unici(caso))?;
    let parte = avviso.dati.erogazione[rata].percentuale;
    let con_questo = if pagato == pagamento.importo { "" } else { "con questo sono " };
    Some(
        caso.found("Q-28", "l'anticipo supera la parte di contributo che l'avviso ammette")
            .at(caso.value(path!["pagamenti", posto, "importo"]))
            .label(format!("{con_questo}{} anticipati, al massimo {}", euro(pagato), euro(massimo)))
            .related(
                avviso.origine.value(path!["erogazione", rata, "percentuale"]),
                format!("l'avviso ne ammette il {parte} %"),
            )
            .help("correggi l'importo o il `tipo` del pagamento, o la `percentuale` dell'avviso"),
    )
}
