//! How a plan stands, in one sentence: in order; or not, and where.

use std::collections::{BTreeMap, BTreeSet};

use super::{Conformita, Esito, sostituzioni};
use crate::plan::{Plan, Sostituzione};
use crate::value::elenco;

/// Beyond these the rules of one outcome are told by number.
const NAMED: usize = 8;

/// The sentence that tops the conformity page, the document, the report of a package and its check.
pub fn verdetto(plan: &Plan, conformita: &Conformita, p: usize) -> String {
    let regole =
        conformita.periodi[p].iter().flat_map(|norma| norma.regole.iter().map(|esito| (norma.regola(esito), esito)));
    let tolte = sostituzioni(plan, p).into_iter().filter_map(Sostituzione::tolta).collect();
    in_una_frase(regole.map(|(regola, esito)| (regola.codice.as_str(), esito.esito())), &tolte)
}

fn in_una_frase<'a>(regole: impl IntoIterator<Item = (&'a str, Esito)>, tolte: &BTreeSet<&str>) -> String {
    let mut esiti: BTreeMap<&str, Esito> = BTreeMap::new();
    for (codice, esito) in regole {
        let heaviest = esiti.entry(codice).or_insert(esito);
        *heaviest = esito.max(*heaviest);
    }
    let with = |esito: Esito| codes(esiti.iter().filter(|(_, altro)| **altro == esito).map(|(codice, _)| *codice));
    let open = [(Esito::DaVerificare, "da verificare"), (Esito::DaDichiarare, "da dichiarare")];
    let open = open.into_iter().filter_map(|(esito, parola)| Some(format!("{parola} {}", with(esito)?)));
    let open = open.collect::<Vec<_>>().join("; ");
    let held = [Esito::Rispettata, Esito::Dichiarata, Esito::Presente, Esito::Derogata, Esito::Sostituita];
    let is_held = esiti.values().any(|esito| held.contains(esito));
    let frase = match with(Esito::Violata) {
        _ if esiti.is_empty() => "Nessuna norma dà regole a questo Piano".to_owned(),
        Some(violate) if open.is_empty() => format!("Il Piano non è in regola: non rispetta {violate}"),
        Some(violate) => format!("Il Piano non è in regola: non rispetta {violate}; {open}"),
        None if !open.is_empty() => format!("Nessuna regola risulta violata; {open}"),
        None if is_held => "Il Piano è in regola".to_owned(),
        None => "Di nessuna regola si può dire se il Piano la rispetta".to_owned(),
    };
    let mute =
        with(Esito::NonIndicata).map(|codici| format!("; le fonti non dicono quanto serve a giudicare {codici}"));
    let derogate = with(Esito::Derogata).map(|codici| format!("; un atto permette di derogare a {codici}"));
    let sostituite = with(Esito::Sostituita).map(|codici| format!("; il sito mette parole sue al posto di {codici}"));
    let tolte = codes(tolte.iter().copied()).map(|codici| format!("; il sito toglie {codici}"));
    format!("{frase}{}.", [mute, derogate, sostituite, tolte].into_iter().flatten().collect::<String>())
}

/// `P25-01, P25-06 e P25-07`; nothing where there is none.
fn codes<'a>(codici: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut codici: Vec<String> = codici.map(str::to_owned).collect();
    let altre = codici.len().saturating_sub(NAMED);
    if altre > 1 {
        codici.truncate(NAMED);
        codici.push(format!("altre {altre} regole"));
    }
    (!codici.is_empty()).then(|| elenco(codici))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_in_order_or_the_sentence_says_where_it_is_not() {
        use Esito::{
            DaDichiarare, DaVerificare, Derogata, Dichiarata, NonApplicabile, NonIndicata, Presente, Rispettata,
            Sostituita, Violata,
        };
        let fine = [("A-1", Rispettata), ("A-2", Dichiarata), ("A-3", Presente)];
        let none = BTreeSet::new();
        assert_eq!(in_una_frase(fine, &none), "Il Piano è in regola.");
        assert_eq!(in_una_frase([], &none), "Nessuna norma dà regole a questo Piano.");
        assert_eq!(
            in_una_frase([("A-1", Rispettata), ("A-2", Derogata)], &none),
            "Il Piano è in regola; un atto permette di derogare a A-2."
        );
        assert_eq!(
            in_una_frase(
                [("A-1", DaVerificare), ("A-2", DaDichiarare), ("A-3", DaVerificare), ("A-1", Rispettata)],
                &none
            ),
            "Nessuna regola risulta violata; da verificare A-1 e A-3; da dichiarare A-2."
        );
        assert_eq!(
            in_una_frase([("A-1", Violata), ("A-2", NonIndicata), ("A-3", DaVerificare)], &none),
            "Il Piano non è in regola: non rispetta A-1; da verificare A-3; le fonti non dicono quanto serve a giudicare A-2."
        );
        assert_eq!(
            in_una_frase([("A-1", NonIndicata), ("A-2", Rispettata)], &none),
            "Il Piano è in regola; le fonti non dicono quanto serve a giudicare A-1."
        );
        assert_eq!(
            in_una_frase([("A-1", Rispettata), ("A-2", Sostituita)], &BTreeSet::from(["A-3", "A-4"])),
            "Il Piano è in regola; il sito mette parole sue al posto di A-2; il sito toglie A-3 e A-4."
        );
        assert_eq!(
            in_una_frase([("A-1", NonIndicata), ("A-2", NonApplicabile)], &none),
            "Di nessuna regola si può dire se il Piano la rispetta; le fonti non dicono quanto serve a giudicare A-1."
        );
        let many: Vec<String> = (1..=10).map(|n| format!("A-{n:02}")).collect();
        let said = in_una_frase(many.iter().map(|codice| (codice.as_str(), DaDichiarare)), &none);
        assert!(said.ends_with("A-07, A-08 e altre 2 regole."), "{said}");
    }
}
