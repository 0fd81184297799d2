//! A theme of the site over the built-in one.

use crate::html::{Page, pages};
use crate::support::Site;

const PHRASE: &str = "Intervento finanziato con il contributo di Regione Lombardia";

fn themed() -> Site {
    Site::small().replace("content/sito.yaml", "piano_corrente:", "tema: prova\npiano_corrente:")
}

#[test]
fn a_template_takes_the_place_of_one_and_can_extend_it() {
    let plain = Site::small().built().published();
    let tree = themed()
        .write(
            "themes/prova/templates/pagina.html",
            "{% extends \"italia/pagina.html\" %}\n{% block contenuto %}<p class=\"prova\">Sopra tutto</p>\
             {{ super() }}{% endblock contenuto %}\n",
        )
        .built()
        .published();
    let page = Page::of(&tree, "note-legali/index.html");
    assert_eq!(page.text("main > .prova"), "Sopra tutto");
    assert_eq!(page.text("h1"), "Note legali", "what it extends is still there");
    for (path, bytes) in &tree {
        let is_changed = plain.get(path) != Some(bytes);
        let of_text = ["note-legali", "privacy", "accessibilita", "glossario", "2025-2027/bisogni"];
        let is_page = of_text.iter().any(|page| *path == format!("{page}/index.html"));
        assert!(!is_changed || is_page || path.ends_with(".concilia-manifest.json"), "{path} changed too");
    }
}

#[test]
fn a_style_or_another_file_takes_the_place_of_one_or_stands_beside_it() {
    let tree = themed()
        .write("themes/prova/assets/stile.css", "/* nostro */\nbody { margin: 0 }\n")
        .write("themes/prova/assets/nostro/figura.txt", "figura")
        .built()
        .published();
    assert_eq!(tree["assets/stile.css"], b"/* nostro */\nbody { margin: 0 }\n");
    assert_eq!(tree["assets/nostro/figura.txt"], b"figura");
    assert!(tree.contains_key("assets/concilia.js"), "the others remain");
}

#[test]
fn the_command_line_names_a_theme_over_that_of_the_site() {
    let site = themed()
        .write("themes/prova/assets/stile.css", "/* prova */\n")
        .write("themes/altro/assets/stile.css", "/* altro */\n");
    site.concilia(["build", "--theme", "altro"]).output().exits(0);
    assert_eq!(site.published()["assets/stile.css"], b"/* altro */\n");
}

#[test]
fn a_mistake_in_a_template_names_file_line_column_and_record() {
    themed()
        .write(
            "themes/prova/templates/progetto.html",
            "{% extends \"italia/progetto.html\" %}\n\n{% block contenuto %}\n  {{ progetto.titlo }}\n{% endblock contenuto %}\n",
        )
        .concilia(["check", "--format", "riga"])
        .output()
        .exits(1)
        .says("themes/prova/templates/progetto.html:4:")
        .says("content/piani/2025-2027/progetti/");
}

const BARE: &str = "<!DOCTYPE html>\n<html lang=\"it\">\n<head>\n<meta charset=\"utf-8\">\n\
    <title>{% block titolo %}{{ pagina.titolo }}{% endblock titolo %}</title>\n\
    <link rel=\"stylesheet\" href=\"{{ radice }}assets/prova.css\">\n</head>\n<body>\n\
    {% block percorso %}{% endblock percorso %}\n{% block contenuto %}{% endblock contenuto %}\n</body>\n</html>\n";

#[test]
fn a_theme_without_the_attribution_gets_that_of_the_engine_on_every_page() {
    let tree = themed()
        .write("themes/prova/templates/base.html", BARE)
        .write("themes/prova/assets/prova.css", "body { color: #222 }\n")
        .built()
        .published();
    for page in pages(&tree) {
        assert_eq!(page.text(".attribuzione p"), PHRASE, "{}", page.path);
        assert_eq!(page.select(".attribuzione img[alt=\"Logo di ATS Esempio\"]").len(), 1, "{}", page.path);
    }
}

#[test]
fn a_theme_that_hides_the_attribution_is_refused_with_file_and_selector() {
    let ways = [
        (".attribuzione { display: none }", ".attribuzione"),
        (".attribuzione p { visibility: hidden }", ".attribuzione p"),
        ("body > div { opacity: 0 }", "body > div"),
        ("@media screen { .attribuzione { position: absolute; left: -9999px } }", ".attribuzione"),
        (".attribuzione p { font-size: 0 }", ".attribuzione p"),
    ];
    for (style, selector) in ways {
        let site = themed()
            .write("themes/prova/templates/base.html", BARE)
            .write("themes/prova/assets/prova.css", format!("body {{ color: #222 }}\n\n{style}\n"));
        let output = site.concilia(["build"]).output().exits(1);
        assert!(output.stderr.contains("themes/prova/assets/prova.css:3:"), "{style}\n{}", output.stderr);
        assert!(output.stderr.contains(selector), "{style}\n{}", output.stderr);
        assert!(!site.path("public").exists(), "{style}");
    }
}

#[test]
fn a_theme_does_not_reach_outside_its_folder() {
    let site = themed().write("segreto.txt", "segreto").write("themes/prova/assets/nota.txt", "nota");
    let output = site.link("themes/prova/assets/fuori.txt", "../../../segreto.txt").check().exits(1);
    assert!(output.stderr.contains("themes/prova/assets/fuori.txt"), "{}", output.stderr);
}

/// Wherever the user stands: here inside the content folder, whose parent holds the themes.
#[test]
fn themes_stand_beside_the_content_from_wherever_it_is_named() {
    let site = themed().write("themes/prova/assets/stile.css", "/* prova */\n");
    let content = site.path("content");
    site.concilia(["build", "--content", ".", "--out", "../public"])
        .in_folder(&content)
        .output()
        .exits(0)
        .says_nothing();
    assert_eq!(site.published()["assets/stile.css"], b"/* prova */\n");
}

