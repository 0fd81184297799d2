//! One test a trick, one a habit of honest themes.

use super::*;

const PHRASE: &str = "Intervento finanziato con il contributo di Regione Lombardia";
const LOGO: &[u8] = b"<svg>the logo</svg>";

fn auditor(css: &str) -> Auditor {
    let obligation = Obligation {
        phrase: PHRASE.to_owned(),
        logo_path: "media/logo.svg".to_owned(),
        logo_bytes: Arc::from(LOGO),
        error_page: ErrorPage { path: "404.html", base: "/piani/".to_owned() },
        forwards: ["vecchia/index.html".to_owned()].into(),
    };
    let sheets = [
        Sheet { path: "assets/site.css", file: "tema/site.css", text: css },
        Sheet { path: "assets/altro.css", file: "tema/altro.css", text: ".nessuno { color: red }" },
        Sheet { path: "assets/cattivo.css", file: "tema/cattivo.css", text: "footer { display: none }" },
    ];
    Auditor::new(obligation, &sheets)
}

const BLOCK: &str = "<footer class=\"piede\" id=\"piede\"><div class=\"dentro\">\
    <a class=\"marchio\" href=\"../\"><img class=\"logo\" src=\"../media/logo.svg\" alt=\"ATS Bergamo\" width=\"120\" height=\"40\"></a>\
    <p class=\"dicitura\">PHRASE</p></div></footer>";

fn page(head: &str, body: &str) -> String {
    let body = body.replace("PHRASE", PHRASE);
    format!(
        "<!doctype html>\n<html lang=\"it\">\n<head>\n<meta charset=\"utf-8\">\n<title>Progetto</title>\n{head}\
         <link rel=\"stylesheet\" href=\"../assets/site.css\">\n</head>\n<body class=\"pagina\">\n\
         <main><h1>Win</h1><p>Testo</p></main>\n{body}\n</body>\n</html>\n"
    )
}

fn with_css(css: &str) -> Verdict {
    auditor(css).page("progetti/index.html", &page("", BLOCK))
}

fn with_body(body: &str) -> Verdict {
    auditor("").page("progetti/index.html", &page("", body))
}

fn is_hidden(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Hidden(all) if !all.is_empty())
}

#[test]
fn a_plain_page_is_proved() {
    assert_eq!(with_css(""), Verdict::Proved);
}

#[test]
fn only_the_error_page_may_begin_at_the_host() {
    let rooted = page("", BLOCK).replace("../", "/piani/");
    assert_eq!(auditor("").page("404.html", &rooted), Verdict::Proved);
    assert_ne!(auditor("").page("progetti/index.html", &rooted), Verdict::Proved);
    // Its styles are followed from there too.
    assert!(is_hidden(&auditor("footer { display: none }").page("404.html", &rooted)));
    assert_ne!(auditor("").page("404.html", &rooted.replace("/piani/", "/altro/")), Verdict::Proved);
}

