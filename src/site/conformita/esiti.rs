//! Outcomes in words: how many records respect a rule, how many rules are respected.

use crate::conformita::{ESITI, Esito, Soggetto};
use crate::site::indice_regole::Scheda;
use crate::site::parole;

/// The outcome of a rule as a whole: the one that needs most attention.
pub fn heaviest(schede: &[Scheda]) -> Esito {
    schede.iter().map(|scheda| scheda.esito).max().unwrap_or(Esito::NonApplicabile)
}

/// The anchor and class of an outcome: `da-verificare`.
pub fn slug(esito: Esito) -> &'static str {
    match esito {
        Esito::NonApplicabile => "non-applicabile",
        Esito::Informazione => "informazione",
        Esito::Rispettata => "rispettata",
        Esito::Dichiarata => "dichiarata",
        Esito::Presente => "presente",
        Esito::Sostituita => "sostituita-dal-sito",
        Esito::Derogata => "derogata",
        Esito::NonIndicata => "non-indicato",
        Esito::DaDichiarare => "da-dichiarare",
        Esito::DaVerificare => "da-verificare",
        Esito::Violata => "non-rispettata",
    }
}

/// What each outcome of a rule means, for whoever reads it the first time.
pub fn significato(esito: Esito) -> &'static str {
    match esito {
        Esito::Rispettata => "controllo fatto dal programma su importi, enti o date: in regola",
        Esito::Dichiarata => "i dati da soli non lo dicono: lo dichiara l'ATS, che ne risponde",
        Esito::Presente => "ciò che la regola chiede di scrivere c'è; se basta, lo giudica chi legge",
        Esito::Sostituita => {
            "il sito usa altre parole: le schede sono in regola con quelle, non con quelle della norma"
        }
        Esito::Derogata => "un atto permette un'eccezione: motivo e atto sono fra le deroghe, in questa pagina",
        Esito::Violata => "finché è così, il Piano non si pubblica",
        Esito::DaVerificare => {
            "c'è qualcosa da guardare con attenzione, perché la norma non è chiara o i dati lasciano un dubbio"
        }
        Esito::DaDichiarare => "manca un dato o una risposta che solo chi scrive le schede può dare",
        Esito::NonIndicata => "le fonti delle schede non lo dicono: se un documento lo dice, si può ancora aggiungere",
        Esito::Informazione => "qui si spiega soltanto, senza giudizio",
        Esito::NonApplicabile => "nelle schede non c'è niente che la regola riguardi",
    }
}

/// The outcomes of a rule: `rispettata dal Piano e da 8 progetti`, `da verificare per 1 avviso`.
pub fn conteggi(schede: &[Scheda]) -> Vec<(Esito, String)> {
    let conteggio = |esito: Esito| {
        let soggetti: Vec<Soggetto> = schede.iter().filter(|s| s.esito == esito).map(|s| s.soggetto).collect();
        let testo = match esito {
            _ if soggetti.is_empty() => return None,
            Esito::Informazione => esito.parola().to_owned(),
            Esito::Rispettata => format!("{} {}", esito.parola(), chi(&soggetti, "dal", "da")),
            Esito::Presente => format!("{} {}", esito.parola(), chi(&soggetti, "nel", "in")),
            _ => format!("{} {}", esito.parola(), chi(&soggetti, "per il", "per")),
        };
        Some((esito, testo))
    };
    let conteggi: Vec<_> = ESITI.into_iter().filter_map(conteggio).collect();
    let esito = Esito::NonApplicabile;
    if conteggi.is_empty() { vec![(esito, esito.parola().to_owned())] } else { conteggi }
}

/// `dal Piano, da 2 avvisi e da 8 progetti`.
fn chi(soggetti: &[Soggetto], il: &str, prep: &str) -> String {
    let conta = |is: fn(&Soggetto) -> bool, uno: &str, molti: &str| {
        let numero = soggetti.iter().filter(|soggetto| is(soggetto)).count();
        (numero > 0).then(|| format!("{prep} {}", parole::conta(numero, uno, molti)))
    };
    let piano = soggetti.contains(&Soggetto::Piano).then(|| format!("{il} Piano"));
    let parti = [
        piano,
        conta(|soggetto| matches!(soggetto, Soggetto::Avviso(_)), "avviso", "avvisi"),
        conta(|soggetto| matches!(soggetto, Soggetto::Progetto(_)), "progetto", "progetti"),
    ];
    parole::elenco(parti.into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scheda(soggetto: Soggetto, esito: Esito) -> Scheda<'static> {
        Scheda { soggetto, esito, rilievi: Vec::new(), deroga: None }
    }

    fn said(schede: &[Scheda]) -> Vec<String> {
        conteggi(schede).into_iter().map(|(_, testo)| testo).collect()
    }

    #[test]
    fn a_rule_is_respected_only_by_records_that_were_decided() {
        assert_eq!(said(&[]), ["non applicabile"]);
        let none = scheda(Soggetto::Progetto(0), Esito::NonApplicabile);
        assert_eq!(said(std::slice::from_ref(&none)), ["non applicabile per 1 progetto"]);
        assert_eq!(
            said(&[none, scheda(Soggetto::Progetto(1), Esito::Rispettata)]),
            ["rispettata da 1 progetto", "non applicabile per 1 progetto"]
        );
    }

    #[test]
    fn outcomes_are_counted_by_kind_of_record() {
        let piano = scheda(Soggetto::Piano, Esito::Rispettata);
        let avvisi = (0..2).map(|i| scheda(Soggetto::Avviso(i), Esito::Rispettata));
        let progetti = (0..8).map(|i| scheda(Soggetto::Progetto(i), Esito::Rispettata));
        let altro = scheda(Soggetto::Progetto(8), Esito::DaVerificare);
        let schede: Vec<Scheda> = std::iter::once(piano).chain(avvisi).chain(progetti).chain([altro]).collect();
        assert_eq!(
            said(&schede),
            ["rispettata dal Piano, da 2 avvisi e da 8 progetti", "da verificare per 1 progetto"]
        );
        assert_eq!(said(&[scheda(Soggetto::Piano, Esito::NonIndicata)]), ["non indicato nella fonte per il Piano"]);
    }

    #[test]
    fn every_outcome_has_its_place_and_its_anchor() {
        let anchors: std::collections::BTreeSet<&str> = ESITI.into_iter().map(slug).collect();
        assert_eq!(anchors.len(), ESITI.len());
        assert_eq!([1, 2].map(|n| Esito::Rispettata.di_regole(n)), ["rispettata", "rispettate"]);
    }
}
