//! What a record says beyond the essential is shown where a reader expects it, and only where it is said.

use crate::conformita::published;
use crate::golden::shipped;
use crate::html::Page;
use crate::support::Site;

fn page(path: &str) -> Page {
    Page::of(published(), path)
}

#[track_caller]
fn has_no(page: &Page, names: &[&str]) {
    let told = page.texts("dt");
    for name in names {
        assert!(!told.iter().any(|dt| dt == name), "{}: {name}", page.path);
    }
}

#[test]
fn a_body_shows_its_size_its_register_and_what_it_counts_as() {
    let firm = page("partner/impresa-eta/index.html");
    for (name, value) in [
        ("Dimensione dell'impresa", "Micro"),
        ("Addetti", "4"),
        ("Fatturato", "€ 150.000,00"),
        ("Registro delle imprese", "BG-123456"),
        ("Sedi operative", "Alfa (BG), Beta (BG)"),
    ] {
        assert_eq!(firm.value(name), value);
    }
    has_no(&firm, &["Totale di bilancio", "Conta anche come", "Accordo di programma"]);
    assert_eq!(page("partner/fondazione-zeta/index.html").value("Conta anche come"), "Ente del Terzo settore");
    let town = page("partner/comune-beta/index.html");
    assert_eq!(town.value("Accordo di programma"), "Firmato per l'Ambito: Gamma");
    has_no(&town, &["Dimensione dell'impresa", "Addetti", "Fatturato", "Registro delle imprese", "Sedi operative"]);
}

#[test]
fn a_project_shows_its_request_its_payments_and_its_declarations() {
    let nido = page("2025-2027/progetti/nido/index.html");
    assert_eq!(nido.value("Domanda"), "Presentata il 20 gennaio 2026, ore 10:30 (Bandi Online)");
    assert_eq!(nido.value("Concessione pubblicata il"), "5 marzo 2026");
    assert_eq!(nido.value("Il contributo paga studi?"), "No");
    let body = nido.body();
    assert_eq!(nido.value("Pagato finora"), "€ 15.000,50");
    assert!(body.contains("10 marzo 2026 Pagamento: € 10.000,00. 25 marzo 2026 Pagamento: € 5.000,50."), "{body}");
    assert_eq!(nido.table("Costo e contributi")[2], ["Costo ammissibile", "50.000,00", "–"]);
    let partners = nido.table("Gli enti che partecipano");
    assert_eq!(partners[0][3..], ["Quota del costo", "Contributo"]);
    assert_eq!(partners[2][3..], ["10.000,00", "10.000,00"]);
    assert_eq!(partners[3][3..], ["20.000,00", "Non indicato"]);
    assert_eq!(partners[4], ["Totale delle parti indicate", "", "50.000,00", "40.000,00"]);
    let service = page("2025-2027/progetti/sollievo/index.html");
    assert_eq!(service.texts("section[aria-labelledby=dichiarazioni] h3"), ["Servizio «Assistenza a casa»"]);
    assert_eq!(service.value("L'assistenza è continuativa?"), "No");
    let plain = page("2025-2027/progetti/doposcuola/index.html");
    has_no(&plain, &["Domanda"]);
    assert!(plain.select("#dichiarazioni").is_empty() && !plain.body().contains("Pagato"));
    assert_eq!(plain.table("Costo e contributi").len(), 5);
}

#[test]
fn a_plan_and_a_call_show_what_they_declare_and_map() {
    let plan = page("2025-2027/index.html");
    let mapped = plan.text("section[aria-labelledby=mappatura]");
    assert!(mapped.contains("Mancano posti al nido .") && mapped.contains("C'è un doposcuola."), "{mapped}");
    let acts = plan.text("section[aria-labelledby=atti]");
    assert!(acts.contains("verificati il 20 marzo 2026 , Ufficio Comunicazione. Frase e logo ci sono."), "{acts}");
    assert!(!acts.contains("Documento di indirizzo"));
    let call = page("2025-2027/avvisi/avviso-2025/index.html");
    assert_eq!(call.value("Con quale atto l'ATS ha nominato chi valuta?"), "Decreto 5 del 2026");
    let old = Page::of(shipped(), "2017-2018/index.html");
    assert!(old.text("section[aria-labelledby=atti]").contains("Documento di indirizzo"));
    assert!(old.select("#mappatura").is_empty());
}

#[test]
fn the_money_shows_what_came_and_what_was_left() {
    let money = page("2025-2027/risorse/index.html");
    let table = money.table("Che cosa la Regione ha pagato all'ATS");
    assert_eq!(
        table[1..],
        [
            vec!["2025", "10 dicembre 2025", "60.000,00"],
            vec!["2026", "1° marzo 2026", "20.000,50"],
            vec!["Totale trasferito", "", "80.000,50"],
        ]
    );
    has_no(&money, &["Chi la paga"]);
    let tree = Site::small()
        .replace(
            "content/piani/2025-2027/risorse.yaml",
            "  dotazione: quota-di-sistema\n  quota: { percentuale: 20 }\n",
            "  residuo: residuo-di-sistema\n",
        )
        .replace(
            "content/piani/2025-2027/risorse.yaml",
            "azione_di_sistema:\n",
            "  - id: residuo-di-sistema\n    descrizione: Residuo per tutti\n    importo: 1000.00\n\
             \x20   autorizzazione: Decisione della Rete\nazione_di_sistema:\n",
        )
        .built()
        .published();
    let paid = Page::of(&tree, "2025-2027/risorse/index.html");
    assert_eq!((paid.value("Chi la paga"), paid.value("Importo")), ("Residuo per tutti".into(), "€ 1.000,00".into()));
    assert!(paid.select("#trasferimenti").is_empty());
    let none = "Le programmazioni precedenti non hanno lasciato residui";
    assert!(!Page::of(shipped(), "2025-2027/risorse/index.html").body().contains(none));
    let tree = Site::shipped().append("content/piani/2025-2027/risorse.yaml", "nessun_residuo: true\n");
    assert!(Page::of(&tree.built().published(), "2025-2027/risorse/index.html").body().contains(none));
}
