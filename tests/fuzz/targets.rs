//! The parsers, each with what it begins from and the words of its format.

use std::fmt::Debug;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::OnceLock;

use concilia::audit::scan::{self, Allowed};
use concilia::audit::svg as drawing;
use concilia::fogli::{self, Nomi, Schedario};
use concilia::input::consegne::{Consegna, MANIFESTO, Manifesto, archivio};
use concilia::markdown::{self, Setting};
use concilia::pacchetto::verifica;
use concilia::pipeline::{self, Request};
use concilia::print::tipografia::Lavoro;
use concilia::record::{Alleanza, Avviso, Ente, Norma, Pagina, Piano, Progetto, Programma, Risorse, Sito};
use concilia::report::{self, Format};
use concilia::theme::Theme;
use concilia::value::impronta;
use concilia::value::{Casella, Data, DataOra, Euro, Id, Indirizzo, Punteggio, codici};
use concilia::{input::privacy, lettura, print::tipografia, serve, yaml};

use super::Item;
use super::corpus::{ending, files, published, texts};
use crate::support::{Site, fixtures, tree};

pub struct Target {
    pub name: &'static str,
    pub corpus: fn() -> Vec<Item>,
    /// Two spaces stand between them.
    pub words: &'static [u8],
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
        let answer = match item.kind {
            0 => said(yaml::parse::<Sito>("f", &text, whole).err()),
            1 => said(yaml::parse_one_or_many::<Ente>("f", &text).err()),
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
        };
        // `[?a]` is a text to one parser of YAML, and a field without a value to the other.
        assert!(text.contains('?') || !answer.contains(yaml::UNEXPLAINED), "{answer}");
        answer
    }
    const WORDS: &[u8] =
        b"-   \x20   :   &a   *a  <<: *a\n  !!int   !x   |\n  >-\n  \t  ---\n  ...\n  [  ]  {  }  '  \"  \\x  \
        #  ?   %YAML 1.1\n  \xe2\x80\xa8  \xc2\xa0  \xef\xbb\xbf  null  ~  \r";
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
    const WORDS: &[u8] =
        b"#   -   1.   >   *  **  _  `  ```\n  [  ](  )  ![  [^1]  [^1]:   |  |-|-|\n  <  <a href=  &#x  ~~  \
        :   \n\n  \x20     \\  http://  javascript:  mailto:  [a]: /b\n";
    Target { name: "markdown", corpus: || files(ending(&[".md"])), words: WORDS, parse, few: 300 }
}

const HTML: &[u8] =
    b"<  >  </  />  <!--  -->  <!doctype html>  <![CDATA[  ]]>  <script>  </script>  <style>  </style>  \
    <template>  <svg>  <math>  <table>  <p>  <a>  <b>  </p>  </b>  <title>  <textarea>  <plaintext>  &amp  \
    &#0;  &#x110000;  style=\"  class='  http-equiv=  hidden  \0  \x0c  </body></html>";

pub fn html() -> Target {
    fn parse(item: &Item) -> String {
        said(scan::read(&text(item), Allowed { policy: "default-src 'none'", leads_to: None }))
    }
    Target { name: "html", corpus: || published(ending(&[".html"])), words: HTML, parse, few: 200 }
}

/// The logo of a document, on paper and as pixels.
fn set(logo: Vec<u8>) -> Result<usize, String> {
    const TEMPLATE: &str = "#set document(title: \"a\")\n#set page(width: 99pt, height: 99pt)\n#set text(lang: \"it\")\n\
        #image(\"logo.svg\", width: 50pt, height: 50pt, alt: \"Logo\")";
    let work = Lavoro { modelli: [("a.typ", TEMPLATE)].into(), file: Default::default(), principale: "a.typ" };
    let set = work.con("logo.svg", logo).componi().map_err(|fault| fault.messaggio)?;
    set.pdf("a", (2026, 1, 1)).and_then(|_| set.png(0, 1.0, &[])).map_err(|fault| fault.messaggio)?;
    Ok(set.pagine())
}

