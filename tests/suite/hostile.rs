//! Clumsy and hostile input: a message and exit 1 or 2, never a panic, a hang, or a file outside the output.

use std::ffi::OsString;
use std::fs::{self, File};
use std::os::unix::ffi::OsStringExt;

use crate::html::{Page, pages};
use crate::support::{Output, Site, is_root, tree};

const NIDO: &str = "content/piani/2025-2027/progetti/nido.yaml";
const PLACE: &str = "content/piani/2025-2027/pagine/bisogni.md";

/// Half a gigabyte of addresses: who reads a bomb whole does not come through.
fn check_in_little_memory(site: &Site) -> Output {
    site.wrapped(&["prlimit", "--as=536870912"], ["check"]).env("RAYON_NUM_THREADS", "2").output()
}

/// As somebody who is not root, whom permissions bind.
fn check_as_nobody(site: &Site) -> Output {
    if !is_root() {
        return site.check();
    }
    let walk = walkdir::WalkDir::new(site.root()).into_iter().map(|entry| entry.expect("a readable folder"));
    for entry in walk {
        std::os::unix::fs::lchown(entry.path(), Some(65534), Some(65534)).expect("another owner");
    }
    site.wrapped(&["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"], ["check"]).output()
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let plain = Site::small().built().published();
    let mut site = Site::small();
    for file in tree(&site.path("content")).into_keys().filter(|file| !file.ends_with(".svg")) {
        let file = format!("content/{file}");
        let text = format!("\u{feff}{}", site.read(&file).replace('\n', "\r\n"));
        site = site.write(&file, text);
    }
    let same = site.built().published();
    for (path, bytes) in plain {
        let lines = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("\r\n", "\n");
        // The folded texts keep their own line ends; all else is the same.
        assert!(path.ends_with(".concilia-manifest.json") || lines(&bytes) == lines(&same[&path]), "{path}");
    }
}

#[test]
fn a_place_in_a_file_with_windows_line_ends_is_found() {
    let site = Site::small().replace(NIDO, "stato: in_corso", "stato: in corso");
    let text = site.read(NIDO).replace('\n', "\r\n");
    site.write(NIDO, text).check().exits(1).says("progetti/nido.yaml:5:8");
}

#[test]
fn texts_in_other_encodings_are_named_with_their_line() {
    let latin = b"titolo: Citt\xe0 di prova\n";
    Site::small().write("content/storia/latina.yaml", latin).check().exits(1).says("C-11").says("alla riga 1");
    let wide: Vec<u8> = "titolo: Prova".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = [b"\xff\xfe".to_vec(), wide].concat();
    Site::small().write("content/storia/larga.yaml", wide).check().exits(1).says("sembra UTF-16");
}

#[test]
fn tabs_in_the_place_of_spaces_are_pointed_at() {
    Site::small()
        .replace(NIDO, "  cofinanziamento: 10000.00", "\tcofinanziamento: 10000.00")
        .check()
        .exits(1)
        .says("tabulazione")
        .says("progetti/nido.yaml:10:1");
}

#[test]
fn bombs_of_aliases_and_nesting_are_refused_in_little_memory() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for n in 1..12 {
        let refs = vec![format!("*a{}", n - 1); 10].join(", ");
        bomb.push_str(&format!("a{n}: &a{n} [{refs}]\n"));
    }
    let deep = 100_000;
    let cases = [
        ("aliases", bomb),
        ("brackets", format!("titolo: {}{}\n", "[".repeat(deep), "]".repeat(deep))),
        ("braces", format!("titolo: {}\n", "{a: ".repeat(deep))),
        ("dashes", format!("titolo:\n  {}x\n", "- ".repeat(deep))),
        ("indents", (0..2000).map(|n| format!("{}a:\n", " ".repeat(n))).collect()),
        ("quotes", format!("titolo: {}\n", "> ".repeat(deep))),
    ];
    for (name, text) in cases {
        let site = Site::small().write("content/storia/bomba.yaml", text);
        let output = check_in_little_memory(&site);
        assert_eq!(output.code, Some(1), "{name}: {}", output.stderr);
        assert!(output.stderr.contains("content/storia/bomba.yaml"), "{name}: {}", output.stderr);
    }
}

