//! A theme of the site over the built-in one.

use std::collections::BTreeSet;

use crate::golden::shipped;
use crate::html::{Page, pages};
use crate::support::Site;

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

#[test]
fn a_sheet_of_a_part_is_loaded_where_the_part_is_shown_and_each_is_somewhere() {
    let example = Site::example().built().published();
    let mut loaded = BTreeSet::new();
    for tree in [shipped(), &example] {
        for page in pages(tree) {
            for link in page.select("link[rel=stylesheet][href*='/parti/'], link[href^='parti/']") {
                let sheet = link.attr("href").and_then(|href| href.rsplit_once('/')).expect("a sheet").1;
                let mut classes = sheet.strip_suffix(".css").expect(sheet).split('.');
                let shown = classes.any(|class| !page.select(&format!(".{class}")).is_empty());
                assert!(shown, "{}: nothing of {sheet}", page.path);
                loaded.insert(format!("assets/parti/{sheet}"));
            }
        }
    }
    let all: BTreeSet<_> = shipped().keys().filter(|path| path.starts_with("assets/parti/")).cloned().collect();
    assert_eq!(loaded, all);
}

#[test]
fn a_theme_dresses_a_part_of_its_own() {
    let tree = themed()
        .write("themes/prova/templates/404.html", "{% extends \"italia/404.html\" %}{% block contenuto %}{{ super() }}<p class=\"nostra\">Qui</p>{% endblock contenuto %}")
        .write("themes/prova/assets/parti/nostra.css", ".nostra { color: red }\n")
        .built()
        .published();
    let sheets = |path| Page::of(&tree, path).select("link[href$='parti/nostra.css']").len();
    assert_eq!((sheets("404.html"), sheets("index.html")), (1, 0));
}