pub fn svg() -> Target {
    fn parse(item: &Item) -> String {
        let fault = tipografia::svg::fault(&item.bytes);
        let set = if fault.is_none() { set(item.bytes.clone()) } else { Ok(0) };
        said((drawing::read(&text(item)), fault, set))
    }
    const WORDS: &[u8] =
        b"<svg xmlns=\"http://www.w3.org/2000/svg\">  </svg>  <g>  </g>  <use href=\"#a\"/>  <defs>  <text>  \
        <tspan>  </text>  id=\"a\"  transform=\"  matrix(  scale(  viewBox=\"  d=\"M0 0  <!DOCTYPE svg [  \
        <!ENTITY a '  &a;  ]>  <![CDATA[  <?xml   ?>  <!--  -->  <style>  <filter>  <mask>  <clipPath>  \
        url(#a)  xlink:href=  data:image/png;base64,  <image   <switch>  <a>  %  em  1e38  <title>";
    /// What charts and logos of ours do not have.
    const MORE: [&str; 6] = [
        "<mask id='a'><rect width='5' height='5' fill='#fff'/></mask><g mask='url(#a)'><circle r='4' cx='5' cy='5'/></g>",
        "<clipPath id='a'><path d='M0 0h4v4z'/></clipPath><rect clip-path='url(#a)' width='9' height='9' opacity='.5'/>",
        "<linearGradient id='a'><stop offset='1' stop-color='red'/></linearGradient><ellipse rx='4' ry='2' fill='url(#a)'/>",
        "<marker id='a' markerWidth='4' markerHeight='4'><path d='M0 0L4 2'/></marker><path d='M1 1L8 8' marker-end='url(#a)'/>",
        "<symbol id='a' viewBox='0 0 9 9'><path d='M0 0A3 3 0 0 1 9 9' stroke-dasharray='1 2' stroke='red'/></symbol><use href='#a'/>",
        "<svg x='1' viewBox='0 0 2 2'><text x='1' y='1' font-size='1' transform='rotate(9)'><tspan dx='1'>a</tspan></text></svg>",
    ];
    fn corpus() -> Vec<Item> {
        let open = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>";
        let more: Vec<String> = MORE.iter().map(|inside| format!("{open}{inside}</svg>")).collect();
        let more: Vec<&str> = more.iter().map(String::as_str).collect();
        [files(ending(&[".svg"])), published(ending(&[".svg"])), texts(&more)].concat()
    }
    Target { name: "svg", corpus, words: WORDS, parse, few: 200 }
}

const ZIP: &[u8] =
    b"PK\x03\x04  PK\x01\x02  PK\x05\x06  PK\x06\x06  PK\x06\x07  PK\x07\x08  \xff\xff\xff\xff  \xff\xff  \
    \0\0\0\0  \x08\0  ../  /  manifesto.json  \x01\0  \x09\0";

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
    const WORDS: &[u8] = b"{  }  [  ]  :  ,  \"  null  true  \\u0000  \\ud800  {\"a\":1}  1e400  \"\"";
    Target { name: "package", corpus, words: WORDS, parse, few: 60 }
}

const PDF: &[u8] =
    b"obj\n  endobj\n  stream\n  endstream\n  <<  >>  [  ]  /Length 9  /FlateDecode  /Filter  /Type  /Kids  \
    /Parent  /Contents  /ToUnicode  /Font  /Resources  /Prev 0  /Root 1 0 R  1 0 R  0 0 R  xref\n  \
    trailer\n  startxref\n  %%EOF  BT   ET   Tj   TJ   Do   BDC   EMC   /MCID 0  beginbfrange  /W [1 4 2]  \
    /ObjStm  /Encrypt  (  )  <feff  /Info  /Author (";

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
    const WORDS: &[u8] =
        b"\x89PNG\r\n\x1a\n  tEXt  zTXt  iTXt  eXIf  IEND  \xff\xd8\xff\xe1  \xff\xed  \xff\xfe  \xff\xda  \
        Exif\0\0  II*\0  MM\0*  RIFF  WEBP  XMP   <x:xmpmeta  </x:xmpmeta>  %PDF-1.7\n  /Author (  /Info  \
        stream\n  \xff\xff\xff\xff  \xff\xfe  RSSMRA85T10A562S  PK\x03\x04  \x1f\x8b  &#64;  \
        mario.rossi@example.it  =40  --b\r\n  base64  <w:t>  </w:t>  word/document.xml  &#x40;";
    fn corpus() -> Vec<Item> {
        const KINDS: &[&str] =
            &[".png", ".jpg", ".webp", ".pdf", ".zip", ".svg", ".csv", ".txt", ".docx", ".xlsx", ".odt", ".eml"];
        let text = |name, open: &str, close: &str| {
            let inside = format!("{open}Scrivi a mario.ro</r><r>ssi@example.it, RSSMRA85T10A562S{close}");
            let about = "<a><dc:creator>Mario Rossi &lt;m.rossi@example.it&gt;</dc:creator></a>";
            let files = [("docProps/core.xml", about.as_bytes()), (name, inside.as_bytes())];
            Item { kind: KINDS.len(), bytes: archivio::scrivi(files).expect("an archive") }
        };
        let mail = "From: Mario <m.rossi@example.it>\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n\
            Content-Transfer-Encoding: base64\r\n\r\nUlNTTVJBODVUMTBBNTYyUw==\r\n--b\r\nContent-Transfer-Encoding: \
            quoted-printable\r\n\r\nm=2Erossi=40example.it\r\n--b--\r\n";
        let offices = vec![
            text("word/document.xml", "<w:p><r>", "</r></w:p>"),
            text("xl/sharedStrings.xml", "<sst><si><r>", "</r></si></sst>"),
            text("content.xml", "<text:p><r>", "</r></text:p>"),
        ];
        [files(ending(KINDS)), published(ending(&[".png", ".pdf"])), offices, texts(&[mail])].concat()
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
    const WORDS: &[u8] =
        b"RSSMRA85T10A562S  IT60 X054 2811 1010 0000 0123 456  mario.rossi@example.it  +39 333 1234567  @  .  \
        -  \x20  \xe2\x80\x8b  \xc2\xad  \xe2\x80\x93  \xef\xbc\xa1  &#64;  %40  [at]  **  \n  wa.me/  00  \
        3";
    Target { name: "personal", corpus: || files(ending(&[".yaml", ".md"])), words: WORDS, parse, few: 200 }
}