#[test]
fn every_hiding_stylesheet_is_refused() {
    for css in [
        "footer { display: none }",
        ".piede { display: none !important }",
        "body > footer { visibility: hidden }",
        "@media print { footer { display: none } }",
        "@media (max-width: 400px) { .dentro { display: none } }",
        "@media screen { @media (min-width: 1px) { .dicitura { opacity: 0 } } }",
        "@supports (display: grid) { .dicitura { opacity: 0 } }",
        "@supports not (display: grid) { .dicitura { opacity: 0 } }",
        "@layer base { .dicitura { visibility: hidden } }",
        "@container (width > 10px) { .dicitura { display: none } }",
        "@scope (footer) { p { display: none } }",
        "@scope (footer) { :scope { display: none } }",
        "@starting-style { footer { opacity: 0 } }",
        "footer { & .dicitura { display: none } }",
        "footer { .dicitura { display: none } }",
        "footer { @media print { display: none } }",
        "body { & > footer > div { p { display: none } } }",
        "p { display: none } .dicitura { display: block }",
        "* { font-size: 0 }",
        "footer { font-size: 0 }",
        "footer p { font-size: 1px }",
        "footer { font-size: 60% } .dentro { font-size: 60% } .dicitura { font-size: .6em }",
        ".dicitura { color: transparent }",
        ".dicitura { color: rgba(0, 0, 0, 0) }",
        ".dicitura { color: #fff0 }",
        ".dicitura { color: var(--mai-definita) }",
        ":root { --x: #000 } .buio { --x: transparent } .dicitura { color: var(--x) }",
        ":root { --x: var(--y); --y: transparent } .dicitura { color: var(--x) }",
        ":root { --x: var(--x) } .dicitura { color: var(--x) }",
        "@property --x { syntax: '<color>'; inherits: true; initial-value: transparent } .dicitura { color: var(--x) }",
        ":root { --d: none } footer { display: var(--d) }",
        ".dicitura { color: #fff; background: #fff }",
        ".dicitura { background: white; color: #ffffff }",
        ".dicitura { color: var(--x); background-color: var(--x) } :root { --x: #000 }",
        ".dicitura { -webkit-text-fill-color: transparent }",
        ".dicitura { text-indent: -9999px }",
        ".dicitura { position: absolute; left: -9999px }",
        ".dicitura { position: absolute; top: -100vh }",
        ".dicitura { margin-left: -9999em }",
        "footer { transform: translateX(-200vw) }",
        "footer { transform: scale(0) }",
        "footer { translate: -100vw 0 }",
        "footer { scale: 0 }",
        "footer { zoom: .01 }",
        "footer { clip-path: inset(100%) }",
        ".dicitura { position: absolute; clip: rect(0 0 0 0) }",
        ".dentro { width: 1px; height: 1px; overflow: hidden }",
        ".dentro { max-height: 0; overflow: hidden }",
        ".dentro { height: 20px; overflow: hidden }",
        ".dicitura { line-height: 0 }",
        "footer { filter: opacity(0) }",
        "footer { filter: blur(9px) }",
        "footer { mask-image: linear-gradient(transparent, transparent) }",
        "footer { -webkit-mask: url(x.svg) }",
        "footer { content-visibility: hidden }",
        "footer { opacity: 0.01 }",
        "footer { opacity: .7 } .dentro { opacity: .7 } .dicitura { opacity: .7 }",
        "footer { opacity: calc(0) }",
        "@keyframes via { to { opacity: 0 } } footer { animation: via 1s forwards }",
        "@keyframes via { to { visibility: hidden } } .dicitura { animation-name: via }",
        "@keyframes via { to { --x: transparent } } :root { --x: #000 } .dicitura { color: var(--x) }",
        "img { display: none }",
        "img { opacity: 0 }",
        ".logo { width: 0 }",
        ".logo { height: 1px }",
        ".logo { content: url(../media/altro.png) }",
        ".logo { object-position: 999px 0 }",
        ".logo { object-fit: none }",
        ".logo { display: contents }",
        ".logo { padding-left: 120px; box-sizing: border-box }",
        "img[src$='.svg'] { visibility: hidden }",
        "[alt] { display: none }",
        "img[alt^='ats'] { display: none }",
        "footer:hover { display: none }",
        "footer:not(:hover) { display: none }",
        "footer:not(.altro) { display: none }",
        "main + footer { display: none }",
        "main ~ * { display: none }",
        "footer:nth-child(2) { display: none }",
        ":last-child { visibility: hidden }",
        "body:has(main) footer { display: none }",
        ":is(footer, header) { display: none }",
        ":where(.piede) p { display: none }",
        ":unknown(x) { display: none }",
        "footer::unknown { display: none }",
        ".dicitura::first-line { color: transparent }",
        ".dicitura::before { content: ''; position: absolute; inset: 0; background: #fff }",
        "body::after { content: ''; position: fixed; top: 0; height: 100vh; background: #fff }",
        "body { overflow: hidden }",
        "footer { display: non\\65 }",
        "foot\\65r { display: none }",
        "FOOTER { DISPLAY: NONE }",
        "@import 'cattivo.css';",
        "@import url('cattivo.css') print;",
        "@import url(//esempio.it/x.css);",
        "@import 'mancante.css';",
        "footer { display: none",
        "/* }",
        "footer { all: foo }",
        "footer { future-property: 1 }",
        "footer { { display: none } }",
        "p color red",
        "footer { z-index: -1; position: relative }",
        "footer { contain: strict }",
        "footer { offset-path: path('M 0 -9999') }",
        "footer { display: grid; grid-template-rows: 0fr }",
        "html { display: none }",
        "html { font-size: 1px } .dicitura { font-size: 1rem }",
        ":root { opacity: 0 }",
        "body.pagina { visibility: hidden }",
        "#piede { display: none }",
        "[class*=cit] { display: none }",
        "[lang|=it] { display: none }",
        "svg|footer { display: none }",
        "@font-face { font-family: x } .dicitura { -webkit-text-security: disc }",
        ".dicitura { white-space: nowrap } .dentro { overflow: hidden }",
        ".dicitura { text-overflow: ellipsis }",
    ] {
        let verdict = with_css(css);
        // A comment that is never closed holds nothing: there is nothing to refuse.
        assert_eq!(is_hidden(&verdict), css != "/* }", "{css}: {verdict:?}");
    }
}