#[test]
fn deep_nesting_in_a_page_is_no_trouble() {
    for text in
        ["> ".repeat(20_000), "[".repeat(50_000), "- ".repeat(5_000), "*a **b ".repeat(20_000), "![".repeat(50_000)]
    {
        let site = Site::small().append(PLACE, &format!("\n{text}x\n"));
        let output = site.wrapped(&["prlimit", "--as=2147483648"], ["check"]).output();
        assert!(matches!(output.code, Some(0 | 1)), "{:?} {}", output.code, output.stderr);
    }
}

#[test]
fn a_file_of_a_gigabyte_is_refused_unread() {
    for (file, what) in [("content/storia/grande.yaml", "8 MB"), ("content/media/grande.png", "64 MB")] {
        let site = Site::small();
        File::create(site.path(file)).and_then(|file| file.set_len(1 << 30)).expect("a sparse file");
        let output = check_in_little_memory(&site).exits(1).says("C-07").says(what);
        assert_eq!(output.codes().len(), 1, "{}", output.stderr);
    }
    let site = Site::small();
    File::create(site.path("content/media/logo.svg")).and_then(|file| file.set_len(1 << 30)).expect("a sparse logo");
    let output = check_in_little_memory(&site).exits(1);
    assert_eq!(output.codes(), ["C-07"], "that the logo is missing follows from it: {}", output.stderr);
}

#[test]
fn links_out_of_the_folder_are_not_followed() {
    let site =
        Site::small().write("segreto.yaml", "titolo: segreto\ndal: 2000\nal: 2001\n").write("altri/x.png", "segreto");
    let site = site
        .link("content/storia/fuori.yaml", "../../segreto.yaml")
        .link("content/storia/assoluto.yaml", "/etc/passwd")
        .link("content/media/cartella", "../../altri")
        .link("content/storia/dentro.yaml", "reti-2014-2016.yaml");
    let output = site.check().exits(1);
    assert_eq!(output.codes(), ["C-12"; 3], "{}", output.stderr);
    assert!(!output.stderr.contains("segreto\n") && !output.stderr.contains("root:"), "{}", output.stderr);
    assert!(!output.stderr.contains("dentro.yaml"), "a link to a file of the folder is fine");
}

#[test]
fn what_is_not_a_file_is_not_opened() {
    let site = Site::small();
    let fifo = site.path("content/storia/tubo.yaml");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status().expect("mkfifo").success();
    assert!(made);
    site.check().exits(1).says("non è un file normale").says("content/storia/tubo.yaml");
    let site = Site::small();
    fs::create_dir(site.path("content/storia/cartella.yaml")).expect("a folder");
    site.write("content/storia/cartella.yaml/x.yaml", "titolo: X\n").check().exits(1).says("C-10");
}

#[test]
fn unreadable_files_and_folders_are_named() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::small();
    fs::set_permissions(site.path(NIDO), fs::Permissions::from_mode(0o000)).expect("no permission");
    fs::set_permissions(site.path("content/storia"), fs::Permissions::from_mode(0o000)).expect("no permission");
    let output = check_as_nobody(&site).exits(1);
    fs::set_permissions(site.path("content/storia"), fs::Permissions::from_mode(0o755)).expect("permission again");
    assert_eq!(output.codes(), ["C-12"; 2], "{}", output.stderr);
    assert!(output.stderr.contains(NIDO) && output.stderr.contains("content/storia"), "{}", output.stderr);
    assert!(output.stderr.contains("manca il permesso"), "{}", output.stderr);
}