pub fn png() -> Target {
    fn parse(item: &Item) -> String {
        said(tipografia::png::scritte(&item.bytes))
    }
    const WORDS: &[u8] = b"IHDR  IDAT  IEND  tEXt  zTXt  iTXt  PLTE  \xff\xff\xff\xff  \0\0\0\0  Title\0";
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
    const WORDS: &[u8] =
        b"{{   \x20}}  {%   \x20%}  {#   \x20#}  {%-   -%}  if   else  endif  for a in b  endfor  block a  \
        endblock  extends \"404.html\"  include \"404.html\"  set a = 1  macro a()  endmacro  \x20| safe  \
        \x20| lower  (  )  [  ]  .  ~  ==  not   \"  '  `  raw  endraw  range(end=9)  import \"a\" as b  \
        filter upper  ..";
    Target { name: "theme", corpus: || files(ending(&[".html", ".xml"])), words: WORDS, parse, few: 25 }
}

pub fn http() -> Target {
    fn parse(item: &Item) -> String {
        said(serve::http::parse(&item.bytes))
    }
    const WORDS: &[u8] = b"GET   HEAD   \x20HTTP/1.1  \r\n  \n  \r  Host:   :  \x20  \t  \0  %2e%2e/  //  \xff";
    fn corpus() -> Vec<Item> {
        texts(&[
            "GET /2025-2027/?a=b HTTP/1.1\r\nHost: localhost:8000\r\nAccept: text/html\r\nCookie: a=b; c=d",
            "HEAD / HTTP/1.0",
            "POST / HTTP/1.1\r\nHost: [::1]\r\nContent-Length: 5\r\nTransfer-Encoding: chunked",
        ])
    }
    Target { name: "http", corpus, words: WORDS, parse, few: 2_000 }
}

/// Workbooks, and the parts of them that hold the cells: what is packed is seldom hit where it matters.
pub fn sheets() -> Target {
    const SHEET: &str = "xl/worksheets/sheet1.xml";
    fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (name, bytes) in parts {
            archive.start_file(*name, stored).and_then(|()| Ok(archive.write_all(bytes)?)).expect("a part");
        }
        archive.finish().expect("an archive").into_inner()
    }
    fn parse(item: &Item) -> String {
        const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let top = format!(
            "<Relationships><Relationship Id='a' Type='{RELATION}/officeDocument' Target='xl/b.xml'/></Relationships>"
        );
        let inner = format!(
            "<Relationships><Relationship Id='c' Type='{RELATION}/worksheet' Target='worksheets/sheet1.xml'/></Relationships>"
        );
        let book = "<workbook><sheets><sheet name='Progetti' sheetId='1' r:id='c'/></sheets></workbook>";
        let bytes = match item.kind {
            1 => packed(&[("content.xml", &item.bytes)]),
            2 => packed(&[
                ("_rels/.rels", top.as_bytes()),
                ("xl/b.xml", book.as_bytes()),
                ("xl/_rels/b.xml.rels", inner.as_bytes()),
                (SHEET, &item.bytes),
            ]),
            _ => item.bytes.clone(),
        };
        match fogli::leggi(&bytes, "Progetti") {
            Ok(tables) => said(fogli::importa(&tables, None, Schedario::default(), Nomi::default()).problemi),
            Err(why) => why,
        }
    }
    fn corpus() -> Vec<Item> {
        let mut items: Vec<Item> = files(|path| path.starts_with("fogli/").then_some(0));
        for (kind, part) in [(1, "content.xml"), (2, SHEET)] {
            let parts = items.iter().filter(|item| item.kind == 0).filter_map(|item| {
                let mut archive = zip::ZipArchive::new(Cursor::new(&item.bytes)).ok()?;
                let mut bytes = Vec::new();
                archive.by_name(part).ok()?.read_to_end(&mut bytes).ok()?;
                Some(Item { kind, bytes })
            });
            let parts: Vec<Item> = parts.collect();
            items.extend(parts);
        }
        items.extend(texts(&["Titolo;Alleanza;Stato\nNido;monte;in corso\n"]));
        items
    }
    Target { name: "sheets", corpus, words: SHEETS, parse, few: 300 }
}

const SHEETS: &[u8] =
    b"<row r=\"1\" hidden=\"1\">  <c r=\"ZZZ9999999\" t=\"s\">  <v>46141</v>  <mergeCell ref=\"A1:B9999\"/>  \
    table:number-rows-repeated=\"1048576\"  table:number-columns-repeated=\"16384\"  office:value=\"1e308\"  \
    table:number-rows-spanned=\"4294967295\"  <table:table-cell office:value-type=\"date\"  &#x10FFFF;  1E400  ;;";

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
    const WORDS: &[u8] =
        b"1  9  29  /  -  .  ,  \x20  \xc2\xa0  \xe2\x82\xac  febbraio  T24:00  \xc2\xb0  e  +  @  https://  \
        IT";
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