#[test]
fn every_honest_stylesheet_passes() {
    for css in [
        "[hidden] { display: none !important }",
        ".sr-only { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0) }",
        ".visually-hidden:not(:focus):not(:active) { clip-path: inset(50%); height: 1px }",
        ".skip:not(:focus) { left: -9999px }",
        "@media print { nav, .menu, header { display: none } }",
        "@media print { * { color: #000 !important; background: transparent !important; box-shadow: none !important } }",
        "@media print { a::after { content: ' (' attr(href) ')' } }",
        "*, *::before, *::after { box-sizing: border-box; margin: 0 }",
        "img, svg { max-width: 100%; height: auto; display: block; vertical-align: middle }",
        ":root { --testo: #1a1a1a; --fondo: #fff } body { color: var(--testo); background: var(--fondo) }",
        ":root { --t: #111 } @media (prefers-color-scheme: dark) { :root { --t: #eee } } p { color: var(--t) }",
        ":root { --a: var(--b); --b: navy } .dicitura { color: var(--a) }",
        ".dicitura { color: var(--nessuno, #333) }",
        "p { color: light-dark(#000, #fff) }",
        "p { color: color-mix(in srgb, navy 80%, white) }",
        "footer { opacity: .9 }",
        "footer { width: auto; margin: 0; padding: 2rem 1rem }",
        "header { position: sticky; top: 0; z-index: 10 }",
        ".piede { position: sticky; bottom: 0 }",
        ".menu { transform: translateX(-100%) }",
        "@media (prefers-reduced-motion: reduce) { * { animation-duration: .01ms !important; transition: none !important } }",
        "@keyframes gira { to { transform: rotate(360deg) } } .dicitura { animation: gira 1s }",
        "@keyframes via { to { opacity: 0 } } .avviso { animation: via 1s }",
        "@font-face { font-family: 'Titillium Web'; src: local('Titillium Web') } body { font: 1rem/1.5 'Titillium Web', sans-serif }",
        "@page { margin: 2cm } @media print { footer { break-inside: avoid; font-size: 9pt } }",
        "html { font-size: 100%; -webkit-text-size-adjust: 100%; scroll-behavior: smooth }",
        "html { font-size: 62.5% } body { font-size: 1.6rem } .dicitura { font-size: 1.2rem }",
        "body { margin: 0; min-height: 100vh; display: grid; grid-template-rows: auto 1fr auto }",
        "body { display: flex; flex-direction: column; overflow-x: hidden; max-width: 80rem; margin-inline: auto }",
        ".dentro { display: grid; grid-template-columns: repeat(auto-fit, minmax(0, 1fr)); gap: clamp(1rem, 2vw, 3rem) }",
        ".dentro { max-width: min(100% - 2rem, 75rem); margin-inline: auto }",
        ".dicitura { font-size: .875rem; font-weight: 600; letter-spacing: .01em; text-transform: none; hyphens: auto }",
        ".logo { width: 8rem; height: 3rem; object-fit: contain; object-position: left center }",
        ".marchio { display: inline-flex; align-items: center; text-decoration: none; font-size: 0 }",
        "a { color: var(--link, #06c); text-decoration-thickness: 1px } a:hover { color: #036 } a:focus-visible { outline: 3px solid #ff9900; outline-offset: 2px }",
        "details:not([open]) > :not(summary) { display: none }",
        "dialog:not([open]) { display: none }",
        ".js .senza-js { display: none }",
        "table { border-collapse: collapse } td:empty { display: none } tr[hidden] { display: none }",
        "footer { border-top: 4px solid #06c; background: #003; color: #fff } footer a { color: #fff }",
        ".dicitura { color: #fff; background: #036 }",
        "@supports (backdrop-filter: blur(2px)) { header { backdrop-filter: blur(2px) } }",
        "@layer reset, base; @layer reset { * { padding: 0 } } @layer base { p { line-height: 1.6 } }",
        "@container scheda (min-width: 30rem) { .dentro { display: flex } }",
        "@media (forced-colors: active) { .dicitura { forced-color-adjust: auto; color: CanvasText } }",
        "footer::before { content: ''; display: block; height: 4px; background: #06c }",
        "footer { position: relative } footer::before { content: ''; position: absolute; inset: 0 0 auto; height: 4px; background: #06c }",
        "::selection { background: #06c; color: #fff } ::-webkit-scrollbar { width: 0 }",
        "input::placeholder { opacity: 0 } li::marker { color: transparent }",
        ":disabled { opacity: .3 } [aria-disabled=true] { opacity: .3 } :checked + label { display: none }",
        "[aria-hidden=true] { visibility: hidden } .no-print, .noscript { display: none }",
        "@import 'altro.css'; footer { color: #000 }",
        ".scheda { & .piede { display: none } &:hover { opacity: 0 } }",
        "footer { & a { color: #036; &:hover { text-decoration: none } } @media print { color: #000 } }",
        "footer { overflow: hidden; border-radius: 4px }",
        "footer { padding-bottom: env(safe-area-inset-bottom); padding-inline: max(1rem, calc(50% - 35rem)) }",
        "footer { view-transition-name: piede; contain: layout; transition: background-color .2s }",
        "",
        "/* solo un commento */",
        "h1, h2 { text-wrap: balance } .cifre { font-variant-numeric: tabular-nums; white-space: nowrap }",
    ] {
        let verdict = with_css(css);
        assert_eq!(verdict, Verdict::Proved, "{css}");
    }
}

