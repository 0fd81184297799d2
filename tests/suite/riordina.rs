//! `concilia riordina`: one order and one form, with every value and every comment where it belongs.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::{Output, Site, copy, tree};

const NIDO: &str = "content/piani/2025-2027/progetti/nido.yaml";
const SOLLIEVO: &str = "content/piani/2025-2027/progetti/sollievo.yaml";

/// The record of a project in another order, with comments, and amounts in another form.
const DISORDINE: &str = "\
# La scheda è del protocollo.

# Un nido solo.
scheda: 2
stato: \"in_corso\" # lo dice l'ATS
# Il titolo
# della domanda.
titolo: 'Un nido vicino al lavoro'
avviso: avviso-2025
alleanza: monte
durata: { al: \"2027-12-31\", dal: 2026-03-16 }
graduatoria: { posizione: 1, punteggio: 28.5 }
finanziamento:
  contributo_richiesto: 40000
  contributo_riconosciuto: \"40000.00\"
  # Compreso il denaro.
  cofinanziamento: 10000.0
  cofinanziamento_in_denaro: 4000
  costo_complessivo: 50000.00
partenariato:
  - { ruolo: capofila, ente: comune-alfa, quota: 20000 }
  - ruolo: partner
    # Con i suoi comuni.
    ente: ambito-gamma
    quota: 10000.00
  - { ente: coop-delta, ruolo: partner, quota: 20000.00 }
azioni:
  - macrocategoria: responsabilita-di-cura
    titolo: Aprire il nido
    costo: 45000.00
  - titolo: Una navetta per il nido
    macrocategoria: mobilita-casa-lavoro
    costo: 5000.00
servizi:
  - nome: Nido
    categoria: figli-piccoli
    modalita: calmierato
    erogatore: coop-delta
    come_accedere: Si chiede al [Comune di Alfa](https://www.comune-alfa.it/nido).
indicatori:
  - { nome: Bambini, previsto: 20 }
atti:
  concessione: { numero: '7', tipo: Determina, data: 2026-03-02 }
responsabile: { nome: Maria Esempio, ufficio: Ufficio Conciliazione }
# In fondo.
";

const ORDINE: &str = "\
# La scheda è del protocollo.

# Il titolo
# della domanda.
titolo: Un nido vicino al lavoro
# Un nido solo.
scheda: 2
alleanza: monte
avviso: avviso-2025
stato: in_corso # lo dice l'ATS
durata: { dal: 2026-03-16, al: 2027-12-31 }
graduatoria: { posizione: 1, punteggio: 28.5 }
finanziamento:
  costo_complessivo: 50000.00
  # Compreso il denaro.
  cofinanziamento: 10000.00
  cofinanziamento_in_denaro: 4000.00
  contributo_richiesto: 40000.00
  contributo_riconosciuto: 40000.00
partenariato:
  - { ente: comune-alfa, ruolo: capofila, quota: 20000.00 }
  # Con i suoi comuni.
  - ente: ambito-gamma
    ruolo: partner
    quota: 10000.00
  - { ente: coop-delta, ruolo: partner, quota: 20000.00 }
azioni:
  - titolo: Aprire il nido
    macrocategoria: responsabilita-di-cura
    costo: 45000.00
  - titolo: Una navetta per il nido
    macrocategoria: mobilita-casa-lavoro
    costo: 5000.00
servizi:
  - nome: Nido
    categoria: figli-piccoli
    modalita: calmierato
    erogatore: coop-delta
    come_accedere: Si chiede al [Comune di Alfa](https://www.comune-alfa.it/nido).
indicatori:
  - { nome: Bambini, previsto: 20 }
atti:
  concessione: { tipo: Determina, numero: \"7\", data: 2026-03-02 }
responsabile: { nome: Maria Esempio, ufficio: Ufficio Conciliazione }
# In fondo.
";

fn riordina(site: &Site, args: &[&str]) -> Output {
    site.concilia(["riordina"].iter().chain(args)).output()
}

#[test]
fn keys_get_the_order_of_the_schema_and_comments_go_with_them() {
    let site = Site::small().built();
    let published = site.published();
    let site = site.write(NIDO, DISORDINE);
    let told = riordina(&site, &[NIDO]).exits(0).says("Riordinato 1 su 1 file\n");
    assert_eq!(told.stdout, format!("{NIDO}\n"));
    assert_eq!(site.read(NIDO), ORDINE);
    let again = riordina(&site, &[NIDO]).exits(0).says("Tutto in ordine: 1 file\n");
    assert_eq!((again.stdout.as_str(), site.read(NIDO).as_str()), ("", ORDINE));
    let site = site.built();
    assert_eq!(site.published(), published);
}

#[test]
fn breaks_and_the_mark_at_the_beginning_stay_as_they_are() {
    let site = Site::small().write(NIDO, format!("\u{feff}{}", DISORDINE.replace('\n', "\r\n")));
    riordina(&site, &[]).exits(0);
    assert_eq!(site.read(NIDO), format!("\u{feff}{}", ORDINE.replace('\n', "\r\n")));
}

#[test]
fn check_lists_what_would_change_and_writes_nothing() {
    let site = Site::small();
    riordina(&site, &[]).exits(0);
    let site = site.write(NIDO, DISORDINE);
    let before = tree(site.root());
    let told = riordina(&site, &["--check"]).exits(1).says("Da riordinare: 1 su ");
    assert_eq!(told.stdout, format!("{NIDO}\n"));
    assert_eq!(tree(site.root()), before);
    riordina(&site, &["content/piani/2025-2027/progetti"]).exits(0).says("Riordinato 1 su ");
    let told = riordina(&site, &["--check"]).exits(0).says("Tutto in ordine: ");
    assert_eq!(told.stdout, "");
}

#[test]
fn what_is_broken_or_uses_anchors_is_told_and_left() {
    let broken = "titolo: [\n";
    let anchored = "stato: &stato presentato\ntitolo: X\nalleanza: monte\n";
    let site = Site::small().write(NIDO, broken).write(SOLLIEVO, anchored);
    let told = riordina(&site, &[])
        .exits(1)
        .says(&format!(
            "errore: `{NIDO}` resta com'è: non è YAML leggibile: correggilo prima, `concilia check` dice dove\n"
        ))
        .says(&format!(
            "errore: `{SOLLIEVO}` resta com'è: usa rimandi o etichette di YAML (`&`, `*`, `!`, `<<`): scrivi"
        ))
        .says("; 2 restano come sono\n");
    assert!(!told.stdout.contains("progetti/nido"), "{}", told.stdout);
    assert_eq!((site.read(NIDO).as_str(), site.read(SOLLIEVO).as_str()), (broken, anchored));
    riordina(&site, &[NIDO]).exits(1).says("Nessun file riordinato su 1 file; 1 resta com'è\n");
    let latin = Site::small().write(NIDO, b"titolo: Un nido pi\xf9 vicino\n");
    riordina(&latin, &[NIDO]).exits(1).says("resta com'è: il testo non è in UTF-8");
}

#[test]
fn a_file_that_is_no_record_is_answered_kindly() {
    let site = Site::small();
    riordina(&site, &["assente.yaml"]).exits(2).says("errore: non riesco a leggere `assente.yaml`: non esiste\n");
    riordina(&site, &["content/media/logo.svg"]).exits(2).says(
        "errore: `content/media/logo.svg` non è una scheda di `content`: un'altra cartella dei contenuti si indica con \
         `--content`\n",
    );
    riordina(&site, &["--content", "altrove"]).exits(2).says("la cartella dei contenuti `altrove` non c'è");
    riordina(&site, &["--chek"]).exits(2).says("forse intendevi `--check`?");
    let file = "progetti/nido.yaml";
    let elsewhere = site.concilia(["riordina", "--content", "..", "--check", file]);
    elsewhere.in_folder(site.path("content/piani/2025-2027")).output().exits(2);
}

#[test]
fn a_file_keeps_its_permissions_and_a_link_stays_a_link() {
    let kept = "content/piani/2025-2027/progetti/.tenuto";
    let site = Site::small().remove(NIDO).write(kept, DISORDINE).link(NIDO, ".tenuto");
    fs::set_permissions(site.path(kept), fs::Permissions::from_mode(0o640)).expect("permissions");
    riordina(&site, &[NIDO]).exits(0);
    assert_eq!(site.read(kept), ORDINE);
    assert!(site.path(NIDO).is_symlink());
    let mode = fs::metadata(site.path(kept)).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    let names = fs::read_dir(site.path("content/piani/2025-2027/progetti")).expect("a folder");
    assert!(names.flatten().all(|entry| !entry.file_name().to_string_lossy().starts_with(".concilia-")));
}

/// Whatever is written by us is in order, or becomes another file that makes the same site.
#[test]
fn the_sites_that_are_shipped_are_published_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for content in
        ["content", "tests/fixtures/sito/content", "tests/esempi/lodi/content", "tests/esempi/val-padana/content"]
    {
        let site = Site::empty();
        copy(&root.join(content), &site.path("content"));
        let site = site.built();
        let published = site.published();
        riordina(&site, &[]).exits(0);
        let site = site.built();
        assert_eq!(site.published(), published, "{content}");
        riordina(&site, &["--check"]).exits(0);
    }
}

/// Who learns from what is shipped learns one order.
#[test]
fn the_sites_that_are_shipped_are_in_order() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for content in ["content", "tests/esempi/lodi/content", "tests/esempi/val-padana/content"] {
        let site = Site::empty();
        copy(&root.join(content), &site.path("content"));
        assert_eq!(riordina(&site, &["--check"]).exits(0).stdout, "", "{content}");
    }
}
