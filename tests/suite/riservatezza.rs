//! Seventy ways by which personal data got out, and thirty-two innocents that look like one.
//!
//! The persons are invented, with the check letters and digits that make their codes look real; the account is the
//! one that banks print as an example.

use std::collections::BTreeSet;

use lopdf::{Object, dictionary};

use crate::fascicoli::{docx, exif, gzip, jpeg, odt, pdf, png, stream, text, xlsx, zip};
use crate::support::Site;

const CF: &str = "R-01";
const IBAN: &str = "R-02";
const MAIL: &str = "R-03";
const TEL: &str = "R-04";
const GPS: &str = "R-05";

/// Where something is put.
enum Dove {
    /// A line of a body's record.
    Scheda(&'static str),
    /// The text of a Markdown page.
    Pagina(&'static str),
    /// A file of `media/`: its ending and its bytes.
    Media(&'static str, Vec<u8>),
    /// A file of the site's theme.
    Tema(&'static str, Vec<u8>),
}

use Dove::{Media, Pagina, Scheda, Tema};

/// Puts each thing into a file of its own; gives the names of the files.
fn posati(mut site: Site, cose: Vec<Dove>) -> (Site, Vec<String>) {
    let mut files = Vec::new();
    for (n, cosa) in cose.into_iter().enumerate() {
        let (file, bytes) = match cosa {
            Scheda(line) => (
                format!("content/partner/via-{n}.yaml"),
                format!("nome: Fondazione {n}\ncategoria: fondazione\n{line}\n").into_bytes(),
            ),
            Pagina(text) => (
                format!("content/pagine/via-{n}.md"),
                format!("---\ntitolo: Via {n}\nsommario: Una prova.\n---\n\n{text}\n").into_bytes(),
            ),
            Media(ending, bytes) => (format!("content/media/via-{n}.{ending}"), bytes),
            Tema(name, bytes) => (format!("themes/prova/{name}"), bytes),
        };
        site = site.write(&file, bytes);
        files.push(file);
    }
    (site, files)
}

fn with_theme(site: Site) -> Site {
    site.append("content/sito.yaml", "tema: prova\n").write("themes/prova/assets/prova.css", "p { margin: 0 }\n")
}

/// The findings on personal data, as file and code.
fn detti(stderr: &str) -> BTreeSet<(String, String)> {
    let finding = |line: &str| {
        let (place, rest) = line.split_once(": errore[")?;
        let (code, _) = rest.split_once(']')?;
        let file = place.split(':').next()?;
        code.starts_with("R-").then(|| (file.to_owned(), code.to_owned()))
    };
    stderr.lines().filter_map(finding).collect()
}

fn utf16(text: &str) -> Vec<u8> {
    [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
}

fn svg(inside: &str) -> Vec<u8> {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{inside}</svg>").into()
}

fn in_records() -> Vec<(&'static str, Dove, &'static str)> {
    vec![
        ("fiscal code, spaced as on the card", Scheda("descrizione: Il sig. RSS MRA 85T10 A562S."), CF),
        ("fiscal code, letter by letter", Scheda("descrizione: C.F. R S S M R A 8 5 T 1 0 A 5 6 2 S"), CF),
        ("fiscal code, escaped", Scheda("descrizione: \"RSSMRA85T10\\u0041562S\""), CF),
        ("fiscal code over two lines", Scheda("descrizione: >\n  Il sig. RSSMRA85T10\n  A562S chiede."), CF),
        ("fiscal code, full width", Scheda("descrizione: ＲＳＳＭＲＡ８５Ｔ１０Ａ５６２Ｓ"), CF),
        ("fiscal code with a space of no width", Scheda("descrizione: RSSMRA85\u{200b}T10A562S"), CF),
        ("fiscal code with soft hyphens", Scheda("descrizione: RSSMRA\u{ad}85T10\u{ad}A562S"), CF),
        ("fiscal code with a Cyrillic letter", Scheda("descrizione: RSSMR\u{410}85T10A562S"), CF),
        ("address, escaped", Scheda("descrizione: \"mario.rossi\\x40gmail.com\""), MAIL),
        ("address with [at]", Scheda("descrizione: mario.rossi[at]gmail.com"), MAIL),
        ("address with (at) and (dot)", Scheda("descrizione: mario.rossi (at) gmail (dot) com"), MAIL),
        ("address with (chiocciola)", Scheda("descrizione: mario.rossi(chiocciola)gmail.com"), MAIL),
        ("address said in words", Scheda("descrizione: mario.rossi chiocciola gmail punto com"), MAIL),
        ("address with an entity", Scheda("descrizione: mario.rossi&#64;gmail.com"), MAIL),
        ("address with a per cent", Scheda("descrizione: mario.rossi%40gmail.com"), MAIL),
        ("address, full width", Scheda("descrizione: mario.rossi＠gmail．com"), MAIL),
        ("address over two lines", Scheda("descrizione: \"mario.rossi\\\n  @gmail.com\""), MAIL),
        (
            "account with thin spaces",
            Scheda("descrizione: IT60\u{2009}X054\u{2009}2811\u{2009}1010\u{2009}0000\u{2009}0123\u{2009}456"),
            IBAN,
        ),
        ("account with points and hyphens", Scheda("descrizione: IT60-X-05428-11101-000000123456"), IBAN),
        ("account, country apart", Scheda("descrizione: IBAN IT 60 X 05428 11101 000000123456"), IBAN),
        ("mobile with an en dash", Scheda("descrizione: Chiamare 340–1234567"), TEL),
        ("mobile with hyphens that do not break", Scheda("descrizione: Chiamare 340\u{2011}123\u{2011}4567"), TEL),
        ("mobile, full width", Scheda("descrizione: Chiamare ３４０ １２３４５６７"), TEL),
        ("mobile, digit by digit", Scheda("descrizione: cell. 3 4 0 1 2 3 4 5 6 7"), TEL),
        ("mobile with a spaced dash", Scheda("descrizione: Chiamare 340 - 1234567"), TEL),
    ]
}

fn in_pages() -> Vec<(&'static str, Dove, &'static str)> {
    vec![
        ("address, half in bold", Pagina("Scrivi a mario.**rossi**@gmail.com."), MAIL),
        ("address with a comment in it", Pagina("Scrivi a mario.rossi<!-- a -->@gmail.com."), MAIL),
        ("address with a tag in it", Pagina("Scrivi a mario.rossi<b>@</b>gmail.com."), MAIL),
        ("address with a stroke", Pagina("Scrivi a mario.rossi\\@gmail.com."), MAIL),
        ("address in a link", Pagina("[Scrivi](mailto:mario.rossi%40gmail.com)"), MAIL),
        ("address with the at in a link", Pagina("mario.rossi[@](/storia/)gmail.com"), MAIL),
        ("address with a named entity", Pagina("mario.rossi&commat;gmail&period;com"), MAIL),
        (
            "account in cells",
            Pagina(
                "| a | b | c | d | e | f | g |\n|---|---|---|---|---|---|---|\n| IT60 | X054 | 2811 | 1010 | 0000 | 0123 | 456 |",
            ),
            IBAN,
        ),
        ("account, half in bold", Pagina("Versare su **IT60** **X054** 2811 1010 0000 0123 456."), IBAN),
        ("fiscal code, half in bold", Pagina("Il sig. **RSSMRA**85T10A562S."), CF),
        ("mobile, half in bold", Pagina("Chiama **340** 1234567."), TEL),
        ("mobile in a link", Pagina("[Chiama](tel:%2B39%20340%201234567)"), TEL),
        ("mobile with spaces that are entities", Pagina("Chiama 340&nbsp;123&nbsp;4567."), TEL),
    ]
}

fn in_media() -> Vec<(&'static str, Dove, &'static str)> {
    let core = "<cp:coreProperties><dc:creator>mario.rossi@gmail.com</dc:creator></cp:coreProperties>";
    let runs = "<w:p><w:r><w:t>mario.</w:t></w:r><w:r><w:t>rossi@gmail</w:t></w:r><w:r><w:t>.com</w:t></w:r></w:p>";
    let note = "<w:comments><w:p><w:t>Sentire RSSMRA85T10A562S</w:t></w:p></w:comments>";
    let cells = "<row><c t=\"s\"><v>0</v></c></row><row><c><v>3401234567</v></c></row>";
    let table = zip(&[("elenco.csv", b"nome;cell\nRossi;340 1234567\n")]);
    let mime = |how: &str, body: &str| {
        format!("Subject: Prova\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: {how}\r\n\r\n{body}\r\n")
            .into_bytes()
    };
    let own = |key: &'static str| {
        move |document: &mut lopdf::Document, _: lopdf::ObjectId| {
            let info = document.add_object(dictionary! { key => text("mario.rossi@gmail.com") });
            document.trailer.set("Info", info);
        }
    };
    let xmp = "<x:xmpmeta><rdf:RDF><dc:creator>mario.rossi@gmail.com</dc:creator></rdf:RDF></x:xmpmeta>";
    let place = "<x:xmpmeta><rdf:Description exif:GPSLatitude=\"45,41.8N\" exif:GPSLongitude=\"9,40.6E\"/></x:xmpmeta>";
    let of_camera = |with_place| [&b"Exif\0\0"[..], &exif(with_place)].concat();
    let doctype = "<!DOCTYPE svg [<!ENTITY chi \"mario.rossi@\">]>";
    let drawn = String::from_utf8(svg("<text>&chi;gmail.com</text>")).expect("UTF-8");
    vec![
        ("Word, a text in runs", Media("docx", docx(runs, ("a.xml", ""))), MAIL),
        ("Word, who wrote it", Media("docx", docx("", ("docProps/core.xml", core))), MAIL),
        ("Word, a comment", Media("docx", docx("", ("word/comments.xml", note))), CF),
        ("Excel, a text", Media("xlsx", xlsx(&["IT60 X054 2811 1010 0000 0123 456"], "")), IBAN),
        ("Excel, a number under its heading", Media("xlsx", xlsx(&["Cellulare"], cells)), TEL),
        (
            "LibreOffice, a text in spans",
            Media("odt", odt("<text:p>RSSMRA<text:span>85T10</text:span>A562S</text:p>")),
            CF,
        ),
        ("an archive", Media("zip", table.clone()), TEL),
        ("an archive in an archive", Media("zip", zip(&[("dentro.zip", &table)])), TEL),
        ("a name in an archive", Media("zip", zip(&[("RSSMRA85T10A562S.txt", b"")])), CF),
        (
            "PDF, its text",
            Media("pdf", pdf("BT /F 9 Tf 9 9 Td (Scrivi a mario.rossi@gmail.com) Tj ET", |_, _| {})),
            MAIL,
        ),
        (
            "PDF, a text in pieces",
            Media("pdf", pdf("BT /F 9 Tf 9 9 Td [(RSSM) -20 (RA85T10) 15 (A562S)] TJ ET", |_, _| {})),
            CF,
        ),
        (
            "PDF, compressed XMP",
            Media(
                "pdf",
                pdf("", |document, _| {
                    let dictionary = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
                    document.add_object(stream(dictionary, xmp));
                }),
            ),
            MAIL,
        ),
        ("PDF, a field of its own in Info", Media("pdf", pdf("", own("Referente"))), MAIL),
        (
            "PDF, a link",
            Media(
                "pdf",
                pdf("", |document, page| {
                    let action = dictionary! { "S" => "URI", "URI" => text("mailto:mario.rossi%40gmail.com") };
                    let link =
                        document.add_object(dictionary! { "Type" => "Annot", "Subtype" => "Link", "A" => action });
                    let page = document.get_object_mut(page).and_then(Object::as_dict_mut).expect("a page");
                    page.set("Annots", vec![link.into()]);
                }),
            ),
            MAIL,
        ),
        (
            "PDF, a file in it",
            Media(
                "pdf",
                pdf("", |document, _| {
                    document.add_object(stream(dictionary! { "Type" => "EmbeddedFile" }, "Rossi;340 1234567\n"));
                }),
            ),
            TEL,
        ),
        ("SVG, an entity of its own", Media("svg", format!("{doctype}{drawn}").into_bytes()), MAIL),
        (
            "SVG, letters in tspans",
            Media("svg", svg("<text><tspan>mario.ro</tspan><tspan>ssi@gmail.com</tspan></text>")),
            MAIL,
        ),
        ("SVG, compressed", Media("svgz", gzip(&svg("<text>mario.rossi@gmail.com</text>"))), MAIL),
        (
            "mail, quoted-printable",
            Media("eml", mime("quoted-printable", "Scrivi a mario.ross=\r\ni=40gmail.com")),
            MAIL,
        ),
        ("mail, base64", Media("eml", mime("base64", "U2NyaXZpIGEgbWFyaW8ucm9z\r\nc2lAZ21haWwuY29t")), MAIL),
        ("JPEG, behind its end", Media("jpg", jpeg(&of_camera(false), b"mario.rossi@gmail.com")), MAIL),
        ("PNG, behind its end", Media("png", png(None, &zip(&[("a.txt", b"RSSMRA85T10A562S")]))), CF),
        ("JPEG, where it was taken", Media("jpg", jpeg(&of_camera(true), b"")), GPS),
        ("PNG, where it was taken", Media("png", png(Some((b"eXIf", &exif(true))), b"")), GPS),
        (
            "JPEG, where it was taken, in XMP",
            Media("jpg", jpeg(format!("http://ns.adobe.com/xap/1.0/\0{place}").as_bytes(), b"")),
            GPS,
        ),
        ("a table in UTF-16", Media("csv", utf16("Rossi;mario.rossi@gmail.com")), MAIL),
        ("JSON, escaped", Media("json", b"{\"chi\": \"mario.rossi\\u0040gmail.com\"}".to_vec()), MAIL),
    ]
}

fn in_theme() -> Vec<(&'static str, Dove, &'static str)> {
    let page = "{% extends \"italia/pagina.html\" %}\n{% block testa %}{{ super() }}<!-- mario.rossi&#64;gmail.com -->{% endblock testa %}\n";
    let photo = jpeg(&[&b"Exif\0\0"[..], &exif(true)].concat(), b"");
    vec![
        ("a template", Tema("templates/pagina.html", page.into()), MAIL),
        ("a style", Tema("assets/altro.css", b"/* chiedere al 340 1234567 */\n".to_vec()), TEL),
        ("a picture of the theme", Tema("assets/foto.jpg", photo), GPS),
    ]
}

/// What a page and the document say, put together by templates from pieces that say nothing.
fn composed() -> Vec<(&'static str, Site)> {
    let page = "{% extends \"italia/ente.html\" %}\n{% block contenuto %}{{ super() }}<p>{{ \"mario.\" }}<b>rossi</b>{{ \"@\" }}gmail.com</p>{% endblock contenuto %}\n";
    let document = std::fs::read_to_string("themes/italia/documento/piano.typ").expect("the template of the document");
    let document = document + "\n#(\"mario.rossi\", \"gmail.com\").join(str.from-unicode(64))\n";
    vec![
        ("a page put together", with_theme(Site::small()).write("themes/prova/templates/ente.html", page)),
        ("the document put together", with_theme(Site::small()).write("themes/prova/documento/piano.typ", document)),
    ]
}

#[test]
fn seventy_ways_out_are_closed() {
    let mut vie = in_records();
    vie.extend(in_pages());
    vie.extend(in_media());
    vie.extend(in_theme());
    let (wanted, cose): (Vec<_>, Vec<_>) = vie.into_iter().map(|(name, cosa, code)| ((name, code), cosa)).unzip();
    let (site, files) = posati(with_theme(Site::small()), cose);
    let told = detti(&site.concilia(["check", "--format", "riga"]).output().exits(1).stderr);
    let outcome =
        wanted.iter().zip(files).map(|((name, code), file)| (*name, told.contains(&(file, (*code).to_owned()))));
    let mut outcomes: Vec<(&str, bool)> = outcome.collect();
    outcomes.extend(composed().into_iter().map(|(name, site)| {
        let told = detti(&site.concilia(["check", "--documento", "--format", "riga"]).output().stderr);
        (name, told.iter().any(|(_, code)| code == MAIL))
    }));
    assert_eq!(outcomes.len(), 70);
    let open: Vec<&str> = outcomes.iter().filter(|(_, found)| !found).map(|(name, _)| *name).collect();
    assert!(open.is_empty(), "{} of {} ways are open:\n{}", open.len(), outcomes.len(), open.join("\n"));
}

/// What a body declares, which stands in other files too.
const ENTE: &str = "nome: Fondazione dei recapiti
categoria: fondazione
contatti:
  pec: fondazione@pec.example.it
  orari: Su appuntamento, scrivendo a prenota@fondazione.example.it
  sportelli:
    - recapito: 347 1234567
      motivo: È il telefono dello sportello, che risponde a turno
";

fn innocents() -> Vec<(&'static str, Dove)> {
    let cells = "<row><c t=\"s\"><v>0</v></c></row><row><c><v>3401234567</v></c></row>";
    let ids = "<w:p w:rsidR=\"00A77B3E\" w14:paraId=\"3A401234\"><w:r><w:t>Un testo di 3401 parole.</w:t></w:r></w:p>";
    let dated = |document: &mut lopdf::Document, _: lopdf::ObjectId| {
        let dates = dictionary! { "CreationDate" => text("D:20260331120000+02'00'"), "Producer" => text("Prova 3.4") };
        let info = document.add_object(dates);
        document.trailer.set("Info", info);
    };
    let drawing = "BT /F 9 Tf 9 9 Td (Il bando del 31 marzo 2026: 340 posti, 1234567 euro) Tj ET";
    let without_place = [&b"Exif\0\0"[..], &exif(false)].concat();
    vec![
        ("a declared PEC", Pagina("Scrivi a FONDAZIONE@pec.example.it.")),
        ("a declared PEC in a link", Pagina("[Scrivi](mailto:fondazione%40pec.example.it?subject=Domanda)")),
        ("an address declared among the hours", Pagina("Scrivi a prenota@fondazione.example.it.")),
        ("the number of a desk", Pagina("Chiama il 347 1234567.")),
        ("the number of a desk, written otherwise", Pagina("Chiama il +39 347–123–4567.")),
        ("an account of a network", Pagina("Siamo @ats_bergamo@mastodon.uno.")),
        ("an address with an at", Pagina("<https://www.flickr.com/photos/123@N07/>")),
        ("a name in an address", Pagina("<https://medium.com/@nome.cognome/testo>")),
        ("a code of ten digits", Pagina("La pratica ha codice 3401234567.")),
        ("an amount of ten digits", Pagina("Il fondo nazionale vale 3401234567 euro.")),
        ("an amount with points", Pagina("Il fondo nazionale vale € 3.401.234.567,00.")),
        ("a CUP", Pagina("CUP J10B12300000001.")),
        ("a CIG", Pagina("CIG Z1A2B3C4D5 e 7358295F4C.")),
        ("a protocol", Pagina("Protocollo n. 3401234567 del 9/12/2025.")),
        ("the fiscal code of a body", Pagina("Codice fiscale e partita IVA 04114400163.")),
        ("a landline", Pagina("Tel. 035 385111, fax 035-385222.")),
        ("a green number", Pagina("Numero verde 800 340 123.")),
        ("a code with a wrong letter", Pagina("Per esempio RSSMRA85T10A562T.")),
        ("an account with wrong digits", Pagina("Per esempio IT61X0542811101000000123456.")),
        ("numbers in cells", Pagina("| Posti | Euro |\n|---|---|\n| 340 | 1234567 |")),
        (
            "days and numbers",
            Pagina("Al 31 dicembre 2025 gli iscritti sono 280 e i posti 340; il 20 e il 21 si chiude."),
        ),
        ("a masked address", Pagina("Ha scritto m\\*\\*\\*\\*\\*@gmail.com.")),
        ("words with at", Pagina("Il laboratorio «[at]titudini» costa 3 kg @ 2.50, il 40%40 del resto.")),
        ("a picture for sharp screens", Pagina("Il file si chiama logo@2x.png.")),
        ("the numbers of a drawing", Media("svg", svg("<path d=\"M340 123 4567L3401234567 0\"/><text>ATS</text>"))),
        ("a picture that does not say where", Media("jpg", jpeg(&without_place, b""))),
        ("a picture that says nothing", Media("png", png(None, b""))),
        ("a Word document", Media("docx", docx(ids, ("docProps/core.xml", "<dc:creator>ATS</dc:creator>")))),
        ("a workbook with codes", Media("xlsx", xlsx(&["Codice"], cells))),
        ("a PDF", Media("pdf", pdf(drawing, dated))),
        ("an archive of a table", Media("zip", zip(&[("tabella.csv", b"ente;importo\nAlfa;3401234.50\n")]))),
        ("a sole trader", Scheda("ditta_individuale: true\ncodice_fiscale: RSSMRA85T10A562S")),
    ]
}

#[test]
fn thirty_two_innocents_pass() {
    let (names, cose): (Vec<_>, Vec<_>) = innocents().into_iter().unzip();
    assert_eq!(names.len(), 32);
    let (site, files) = posati(Site::small().write("content/partner/recapiti.yaml", ENTE), cose);
    let output = site.concilia(["check", "--tutti", "--format", "riga"]).output();
    let named: Vec<String> = names.iter().zip(files).map(|(name, file)| format!("{file}: {name}")).collect();
    assert_eq!(detti(&output.stderr), BTreeSet::new(), "{}\n{}", output.stderr, named.join("\n"));
    assert!(!output.stderr.contains("[R-"), "{}", output.stderr);
}

#[test]
fn what_was_made_to_fill_the_memory_is_told_and_does_no_harm() {
    let zeros = vec![0; 64 << 20];
    let bomb = zip(&[("a.txt", &zeros), ("b.txt", &zeros), ("c.txt", &zeros)]);
    let nested = (0..6).fold(b"in fondo".to_vec(), |inside, _| zip(&[("dentro.zip", &inside)]));
    let twice = (0..64).fold(String::new(), |text, n| format!("{text}<!ENTITY a{n} \"&a{};&a{};\">", n + 1, n + 1));
    for (name, bytes) in [
        ("bomba.zip", bomb.clone()),
        ("nido.zip", zip(&[("bomba.zip", &bomb)])),
        ("scatole.zip", nested),
        ("bomba.svgz", gzip(&zeros)),
        ("bomba.txt", format!("<!DOCTYPE x [{twice}]>&a0;&a1;").into_bytes()),
    ] {
        let site = Site::small().write(&format!("content/media/{name}"), bytes);
        let run = site.wrapped(&["prlimit", "--as=1073741824"], ["check"]).env("RAYON_NUM_THREADS", "2");
        let output = run.output();
        let is_text = name.ends_with(".txt");
        assert_eq!(output.code, Some(0), "{name}: {}", output.stderr);
        assert_eq!(output.stderr.contains("R-06"), !is_text, "{name}: {}", output.stderr);
    }
}