#[test]
fn the_message_names_file_place_selector_declaration_and_medium() {
    let css = "p { color: red }\n@media print {\n  .altro,\n  .piede { display: none }\n}\n";
    let Verdict::Hidden(all) = with_css(css) else {
        panic!("it is hidden");
    };
    let first = &all[0];
    assert_eq!((first.file.as_str(), first.line, first.column), ("tema/site.css", 3, 3));
    assert_eq!(
        first.message,
        "la frase di attribuzione non si vede in `progetti/index.html` per via di \
         `.altro, .piede`: `display: none` con `@media print`"
    );
    let diagnostic = first.diagnostic();
    assert_eq!(diagnostic.code, "A-01");
    assert_eq!(&css[first.span.clone()], ".altro,\n  .piede");
    assert_eq!(all.last().map(|hiding| hiding.diagnostic().code.into_owned()).as_deref(), Some("A-02"));
    let maybe = with_css("main + footer { display: none }");
    assert!(matches!(maybe, Verdict::Hidden(all) if all[0].diagnostic().code == "A-03"));
}

#[test]
fn what_the_markup_hides_is_refused() {
    let logo = "<img src=\"../media/logo.svg\" alt=\"ATS\">";
    for hidden in [
        "<div hidden><p>PHRASE</p>LOGO</div>",
        "<div hidden=until-found>LOGO<p>PHRASE</p></div>",
        "<div aria-hidden=\"true\"><p>PHRASE</p>LOGO</div>",
        "<div inert><p>PHRASE</p>LOGO</div>",
        "<div popover><p>PHRASE</p>LOGO</div>",
        "<div style=\"display:none\"><p>PHRASE</p>LOGO</div>",
        "<div style=\"color: red; opacity: 0\"><p>PHRASE</p>LOGO</div>",
        "<div style=\"&#100;isplay:none\"><p>PHRASE</p>LOGO</div>",
        "<div onclick=\"this.remove()\"><p>PHRASE</p>LOGO</div>",
        "<template><p>PHRASE</p>LOGO</template>",
        "<noscript><p>PHRASE</p>LOGO</noscript>",
        "<details><summary>Altro</summary><p>PHRASE</p>LOGO</details>",
        "<dialog open><p>PHRASE</p>LOGO</dialog>",
        "<select><option>PHRASE</option></select>",
        "<object><p>PHRASE</p>LOGO</object>",
        "<canvas><p>PHRASE</p>LOGO</canvas>",
        "<video><p>PHRASE</p>LOGO</video>",
        "<p>PHRASE</p><img src=\"../media/logo.svg\" alt=\"\">",
        "<p>PHRASE</p><img src=\"../media/logo.svg\">",
        "<p>PHRASE</p><img src=\"../media/logo.svg\" alt=\"ATS\" width=\"0\" height=\"0\">",
        "<p>PHRASE</p><img src=\"../media/logo.svg\" alt=\"ATS\" width=\"1\">",
        "<p>PHRASE</p><img src=\"../media/logo.svg\" alt=\"ATS\" hidden>",
        "<p>PHRASE</p><img src=\"../media/logo.svg\" alt=\"ATS\" srcset=\"x.png 2x\">",
        "<p>PHRASE</p><img src=\"../media/logo.svg\" alt=\"ATS\" role=\"presentation\">",
        "<p>PHRASE</p><img src=\"../media/logo.svg\" alt=\"ATS\" style=\"width:0\">",
        "<p>PHRASE</p><img src=\"../media/logo.svg\" alt=\"ATS\" alt=\"\">",
        "<p style=\"color:transparent\">PHRASE</p>LOGO",
        "<p style=\"text-indent:-999em\">PHRASE</p>LOGO",
        "<link rel=\"stylesheet\" href=\"../assets/cattivo.css\"><footer><p>PHRASE</p>LOGO</footer>",
        "<style>p { display: none }</style><p>PHRASE</p>LOGO",
    ] {
        let verdict = with_body(&hidden.replace("LOGO", logo));
        assert!(is_hidden(&verdict), "{hidden}: {verdict:?}");
    }
}

