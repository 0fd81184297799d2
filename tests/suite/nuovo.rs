//! `concilia nuovo`: one more record, explained by its schema, that `check` accepts on the spot.

use concilia::schema::{GENERI, Nodo};

use crate::support::{Output, Site, tree};

fn begun() -> Site {
    let site = Site::empty();
    site.concilia(["inizia", "--ats", "325"]).output().exits(0);
    site
}

#[track_caller]
fn new(site: &Site, args: &[&str]) -> Output {
    let output = site.concilia(["nuovo"].iter().chain(args)).output().exits(0);
    assert_eq!(output.stderr, "");
    let checked = site.check().exits(0);
    assert!(!checked.stderr.contains("errore"), "{}", checked.stderr);
    output
}

/// Exit 2, a reason, and nothing changed.
#[track_caller]
fn refused(site: &Site, args: &[&str], why: &str) {
    let before = tree(site.root());
    site.concilia(["nuovo"].iter().chain(args)).output().exits(2).says(why);
    assert!(tree(site.root()) == before, "something was written");
}

const PIANO: &str = "content/piani/2025-2027";

/// A site with an alliance of a commune and its project.
fn with_a_project() -> Site {
    let site = begun();
    for args in [&["ente", "Comune di Alfa"][..], &["alleanza", "valle", "--titolo", "Alleanza della Valle"]] {
        site.concilia(["nuovo"].iter().chain(args)).output().exits(0);
    }
    new(&site, &["progetto", "Nido", "aperto"]);
    site
}

#[test]
fn every_kind_passes_the_check_and_is_published() {
    let site = with_a_project();
    new(&site, &["avviso", "avviso-2026", "--tipo", "avviso_di_coprogettazione"]);
    new(&site, &["atto", "det-388-2026", "--tipo", "Determina", "--numero", "388", "--data", "2026-06-10"]);
    new(&site, &["atto", "det-5-2026", "--tipo", "Determina", "--numero", "5", "--data", "2026-07-10"]);
    new(&site, &["pagina", "Come partecipare"]);
    new(&site, &["pagina", "Come partecipare", "--periodo", "2025-2027"]);
    new(&site, &["piano", "2028-2030"]);
    assert!(site.read(&format!("{PIANO}/progetti/nido-aperto.yaml")).contains("\ntitolo: Nido aperto\n"));
    assert!(site.read(&format!("{PIANO}/progetti/nido-aperto.yaml")).contains("\nalleanza: valle\n"));
    assert!(site.read(&format!("{PIANO}/atti.yaml")).contains("numero: \"388\"\n"));
    let tree = site.built().published();
    for page in [
        "2025-2027/progetti/nido-aperto",
        "2025-2027/come-partecipare",
        "come-partecipare",
        "2028-2030",
        "partner/comune-di-alfa",
    ] {
        assert!(tree.contains_key(&format!("{page}/index.html")), "{page}");
    }
}

/// What a field is, and how it is written, stands in the schema alone.
#[test]
fn a_record_has_every_field_of_its_schema_with_its_explanation() {
    let site = with_a_project();
    new(&site, &["avviso", "avviso-2026", "--tipo", "avviso_di_coprogettazione"]);
    new(&site, &["pagina", "Come partecipare"]);
    let files = [
        ("sito", "content/sito.yaml"),
        ("piano", "content/piani/2025-2027/piano.yaml"),
        ("risorse", "content/piani/2025-2027/risorse.yaml"),
        ("ente", "content/partner/comune-di-alfa.yaml"),
        ("alleanza", "content/piani/2025-2027/alleanze/valle.yaml"),
        ("avviso", "content/piani/2025-2027/avvisi/avviso-2026.yaml"),
        ("progetto", "content/piani/2025-2027/progetti/nido-aperto.yaml"),
        ("pagina", "content/pagine/come-partecipare.md"),
    ];
    for (kind, file) in files {
        let text = site.read(file);
        let words = text.replace("\n# ", " ");
        let schema = GENERI.iter().find(|genere| genere.nome == kind).expect(kind).schema();
        for (name, field) in Nodo(&schema).campi().filter(|(name, _)| *name != "id") {
            let written = [format!("\n{name}:"), format!("\n#{name}:")];
            assert!(written.iter().any(|line| text.contains(line)), "{file}: {name}");
            let first = field.detto().split(". ").next().expect("a sentence").trim_end_matches('.');
            assert!(words.contains(first), "{file}: {name}: {first}");
        }
        assert!(text.lines().all(|line| line.chars().count() <= 160), "{text}");
    }
}

