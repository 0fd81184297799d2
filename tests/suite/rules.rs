//! What stands on the admitted side of every rule. The other side is `tests/casi`.

use std::collections::BTreeSet;

use concilia::codes;

use crate::casi::{cases, code_of};
use crate::support::Site;

#[test]
fn every_rule_has_a_site_that_breaks_it() {
    let proved: BTreeSet<String> = cases("regole").iter().map(|(case, _)| code_of(case)).collect();
    let rules: BTreeSet<String> = codes::rules().iter().map(|rule| rule.code.to_owned()).collect();
    assert_eq!(proved, rules);
}

/// What stands just on the admitted side of a limit.
#[test]
fn the_last_admitted_values_break_no_rule() {
    let file = |name: &str| format!("content/piani/2025-2027/{name}.yaml");
    let (nido, doposcuola, avviso) = (file("progetti/nido"), file("progetti/doposcuola"), file("avvisi/avviso-2025"));
    Site::small()
        // Paid in full, on the day of the award; the second time on the day that the site shows.
        .replace(
            &nido,
            "indicatori:",
            "pubblicato_il: 2026-03-02\npagamenti:\n  - { data: 2026-03-02, importo: 20000.00 }\n  - { data: 2026-03-31, importo: 20000.00 }\nindicatori:",
        )
        // Another capofila with its reason, and a supporter from outside.
        .replace(&nido, "ente: comune-alfa, ruolo: capofila", "ente: comune-alfa, ruolo: partner")
        .replace(
            &nido,
            "  - { ente: ambito-gamma, ruolo: partner, quota: 10000.00 }",
            "  - { ente: ambito-gamma, ruolo: capofila, motivo: Lo ha scelto il partenariato., quota: 10000.00 }\n  - { ente: fondazione-zeta, ruolo: sostenitore, quota: 0.00 }",
        )
        .replace("content/partner/enti-pubblici.yaml", "categoria: ambito", "categoria: ambito\n  codice_fiscale: \"00000000034\"")
        // In the last minute of the window; begun and ended on the day that the site shows.
        .replace(&nido, "stato: in_corso", "stato: in_corso\ndomanda: { presentata: 2026-01-30 12:00 }")
        .replace(&doposcuola, "stato: in_corso", "stato: in_corso\ndomanda: { presentata: 2026-01-07 09:00 }")
        .replace(&nido, "dal: 2026-03-16, al: 2027-12-31", "dal: 2026-03-31, al: 2026-03-31")
        .replace(&doposcuola, "punteggio: 25", "punteggio: 28.5")
        .replace(&doposcuola, "atti:", "atti:\n  cup: B61J22000140006")
        .replace(&avviso, "finestra:", "atto: { tipo: Determina, numero: \"2\", data: 2026-01-07 }\nfinestra:")
        .replace(&avviso, "esito:", "esito:\n  atto: { tipo: Determina, numero: \"5\", data: 2026-01-30 }")
        .replace(
            &file("piano"),
            "stato: adottato",
            "stato: inviato\nverifica_pubblicita: { ufficio: Ufficio Comunicazione, data: 2026-02-12 }",
        )
        .replace(&file("piano"), "passaggi:", "passaggi:\n  invio: { data: 2026-02-12, protocollo: 1/2026 }")
        // As many points as the criteria give, parts that make the whole, and expenses that make the cost.
        .replace(
            &avviso,
            "descrizione:",
            "criteri: [{ nome: Qualità, massimo: 20 }, { nome: Cofinanziamento, massimo: 8.5 }]\nerogazione: [{ tipo: anticipo, percentuale: 50 }, { tipo: saldo, percentuale: 50 }, { tipo: unica_soluzione, percentuale: 100 }]\ndescrizione:",
        )
        .replace(&nido, "  cofinanziamento: 10000.00", "  costo_ammissibile: 50000.00\n  cofinanziamento: 10000.00")
        .replace(
            &nido,
            "azioni:",
            "rendicontazione:\n  - { al: 2026-03-20, dichiarato: 60000.00, ammesso: 20000.00 }\n  - { al: 2026-03-31, dichiarato: 30000.00 }\nazioni:",
        )
        // The first year and the first day near the plan.
        .replace(
            &file("risorse"),
            "totali_dichiarati:",
            "trasferimenti: [{ anno: 2023, data: 2023-01-01, importo: 40000.00 }, { anno: 2023, data: 2023-01-01, importo: 40000.01 }]\ntotali_dichiarati:",
        )
        // A commune of Lombardy in its province, and elsewhere one of the same name.
        .replace("content/partner/enti-pubblici.yaml", "  comune: Alfa", "  comune: Livo\n  provincia: CO")
        .replace("content/partner/impresa-eta.yaml", "comune: Alfa", "comune: Livo\nprovincia: TN")
        // A title that is quoted in its own way is no code.
        .replace(&file("progetti/sollievo"), "titolo: Sollievo per chi assiste", "titolo: “Sollievo” ![il logo](/media/logo.svg)")
        .check()
        .exits(0)
        .says_nothing();
}

#[test]
fn the_small_site_and_the_shipped_one_break_no_rule() {
    Site::small().check().exits(0).says_nothing();
    let shipped = Site::shipped().check().exits(0);
    assert!(!shipped.stderr.contains("errore"), "{}", shipped.stderr);
}

/// An advance that was paid twice, and came back: on the day of the restitution the sums are right again.
#[test]
fn what_was_paid_twice_and_came_back_breaks_no_rule() {
    const NIDO: &str = "content/piani/2025-2027/progetti/nido.yaml";
    let advance = "  - { data: 2026-03-12, tipo: anticipo, importo: 20000.00, ente: comune-alfa }\n";
    let paid = |back: &str| {
        Site::small()
            .replace(
                NIDO,
                "indicatori:",
                &format!("pubblicato_il: 2026-03-02\npagamenti:\n{advance}{advance}{back}indicatori:"),
            )
            .replace(
                "content/piani/2025-2027/avvisi/avviso-2025.yaml",
                "descrizione:",
                "erogazione: [{ tipo: anticipo, percentuale: 50 }, { tipo: saldo, percentuale: 50 }]\ndescrizione:",
            )
            .check()
    };
    let told = paid("").exits(1).says("errore[Q-14]: lo stesso pagamento c'è due volte");
    assert!(!told.stderr.contains("Q-28"), "{}", told.stderr);
    paid("  - { data: 2026-03-20, tipo: restituzione, importo: 20000.00, ente: comune-alfa }\n")
        .exits(0)
        .says_nothing();
}

/// A file that was copied is told by its CUP, and no sum says it again.
#[test]
fn a_project_that_is_there_twice_is_told_by_its_cup_and_not_by_the_sums() {
    const NIDO: &str = "content/piani/2025-2027/progetti/nido.yaml";
    let site = Site::small().replace(NIDO, "atti:", "atti:\n  cup: B61J22000140006");
    let copy = site.read(NIDO);
    let told = site.write("content/piani/2025-2027/progetti/nido-bis.yaml", copy).check().exits(1);
    assert_eq!(told.codes(), ["Q-22"], "{}", told.stderr);
}