#[test]
fn what_is_no_text_of_the_page_is_absent() {
    let logo = "<img src=\"../media/logo.svg\" alt=\"ATS\">";
    for body in [
        "<!-- PHRASE -->LOGO",
        "<p title=\"PHRASE\">x</p>LOGO",
        "<script>'PHRASE'</script>LOGO",
        "<style>/* PHRASE */</style>LOGO",
        "<textarea>PHRASE</textarea>LOGO",
        "<iframe src=\"x\">PHRASE</iframe>LOGO",
        "<p>Intervento finanziato con il <b>contributo</b> di Regione Lombardia</p>LOGO",
        "<p>Intervento finanziato con il contributo<!-- --> di Regione Lombardia</p>LOGO",
        "<p>intervento finanziato con il contributo di regione lombardia</p>LOGO",
        "<svg><text>PHRASE</text></svg>LOGO",
        "<button>PHRASE</button>LOGO",
        "<table><tr><td>PHRASE</td></tr></table>LOGO",
        "<sub>PHRASE</sub>LOGO",
        "<mio-piede>PHRASE</mio-piede>LOGO",
    ] {
        let verdict = with_body(&body.replace("LOGO", logo));
        assert_eq!(verdict, Verdict::Absent { phrase: true, logo: false }, "{body}");
    }
    for body in [
        "<p>PHRASE</p>",
        "<p>PHRASE</p><img src=\"/media/logo.svg\" alt=\"ATS\">",
        "<p>PHRASE</p><img src=\"https://esempio.it/media/logo.svg\" alt=\"ATS\">",
        "<p>PHRASE</p><img src=\"media/logo.svg\" alt=\"ATS\">",
        "<p>PHRASE</p><img src=\"../media/logo.svg?x\" alt=\"ATS\">",
        "<p>PHRASE</p><picture><source srcset=\"x.png\"><img src=\"../media/logo.svg\" alt=\"ATS\"></picture>",
        "<p>PHRASE</p><!-- <img src=\"../media/logo.svg\" alt=\"ATS\"> -->",
    ] {
        let verdict = with_body(body);
        assert_eq!(verdict, Verdict::Absent { phrase: false, logo: true }, "{body}");
    }
    assert_eq!(with_body(""), Verdict::Absent { phrase: true, logo: true });
}

#[test]
fn what_the_outermost_elements_hide_is_hidden() {
    for (open, changed) in [
        ("<html lang=\"it\">", "<html lang=\"it\" hidden>"),
        ("<body class=\"pagina\">", "<body class=\"pagina\" style=\"visibility:hidden\">"),
        ("<body class=\"pagina\">", "<body class=\"pagina\" text=\"white\" bgcolor=\"white\">"),
        ("<body class=\"pagina\">", "<body class=\"pagina\" onload=\"x()\">"),
    ] {
        let html = page("", BLOCK).replace(open, changed);
        assert!(is_hidden(&auditor("").page("progetti/index.html", &html)), "{changed}");
    }
}

#[test]
fn the_phrase_is_recognised_however_it_is_written() {
    let logo = "<img src=\"../media/logo.svg\" alt=\"ATS\">";
    for phrase in [
        "Intervento   finanziato\n  con il contributo\tdi Regione Lombardia",
        "&#73;ntervento finanziato con il contributo di Regione Lombardia",
        "Prima. Intervento finanziato con&#x20;il contributo di Regione Lombardia &amp; dopo",
    ] {
        assert_eq!(with_body(&format!("<p>{phrase}</p>{logo}")), Verdict::Proved, "{phrase}");
    }
    // A reference that is not finished takes in what follows: not the phrase any more.
    let swallowed = with_body(&format!("<p>&#x{PHRASE}</p>{logo}"));
    assert_ne!(swallowed, Verdict::Proved);
}

#[test]
fn one_visible_place_is_enough() {
    let body = format!("<div hidden>{PHRASE}</div><table><tr><td>{PHRASE}</td></tr></table>{BLOCK}");
    assert_eq!(with_body(&body), Verdict::Proved);
    let open = "<details open><summary>Chi paga</summary><p>PHRASE</p>\
                <img src=\"../media/logo.svg\" alt=\"ATS\"></details>";
    assert_eq!(with_body(open), Verdict::Proved);
}

