//! The parsers, each with what it begins from and the words of its format.

use std::fmt::Debug;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use concilia::audit::{Auditor, ErrorPage, Obligation, Sheet};
use concilia::markdown::{self, Setting};
use concilia::pacchetto::manifesto::{MANIFESTO, Manifesto, impronta};
use concilia::pacchetto::{Consegna, archivio, verifica};
use concilia::pipeline::{self, Request};
use concilia::record::{Alleanza, Avviso, Ente, Norma, Pagina, Piano, Progetto, Programma, Risorse, Sito};
use concilia::report::{self, Format};
use concilia::theme::Theme;
use concilia::value::{Casella, Data, DataOra, Euro, Id, Indirizzo, Punteggio, codici};
use concilia::{lettura, privacy, serve, tipografia, yaml};

use super::Item;
use super::corpus::{ending, files, published, texts};
use crate::support::{Site, fixtures, tree};

pub struct Target {
    pub name: &'static str,
    pub corpus: fn() -> Vec<Item>,
    pub words: &'static [&'static [u8]],
    /// What the parser says: an answer that is new is worth following.
    pub parse: fn(&Item) -> String,
    /// Inputs of an ordinary run of the tests.
    pub few: usize,
}

fn said(answer: impl Debug) -> String {
    format!("{answer:?}")
}

fn text(item: &Item) -> String {
    String::from_utf8_lossy(&item.bytes).into_owned()
}

/// Records by where they lie.
fn record(path: &str) -> Option<usize> {
    let is_yaml = path.ends_with(".yaml");
    let kinds =
        ["/sito.yaml", "/partner/", "/norme/", "/piano.yaml", "/risorse.yaml", "/avvisi/", "/alleanze/", "/progetti/"];
    let found = kinds.iter().position(|kind| path.contains(kind));
    is_yaml.then_some(())?;
    found.or_else(|| path.contains("/storia/").then_some(8))
}

pub fn yaml() -> Target {
    fn parse(item: &Item) -> String {
        let text = text(item);
        let whole = 0..text.len();
        yaml::first_keys(&text);
        match item.kind {
            0 => said(yaml::parse::<Sito>("f", &text, whole).err()),
            1 => said(yaml::parse_one_or_many::<Ente>("f", &text, whole).err()),
            2 => said(yaml::parse::<Norma>("f", &text, whole).err()),
            3 => said(yaml::parse::<Piano>("f", &text, whole).err()),
            4 => said(yaml::parse::<Risorse>("f", &text, whole).err()),
            5 => said(yaml::parse::<Avviso>("f", &text, whole).err()),
            6 => said(yaml::parse::<Alleanza>("f", &text, whole).err()),
            7 => said(yaml::parse::<Progetto>("f", &text, whole).err()),
            _ => said((
                yaml::parse::<Programma>("f", &text, whole.clone()).err(),
                yaml::parse::<Pagina>("f", &text, whole).err(),
            )),
        }
    }
    const WORDS: &[&[u8]] = &[
        b"- ",
        b"  ",
        b": ",
        b"&a ",
        b"*a",
        b"<<: *a\n",
        b"!!int ",
        b"!x ",
        b"|\n",
        b">-\n",
        b"\t",
        b"---\n",
        b"...\n",
        b"[",
        b"]",
        b"{",
        b"}",
        b"'",
        b"\"",
        b"\\x",
        b"#",
        b"? ",
        b"%YAML 1.1\n",
        b"\xe2\x80\xa8",
        b"\xc2\xa0",
        b"\xef\xbb\xbf",
        b"null",
        b"~",
        b"\r",
    ];
    Target { name: "yaml", corpus: || files(record), words: WORDS, parse, few: 200 }
}

pub fn markdown() -> Target {
    fn parse(item: &Item) -> String {
        let text = text(item);
        let setting = Setting { heading: 2, root: "../", anchors: true };
        let html = markdown::render(&text, setting);
        let links = (markdown::refused_links(&text), markdown::internal_links(&text).len());
        let marks = (markdown::wordless_pictures(&text).len(), markdown::first_html(&text).is_some());
        markdown::plain(&text);
        let tags: String = html.split('<').filter_map(|tag| tag.get(..3)).collect();
        said((links, marks, markdown::sections(&text).len(), tags))
    }
    const WORDS: &[&[u8]] = &[
        b"# ",
        b"- ",
        b"1. ",
        b"> ",
        b"*",
        b"**",
        b"_",
        b"`",
        b"```\n",
        b"[",
        b"](",
        b")",
        b"![",
        b"[^1]",
        b"[^1]: ",
        b"|",
        b"|-|-|\n",
        b"<",
        b"<a href=",
        b"&#x",
        b"~~",
        b": ",
        b"\n\n",
        b"    ",
        b"\\",
        b"http://",
        b"javascript:",
        b"mailto:",
        b"[a]: /b\n",
    ];
    Target { name: "markdown", corpus: || files(ending(&[".md"])), words: WORDS, parse, few: 300 }
}

