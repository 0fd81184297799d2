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
    in_una_frase(regole.map(|(regola, esito)| ((&*regola.codice, &*regola.titolo), esito.esito())), &tolte)
}

/// What is broken, then what is open, then what an act, a site or a silent source leaves to be known; then what is well, and
/// last what the records have nothing for.
const ORDINE: [Esito; 11] = [
    Esito::Violata,
    Esito::DaVerificare,
    Esito::DaDichiarare,
    Esito::NonIndicata,
    Esito::Derogata,
    Esito::Sostituita,
    Esito::Rispettata,
    Esito::Dichiarata,
    Esito::Presente,
    Esito::NonApplicabile,
    Esito::Informazione,
];

/// A rule is known by code and title: a norm may word anew the one that it takes from another.
fn in_una_frase<'a>(regole: impl IntoIterator<Item = ((&'a str, &'a str), Esito)>, tolte: &BTreeSet<&str>) -> String {
    let mut esiti: BTreeMap<(&str, &str), Esito> = BTreeMap::new();
    for (regola, esito) in regole {
        let heaviest = esiti.entry(regola).or_insert(esito);
        *heaviest = esito.max(*heaviest);
    }
    let has = |esito: Esito| esiti.values().any(|altro| *altro == esito);
    let is_open = has(Esito::DaVerificare) || has(Esito::DaDichiarare);
    let is_held = |esito: &Esito| {
        matches!(esito, Esito::Derogata | Esito::Sostituita)
            || esito.in_ordine() && !matches!(esito, Esito::NonApplicabile | Esito::Informazione)
    };
    let testa = match () {
        () if esiti.is_empty() => "Nessuna norma dà regole a questo Piano",
        () if has(Esito::Violata) => "Il Piano non è in regola",
        () if is_open => "Nessuna regola risulta violata, ma non si può ancora dire che il Piano è in regola",
        () if !esiti.values().any(is_held) => "Di nessuna regola si può dire che il Piano la rispetta per intero",
        () if has(Esito::NonIndicata) => "Per quanto dicono le fonti, nessuna regola è violata",
        () => "Il Piano è in regola",
    };
    let mut parti: Vec<String> = Vec::new();
    for esito in ORDINE {
        let sue: Vec<&str> =
            esiti.iter().filter(|(_, altro)| **altro == esito).map(|((codice, _), _)| *codice).collect();
        if sue.is_empty() {
            continue;
        }
        let nome = if !parti.is_empty() {
            ""
        } else if sue.len() == 1 {
            " regola"
        } else {
            " regole"
        };
        let quali = if esito.in_ordine() { None } else { codes(sue.iter().copied()) };
        let quali = quali.map(|codici| format!(" ({codici})")).unwrap_or_default();
        parti.push(format!("{}{nome} {}{quali}", sue.len(), esito.di_regole(sue.len())));
    }
    let tolte = codes(tolte.iter().copied()).map(|codici| format!("; il sito toglie {codici}")).unwrap_or_default();
    let parti = if parti.is_empty() { String::new() } else { format!(": {}", parti.join(", ")) };
    format!("{testa}{parti}{tolte}.")
}

/// `P25-01, P25-06 e P25-07`; nothing where there is none.
fn codes<'a>(codici: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut codici: Vec<String> = codici.map(str::to_owned).collect();
    codici.dedup();
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
        let frase = |regole: &[(&'static str, Esito)], tolte: &[&str]| {
            in_una_frase(regole.iter().map(|(codice, esito)| ((*codice, ""), *esito)), &tolte.iter().copied().collect())
        };
        let cases: [(&[(&str, Esito)], &str); 8] = [
            (
                &[("A-1", Rispettata), ("A-2", Dichiarata), ("A-3", Presente), ("A-4", Rispettata)],
                "Il Piano è in regola: 2 regole rispettate, 1 dichiarata dall'ATS, 1 presente.",
            ),
            (&[], "Nessuna norma dà regole a questo Piano."),
            (&[("A-1", Rispettata), ("A-2", Derogata)], "Il Piano è in regola: 1 regola derogata (A-2), 1 rispettata."),
            (
                &[("A-1", DaVerificare), ("A-2", DaDichiarare), ("A-3", DaVerificare), ("A-1", Rispettata)],
                "Nessuna regola risulta violata, ma non si può ancora dire che il Piano è in regola: 2 regole da verificare (A-1 e A-3), 1 da dichiarare (A-2).",
            ),
            (
                &[("A-1", DaVerificare), ("A-2", Rispettata)],
                "Nessuna regola risulta violata, ma non si può ancora dire che il Piano è in regola: 1 regola da verificare (A-1), 1 rispettata.",
            ),
            (
                &[("A-1", Violata), ("A-2", NonIndicata), ("A-3", DaVerificare), ("A-4", Rispettata)],
                "Il Piano non è in regola: 1 regola non rispettata (A-1), 1 da verificare (A-3), 1 non indicata nella fonte (A-2), 1 rispettata.",
            ),
            (
                &[("A-1", NonIndicata), ("A-2", Rispettata)],
                "Per quanto dicono le fonti, nessuna regola è violata: 1 regola non indicata nella fonte (A-1), 1 rispettata.",
            ),
            (
                &[("A-1", NonIndicata), ("A-2", NonApplicabile)],
                "Di nessuna regola si può dire che il Piano la rispetta per intero: 1 regola non indicata nella fonte (A-1), 1 non applicabile.",
            ),
        ];
        for (regole, detta) in cases {
            assert_eq!(frase(regole, &[]), detta);
        }
        assert_eq!(
            frase(&[("A-1", Rispettata), ("A-2", Sostituita)], &["A-3", "A-4"]),
            "Il Piano è in regola: 1 regola sostituita dal sito (A-2), 1 rispettata; il sito toglie A-3 e A-4."
        );
        let many: Vec<String> = (1..=10).map(|n| format!("A-{n:02}")).collect();
        let said = in_una_frase(many.iter().map(|codice| ((codice.as_str(), ""), DaDichiarare)), &BTreeSet::new());
        assert!(said.ends_with("A-07, A-08 e altre 2 regole)."), "{said}");
    }

    #[test]
    fn two_wordings_of_a_rule_are_two_rules() {
        let regole = [(("A-1", "vecchia"), Esito::Rispettata), (("A-1", "nuova"), Esito::DaVerificare)];
        assert_eq!(
            in_una_frase(regole, &BTreeSet::new()),
            "Nessuna regola risulta violata, ma non si può ancora dire che il Piano è in regola: 1 regola da verificare (A-1), 1 rispettata."
        );
    }
}
