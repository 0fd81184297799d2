//! What a source tells only in part: a year, an act without a number, a window without an hour, who was not admitted.

use crate::html::Page;
use crate::support::Site;

const PIANO: &str = "content/piani/2017-2018/piano.yaml";
const AVVISO: &str = "content/piani/2017-2018/avvisi/manifestazione-2017.yaml";

#[track_caller]
fn says(page: &Page, wanted: &[&str]) {
    let said = page.body();
    for told in wanted {
        assert!(said.contains(told), "{told}\n{said}");
    }
}

#[test]
fn what_is_known_is_said_and_no_more() {
    let tree = Site::example()
        .replace(PIANO, "incontri_annui_minimi: 2", "incontri: [{ data: 2018-03, titolo: Un bilancio insieme }]")
        .replace(
            PIANO,
            "fonte: { documento: Documento di esempio }",
            "organismo:
  nome: Comitato di programmazione
  incontri: [{ data: 2017-06, titolo: Le priorità, descrizione: Due priorità }]
fonte:
  - { documento: Documento di esempio, pagina: 3 }
  - { documento: Verbale della Rete }
atti:
  - { tipo: Decreto, data: 2016 }
  - { tipo: Nota, numero: \"5\" }
calendario:
  - { data: 2017-05, titolo: Si chiude la raccolta delle idee }",
        )
        .append(
            AVVISO,
            "finestra: { dal: 2017-03-01, al: 2017-04-10 }
esito:
  presentati: 3
  ammessi: 2
  non_ammesse:
    - { ente: Cooperativa Iota, titolo: Un nido in più, punteggio: 11.5, motivo: Presentata dopo il termine }
",
        )
        .built()
        .published();
    let piano = Page::of(&tree, "2017-2018/index.html");
    says(
        &piano,
        &["Decreto del 2016", "Nota n. 5", "maggio 2017", "Documento di esempio, pagina 3", "Verbale della Rete"],
    );
    says(&Page::of(&tree, "2017-2018/rete/index.html"), &["marzo 2018", "giugno 2017", "Due priorità"]);
    let avviso = Page::of(&tree, "2017-2018/avvisi/manifestazione-2017/index.html");
    says(&avviso, &["si presentavano fino al 10 aprile 2017.", "Dal 1° marzo 2017 al 10 aprile 2017"]);
    let ranking = Page::of(&tree, "2017-2018/graduatoria/index.html");
    let rows = ranking.table("Le domande non ammesse");
    assert_eq!(rows[1], ["Cooperativa Iota Un nido in più", "11,5", "Presentata dopo il termine"]);
    let document = crate::materiali::pagine(&tree["2017-2018/documento/piano.pdf"]).join(" ");
    for told in ["Decreto del 2016", "Cooperativa Iota", "marzo 2018"] {
        assert!(document.contains(told), "{told}");
    }
}

/// Cost 50.000, of which 40.000 asked for; granted 36.000, and a variant makes the cost 46.000 with a cofinancing of 10.000.
/// Of 41.400 admitted, 36.000 / 46.000 are due: 32.400.
#[test]
fn a_variant_changes_the_cost_and_what_is_due_follows_it() {
    const NIDO: &str = "content/piani/2025-2027/progetti/nido.yaml";
    let lived = |spettante: &str, costo: &str| {
        Site::small()
            .replace("content/sito.yaml", "aggiornato_al: 2026-03-31", "aggiornato_al: 2027-12-31")
            .replace("content/piani/2025-2027/avvisi/avviso-2025.yaml", "descrizione:", "saldo: percentuale\ndescrizione:")
            .replace("content/piani/2025-2027/avvisi/avviso-2025.yaml", "  contributo: 85000.50\n", "")
            .replace("content/piani/2025-2027/avvisi/avviso-2025.yaml", "contributo: 70000.00", "contributo: 66000.00")
            .replace("content/piani/2025-2027/risorse.yaml", "riconosciuto\n    importo: 80000.00", "riconosciuto\n    importo: 76000.00")
            .replace(NIDO, "stato: in_corso\n", "")
            .replace(NIDO, "  contributo_riconosciuto: 40000.00\n", "")
            .replace(NIDO, "atti:\n  concessione: { tipo: Determina, numero: \"7\", data: 2026-03-02 }\n", "")
            .replace(NIDO, "quota: 20000.00 }\n  - { ente: ambito", "quota: 16000.00 }\n  - { ente: ambito")
            .append(
                NIDO,
                &format!(
                    "eventi:
  - {{ cosa: concessione, data: 2026-03-02, importo: 36000.00, atto: {{ tipo: Determina, numero: \"7\", data: 2026-03-02 }} }}
  - {{ cosa: avvio, data: 2026-03-16 }}
  - {{ cosa: variante, data: 2026-06-01, costo_complessivo: {costo}, motivo: Un posto in meno, atto: {{ tipo: Determina, numero: \"20\", data: 2026-06-01 }} }}
  - {{ cosa: rideterminazione, data: 2027-12-20, importo: {spettante}, atto: {{ tipo: Determina, numero: \"90\", data: 2027-12-20 }} }}
rendicontazione:
  - {{ al: 2027-11-30, ente: comune-alfa, dichiarato: 42000.00, ammesso: 41400.00 }}
"
                ),
            )
    };
    let site = lived("32400.00", "46000.00");
    let told = site.check().exits(0).stderr;
    assert!(!told.contains("Q-30") && !told.contains("nido.yaml"), "{told}");
    let tree = site.built().published();
    let page = Page::of(&tree, "2025-2027/progetti/nido/index.html");
    says(&page, &["Variante: il costo diventa € 46.000,00", "€ 32.400,00"]);
    let other = lived("33000.00", "46000.00").check().stderr;
    assert!(other.contains("32.400,00"), "what is due by the call is told beside what the act says: {other}");
    lived("32400.00", "47000.00").check().exits(1).says("Q-01");
}