#[test]
fn ids_cannot_lead_out_of_the_output() {
    let ways = [
        (NIDO, "alleanza: monte", "alleanza: ../../monte"),
        ("content/partner/terzo-settore.yaml", "- id: coop-delta", "- id: ../coop-delta"),
        ("content/sito.yaml", "piano_corrente: 2025-2027", "piano_corrente: ../2025-2027"),
        ("content/sito.yaml", "piano_corrente: 2025-2027", "tema: ../../tmp"),
    ];
    for (file, from, to) in ways {
        let site = Site::small().replace(file, from, to);
        let before = tree(site.root());
        site.concilia(["build"]).output().exits(1).says("non è un identificativo");
        assert_eq!(tree(site.root()), before, "{to}");
    }
    // A file name with bytes that are no text.
    let site = Site::small();
    let name = OsString::from_vec(b"content/storia/\xff\xfe.yaml".to_vec());
    fs::write(site.root().join(name), "titolo: X\n").expect("a file");
    site.check().exits(1).says("C-10");
    site.concilia(["build", "--theme", "../x"]).output().exits(2).says("non è il nome di un tema");
}

#[test]
fn markup_and_scripts_in_texts_do_not_reach_a_page() {
    let page = "\n<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n<a href=\"javascript:alert(1)\">x</a>\n";
    let site = Site::small()
        .append(PLACE, page)
        .replace(NIDO, "titolo: Un nido vicino al lavoro", "titolo: <script>alert(2)</script> \"nido\" & 'x'")
        .replace("content/sito.yaml", "titolo: Piano", "titolo: '<img src=x onerror=alert(3)>' #")
        .built();
    let tree = site.published();
    for page in pages(&tree) {
        let strange = page.select(
            "script:not([src], [type='application/ld+json']), [onerror], [onclick], [href^=\"javascript\"], img[src=x]",
        );
        assert!(strange.is_empty(), "{}", page.path);
    }
    for (path, bytes) in tree.iter().filter(|(path, _)| path.ends_with(".svg") || path.ends_with(".xml")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("<script") && !text.contains("<img"), "{path}");
    }
    let told = Page::of(&tree, "2025-2027/bisogni/index.html").body();
    assert!(told.contains("<script>alert(1)</script>"), "it is shown as its author wrote it: {told}");
    for scheme in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example/x",
        "file:///etc/passwd",
    ] {
        Site::small().append(PLACE, &format!("\n[x]({scheme})\n")).check().exits(1).says("C-16").says("bisogni.md:8:1");
    }
}

#[test]
fn letters_of_another_alphabet_are_a_warning() {
    let site = Site::small().replace(NIDO, "titolo: Un nido vicino", "titolo: Un nid\u{43e} vicino");
    site.check().exits(0).says("avviso[C-13]").says("nido.yaml:1:12").says("`nido`");
}

#[test]
fn two_records_with_one_id_are_told_where_both_are() {
    let site =
        Site::small().write("content/partner/coop-delta.yaml", "nome: Un'altra\ncategoria: cooperativa-sociale\n");
    let output =
        site.check().exits(1).says("content/partner/coop-delta.yaml").says("content/partner/terzo-settore.yaml:1:7");
    assert_eq!(output.codes(), ["C-09"], "{}", output.stderr);
}

#[test]
fn empty_folders_and_files_get_a_message() {
    let site = Site::empty();
    fs::create_dir(site.path("content")).expect("a folder");
    site.check().exits(1).says("manca il file `sito.yaml`");
    let site = Site::small().write(NIDO, "");
    let output = site.check().exits(1).says("il file è vuoto");
    assert_eq!(output.codes(), ["C-01"], "totals without it are not judged: {}", output.stderr);
    let site = Site::small();
    fs::create_dir_all(site.path("content/piani/2028-2030/progetti")).expect("a folder");
    fs::create_dir_all(site.path("content/norme")).expect("a folder");
    site.check().exits(0);
    let only_comments = "# niente\n---\n# ancora niente\n";
    Site::small()
        .write(NIDO, only_comments)
        .check()
        .exits(1)
        .says("nido.yaml")
        .says("scrivi la scheda, o togli il file");
    let open = Site::small().write("content/pagine/privacy.md", "---\ntitolo: Riservatezza\n\nTesto.\n");
    open.check().exits(1).says("errore[C-14]: l'intestazione non è chiusa: manca la seconda riga `---`");
}

