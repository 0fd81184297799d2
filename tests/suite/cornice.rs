//! The frame around every page, and the templates that would let a browser see another page than the one that was read.
//! What styles can do to it is asked of a browser: `tests/browser/attribuzione.test.mjs`.

use std::fmt::Write;

use crate::html::{Page, pages};
use crate::support::{Output, Site, Tree};

const PHRASE: &str = "Intervento finanziato con il contributo di Regione Lombardia";
const BAND: &str = "body > .concilia-attribuzione:last-child";

/// A page with a template of its own for each case, told apart by their numbers.
fn cases<'a>(pages: impl IntoIterator<Item = &'a str>) -> Site {
    let site = Site::small().append("content/sito.yaml", "tema: prova\n");
    pages.into_iter().enumerate().fold(site, |site, (n, page)| {
        site.write(&format!("content/pagine/caso-{n}.md"), format!("---\ntitolo: Caso {n}\n---\n\nTesto.\n"))
            .write(&format!("themes/prova/templates/pagine/caso-{n}.html"), page)
    })
}

const HEAD: &str = "<title>{{ pagina.titolo }}</title>";
const BODY: &str = "<main>\n<h1>{{ pagina.titolo }}</h1>\n{{ contenuto }}</main>\n";

fn page(head: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"it\">\n<head>\n{HEAD}\n{head}\n</head>\n<body class=\"pagina\">\n{BODY}{body}\n</body>\n</html>\n"
    )
}