/// The built-in page, changed as a theme author might.
fn base(change: impl Fn(&str) -> String) -> Site {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/italia/templates/base.html");
    let text = std::fs::read_to_string(file).expect("the built-in page");
    let changed = change(&text);
    assert_ne!(changed, text, "nothing was changed");
    themed().write("themes/prova/templates/base.html", changed)
}

const PLACED: &str = "{{ attribuzione }}";

#[test]
fn a_logo_in_the_header_is_no_attribution_and_does_not_stand_in_its_way() {
    let tree = base(|page| page.replace(PLACED, "")).built().published();
    for page in pages(&tree) {
        assert_eq!(page.text(".attribuzione p"), PHRASE, "{}", page.path);
    }
    let named = base(|page| page.replace(PLACED, "").replace("alt=\"\"", "alt=\"ATS Esempio\""));
    named.concilia(["build"]).output().exits(0);
}

#[test]
fn a_phrase_that_is_only_in_a_comment_or_an_attribute_is_refused() {
    for hidden in [format!("<!-- {PHRASE} -->"), format!("<p title=\"{PHRASE}\">Altro</p>")] {
        let site = base(|page| page.replace(PLACED, &hidden));
        let output = site.concilia(["build"]).output().exits(1);
        assert!(output.stderr.contains("errore[A-01]"), "{hidden}: {}", output.stderr);
        assert!(output.stderr.contains("themes/prova/templates/base.html:"), "{hidden}: {}", output.stderr);
        assert!(!site.path("public").exists(), "{hidden}");
    }
}

#[test]
fn what_hides_phrase_and_logo_together_is_told_once_at_its_place_in_the_template() {
    let site = base(|page| page.replace(PLACED, "<div hidden>{{ attribuzione }}</div>"));
    let output = site.concilia(["build"]).output().exits(1);
    assert_eq!(output.stderr.matches("errore[").count(), 1, "{}", output.stderr);
    assert!(output.stderr.contains("themes/prova/templates/base.html:"), "{}", output.stderr);
    assert!(output.stderr.contains("<div hidden>{{ attribuzione }}</div>"), "{}", output.stderr);
}

#[test]
fn a_logo_that_shows_nothing_is_told_at_its_field() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"0\" height=\"10\"></svg>";
    for (bytes, why) in [("", "il file è vuoto"), (svg, "ha larghezza o altezza zero"), ("testo", "non è un'immagine")]
    {
        let site = Site::small().write("content/media/logo.svg", bytes);
        let output = site.check().exits(1);
        assert!(output.stderr.contains("errore[C-04]") && output.stderr.contains(why), "{}", output.stderr);
        assert!(output.stderr.contains("content/sito.yaml:"), "{}", output.stderr);
    }
}

#[test]
fn a_name_that_a_template_gets_wrong_is_told_at_its_place() {
    let cases = [
        ("{{ contenuto.titolo | nonce }}", "nonce", "non c'è il filtro `nonce`"),
        ("{% include \"parti/nulla.html\" %}", "\"parti/nulla.html\"", "non c'è il modello `parti/nulla.html`"),
        ("{{ <nulla/> }}", "<nulla/>", "non c'è il componente `nulla`"),
    ];
    for (wrong, word, what) in cases {
        let text = format!("{{% extends \"base.html\" %}}\n{{% block contenuto %}}\n{wrong}\n{{% endblock %}}\n");
        let site = themed().write("themes/prova/templates/pagina.html", text);
        let column = wrong.find(word).expect("the word") + 1;
        let output = site.check().exits(1);
        let place = format!("themes/prova/templates/pagina.html:3:{column}\n");
        assert!(output.stderr.contains(&place) && output.stderr.contains(what), "{place}{}", output.stderr);
    }
    let site = themed().write("themes/prova/templates/pagina.html", "{% extends \"italia/bse.html\" %}\n");
    site.check()
        .exits(1)
        .says("themes/prova/templates/pagina.html:1:13\n")
        .says("estende `italia/bse.html`, che non c'è");
}

#[test]
fn files_of_a_theme_that_somebody_uses_are_let_be() {
    themed()
        .write("themes/prova/templates/pagine/note-legali.html", "{% extends \"italia/pagina.html\" %}\n")
        .write("themes/prova/templates/pagina.html", "{% extends \"italia/pagina.html\" %}\n{% block contenuto %}{% include \"nostro/cima.html\" %}{{ super() }}{% endblock contenuto %}\n")
        .write("themes/prova/templates/nostro/cima.html", "<p><img src=\"{{ radice }}assets/icone/{{ \"a\" }}.svg\" alt=\"A\"></p>\n")
        .write("themes/prova/assets/icone/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>")
        .write("themes/prova/assets/stile.css", "@import \"altro.css\";\n")
        .write("themes/prova/assets/altro.css", "body { margin: 0 }\n")
        .write("themes/prova/assets/modulo.txt", "modulo")
        .write("themes/prova/README.md", "Il nostro tema")
        .append("content/pagine/storia.md", "[Il modulo](/assets/modulo.txt)\n")
        .check()
        .exits(0)
        .says_nothing();
}

#[test]
fn a_template_for_a_page_that_is_not_there_is_told() {
    themed()
        .write("themes/prova/templates/pagine/note-legale.html", "{% extends \"italia/pagina.html\" %}\n")
        .check()
        .exits(0)
        .says("avviso[M-04]: il modello `pagine/note-legale.html`")
        .says("forse intendevi `pagine/note-legali.html`?");
}