#[test]
fn what_stands_in_the_head_counts_too() {
    let audit = |head: &str| auditor("").page("progetti/index.html", &page(head, BLOCK));
    for head in [
        "<style>footer { display: none }</style>",
        "<style media=\"print\">p { visibility: hidden }</style>",
        "<style>@import '../assets/cattivo.css';</style>",
        "<style>@import 'https://esempio.it/x.css';</style>",
        "<style>:root { --x: transparent } p { color: var(--x) }</style>",
        "<link rel=\"stylesheet\" href=\"../assets/cattivo.css\">",
        "<link rel=\"alternate stylesheet\" title=\"x\" href=\"../assets/cattivo.css\">",
        "<link rel=\"StyleSheet\" media=\"print\" href=\"../assets/cattivo.css\">",
        "<link rel=\"stylesheet\" href=\"../assets/mancante.css\">",
        "<link rel=\"stylesheet\" href=\"https://esempio.it/x.css\">",
        "<link rel=\"stylesheet\" href=\"/assets/site.css\">",
        "<noscript><link rel=\"stylesheet\" href=\"../assets/cattivo.css\"></noscript>",
        "<base href=\"https://esempio.it/\">",
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">",
        "<meta charset=\"iso-2022-kr\">",
        "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-2022-jp; x=utf-8\">",
        "<meta http-equiv=\"refresh\" content=\"9; url=https://esempio.it/\">",
        "<meta http-equiv=\"Refresh\" content=\"0; url=../altra/\">",
        "<script>let x = '<META charset=iso-2022-jp>'</script>",
        "<style>p { content: '<meta charset=iso-2022-jp>' }</style>",
    ] {
        let verdict = audit(head);
        assert!(is_hidden(&verdict), "{head}: {verdict:?}");
    }
    for head in [
        "<style>p { color: #000 }</style>",
        "<link rel=\"preload\" as=\"style\" href=\"https://esempio.it/x.css\">",
        "<link rel=\"icon\" href=\"../media/logo.svg\">",
        "<link rel=\"stylesheet\" href=\"../assets/altro.css\">",
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self'; style-src 'self'\">",
        "<meta name=\"description\" content=\"a > b\">",
        "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\">",
        "<script src=\"x.js\" defer></script><script type=\"application/ld+json\">{\"a\":\"<b>\"}</script>",
        "<noscript><style>nav { display: none }</style></noscript>",
    ] {
        assert_eq!(audit(head), Verdict::Proved, "{head}");
    }
}

#[test]
fn only_pages_that_forward_lead_on_and_only_inside_the_site() {
    let led = |path: &str, content: &str| {
        let head = format!("<meta http-equiv=\"refresh\" content=\"{content}\">");
        auditor("").page(path, &page(&head, BLOCK))
    };
    assert_eq!(led("vecchia/index.html", "0; url=../nuova/"), Verdict::Proved);
    for elsewhere in [
        "0; url=https://esempio.it/",
        "0; url=//esempio.it/",
        "0; url=../../fuori/",
        "0; https://esempio.it/?url=../nuova/",
        "0; url='https://esempio.it/'",
        "0",
    ] {
        assert!(is_hidden(&led("vecchia/index.html", elsewhere)), "{elsewhere}");
    }
    assert!(is_hidden(&led("progetti/index.html", "0; url=../nuova/")));
}

#[test]
fn a_phrase_that_is_denied_is_no_attribution() {
    for denied in [
        "<p>Non è un PHRASE</p>",
        "<p>Questo <b>non</b> è un <span>PHRASE</span></p>",
        "<p>Questo non è un PHRASE&nbsp;e basta</p>",
        "<p>Nessun <em>PHRASE</em></p>",
    ] {
        assert!(is_hidden(&with_body(&format!("{denied}{BLOCK}"))), "{denied}");
    }
    for told in [
        "<p>Le altre pagine non la portano: PHRASE</p>",
        "<p>Se manca la frase «PHRASE» non si pubblica</p>",
        "<p>Non è tutto.</p><p>Un PHRASE</p>",
    ] {
        assert_eq!(with_body(&format!("{told}{BLOCK}")), Verdict::Proved, "{told}");
    }
}

#[test]
fn a_rule_in_the_page_is_told_with_its_place_in_the_page() {
    let html = page("<style>x { }\nfooter { display: none }</style>", BLOCK);
    let Verdict::Hidden(all) = auditor("").page("progetti/index.html", &html) else {
        panic!("it is hidden");
    };
    assert_eq!(all[0].file, "progetti/index.html");
    assert_eq!(&html[all[0].span.clone()], "footer");
}