const HTML: &[&[u8]] = &[
    b"<",
    b">",
    b"</",
    b"/>",
    b"<!--",
    b"-->",
    b"<!doctype html>",
    b"<![CDATA[",
    b"]]>",
    b"<script>",
    b"</script>",
    b"<style>",
    b"</style>",
    b"<template>",
    b"<svg>",
    b"<math>",
    b"<table>",
    b"<p>",
    b"<a>",
    b"<b>",
    b"</p>",
    b"</b>",
    b"<title>",
    b"<textarea>",
    b"<plaintext>",
    b"&amp",
    b"&#0;",
    b"&#x110000;",
    b"style=\"",
    b"class='",
    b"href=",
    b"hidden",
    b"\0",
    b"\x0c",
    b"Intervento finanziato",
];

fn auditor(sheets: &[Sheet]) -> Auditor {
    let obligation = Obligation {
        phrase: "Intervento finanziato con il contributo di Regione Lombardia".to_owned(),
        logo_path: "media/logo.svg".to_owned(),
        logo_bytes: Arc::from(&b"<svg/>"[..]),
        error_page: ErrorPage { path: "404.html", base: "/".to_owned() },
        forwards: Default::default(),
    };
    Auditor::new(obligation, sheets)
}

pub fn html() -> Target {
    fn parse(item: &Item) -> String {
        said(auditor(&[]).page("a/index.html", &text(item)))
    }
    Target { name: "html", corpus: || published(ending(&[".html"])), words: HTML, parse, few: 200 }
}

pub fn css() -> Target {
    fn parse(item: &Item) -> String {
        const PAGE: &str = "<!doctype html><html lang=it><head><title>a</title><link rel=stylesheet href=s.css></head><body \
            class=a><div id=b><p class=\"c d\">Intervento finanziato con il contributo di Regione Lombardia</p><img \
            src=media/logo.svg alt=Logo></div></body></html>";
        let text = text(item);
        said(auditor(&[Sheet { path: "s.css", file: "s.css", text: &text }]).page("index.html", PAGE))
    }
    const WORDS: &[&[u8]] = &[
        b"{",
        b"}",
        b"(",
        b")",
        b"[",
        b"]",
        b":",
        b";",
        b",",
        b"@media ",
        b"@import ",
        b"@layer a{",
        b"@supports ",
        b"@container ",
        b":is(",
        b":not(",
        b":has(",
        b":nth-child(2n+1)",
        b"::before",
        b"calc(",
        b"var(--a)",
        b"--a:",
        b"url(",
        b"/*",
        b"*/",
        b"\\0",
        b"!important",
        b"display:none",
        b"p.c",
        b"#b",
        b">",
        b"~",
        b"color:",
        b"position:absolute",
        b"transform:",
        b"opacity:",
        b"100vw",
        b"e9px",
        b"<!--",
    ];
    let corpus = || {
        let mut items = files(ending(&[".css"]));
        items.extend(texts(&[
            "p.c{color:#fff;background:#000}",
            "@media print{.a>.c{display:none}}",
            ":root{--a:1px}#b{top:var(--a)}",
        ]));
        items
    };
    Target { name: "css", corpus, words: WORDS, parse, few: 200 }
}

pub fn svg() -> Target {
    fn parse(item: &Item) -> String {
        said((auditor(&[]).svg("a.svg", &text(item)), tipografia::is_unbounded(&item.bytes)))
    }
    const WORDS: &[&[u8]] = &[
        b"<svg xmlns=\"http://www.w3.org/2000/svg\">",
        b"</svg>",
        b"<g>",
        b"</g>",
        b"<use href=\"#a\"/>",
        b"<defs>",
        b"<text>",
        b"<tspan>",
        b"</text>",
        b"id=\"a\"",
        b"transform=\"",
        b"matrix(",
        b"scale(",
        b"viewBox=\"",
        b"d=\"M0 0",
        b"<!DOCTYPE svg [",
        b"<!ENTITY a '",
        b"&a;",
        b"]>",
        b"<![CDATA[",
        b"<?xml ",
        b"?>",
        b"<!--",
        b"-->",
        b"<style>",
        b"<filter>",
        b"<mask>",
        b"<clipPath>",
        b"url(#a)",
        b"xlink:href=",
        b"data:image/png;base64,",
        b"<image ",
        b"<switch>",
        b"<a>",
        b"%",
        b"em",
        b"1e38",
        b"<title>",
    ];
    let corpus = || [files(ending(&[".svg"])), published(ending(&[".svg"]))].concat();
    Target { name: "svg", corpus, words: WORDS, parse, few: 200 }
}

