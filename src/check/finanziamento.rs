//! The amounts of a project: which must be there, and how the grant is divided among those who receive it.

use super::{Caso, Check, Judge};
use crate::path;
use crate::record::{IMPORTI, Importo, Ruolo, StatoProgetto, Visibilita};
use crate::report::{Diagnostic, Place, Rule};
use crate::schema;
use crate::suggest;
use crate::value::euro;

pub const CHECKS: &[Check] = &[
    Check::also(Judge::Project(amounts)),
    Rule::new("Q-12", "i contributi degli enti fanno il contributo riconosciuto")
        .why("chi legge deve sapere quanto riceve ognuno, al centesimo")
        .example("€ 29.000,00 riconosciuti e due enti con € 14.000,00 ciascuno")
        .article("D.Lgs. 33/2013, art. 27")
        .of_projects(shares),
    Rule::new("Q-13", "di ogni contributo si sa come è diviso fra i beneficiari")
        .why("ogni partner è un beneficiario: senza la ripartizione il sito può pubblicare solo la somma")
        .example("un contributo riconosciuto e nessuna riga di `partenariato` con il suo `contributo`")
        .article("DGR XII/5464, § 4.2")
        .of_projects(division),
    Check::also(Judge::Project(part)),
];

/// C-03: the amounts of the application must be there; a source of years ago may leave them out, and while nothing is
/// decided they may still come.
fn amounts(caso: &Caso) -> Option<Diagnostic> {
    let is_told = |importo: &Importo| (importo.di)(&caso.dati.finanziamento).is_some();
    let missing = IMPORTI.iter().filter(|importo| importo.visibilita == Visibilita::Chiesto && !is_told(importo));
    let missing: Vec<&str> = missing.map(|importo| importo.id).collect();
    let field = if IMPORTI.iter().any(is_told) { "finanziamento" } else { "titolo" };
    let listed = suggest::list(missing.iter().copied());
    let found = match (missing.as_slice(), is_historical(caso)) {
        ([], _) => return None,
        (_, true) => {
            let verb = if missing.len() == 1 { "non è indicato" } else { "non sono indicati" };
            Diagnostic::warning("C-03", format!("{listed} del progetto {verb} nella fonte")).help(
                "dove un importo non c'è il sito scrive «non indicato» e i totali dicono su quanti progetti sono fatti",
            )
        }
        (_, false) => {
            let verb = if missing.len() == 1 { "manca" } else { "mancano" };
            let help = missing.iter().map(|key| format!("{key}: …")).collect::<Vec<_>>().join(", ");
            let is_open = caso.dati.stato() == StatoProgetto::Presentato;
            super::found(is_open, "C-03", format!("{verb} {listed} in `finanziamento`"))
                .help(format!("scrivi gli importi che sono nella domanda, come `finanziamento: {{ {help} }}`"))
        }
    };
    Some(found.at(caso.key(path![field])))
}

/// Whether the norm of the project, or that of its plan, is of years ago.
fn is_historical(caso: &Caso) -> bool {
    caso.norma().fonte_storica || caso.periodo.norma.fonte_storica
}

/// what the bodies receive adds up to the grant.
fn shares(caso: &Caso) -> Option<Diagnostic> {
    let concessione = caso.periodo.concessione(caso.progetto).filter(|concessione| concessione.ripartita)?;
    let (somma, importo) = (concessione.somma(), concessione.importo);
    let too_much = somma > importo;
    let help = if too_much {
        let more = euro(somma - importo);
        format!("sono {more} di troppo: correggi il `contributo` di un ente, o il contributo riconosciuto")
    } else {
        format!("mancano {}: scrivi il `contributo` di ogni ente che ne riceve", euro(importo - somma))
    };
    let (place, after) = last_change(caso);
    (somma != importo).then(|| {
        super::found(
            is_historical(caso) && !too_much,
            "Q-12",
            "i contributi degli enti non fanno il contributo riconosciuto",
        )
        .at(caso.key(path!["partenariato"]))
        .label(format!("gli enti ricevono {}", euro(somma)))
        .related(place, format!("riconosciuti {}{after}", euro(importo)))
        .help(help)
    })
}

/// Where the grant became what it is, and by which event, where several made it.
fn last_change(caso: &Caso) -> (Place, String) {
    let passi = caso.periodo.passi(caso.progetto);
    let last = passi.last().filter(|_| passi.len() > 1).and_then(|passo| passo.evento);
    let Some(i) = last else { return (caso.importo("contributo_riconosciuto"), String::new()) };
    let evento = &caso.dati.eventi[i];
    let campo = if evento.importo.is_some() { "importo" } else { "cosa" };
    (caso.value(path!["eventi", i, campo]), format!(" dopo l'evento «{}»", schema::nome(evento.cosa)))
}

/// what a body receives is a part of its share. Through the capofila passes what is of others, the norm says that a
/// supporter receives nothing, and where the cofinancing is told too all three are added up.
fn part(caso: &Caso) -> Option<Diagnostic> {
    caso.dati.partenariato.iter().enumerate().find_map(|(i, riga)| {
        let (contributo, quota) = (riga.contributo?, riga.quota?);
        let is_judged = !matches!(riga.ruolo, Ruolo::Capofila | Ruolo::Sostenitore) && riga.cofinanziamento.is_none();
        (is_judged && contributo > quota).then(|| {
            caso.found("Q-25", format!("`{}` riceve più della sua quota di costo", riga.ente))
                .at(caso.value(path!["partenariato", i, "contributo"]))
                .label(format!("{}, ma la quota è {}", euro(contributo), euro(quota)))
                .help("il contributo è una parte della quota: correggi uno dei due importi")
        })
    })
}

/// under a norm by which every partner is a beneficiary, the records tell who receives what.
fn division(caso: &Caso) -> Option<Diagnostic> {
    let concessione = caso.periodo.concessione(caso.progetto).filter(|concessione| !concessione.ripartita)?;
    let enti = caso.periodo.numero_partner(caso.progetto) + 1;
    caso.norma().partner_beneficiari.then(|| {
        Diagnostic::warning("Q-13", "la ripartizione del contributo fra i beneficiari non è indicata")
            .at(caso.importo("contributo_riconosciuto"))
            .label(format!("{} a un partenariato di {enti} enti", euro(concessione.importo)))
            .help("scrivi in `partenariato` una riga per ente con il suo `contributo`: ogni partner è un beneficiario")
    })
}