#[test]
fn markup_that_browsers_mend_is_not_judged() {
    for body in [
        "<p><b>x</p>BLOCK</b>",
        "<div>BLOCK",
        "BLOCK</div>",
        "<table><tr>BLOCK</tr></table>",
        "<table>PHRASE<tr><td>x</td></tr></table>BLOCK",
        "<a href=x><div><a href=y>BLOCK</a></div></a>",
        "<plaintext>BLOCK",
        "<svg><p>BLOCK</p></svg>",
        "<svg><style>footer{display:none}</style></svg>BLOCK",
        "<math><mi>x</mi></math>BLOCK",
        "<!-- BLOCK",
        "<!-- --!> BLOCK -->",
        "<script><!-- <script> </script>BLOCK",
        "<p title=\"x>BLOCK",
        "<body hidden>BLOCK",
        "<html hidden>BLOCK",
        "<frameset>BLOCK",
        "BLOCK\0",
        "<div/>BLOCK",
        "<p><span><div>x</div></span></p>BLOCK",
        "<h1><h2>x</h2></h1>BLOCK",
        "<ul><li><div><li>x</li></div></li></ul>BLOCK",
        "<select><p>x</p></select>BLOCK",
        "<form><form></form></form>BLOCK",
        "</p>BLOCK",
        "</br>BLOCK",
        "<br></br>BLOCK",
        "<image src=x>BLOCK",
        "<![CDATA[ x ]]>BLOCK",
        "<?php x ?>BLOCK",
        "a < b BLOCK",
        "<noscript><p title=\"</noscript>\">x</p></noscript>BLOCK",
        "<template shadowrootmode=open></template>BLOCK",
        "<p a='x'b>y</p>BLOCK",
        "</body></html>BLOCK",
    ] {
        let verdict = with_body(&body.replace("BLOCK", BLOCK));
        assert!(matches!(&verdict, Verdict::Hidden(all) if all[0].how == How::Unreadable), "{body}: {verdict:?}");
    }
}

#[test]
fn end_tags_may_be_left_out_where_that_is_allowed() {
    for body in [
        "<ul><li>a<li>b<p>c<li>d</ul>BLOCK",
        "<dl><dt>a<dd>b<p>c<dt>d<dd>e</dl>BLOCK",
        "<p>a<p>b<div>c</div>BLOCK",
        "<table><caption>x</caption><colgroup><col><thead><tr><th>a<th>b<tbody><tr><td>c<p>d<td>e<tr><td>f</table>BLOCK",
        "<table>\n<tr><td>a</td></tr>\n</table>BLOCK",
        "<select><optgroup label=x><option>a<option>b<optgroup label=y><option>c</select>BLOCK",
        "<svg viewBox=\"0 0 1 1\"><title>x</title><g><path d=\"M0 0\"/><linearGradient id=a></linearGradient></g></svg>BLOCK",
        "<ruby>a<rt>b</rt></ruby>BLOCK",
        "<P CLASS=x>a</P>BLOCK",
        "<a href=x><div>y</div></a><hr><br>BLOCK",
    ] {
        assert_eq!(with_body(&body.replace("BLOCK", BLOCK)), Verdict::Proved, "{body}");
    }
}

#[test]
fn inline_custom_properties_count_only_where_rules_lean_on_them() {
    let body = BLOCK.replace("class=\"dentro\"", "class=\"dentro\" style=\"--x: transparent\"");
    let judge = |css: &str| auditor(css).page("progetti/index.html", &page("", &body));
    assert_eq!(judge("p { color: #000 }"), Verdict::Proved);
    assert!(is_hidden(&judge(":root { --x: #000 } p { color: var(--x) }")));
}

fn svg(inside: &str) -> String {
    let logo = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, LOGO);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" \
         viewBox=\"0 0 640 400\"><title>Risorse</title><rect width=\"640\" height=\"400\" fill=\"#fff\"/>{inside}</svg>"
    )
    .replace("PHRASE", PHRASE)
    .replace("LOGO", &format!("data:image/svg+xml;base64,{logo}"))
}

fn with_svg(inside: &str) -> Verdict {
    auditor("").svg("grafici/risorse.svg", &svg(inside))
}

#[test]
fn an_svg_carries_the_attribution_inside() {
    for inside in [
        "<text x=\"10\" y=\"380\">PHRASE</text><image x=\"500\" y=\"350\" width=\"120\" height=\"40\" href=\"LOGO\"/>",
        "<g transform=\"translate(0, 300)\"><text x=\"10\" y=\"80\"><tspan>PHRASE</tspan></text>\
         <image x=\"500\" y=\"50\" width=\"120\" height=\"40\" href=\"LOGO\"><title>ATS</title></image></g>",
        "<style>text { font: 12px sans-serif; fill: #333 }</style><text x=\"320\" y=\"380\" text-anchor=\"middle\" \
         font-size=\"12\" fill=\"#333\">PHRASE</text><image x=\"0\" y=\"0\" width=\"120\" height=\"40\" href=\"LOGO\"/>",
        "<style><![CDATA[ .a > .b { fill: none } ]]></style><text x=\"10\" y=\"380\">PHRASE</text>\
         <image width=\"120\" height=\"40\" href=\"LOGO\"/>",
    ] {
        assert_eq!(with_svg(inside), Verdict::Proved, "{inside}");
    }
}