#[test]
fn strange_bytes_do_not_reach_the_terminal() {
    let site = Site::small().replace(NIDO, "stato: in_corso", "stato: \"\\e[31m\\u202Erosso\"");
    let output = site.check().exits(1);
    assert!(!output.stderr.contains('\u{1b}') && !output.stderr.contains('\u{202e}'), "{:?}", output.stderr);
}

#[test]
fn amounts_are_exact_or_refused() {
    for amount in ["1e3", "50_000", "50000.005", "-1", "0x10", ".5", "NaN", "~", "[1]", "99999999999999999999", "\"\""]
    {
        let site = Site::small().replace(NIDO, "costo_complessivo: 50000.00", &format!("costo_complessivo: {amount}"));
        let output = site.check().exits(1);
        assert!(
            output.codes().iter().all(|code| ["C-03", "C-04"].contains(&code.as_str())),
            "{amount}: {}",
            output.stderr
        );
        // What is nothing is an amount that is not there: the group that lacks it is shown.
        let line = if amount == "~" { "nido.yaml:8:" } else { "nido.yaml:9:" };
        assert!(output.stderr.contains(line), "{amount}: {}", output.stderr);
    }
}

/// A disk of the network that goes away fails to close what it has given.
#[test]
fn a_folder_that_cannot_be_closed_is_told_like_one_that_cannot_be_read() {
    let site = Site::small()
        .replace("content/sito.yaml", "piano_corrente:", "tema: prova\npiano_corrente:")
        .write("themes/prova/assets/x.css", "");
    let folders: Vec<String> = walkdir::WalkDir::new(site.root())
        .into_iter()
        .map(|entry| entry.expect("a readable folder"))
        .filter(|entry| entry.file_type().is_dir())
        .flat_map(|entry| ["-P".to_owned(), entry.path().to_string_lossy().into_owned()])
        .collect();
    let mut strace = vec!["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=close:error=EIO"];
    strace.extend(folders.iter().map(String::as_str));
    let told = site.wrapped(&strace, ["check"]).output().exits(1);
    assert!(told.stderr.contains("non riesco a leggere la cartella"), "{}", told.stderr);
    assert!(!told.stderr.contains("panicked"), "{}", told.stderr);
}

/// A filter of three lines made the document ask for 640 TB, and a pattern or a narrow drawing can do the same.
#[test]
fn a_logo_that_claims_a_size_of_its_own_is_refused_before_it_is_drawn() {
    let filter = "<filter id=\"f\" filterUnits=\"userSpaceOnUse\" x=\"0\" y=\"0\" width=\"4e6\" height=\"4e6\">\
                  <feFlood/></filter><rect width=\"9\" height=\"9\" filter=\"url(#f)\"/>";
    let pattern = "<pattern id=\"f\" patternUnits=\"userSpaceOnUse\" width=\"4e6\" height=\"4e6\">\
                   <rect width=\"9\" height=\"9\"/></pattern><rect width=\"9\" height=\"9\" fill=\"url(#f)\"/>";
    let root = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">";
    for drawing in [filter, pattern] {
        let site = Site::small().write("content/media/logo.svg", format!("{root}{drawing}</svg>"));
        site.check().exits(1).says("ha filtri o motivi ripetuti");
    }
    let long = root.replace("width=\"9\"", "width=\"900\"");
    let site = Site::small().write("content/media/logo.svg", format!("{long}<path d=\"M0 0h9v9z\"/></svg>"));
    site.check().exits(1).says("un lato è più di cinquanta volte l'altro");
    // A number so large that what is added to it is lost.
    let inner = "PHN2ZyB4bWxucz0naHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmcnIHdpZHRo\
                 PSc5JyBoZWlnaHQ9JzknPjxwYXRoIGQ9J00wIDBoOXY5eicvPjwvc3ZnPg==";
    let image = format!("<image width=\"9\" height=\"1e20\" href=\"data:image/svg+xml;base64,{inner}\"/>");
    let site = Site::small().write("content/media/logo.svg", format!("{root}{image}</svg>"));
    site.check().exits(1).says("ha misure che nessun documento può contenere");
}