/// Whoever takes the signs away has a record that can be read: what it names may be missing, its forms are right.
#[test]
fn the_examples_in_the_comments_are_fields_as_they_are_written() {
    let mut site = with_a_project();
    new(&site, &["avviso", "avviso-2026", "--tipo", "avviso_di_coprogettazione"]);
    let used = |line: &str| match line.trim_start().strip_prefix('#') {
        Some(field) if !field.starts_with(' ') || field.starts_with("  ") => {
            format!("{}{field}\n", &line[..line.len() - field.len() - 1])
        }
        _ => format!("{line}\n"),
    };
    let mut files = 0;
    for file in tree(&site.path("content")).into_keys().filter(|file| file.ends_with(".yaml")) {
        let file = format!("content/{file}");
        // An answer is nobody's example.
        let text =
            site.read(&file).lines().map(used).map(|line| line.replace(":  # ", ": false  # ")).collect::<String>();
        assert!(text.lines().all(|line| !line.starts_with('#') || line.starts_with("# ")), "{text}");
        site = site.write(&file, text);
        files += 1;
    }
    assert_eq!(files, 7);
    let told = site.check().exits(1);
    assert!(told.stderr.contains("errore[C-08]"), "{}", told.stderr);
    let of_form = |line: &&str| (1..8).any(|i| line.starts_with(&format!("errore[C-0{i}]")));
    assert_eq!(told.stderr.lines().find(of_form), None, "{}", told.stderr);
}

#[test]
fn the_questions_and_the_words_are_those_of_the_norm_of_the_period() {
    let site = with_a_project();
    let text = site.read(&format!("{PIANO}/progetti/nido-aperto.yaml"));
    assert!(text.contains("#  attivita-gia-finanziate:  # il progetto riguarda attività"), "{text}");
    let avviso = |site: &Site, period: &str| {
        site.concilia(["nuovo", "avviso", "altro", "--tipo", "avviso", "--periodo", period]).output().exits(0);
        site.read(&format!("content/piani/{period}/avvisi/altro.yaml"))
    };
    let example = Site::example();
    assert!(avviso(&example, "2025-2027").contains("#  per-dipendenti-e-professionisti:"));
    assert!(!avviso(&example, "2017-2018").contains("per-dipendenti-e-professionisti"));
}

#[test]
fn an_entry_is_added_to_a_list_and_all_else_stays() {
    let list =
        "# I comuni\r\n\r\n  - { id: comune-alfa, nome: Comune di Alfa, categoria: comune }   # capoluogo\r\n  # fine";
    let site = begun()
        .write("content/partner/comuni.yaml", list)
        .write("content/partner/imprese.yaml", "- { id: impresa-a, nome: Impresa A, categoria: impresa }\n");
    new(&site, &["ente", "Comune di Beta"]);
    // What stands at the end of a file stays there.
    let text = site.read("content/partner/comuni.yaml");
    let (before, added) = text.split_once("  - id: comune-di-beta\r\n").expect("an entry");
    let added = added.strip_suffix("  # fine").expect("the end");
    assert_eq!(before.to_owned() + "  # fine", list);
    assert!(
        added.starts_with(
            "    nome: Comune di Beta\r\n    categoria: comune\r\n    # Si può aggiungere altro, come sigla,"
        ),
        "{added:?}"
    );
    assert!(!added.replace("\r\n", "").contains(['\r', '\n']), "{added:?}");
    new(&site, &["ente", "Gamma", "--categoria", "impresa"]);
    assert!(site.read("content/partner/imprese.yaml").contains("\n- id: gamma\n  nome: Gamma\n  categoria: impresa\n"));
    // A kind that is in no list, and a list that is named.
    new(&site, &["ente", "Delta", "--categoria", "ets"]);
    assert!(site.path("content/partner/delta.yaml").exists());
    new(&site, &["ente", "Epsilon", "--categoria", "ets", "--in", "terzo-settore.yaml"]);
    new(&site, &["ente", "Zeta", "--categoria", "ets"]);
    assert!(site.read("content/partner/terzo-settore.yaml").contains("- id: zeta\n"));
    // A list on one line is not taken apart.
    let site =
        begun().write("content/partner/enti.yaml", "[{ id: comune-alfa, nome: Comune di Alfa, categoria: comune }]\n");
    refused(&site, &["ente", "Comune di Beta"], "scrivila tu fra le altre\n  id: comune-di-beta\n");
}

