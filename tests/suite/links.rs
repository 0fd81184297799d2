//! Links that users write: none of them is published dead, and none that lives is refused.

use concilia::check::schede::ogni_testo;
use concilia::pipeline::{self, Request};

use crate::support::Site;

const STORIA: &str = "content/pagine/storia.md";
const NIDO: &str = "content/piani/2025-2027/progetti/nido.yaml";

#[test]
fn a_dead_link_stops_a_build_at_its_line_and_column() {
    let site = Site::small().replace(STORIA, "(/2025-2027/)", "(/2025-2028/)");
    let output = site.concilia(["build", "--format", "riga"]).output().exits(1);
    assert!(output.stderr.starts_with("content/pagine/storia.md:6:48: errore[C-22]"), "{}", output.stderr);
    assert!(output.stderr.contains("forse intendevi `/2025-2027/`?"), "{}", output.stderr);
    assert!(!site.path("public").exists());
}

#[test]
fn links_that_lead_somewhere_are_let_be() {
    let living = [
        "/",
        "/2025-2027/progetti/nido",
        "/2025-2027/progetti/?stato=in_corso",
        "/2025-2027/index.html",
        "../2025-2027/",
        "..",
        "./",
        "#contenuto",
        "/assets/stile.css",
        "/media/logo.svg#qualunque",
        "/dati/",
        "/%32025-2027/",
    ];
    let living = living.map(|link| format!("[x]({link})"));
    Site::small().append(STORIA, &format!("\n{}\n", living.join(" "))).check().exits(0).says_nothing();
}

/// One cause, one message: what a broken file holds is not also missing.
#[test]
fn a_link_to_a_record_that_is_wrong_in_itself_is_not_wrong() {
    let links = "\n[a](/2025-2027/progetti/nido/) [b](/note-legali/) [c](/partner/comune-alfa/) [d](/media/foto.png)\n";
    let site = || Site::small().append(STORIA, links).write("content/media/foto.png", b"\x89PNG\r\n\x1a\n");
    site().check().exits(0).says_nothing();
    for (file, code) in
        [(NIDO, "C-01"), ("content/pagine/note-legali.md", "C-14"), ("content/partner/terzo-settore.yaml", "C-01")]
    {
        let output = site().write(file, "titolo: [").check().exits(1);
        assert_eq!(output.codes(), [code], "{file}\n{}", output.stderr);
    }
    // A project that lacks its alliance is not composed either.
    let output = site().replace(NIDO, "alleanza: monte", "alleanza: monti").check().exits(1);
    assert_eq!(output.codes(), ["C-08"], "{}", output.stderr);
    // A wrong sum takes no page away: both are told.
    let output = site()
        .replace(NIDO, "costo_complessivo: 50000.00", "costo_complessivo: 50000.01")
        .append(STORIA, "[e](/no/)\n");
    let output = output.check().exits(1);
    assert!(output.codes().contains(&"C-22".to_owned()), "{}", output.stderr);
}

/// Whoever reads on a telephone waits for it.
#[test]
fn a_picture_of_many_megabytes_is_warned_of() {
    let mut picture = b"\x89PNG\r\n\x1a\n".to_vec();
    picture.resize(5 << 20, 0);
    let output = Site::small().write("content/media/festa.png", picture).check().exits(0);
    assert!(output.stderr.contains("avviso[C-07]: l'immagine `festa.png` pesa 5 MB"), "{}", output.stderr);
}

/// Each place is looked for from the beginning of its text: a hundred thousand of them would take hours.
#[test]
fn of_many_wrong_links_in_one_text_enough_are_told() {
    for (link, code) in [("[x](/no/)", "C-22"), ("![](/media/logo.svg)", "C-28"), ("[x](javascript:a)", "C-16")] {
        let text = format!("titolo: X\ndal: 2000\nal: 2001\ndescrizione: |\n{}", format!("  {link}\n").repeat(100_000));
        let output = Site::small()
            .write("content/storia/molta.yaml", text)
            .check()
            .exits(1)
            .says("ha molti problemi: dopo aver corretto questi");
        assert_eq!(output.codes().iter().filter(|told| *told == code).count(), 200, "{code}");
    }
}

/// The pages that relative links are judged from are those that there are.
#[test]
fn every_text_is_shown_on_pages_of_the_site() {
    for site in [Site::small(), Site::shipped()] {
        let request = Request { content: site.path("content"), base_url: None, theme: None };
        let prepared = pipeline::prepare(&request).expect("the content");
        let site = prepared.site.as_ref().expect("a site");
        let mut pages = 0;
        ogni_testo(&site.plan, |testo| {
            let shown = testo.pagine().into_iter().filter(|page| site.routes.contains_key(page)).count();
            assert!(shown > 0, "no page shows\n{}", testo.testo);
            pages += shown;
        });
        assert!(pages > 4, "{pages}");
    }
}