/// Every case is refused at the place of `what` in its template.
fn refused_at(cases_with_places: &[(String, &str)]) {
    let told = cases(cases_with_places.iter().map(|(page, _)| page.as_str())).check().exits(1);
    let mut wrong = String::new();
    for (n, (page, what)) in cases_with_places.iter().enumerate() {
        let at = page.find(what).unwrap_or_else(|| panic!("{what} is in {page}"));
        let line = page[..at].matches('\n').count() + 1;
        let column = page[..at].rsplit('\n').next().map_or(0, |before| before.chars().count()) + 1;
        let place = format!("--> themes/prova/templates/pagine/caso-{n}.html:{line}:{column}\n");
        if !told.stderr.contains(&place) {
            let _ = writeln!(wrong, "{what} in\n{page}\nis not told at {place}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}\n{}", told.stderr);
    // Warnings tell of styles and scripts that no browser will apply.
    let errors = told.stderr.lines().filter(|line| line.starts_with("errore[A-03]: ")).count();
    assert_eq!(errors, cases_with_places.len(), "one cause, one message: {}", told.stderr);
    assert_eq!(told.stderr.matches("errore[").count(), errors, "{}", told.stderr);
}

#[test]
fn what_browsers_mend_is_refused_at_its_place_in_the_template() {
    let bodies = [
        ("<p><b>x</p></b>", "<b>"),
        ("<div class=\"a\">x", "<div class=\"a\">"),
        ("x</div>", "</div>"),
        ("</p>", "</p>"),
        ("<b>grassetto", "<b>"),
        ("<i><b>x</i></b>", "<b>"),
        ("<ul><li>a<li>b</ul>", "<li>b"),
        ("<p>a<p>b</p></p>", "<p>b"),
        ("<p><span><section>x</section></span></p>", "<section>"),
        ("<table><tr><p>x</p></tr></table>", "<p>x"),
        ("<table>testo<tr><td>x</td></tr></table>", "testo<tr>"),
        ("<a href=\"x\"><span><a href=\"y\">z</a></span></a>", "<a href=\"y\">"),
        ("<ul><li><div><li>x</li></div></li></ul>", "<li>x"),
        ("<h2><h3>x</h3></h2>", "<h3>"),
        ("<select><p>x</p></select>", "<p>x"),
        ("<form><div><form>x</form></div></form>", "<form>x"),
        ("<button><i><button>x</button></i></button>", "<button>x"),
        ("<plaintext>", "<plaintext>"),
        ("<svg><p>x</p></svg>", "<p>x"),
        ("<svg><style>p{}</style></svg>", "<style>"),
        ("<math><mi>x</mi></math>", "<math>"),
        ("<!-- mai chiuso", "<!--"),
        ("<!-- --!> x -->", "--!>"),
        ("<script>x = '<!--<script>'</script>", "<script>"),
        ("<textarea>", "<textarea>"),
        ("<p title=\"x>y</p>", "\"x>y"),
        ("<body hidden>", "<body hidden>"),
        ("<frameset></frameset>", "<frameset>"),
        ("<div/>", "<div/>"),
        ("</br>", "</br>"),
        ("a < b", "< b"),
        ("<![CDATA[x]]>", "<![CDATA"),
        ("<noscript><p title=\"</noscript>\">x</p></noscript>", "</noscript>\n"),
        ("<div><template shadowrootmode=\"open\">x</template></div>", "<template shadow"),
        ("<template><div><template ShadowRootMode=closed></template></div></template>", "<template Shadow"),
        ("<p a='x'b>y</p>", "b>y"),
        ("</main>", "</main>\n</body>"),
        ("</body></html><p>dopo</p>", "<p>dopo"),
    ];
    let all: Vec<_> = bodies.iter().map(|(body, what)| (page("", body), *what)).collect();
    refused_at(&all);
}

#[test]
fn what_comes_between_a_page_and_its_frame_is_refused_at_its_place() {
    let heads = [
        ("<base href=\"https://esempio.it/\">", "<base"),
        ("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">", "<meta http-equiv"),
        ("<META HTTP-EQUIV='content-security-policy' CONTENT=\"img-src 'none'\">", "<META"),
        ("<meta http-equiv=\"&#67;ontent-Security-Policy\" content=\"style-src x\">", "<meta http-equiv"),
        ("<meta charset=\"iso-2022-kr\">", "<meta charset"),
        ("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-2022-jp; x=utf-8\">", "<meta http-equiv"),
        ("<meta http-equiv=\"refresh\" content=\"9; url=https://esempio.it/\">", "<meta http-equiv"),
        ("<meta http-equiv=\"Refresh\" content=\"0; url=../privacy/\">", "<meta http-equiv"),
        ("<template shadowrootmode=\"open\"></template>", "<template"),
        ("<p>già nel corpo</p>", "<p>già"),
        ("testo sciolto", "testo sciolto"),
    ];
    let mut all: Vec<_> = heads.iter().map(|(head, what)| (page(head, ""), *what)).collect();
    let plain = page("", "");
    let changes = [
        ("<html lang=\"it\">", "<html lang=\"it\" style=\"display:none\">"),
        ("<html lang=\"it\">", "<html lang=\"it\" hidden>"),
        ("<html lang=\"it\">", "<html lang=\"it\" dir=\"rtl\">"),
        ("<html lang=\"it\">", "<html lang=\"it\" lang=\"en\">"),
        ("<body class=\"pagina\">", "<body class=\"pagina\" inert>"),
        ("<body class=\"pagina\">", "<body class=\"pagina\" STYLE=\"zoom:.1\">"),
        ("<body class=\"pagina\">", "<body class=\"pagina\" popover>"),
        ("<body class=\"pagina\">", "<body class=\"pagina\" role=\"presentation\">"),
        ("<body class=\"pagina\">", "<body class=\"pagina\" aria-hidden=\"true\">"),
        ("<body class=\"pagina\">", "<body class=\"pagina\" onload=\"x()\">"),
        ("<head>", "<link rel=\"stylesheet\" href=\"{{ radice }}assets/x.css\">\n<head>"),
        ("<!doctype html>", "<!doctype html SYSTEM \"about:legacy-compat\">"),
    ];
    all.extend(changes.iter().map(|(from, to)| (plain.replacen(from, to, 1), to.lines().next().unwrap_or(to))));
    refused_at(&all);
}

#[test]
fn a_page_that_is_not_whole_is_refused() {
    for (from, to) in [("</body>\n", ""), ("</html>\n", ""), ("<head>\n", ""), ("<!doctype html>\n", "")] {
        let told = cases([&*page("", "").replace(from, to)]).check().exits(1);
        assert_eq!(told.codes(), ["A-03"], "{}", told.stderr);
    }
}

/// The body of a page, with the band: what a browser would have in its tree.
fn band_is_whole(tree: &Tree) {
    for page in pages(tree) {
        assert_eq!(page.select("body > *").len(), 2, "{}", page.path);
        assert_eq!(page.text(&format!("{BAND} > p:last-child")), PHRASE, "{}", page.path);
        let logo = page.select(&format!("{BAND} > img:first-child"));
        assert_eq!(logo.len(), 1, "{}", page.path);
        let up = page.path.matches('/').count();
        assert_eq!(logo[0].attr("src"), Some(&*format!("{}media/logo.svg", "../".repeat(up))), "{}", page.path);
        assert_eq!(logo[0].attr("alt"), Some("Logo di ATS Esempio"), "{}", page.path);
        let first: Vec<_> = page.select("head > *").iter().take(3).map(|one| one.value().name().to_owned()).collect();
        assert_eq!(first, ["meta", "meta", "link"], "{}", page.path);
        let sheet = page.select("head > :nth-child(3)")[0].attr("href");
        assert_eq!(sheet, Some(&*format!("{}concilia.css", "../".repeat(up))), "{}", page.path);
        let policy = page.select("head > :nth-child(2)")[0].attr("content");
        assert!(
            policy.is_some_and(|policy| policy.starts_with("default-src 'none'; style-src 'self'")),
            "{}",
            page.path
        );
    }
}

fn built(output: Output) -> Output {
    output.exits(0)
}

#[test]
fn every_page_has_the_frame_whatever_its_theme_writes() {
    let pieces = [
        "<ul><li>a</li><li><p>b</p><ul><li>c</li></ul></li></ul><dl><dt>a</dt><dd><dl><dt>b</dt></dl></dd></dl>",
        "<table><caption>x</caption><colgroup><col><col></colgroup><thead><tr><th>a</th></tr></thead>\
         <tbody><tr><td><p>c</p><table><tr><td>d</td></tr></table></td></tr></tbody></table>",
        "<select><optgroup label=x><option>a</option></optgroup><option>b</option></select><datalist><option>a</option></datalist>",
        "<svg viewBox=\"0 0 1 1\"><title>x</title><g><path d=\"M0 0\"/><a href=x><text>y</text></a></g></svg>",
        "<a href=x><div><h2>y</h2></div></a><hr><br/><ruby>a<rt>b</rt></ruby><P CLASS=x>a &lt; b &egrave; &ignota;</P>",
        "<details open><summary>x</summary><dialog>y</dialog></details><template><tr-mio>x</tr-mio></template>",
        "<noscript><p>x</p></noscript><button><p>x</p></button><object><p>y</p></object><!-- a -- b -->",
        // What older templates wrote themselves.
        "{{ attribuzione }}<p>{{ frase }}</p><img src=\"{{ logo }}\" alt=\"\" hidden>",
        "<p hidden>Non è un Intervento finanziato con il contributo di Regione Lombardia",
    ];
    let pieces: Vec<_> = pieces
        .iter()
        .map(|piece| if piece.starts_with("<p hidden") { format!("{piece}</p>") } else { (*piece).to_owned() })
        .collect();
    let heads = [
        "<meta charset=\"UTF-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{{ politica }}\">",
        "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"><noscript><link rel=x></noscript>",
        "<script src=\"{{ radice }}assets/x.js\" defer></script><script type=\"application/ld+json\">{\"a\":\"<b>\"}</script>",
    ];
    let all: Vec<String> =
        pieces.iter().map(|piece| page("", piece)).chain(heads.iter().map(|head| page(head, ""))).collect();
    let site = cases(all.iter().map(String::as_str)).write(
        "themes/prova/assets/intera.html",
        page("", "").replace("{{ pagina.titolo }}", "x").replace("{{ contenuto }}", ""),
    );
    built(site.concilia(["build"]).output());
    let tree: Tree = site.published().into_iter().filter(|(path, _)| path != "404.html").collect();
    band_is_whole(&tree);
    let caso = Page::of(&tree, "caso-8/index.html");
    assert_eq!(caso.select("body > .concilia-tema > main").len(), 1);
}

#[test]
fn the_page_of_errors_names_all_from_the_root_of_its_host() {
    let site = Site::small().replace(
        "content/sito.yaml",
        "https://conciliazione.ats-esempio.it/",
        "https://www.esempio.it/piani/",
    );
    let tree = site.built().published();
    let page = Page::of(&tree, "404.html");
    assert_eq!(page.select("head > :nth-child(3)")[0].attr("href"), Some("/piani/concilia.css"));
    assert_eq!(page.select(&format!("{BAND} > img"))[0].attr("src"), Some("/piani/media/logo.svg"));
}

#[test]
fn a_page_that_leads_on_leads_where_the_engine_says() {
    let moved = |refresh: &str| {
        Site::small()
            .append("content/sito.yaml", "tema: prova\n")
            .replace("content/pagine/note-legali.md", "titolo: ", "indirizzi_precedenti: [/note/]\ntitolo: ")
            .write(
                "themes/prova/templates/spostata.html",
                page(&format!("<meta http-equiv=\"refresh\" content=\"{refresh}\">"), "")
                    .replace("{{ contenuto }}", ""),
            )
    };
    let tree = moved("0; url={{ radice }}{{ nuovo }}").built().published();
    band_is_whole(&tree.into_iter().filter(|(path, _)| path == "note/index.html").collect());
    for elsewhere in [
        "0; url=https://esempio.it/",
        "0; url=//esempio.it/",
        "0; url=../privacy/",
        "0; https://esempio.it/?url=../note-legali/",
        "0; url='../note-legali/'",
        "5; url={{ radice }}{{ nuovo }}",
        "0",
    ] {
        let told = moved(elsewhere).check().exits(1);
        assert_eq!(told.codes(), ["A-03"], "{elsewhere}: {}", told.stderr);
        told.says("themes/prova/templates/spostata.html:5:1\n");
    }
}

/// The chart of a theme of its own.
fn chart(svg: &str) -> Site {
    Site::small().append("content/sito.yaml", "tema: prova\n").write("themes/prova/templates/grafico.svg", svg)
}

#[test]
fn a_chart_to_download_ends_with_phrase_and_logo_whatever_the_theme_draws() {
    let site = chart(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- nostro -->\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800.5 200\" \
         overflow=\"visible\" opacity=\"0\"><rect width=\"9999\" height=\"9999\"/><g font-size=\"9\"><a href=\"#x\"><text>{{ grafico.titolo }}</text></a></g></svg>\n",
    );
    let tree = site.built().published();
    let charts: Vec<_> = tree
        .iter()
        .filter(|(path, _)| path.ends_with(".svg") && !path.starts_with("media/") && !path.starts_with("assets/"))
        .collect();
    assert!(charts.len() > 3);
    for (path, bytes) in charts {
        let svg = std::str::from_utf8(bytes).expect(path);
        assert!(
            svg.starts_with(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 196\" width=\"800\" height=\"392\""
            ),
            "{svg}"
        );
        let (drawing, band) = svg.split_once("<g transform=\"translate(0 100)\">").expect("the band is last");
        assert!(
            drawing.contains("<svg width=\"400\" height=\"100\" viewBox=\"0 0 800 200\"><rect width=\"9999\""),
            "{svg}"
        );
        assert!(
            !svg.contains("overflow") && !svg.contains("opacity"),
            "what the theme says of its own frame is left out"
        );
        assert!(
            band.contains("<title>Logo di ATS Esempio</title>") && band.contains("href=\"data:image/svg+xml;base64,"),
            "{svg}"
        );
        assert!(band.trim_end().ends_with(&format!("{PHRASE}</text>\n</g>\n</svg>")), "{svg}");
    }
}

#[test]
fn a_chart_that_could_reach_its_frame_is_refused_at_its_place() {
    for (inside, what) in [
        ("<style>text { display: none }</style>", "<style>"),
        ("<script>x</script>", "<script>"),
        ("<set attributeName=\"display\" to=\"none\"/>", "<set"),
        ("<g><animate attributeName=\"x\"/></g>", "<animate"),
        ("<foreignObject/>", "<foreignObject/>"),
        ("<svg overflow=\"visible\"/>", "<svg overflow"),
        ("<use href=\"#x\"/>", "<use"),
        ("<g style=\"opacity:0\"/>", "<g style"),
        ("<g onload=\"x()\"/>", "<g onload"),
        ("<image href=\"https://esempio.it/x.png\"/>", "<image"),
        ("<p:x/>", "<p:x/>"),
        ("<g x='1' x='2'/>", "<g x"),
        ("<text>&nbsp;</text>", "&nbsp;"),
        ("<g>", "<g>"),
        ("</g>", "</g>"),
        ("<text x=1/>", "<text x=1"),
        ("<!-- a -- b -->", "<!-- a"),
    ] {
        let svg = format!("<svg viewBox=\"0 0 9 9\">\n{inside}\n</svg>\n");
        let told = chart(&svg).check().exits(1);
        assert_eq!(told.codes(), ["A-03"], "{inside}: {}", told.stderr);
        let column = inside.find(what).map(|at| inside[..at].chars().count() + 1).expect(what);
        told.says(&format!("themes/prova/templates/grafico.svg:2:{column}\n"));
    }
    for odd in [
        "<svg>",
        "<svg viewBox=\"0 0 9\">",
        "<svg viewBox=\"0 0 1 900\">",
        "<svg viewBox=\"0 0 0 9\">",
        "<svg viewBox=\"5 0 9 9\">",
        "<g viewBox=\"0 0 9 9\">",
    ] {
        let told = chart(&format!("{odd}</svg>")).check().exits(1);
        assert_eq!(told.codes(), ["A-03"], "{odd}: {}", told.stderr);
    }
}