const ZIP: &[&[u8]] = &[
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"PK\x06\x06",
    b"PK\x06\x07",
    b"PK\x07\x08",
    b"\xff\xff\xff\xff",
    b"\xff\xff",
    b"\0\0\0\0",
    b"\x08\0",
    b"../",
    b"/",
    b"manifesto.json",
    b"\x01\0",
    b"\x09\0",
];

pub fn archive() -> Target {
    fn parse(item: &Item) -> String {
        let read = archivio::leggi(&item.bytes);
        let written = read.as_ref().map(|voci| {
            let files = voci.iter().map(|voce| (voce.nome.as_str(), voce.dati.as_ref()));
            archivio::scrivi(files).map(|canonical| archivio::confronta(&item.bytes, &canonical))
        });
        said((written, Consegna::letta(&item.bytes).err()))
    }
    fn corpus() -> Vec<Item> {
        let small = archivio::scrivi([("manifesto.json", &b"{}"[..]), ("a/b.txt", b"abc")]).expect("an archive");
        let mut items = files(ending(&[".zip"]));
        items.push(Item { kind: 0, bytes: small });
        items
    }
    Target { name: "archive", corpus, words: ZIP, parse, few: 200 }
}

/// A package whose list is right, whatever one of its files says.
pub fn package() -> Target {
    type Files = Vec<(String, Vec<u8>)>;
    fn whole() -> &'static Files {
        static WHOLE: OnceLock<Files> = OnceLock::new();
        WHOLE.get_or_init(|| {
            let bytes = std::fs::read(fixtures().join("consegne/formato-1.zip")).expect("a package");
            let voci = archivio::leggi(&bytes).expect("an archive");
            voci.into_iter().map(|voce| (voce.nome, voce.dati.into_owned())).collect()
        })
    }
    fn parse(item: &Item) -> String {
        let mut files = whole().clone();
        files[item.kind].1.clone_from(&item.bytes);
        let name = files[item.kind].0.clone();
        if name != MANIFESTO {
            let listed = files.iter_mut().find(|(name, _)| name == MANIFESTO).expect("a list");
            let mut list = Manifesto::letto(&listed.1).expect("the list of the fixture");
            let line = list.file.iter_mut().find(|line| line.nome == name).expect("its line");
            (line.byte, line.sha256) = (item.bytes.len() as u64, impronta(&item.bytes));
            if name == "dati/piano.json" {
                list.consegna.codice_di_controllo = impronta(&item.bytes);
            }
            listed.1 = list.scritto();
        }
        let bytes = archivio::scrivi(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
        let bytes = bytes.expect("an archive");
        let checked = verifica::pacchetto(&bytes, &|_: &Path| Err("not now".to_owned()));
        said((checked.prove, Consegna::letta(&bytes).err()))
    }
    fn corpus() -> Vec<Item> {
        let json = |(kind, (name, bytes)): (usize, &(String, Vec<u8>))| {
            (name.ends_with(".json") && bytes.len() < 200_000).then(|| Item { kind, bytes: bytes.clone() })
        };
        whole().iter().enumerate().filter_map(json).collect()
    }
    const WORDS: &[&[u8]] = &[
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b",",
        b"\"",
        b"null",
        b"true",
        b"\\u0000",
        b"\\ud800",
        b"{\"a\":1}",
        b"1e400",
        b"\"\"",
    ];
    Target { name: "package", corpus, words: WORDS, parse, few: 60 }
}

