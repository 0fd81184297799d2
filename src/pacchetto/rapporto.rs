//! The conformity report and the register of products, for people and for programs.

use std::collections::BTreeMap;

use serde_json::json;

use crate::conformita::Esito;
use crate::input::consegne::{Prodotto, RegolaDiScheda, Testa, in_gruppi, scritti};
use crate::plan::Sostituzione;
use crate::view::Colonne;

pub fn json(verdetto: &str, regole: &[RegolaDiScheda]) -> Vec<u8> {
    scritti(&json!({ "verdetto": verdetto, "regole": regole }))
}

pub fn csv(regole: &[RegolaDiScheda]) -> Vec<u8> {
    Colonne::<&RegolaDiScheda>::nessuna()
        .con("norma", |regola| &regola.norma)
        .con("regola", |regola| &regola.codice)
        .con("titolo", |regola| &regola.titolo)
        .con("scheda_tipo", |regola| &regola.tipo)
        .con("scheda", |regola| &regola.scheda)
        .con("esito", |regola| &regola.esito)
        .con("deroga_atto", |regola| regola.deroga.as_ref())
        .csv(regole.iter())
}

/// The register that DGR XII/5464 §4.5 makes the office keep: each product, whether phrase and logo are on it, and how
/// it is known.
pub fn registro(prodotti: &[Prodotto]) -> Vec<u8> {
    Colonne::<&Prodotto>::nessuna()
        .con("percorso", |prodotto| &prodotto.percorso)
        .con("tipo", |prodotto| prodotto.tipo.parola())
        .con("frase", |prodotto| prodotto.tipo.frase())
        .con("logo", |prodotto| prodotto.tipo.logo())
        .con("prova", |prodotto| prodotto.letto.as_deref().unwrap_or(prodotto.tipo.prova()))
        .con("byte", |prodotto| prodotto.byte)
        .con("sha256", |prodotto| &prodotto.sha256)
        .csv(prodotti.iter())
}

/// Rule by rule, with how many records keep it and which ones have something to be said.
pub fn testo(testa: &Testa, verdetto: &str, regole: &[RegolaDiScheda], sostituzioni: &[&Sostituzione]) -> String {
    let Testa { titolo, ats, attribuzione, .. } = testa;
    let codice = in_gruppi(&testa.codice_di_controllo);
    let mut out = format!(
        "Rapporto di conformità\n{titolo}\n{ats}\n{attribuzione}\n\n{verdetto}\n\nCodice di controllo: {codice}\n"
    );
    if !sostituzioni.is_empty() {
        out.push_str("\nChe cosa il sito cambia nelle norme\n");
        for sostituzione in sostituzioni {
            out.push_str(&format!("  {}\n", sostituzione.detta()));
        }
    }
    let mut by_rule: BTreeMap<(&str, &str, &str), Vec<&RegolaDiScheda>> = BTreeMap::new();
    for regola in regole {
        by_rule.entry((&regola.norma, &regola.codice, &regola.titolo)).or_default().push(regola);
    }
    let mut last = "";
    for ((norma, codice, titolo), schede) in by_rule {
        if norma != last {
            out.push_str(&format!("\nNorma {norma}\n"));
            last = norma;
        }
        let mut esiti: BTreeMap<&str, usize> = BTreeMap::new();
        for scheda in &schede {
            *esiti.entry(&scheda.esito).or_default() += 1;
        }
        let esiti: Vec<String> = esiti.iter().map(|(esito, quante)| format!("{esito} {quante}")).collect();
        out.push_str(&format!("  {codice}  {titolo}: {}\n", esiti.join(", ")));
        for scheda in schede.iter().filter(|scheda| !Esito::detto(&scheda.esito).is_some_and(Esito::in_ordine)) {
            let deroga = scheda.deroga.as_ref().map(|atto| format!(", con {atto}")).unwrap_or_default();
            out.push_str(&format!("         {} {}: {}{deroga}\n", scheda.tipo, scheda.scheda, scheda.esito));
        }
    }
    out
}
