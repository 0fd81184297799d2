//! Phrase and logo have to be seen on what is set: themes that hide them are refused, ordinary designs are not.

use crate::support::{Output, Site};

const TESTA: &str = "#let c = json(\"dati.json\").copertina\n#set document(title: c.titolo)\n#set text(lang: \"it\")\n";
const LOGO: &str = "#image(c.logo.file, alt: c.logo.alternativa, height: 40pt)\n";
const FRASE: &str = "#c.frase\n";

/// The small site with a template of its own theme, built.
fn with(modello: &str, testo: &str) -> Output {
    let site = Site::small().append("content/sito.yaml", "tema: prova\n");
    site.write(&format!("themes/prova/documento/{modello}"), testo).concilia(["build"]).output()
}

#[test]
fn a_document_that_hides_the_phrase_is_refused_and_its_template_named() {
    for (trick, frase) in [
        ("white", "#text(fill: white, c.frase)"),
        ("pale", "#text(fill: luma(215), c.frase)"),
        ("transparent", "#text(fill: black.transparentize(95%), c.frase)"),
        ("covered", "#c.frase\n#place(top, rect(width: 100%, height: 100%, fill: white))"),
        (
            "covered in part",
            "#box(c.frase + place(top + left, dx: 60pt, dy: -2pt, rect(width: 90pt, height: 16pt, fill: white)))",
        ),
        ("off the page", "#place(top + left, dx: -2000pt, c.frase)"),
        ("half off the page", "#place(bottom + right, dx: 200pt, c.frase)"),
        ("clipped", "#block(height: 2pt, clip: true, c.frase)"),
        ("one percent", "#scale(1%, c.frase)"),
        ("nothing at all", "#scale(0%, c.frase)"),
        ("a small letter", "#text(size: 3pt, c.frase)"),
        ("squeezed", "#scale(x: 100%, y: 10%, c.frase)"),
        ("on its own colour", "#box(fill: rgb(\"#00407f\"), text(fill: rgb(\"#00407f\"), c.frase))"),
        ("a page without it", "#c.frase\n#pagebreak()\nSeconda"),
    ] {
        let output = with("piano.typ", &format!("{TESTA}{LOGO}{frase}\n"));
        assert_eq!((output.code, output.codes()), (Some(1), vec!["A-01".to_owned()]), "{trick}: {}", output.stderr);
        output.says("themes/prova/documento/piano.typ");
    }
}

#[test]
fn a_document_that_hides_the_logo_is_refused_and_its_template_named() {
    for (trick, logo) in [
        ("a dot", "#image(c.logo.file, alt: \"Logo\", height: 0.1pt)"),
        ("a line", "#image(c.logo.file, alt: \"Logo\", height: 1pt, width: 100pt, fit: \"stretch\")"),
        ("scaled", "#scale(1%, image(c.logo.file, alt: \"Logo\"))"),
        (
            "covered",
            "#box(image(c.logo.file, alt: \"Logo\", height: 40pt) + place(top + left, rect(width: 300pt, height: 40pt, fill: white)))",
        ),
        ("off the page", "#place(top + left, dy: -500pt, image(c.logo.file, alt: \"Logo\", height: 40pt))"),
        ("clipped", "#block(width: 4pt, clip: true, image(c.logo.file, alt: \"Logo\", height: 40pt))"),
    ] {
        let output = with("piano.typ", &format!("{TESTA}{logo}\n{FRASE}"));
        assert_eq!((output.code, output.codes()), (Some(1), vec!["A-02".to_owned()]), "{trick}: {}", output.stderr);
        output.says("themes/prova/documento/piano.typ");
    }
}

#[test]
fn ordinary_designs_are_not_refused() {
    for (design, body) in [
        ("plain", format!("{LOGO}{FRASE}")),
        ("white on blue", format!("{LOGO}#block(fill: rgb(\"#00407f\"), inset: 6pt, text(fill: white, c.frase))")),
        ("small and grey", format!("{LOGO}#text(size: 7pt, fill: luma(90), c.frase)")),
        (
            "bold, in capitals' spacing, underlined",
            format!("{LOGO}#underline(text(tracking: 1pt, weight: 700, c.frase))"),
        ),
        (
            "along the margin",
            format!("{LOGO}#place(left + bottom, rotate(-90deg, reflow: true, text(size: 9pt, c.frase)))"),
        ),
        ("over several lines", format!("{LOGO}#block(width: 90pt, c.frase)")),
        ("on a wash of colour", format!("{LOGO}#block(fill: gradient.linear(white, aqua), inset: 6pt, c.frase)")),
        (
            "round corners",
            format!("#block(clip: true, radius: 6pt, image(c.logo.file, alt: \"Logo\", height: 40pt))\n{FRASE}"),
        ),
        ("hidden once and shown once", format!("{LOGO}#text(fill: white, c.frase)\n\n{FRASE}")),
        ("in a footer", format!("#set page(footer: text(size: 8pt, c.frase))\n{LOGO}#pagebreak()\nSeconda")),
    ] {
        let output = with("piano.typ", &format!("{TESTA}{body}\n"));
        assert_eq!(output.code, Some(0), "{design}: {}", output.stderr);
    }
}

#[test]
fn a_card_on_which_a_text_cannot_be_read_whole_is_refused() {
    let testa = "#let d = json(\"dati.json\")\n#set document(title: \"x\")\n#set text(lang: \"it\")\n#set page(width: 600pt, height: 315pt)\n";
    let card = |body: &str| {
        let all = format!(
            "{testa}#for (i, c) in d.carte.enumerate() {{ if i > 0 {{ pagebreak() }}\n[#image(d.logo.file, alt: \"Logo\", height: 40pt)\n#d.frase\n{body}] }}\n"
        );
        with("cartolina.typ", &all)
    };
    let fine = card("#text(size: 20pt, c.titolo)");
    assert_eq!(fine.code, Some(0), "{}", fine.stderr);
    for (trick, body) in [
        (
            "under a band",
            "#place(bottom + left, text(size: 20pt, c.titolo))\n#place(bottom + left, rect(width: 600pt, height: 12pt, fill: aqua))",
        ),
        ("cut", "#block(height: 5pt, clip: true, text(size: 20pt, c.titolo))"),
        ("outside", "#place(bottom + left, dy: 60pt, text(size: 20pt, c.titolo))"),
        (
            "on each other",
            "#box(text(size: 20pt, c.titolo) + place(top + left, dx: 3pt, text(size: 19pt)[Altro testo qui]))",
        ),
        ("too small", "#text(size: 4pt, c.titolo)"),
    ] {
        let output = card(body);
        assert_eq!((output.code, output.codes()), (Some(1), vec!["M-02".to_owned()]), "{trick}: {}", output.stderr);
        output.says("themes/prova/documento/cartolina.typ").says("il testo «");
    }
}
