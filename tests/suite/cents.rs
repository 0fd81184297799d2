//! No figure stands in the prose or in the templates: one cent more at the source is one cent more everywhere.

use crate::support::{Site, Tree};

const WIN: &str = "content/piani/2017-2018/progetti/win.yaml";
const EIGHTH: &str = "content/piani/2017-2018/progetti/progettare-insieme.yaml";
const RESOURCES: &str = "content/piani/2017-2018/risorse.yaml";

/// Where a figure is still to be read, of all that is published as text.
fn places(tree: &Tree, figure: &str) -> Vec<String> {
    let is_text = |path: &str| [".html", ".svg", ".json", ".csv", ".xml"].iter().any(|end| path.ends_with(end));
    // The standard of the grants has numbers without their last zeros.
    let others = [".concilia-manifest.json", "360giving.json"];
    let texts = tree.iter().filter(|(path, _)| is_text(path) && !others.iter().any(|name| path.ends_with(name)));
    texts.filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(figure)).map(|(path, _)| path.clone()).collect()
}

/// A figure before and after the change: on the same pages, and the old one on none.
#[track_caller]
fn assert_moved(before: &Tree, after: &Tree, figures: &[(&str, &str)]) {
    for (old, new) in figures {
        let were = places(before, old);
        assert!(!were.is_empty(), "{old} was nowhere");
        assert!(places(before, new).is_empty(), "{new} was there before");
        assert_eq!(places(after, old), [""; 0], "{old} is still there");
        assert_eq!(places(after, new), were, "{new} is not where {old} was");
    }
}

/// The project of Albino asks for and gets one cent more. 40.000,00 is also of others; these figures are not.
#[test]
fn one_cent_more_to_a_project_moves_every_figure_that_depends_on_it() {
    let site = || {
        Site::shipped()
            .replace(WIN, "costo_complessivo: 65000.00", "costo_complessivo: 65000.01")
            .replace(WIN, "contributo_richiesto: 40000.00", "contributo_richiesto: 40000.01")
            .replace(WIN, "contributo_riconosciuto: 40000.00", "contributo_riconosciuto: 40000.01")
    };
    // The totals printed in the source are checked, so the change is found at once.
    let told = site()
        .check()
        .exits(1)
        .says("€\u{a0}315.000,00, ma i progetti fanno €\u{a0}315.000,01")
        .says("€\u{a0}286.940,26");
    // Down the list a cent is missing for the last one.
    told.says("€\u{a0}24.078,25, mentre scorrendo la graduatoria sarebbero €\u{a0}24.078,24");
    let waiver =
        "deroghe: [{ regola: P16-06, motivo: Prova, atto: { tipo: Delibera, numero: \"1\", data: 2017-06-01 } }]\n";
    let after = site()
        .append(EIGHTH, waiver)
        .replace(RESOURCES, "importo: 315000.00", "importo: 315000.01")
        .replace(
            RESOURCES,
            "- voce: contributo_riconosciuto\n    importo: 286940.25",
            "- voce: contributo_riconosciuto\n    importo: 286940.26",
        )
        .built()
        .published();
    let before = Site::shipped().built().published();
    assert_moved(
        &before,
        &after,
        &[
            ("65.000,00", "65.000,01"),
            ("483.039,00", "483.039,01"),
            ("315.000,00", "315.000,01"),
            ("299.078,25", "299.078,26"),
            ("65000.00", "65000.01"),
        ],
    );
    // What is left after the fourth place, and after those below it.
    let ranking = "2017-2018/graduatoria/index.html";
    for figure in ["126.940,24", "91.940,24", "51.940,24", "11.940,24", "40.000,01", "286.940,26"] {
        assert!(places(&after, figure).contains(&ranking.to_owned()), "{figure}");
    }
    assert!(places(&after, "166.940,25").contains(&ranking.to_owned()), "above it nothing changes");
}

#[test]
fn one_cent_more_of_cofinancing_moves_every_figure_that_depends_on_it() {
    let after = Site::shipped()
        .replace(WIN, "costo_complessivo: 65000.00", "costo_complessivo: 65000.01")
        .replace(WIN, "cofinanziamento: 25000.00", "cofinanziamento: 25000.01")
        .built()
        .published();
    let before = Site::shipped().built().published();
    assert_moved(
        &before,
        &after,
        &[
            ("65.000,00", "65.000,01"),
            ("25.000,00", "25.000,01"),
            ("483.039,00", "483.039,01"),
            ("168.039,00", "168.039,01"),
        ],
    );
}

/// The residual of 2014-16 with one cent more: the award of the eighth project is made of another part of it.
#[test]
fn one_cent_more_of_residual_moves_every_figure_that_depends_on_it() {
    let after = Site::shipped()
        .replace(RESOURCES, "importo: 12138.00", "importo: 12138.01")
        .replace(EIGHTH, "contributo_riconosciuto: 24078.25", "contributo_riconosciuto: 24078.26")
        .built()
        .published();
    let before = Site::shipped().built().published();
    assert_moved(
        &before,
        &after,
        &[
            ("12.138,00", "12.138,01"),
            ("24.078,25", "24.078,26"),
            ("15.921,75", "15.921,74"),
            ("299.078,25", "299.078,26"),
            ("370.813,31", "370.813,32"),
        ],
    );
    assert_eq!(places(&after, "11.940,25"), places(&before, "11.940,25"), "what comes from the endowment is the same");
}

/// An inhabitant more, and the counts of partners.
#[test]
fn counts_are_computed_too() {
    let call = "content/piani/2017-2018/alleanze/valle-seriana.yaml";
    let split = "content/piani/2025-2027/risorse.yaml";
    let after = Site::shipped()
        .replace(call, "numero: 29", "numero: 30")
        .replace(split, "abitanti: 1110427", "abitanti: 1110428")
        .replace(split, "totale_abitanti: 10012054", "totale_abitanti: 10012055")
        .built()
        .published();
    let before = Site::shipped().built().published();
    assert_moved(&before, &after, &[("1.110.427", "1.110.428"), ("10.012.054", "10.012.055")]);
    let sheet = "2017-2018/progetti/win/index.html".to_owned();
    assert!(places(&before, "34, capofila escluso").contains(&sheet));
    assert!(places(&after, "35, capofila escluso").contains(&sheet));
}

/// One body of a partnership receives one cent more.
#[test]
fn one_cent_more_to_a_body_moves_the_sum_on_its_page_and_in_the_register() {
    const NIDO: &str = "content/piani/2025-2027/progetti/nido.yaml";
    let after = Site::example()
        .replace(NIDO, "costo_complessivo: 70000.00", "costo_complessivo: 70000.01")
        .replace(NIDO, "contributo_richiesto: 56000.00", "contributo_richiesto: 56000.01")
        .replace(NIDO, "contributo_riconosciuto: 56000.00", "contributo_riconosciuto: 56000.01")
        .replace(NIDO, "quota: 30000.00, contributo: 26000.00", "quota: 30000.01, contributo: 26000.01")
        .replace("content/piani/2025-2027/avvisi/avviso-2026.yaml", "dotazione: 120000.00", "dotazione: 120000.01")
        .built()
        .published();
    let before = Site::example().built().published();
    assert_moved(&before, &after, &[("26.000,00", "26.000,01"), ("26000.00", "26000.01")]);
    let shown = places(&after, "26.000,01");
    for page in
        ["2025-2027/trasparenza/index.html", "2025-2027/progetti/nido/index.html", "partner/comune-alfa/index.html"]
    {
        assert!(shown.contains(&page.to_owned()), "{page} is not among {shown:?}");
    }
}