const PDF: &[&[u8]] = &[
    b"obj\n",
    b"endobj\n",
    b"stream\n",
    b"endstream\n",
    b"<<",
    b">>",
    b"[",
    b"]",
    b"/Length 9",
    b"/FlateDecode",
    b"/Filter",
    b"/Type",
    b"/Kids",
    b"/Parent",
    b"/Contents",
    b"/ToUnicode",
    b"/Font",
    b"/Resources",
    b"/Prev 0",
    b"/Root 1 0 R",
    b"1 0 R",
    b"0 0 R",
    b"xref\n",
    b"trailer\n",
    b"startxref\n",
    b"%%EOF",
    b"BT ",
    b"ET ",
    b"Tj ",
    b"TJ ",
    b"Do ",
    b"BDC ",
    b"EMC ",
    b"/MCID 0",
    b"beginbfrange",
    b"/W [1 4 2]",
    b"/ObjStm",
    b"/Encrypt",
    b"(",
    b")",
    b"<feff",
    b"/Info",
    b"/Author (",
];

pub fn pdf() -> Target {
    fn parse(item: &Item) -> String {
        said(lettura::pdf(&item.bytes).map(|read| (read.titolo.is_some(), read.pagine.len(), read.figure)))
    }
    Target {
        name: "pdf",
        corpus: || [published(ending(&[".pdf"])), files(ending(&[".pdf"]))].concat(),
        words: PDF,
        parse,
        few: 40,
    }
}

pub fn media() -> Target {
    fn parse(item: &Item) -> String {
        let found = privacy::in_media(&item.bytes);
        said(found.iter().map(|found| found.datum).collect::<Vec<_>>())
    }
    const WORDS: &[&[u8]] = &[
        b"\x89PNG\r\n\x1a\n",
        b"tEXt",
        b"zTXt",
        b"iTXt",
        b"eXIf",
        b"IEND",
        b"\xff\xd8\xff\xe1",
        b"\xff\xed",
        b"\xff\xfe",
        b"\xff\xda",
        b"Exif\0\0",
        b"II*\0",
        b"MM\0*",
        b"RIFF",
        b"WEBP",
        b"XMP ",
        b"<x:xmpmeta",
        b"</x:xmpmeta>",
        b"%PDF-1.7\n",
        b"/Author (",
        b"/Info",
        b"stream\n",
        b"\xff\xff\xff\xff",
        b"\xff\xfe",
        b"RSSMRA85T10A562S",
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"&#64;",
        b"mario.rossi@example.it",
    ];
    fn corpus() -> Vec<Item> {
        const KINDS: &[&str] =
            &[".png", ".jpg", ".webp", ".pdf", ".zip", ".svg", ".csv", ".txt", ".docx", ".xlsx", ".odt", ".eml"];
        [files(ending(KINDS)), published(ending(&[".png"]))].concat()
    }
    Target { name: "media", corpus, words: WORDS, parse, few: 200 }
}

pub fn personal() -> Target {
    fn parse(item: &Item) -> String {
        let text = text(item);
        let name: String = text.chars().take(120).collect();
        let found = [privacy::in_text(&text), privacy::in_name(&name)].concat();
        said(found.iter().map(|found| found.datum).collect::<Vec<_>>())
    }
    const WORDS: &[&[u8]] = &[
        b"RSSMRA85T10A562S",
        b"IT60 X054 2811 1010 0000 0123 456",
        b"mario.rossi@example.it",
        b"+39 333 1234567",
        b"@",
        b".",
        b"-",
        b" ",
        b"\xe2\x80\x8b",
        b"\xc2\xad",
        b"\xe2\x80\x93",
        b"\xef\xbc\xa1",
        b"&#64;",
        b"%40",
        b"[at]",
        b"**",
        b"\n",
        b"wa.me/",
        b"00",
        b"3",
    ];
    Target { name: "personal", corpus: || files(ending(&[".yaml", ".md"])), words: WORDS, parse, few: 200 }
}

pub fn png() -> Target {
    fn parse(item: &Item) -> String {
        said(tipografia::png::scritte(&item.bytes))
    }
    const WORDS: &[&[u8]] =
        &[b"IHDR", b"IDAT", b"IEND", b"tEXt", b"zTXt", b"iTXt", b"PLTE", b"\xff\xff\xff\xff", b"\0\0\0\0", b"Title\0"];
    Target {
        name: "png",
        corpus: || [files(ending(&[".png"])), published(ending(&[".png"]))].concat(),
        words: WORDS,
        parse,
        few: 100,
    }
}