#[test]
fn an_svg_that_hides_it_is_refused() {
    let (text, image) = (
        "<text x=\"10\" y=\"380\">PHRASE</text>",
        "<image x=\"500\" y=\"350\" width=\"120\" height=\"40\" href=\"LOGO\"/>",
    );
    for inside in [
        "<style>text { display: none }</style>TEXT IMAGE",
        "<style>@media print { image { opacity: 0 } }</style>TEXT IMAGE",
        "<style>@import 'x.css';</style>TEXT IMAGE",
        "<g display=\"none\">TEXT IMAGE</g>",
        "<g opacity=\"0\">TEXT IMAGE</g>",
        "<g visibility=\"hidden\">TEXT IMAGE</g>",
        "<g fill=\"none\">TEXT</g>IMAGE",
        "<g fill-opacity=\"0\">TEXT</g>IMAGE",
        "<g clip-path=\"url(#x)\">TEXT IMAGE</g>",
        "<g transform=\"scale(0)\">TEXT IMAGE</g>",
        "<g transform=\"translate(-999)\">TEXT IMAGE</g>",
        "<g style=\"opacity:0\">TEXT IMAGE</g>",
        "<g font-size=\"1\">TEXT</g>IMAGE",
        "<defs>TEXT IMAGE</defs>",
        "<symbol>TEXT IMAGE</symbol>",
        "<text x=\"-900\" y=\"380\">PHRASE</text>IMAGE",
        "<text x=\"630\" y=\"380\">PHRASE</text>IMAGE",
        "<text x=\"10\" y=\"0\">PHRASE</text>IMAGE",
        "<text x=\"10\" y=\"500\">PHRASE</text>IMAGE",
        "TEXT<image width=\"0\" height=\"40\" href=\"LOGO\"/>",
        "TEXT<image x=\"900\" width=\"50\" height=\"40\" href=\"LOGO\"/>",
        "TEXT IMAGE<rect width=\"640\" height=\"400\"/>",
        "TEXT IMAGE<script>x</script>",
        "TEXT IMAGE<set attributeName=\"display\" to=\"none\"/>",
        "TEXT IMAGE&nbsp;",
        "TEXT IMAGE<g>",
        "TEXT IMAGE<p:x/>",
        "<g onload=\"x()\">TEXT IMAGE</g>",
        "<g aria-hidden=\"true\">TEXT IMAGE</g>",
    ] {
        let verdict = with_svg(&inside.replace("TEXT", text).replace("IMAGE", image));
        assert!(is_hidden(&verdict), "{inside}: {verdict:?}");
    }
    assert_eq!(with_svg(""), Verdict::Absent { phrase: true, logo: true });
    assert_eq!(
        with_svg(&format!("{text}<image width=\"120\" height=\"40\" href=\"data:image/png;base64,AAAA\"/>")),
        Verdict::Absent { phrase: false, logo: true }
    );
    let untitled = svg(&format!("{text}{image}")).replace("<title>Risorse</title>", "");
    assert!(is_hidden(&auditor("").svg("x.svg", &untitled)));
}

/// A small generator of numbers, always the same ones.
pub(super) struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap_or(0)
    }
}

#[test]
fn no_bytes_make_it_panic() {
    let mut dice = Dice(0x5eed);
    let seeds = [page("<style>p{color:var(--x)}</style>", BLOCK), svg("<text x=\"1\" y=\"9\">PHRASE</text>")];
    let css = "@media print{a:not(.b,:has(c))>d{color:rgb(1 2 3/4%);width:calc(1px*(2 + 3))}}@import 'x';@keyframes k{to{top:1px}}";
    let pieces = [
        "<", ">", "\"", "'", "/", "=", "&", ";", "<!--", "-->", "</", "é", "\u{feff}", "\0", "&#", "{", "}", "(", ")",
        "calc(", "var(--x)", "\\", "@", ":", "<p", "<svg>", "<table>", "url(", "9e9", "-", "%",
    ];
    for _ in 0..3000 {
        for seed in seeds.iter().map(String::as_str).chain([css]) {
            let mut text: Vec<char> = seed.chars().collect();
            for _ in 0..=dice.roll(4) {
                let at = dice.roll(text.len() + 1);
                let piece: Vec<char> = pieces[dice.roll(pieces.len())].chars().collect();
                let end = (at + dice.roll(6)).min(text.len());
                text.splice(at..end, piece);
            }
            let text: String = text.into_iter().collect();
            let auditor = auditor(if seed == css { &text } else { css });
            for verdict in [auditor.page("a/b.html", &text), auditor.svg("a/b.svg", &text), with_css_of(&auditor)] {
                if let Verdict::Hidden(all) = verdict {
                    all.iter().for_each(|hiding| drop(hiding.diagnostic()));
                }
            }
        }
    }
}

fn with_css_of(auditor: &Auditor) -> Verdict {
    auditor.page("progetti/index.html", &page("", BLOCK))
}

#[test]
fn an_auditor_serves_many_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Auditor>();
}