#[test]
fn a_name_is_a_title_or_an_identifier() {
    let site = with_a_project();
    new(&site, &["progetto", "Città & «tempi»: un'idea", "--alleanza", "valle"]);
    let text = site.read(&format!("{PIANO}/progetti/citta-tempi-un-idea.yaml"));
    assert!(text.contains("\ntitolo: \"Città & «tempi»: un'idea\"\n"), "{text}");
    new(&site, &["progetto", "asilo-nido"]);
    assert!(site.read(&format!("{PIANO}/progetti/asilo-nido.yaml")).contains("\ntitolo: Asilo nido\n"));
    for (name, why) in [
        (
            "nido_2",
            "`nido_2` non è un identificativo: usa lettere minuscole senza accenti, cifre e trattini singoli, come `comune-albino`; qui potrebbe essere `nido-2`",
        ),
        ("../nido", "qui potrebbe essere `nido`"),
        ("???", "non è un identificativo"),
        ("", "manca il nome"),
    ] {
        refused(&site, &["progetto", name], why);
    }
    refused(
        &site,
        &["progetto", "Nido aperto"],
        "`nido-aperto` c'è già, in `content/piani/2025-2027/progetti/nido-aperto.yaml`",
    );
    refused(&site, &["ente", "Comune di Alfa"], "`comune-di-alfa` c'è già, in `content/partner/comune-di-alfa.yaml`");
    refused(&site, &["piano", "2025-2027"], "c'è già");
    // What `check` would refuse does not stay.
    refused(
        &site,
        &["pagina", "Dati"],
        "due pagine hanno lo stesso indirizzo: `dati/index.html`: scegli un altro nome",
    );
    refused(&site, &["progetto", "Chiamare 340 1234567"], "scegli un altro nome. Non ho scritto niente");
    // A page of the theme is one that a site may write itself.
    new(&site, &["pagina", "Privacy"]);
}

#[test]
fn what_has_to_be_there_first_is_told() {
    let empty = Site::empty();
    refused(&empty, &["ente", "x"], "Un sito nuovo comincia con `concilia inizia`");
    let site = begun();
    refused(&site, &[], "che cosa vuoi aggiungere?");
    refused(&site, &["progeto", "x"], "forse intendevi `progetto`?");
    refused(&site, &["norma", "x"], "si può scegliere fra `piano`, `ente`");
    refused(&site, &["progetto", "Nido"], "Aggiungi prima quella, come `concilia nuovo alleanza");
    refused(&site, &["alleanza", "Valle"], "Aggiungi prima chi guida, come `concilia nuovo ente");
    refused(&site, &["ente", "Gamma"], "manca `--categoria`");
    refused(&site, &["ente", "Gamma", "--categoria", "comun"], "forse intendevi `comune`?");
    refused(&site, &["ente", "Gamma", "--alleanza", "valle"], "`--alleanza` non serve per un ente");
    refused(&site, &["avviso", "avviso-2026"], "manca `--tipo`");
    refused(&site, &["atto", "det-1", "--tipo", "Determina", "--numero", "1", "--data", "ieri"], "`--data`: ");
    refused(&site, &["pagina", "x", "--periodo", "2028-2030"], "il Piano `2028-2030` non c'è: ci sono `2025-2027`");
    refused(&site, &["piano", "secondo"], "scrivi il primo e l'ultimo anno");
    refused(&site, &["piano", "2028-2030", "--norma", "dgr-5465-2025"], "forse intendevi `dgr-5464-2025`?");
    let two = Site::small();
    let alleanze = two.concilia(["nuovo", "progetto", "Altro"]).output().exits(2);
    assert!(alleanze.stderr.contains("manca `--alleanza`"), "{}", alleanze.stderr);
    let no_plan = begun().remove("content/piani").replace("content/sito.yaml", "\npiano_corrente: 2025-2027\n", "\n");
    refused(&no_plan, &["progetto", "Nido"], "il sito non ha ancora un Piano");
}