pub fn theme() -> Target {
    fn parse(item: &Item) -> String {
        let site = Site::empty().write("templates/404.html", &item.bytes).write("assets/s.css", &item.bytes);
        let answer = Theme::load(Some(site.root())).err().map(|problems| {
            problems.into_iter().map(|problem| (problem.code, problem.message, problem.help)).collect::<Vec<_>>()
        });
        said(answer)
    }
    const WORDS: &[&[u8]] = &[
        b"{{ ",
        b" }}",
        b"{% ",
        b" %}",
        b"{# ",
        b" #}",
        b"{%- ",
        b"-%}",
        b"if ",
        b"else",
        b"endif",
        b"for a in b",
        b"endfor",
        b"block a",
        b"endblock",
        b"extends \"404.html\"",
        b"include \"404.html\"",
        b"set a = 1",
        b"macro a()",
        b"endmacro",
        b" | safe",
        b" | lower",
        b"(",
        b")",
        b"[",
        b"]",
        b".",
        b"~",
        b"==",
        b"not ",
        b"\"",
        b"'",
        b"`",
        b"raw",
        b"endraw",
        b"range(end=9)",
        b"import \"a\" as b",
        b"filter upper",
        b"..",
    ];
    Target { name: "theme", corpus: || files(ending(&[".html", ".xml"])), words: WORDS, parse, few: 25 }
}

pub fn http() -> Target {
    fn parse(item: &Item) -> String {
        said(serve::http::parse(&item.bytes))
    }
    const WORDS: &[&[u8]] = &[
        b"GET ",
        b"HEAD ",
        b" HTTP/1.1",
        b"\r\n",
        b"\n",
        b"\r",
        b"Host: ",
        b":",
        b" ",
        b"\t",
        b"\0",
        b"%2e%2e/",
        b"//",
        b"\xff",
    ];
    fn corpus() -> Vec<Item> {
        texts(&[
            "GET /2025-2027/?a=b HTTP/1.1\r\nHost: localhost:8000\r\nAccept: text/html\r\nCookie: a=b; c=d",
            "HEAD / HTTP/1.0",
            "POST / HTTP/1.1\r\nHost: [::1]\r\nContent-Length: 5\r\nTransfer-Encoding: chunked",
        ])
    }
    Target { name: "http", corpus, words: WORDS, parse, few: 2_000 }
}

pub fn values() -> Target {
    fn parse(item: &Item) -> String {
        let text = text(item);
        let dates =
            (Data::parse(&text).map(|date| (date.lunga(), date.fra_anni(7))).is_ok(), DataOra::parse(&text).is_ok());
        let amounts = (Euro::parse(&text).map(|euro| euro.italiano()).is_ok(), Punteggio::parse(&text).is_ok());
        let names = (Id::parse(&text).is_ok(), Casella::parse(&text).is_ok(), Indirizzo::parse(&text).is_ok());
        let codes =
            (codici::codice_di_ente(&text).is_ok(), codici::e_un_cup(&text), codici::ripulito(&text).is_empty());
        said((dates, amounts, names, codes))
    }
    const WORDS: &[&[u8]] = &[
        b"1",
        b"9",
        b"29",
        b"/",
        b"-",
        b".",
        b",",
        b" ",
        b"\xc2\xa0",
        b"\xe2\x82\xac",
        b"febbraio",
        b"T24:00",
        b"\xc2\xb0",
        b"e",
        b"+",
        b"@",
        b"https://",
        b"IT",
    ];
    fn corpus() -> Vec<Item> {
        texts(&[
            "2024-02-29",
            "29° febbraio 2024",
            "2024-01-31T23:59",
            "31/12/9999",
            "€ 1.234,56",
            "1234.56",
            "12,5",
            "comune-alfa",
            "ufficio@comune.alfa.it",
            "https://www.example.it/a?b#c",
            "01234567897",
            "RSSMRA85T10A562S",
            "B61J22000140006",
        ])
    }
    Target { name: "values", corpus, words: WORDS, parse, few: 5_000 }
}

/// All the way from the files to the pages, one file of the site changed.
pub fn site() -> Target {
    fn names() -> &'static [String] {
        static NAMES: OnceLock<Vec<String>> = OnceLock::new();
        NAMES.get_or_init(|| tree(&fixtures().join("sito")).into_keys().collect())
    }
    fn parse(item: &Item) -> String {
        let site = Site::small().write(&names()[item.kind], &item.bytes);
        let request = Request { content: site.path("content"), base_url: None, theme: None };
        let Ok(mut prepared) = pipeline::prepare(&request) else { return "no content".to_owned() };
        prepared.prove(false);
        report::render(&prepared.report, &prepared.texts(), Format::Human, false)
    }
    fn corpus() -> Vec<Item> {
        let bytes = tree(&fixtures().join("sito")).into_values();
        bytes.enumerate().map(|(kind, bytes)| Item { kind, bytes }).collect()
    }
    Target { name: "site", corpus, words: yaml().words, parse, few: 10 }
}
