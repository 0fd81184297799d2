//! `concilia verifica`: nothing that was changed passes, and nothing hostile is opened.

use concilia::input::consegne::{FileDiPacchetto, MANIFESTO, Manifesto, archivio};
use concilia::pacchetto::verifica::e_integro;
use concilia::print::tipografia::Lavoro;
use concilia::record::StatoPiano;
use concilia::value::impronta;

use crate::consegna::{ZIP, delivered, opened};
use crate::support::{Output, Site, Tree, fixtures};

pub fn packed(tree: &Tree) -> Vec<u8> {
    let manifest = tree.get(MANIFESTO).map(|bytes| (MANIFESTO, bytes.as_slice()));
    let others = tree.iter().filter(|(name, _)| *name != MANIFESTO);
    let files = manifest.into_iter().chain(others.map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    archivio::scrivi(files).expect("an archive")
}

/// A package whose manifest was made to fit what is in it now.
fn with_manifest_that_fits(mut tree: Tree, change: impl FnOnce(&mut Manifesto)) -> Vec<u8> {
    let mut manifest = Manifesto::letto(&tree[MANIFESTO]).expect("a manifest");
    for file in &mut manifest.file {
        let bytes = &tree[&file.nome];
        file.sha256 = impronta(bytes);
        file.byte = bytes.len() as u64;
    }
    change(&mut manifest);
    tree.insert(MANIFESTO.to_owned(), manifest.scritto());
    packed(&tree)
}

fn checked(bytes: &[u8]) -> Output {
    let site = Site::empty().write("x.zip", bytes);
    site.concilia(["verifica", "x.zip"]).output()
}

#[track_caller]
fn fails(bytes: &[u8], because: &str) {
    let output = checked(bytes).exits(1);
    assert!(output.stdout.contains(because), "nothing says\n{because}\nbut\n{}", output.stdout);
}

#[test]
fn a_package_passes_as_archive_and_as_folder() {
    let site = Site::example();
    let bytes = delivered(&site);
    let output = checked(&bytes).exits(0);
    for words in [
        "\nIl Piano è in regola: 18 regole rispettate, ",
        "Il pacchetto è integro.",
        "danno gli stessi byte",
        "frase: si vede",
        "`documento/piano.pdf`: la frase è nel testo di 13 pagine su 13, il logo in copertina",
        "confronta codice di",
    ] {
        assert!(output.stdout.contains(words), "{words} in\n{}", output.stdout);
    }
    let tree = opened(&bytes);
    let folder = tree.iter().fold(Site::empty(), |site, (name, bytes)| site.write(&format!("estratto/{name}"), bytes));
    folder.concilia(["verifica", "estratto"]).output().exits(0);
    let json = site.concilia(["verifica", ZIP, "--format", "json"]).output().exits(0).stdout;
    let told: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(told["esito"], "superata");
    assert_eq!(told["sha256"], impronta(&bytes).as_str());
    let verdetto = "Il Piano è in regola: 18 regole rispettate, 5 dichiarate dall'ATS, 7 presenti, 2 informazioni.";
    assert_eq!(told["verdetto"], verdetto);
    assert_eq!(told["prove"].as_array().map(Vec::len), Some(6));
    // What a system leaves behind is no part of it.
    let folder = folder.write("estratto/.DS_Store", "x").write("estratto/dati/Thumbs.db", "x");
    let output = folder.concilia(["verifica", "estratto"]).output().exits(0);
    let added = "file che il sistema ha aggiunto, e che non contano: `.DS_Store`, `dati/Thumbs.db`";
    assert!(output.stdout.contains(added), "{}", output.stdout);
    let folder = folder.write("estratto/dati/enti.csv", "altro").write("estratto/nuovo.txt", "nuovo");
    let output = folder.concilia(["verifica", "estratto"]).output().exits(1);
    assert!(output.stdout.contains("`dati/enti.csv` non è il file del manifesto"), "{}", output.stdout);
    assert!(output.stdout.contains("`nuovo.txt` non è nel manifesto"), "{}", output.stdout);
}

/// One byte, anywhere: in a file, in a header, in the index. The same thousand on every run.
#[test]
fn a_thousand_changed_bytes_are_all_found_and_named() {
    let bytes = delivered(&Site::small());
    assert!(e_integro(&bytes).is_ok());
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 16).expect("64 bits")
    };
    let index = bytes.len() - 9_000;
    for n in 0..1_000 {
        let mut changed = bytes.clone();
        // Every fourth in the last part, where the index of the archive is.
        let at = if n % 4 == 0 { index + next() % (bytes.len() - index) } else { next() % bytes.len() };
        changed[at] ^= u8::try_from(next() % 255 + 1).expect("a byte");
        let found = e_integro(&changed).expect_err(&format!("the change at {at} is not found"));
        assert!(!found.is_empty() && found.iter().all(|line| !line.is_empty()), "{at}");
        let is_named = found.iter().any(|line| line.contains('`') || line.contains("archivio"));
        assert!(is_named, "{at}: {found:?}");
    }
}

#[test]
fn a_changed_byte_in_a_file_is_told_with_its_name() {
    let bytes = delivered(&Site::small());
    let words = b"contributo_riconosciuto: 40000.00";
    let at = bytes.windows(words.len()).position(|window| window == words).expect("the sheet");
    let mut changed = bytes.clone();
    changed[at + words.len() - 4] = b'1';
    fails(&changed, "`schede/content/piani/2025-2027/progetti/nido.yaml`: il contenuto è stato cambiato");
    for (more, because) in [
        ([bytes.clone(), vec![0]].concat(), "non si trova il suo indice"),
        (bytes[..bytes.len() - 1].to_vec(), "troncato"),
    ] {
        fails(&more, because);
    }
}

/// Whoever changes a file can change the manifest too: the records tell, since all is made from them again.
#[test]
fn a_manifest_that_was_made_to_fit_does_not_help() {
    let tree = opened(&delivered(&Site::small()));
    let change = |name: &str, from: &str, to: &str| {
        let mut tree = tree.clone();
        let text = String::from_utf8(tree[name].clone()).expect(name);
        assert!(text.contains(from), "{name}: {from}");
        tree.insert(name.to_owned(), text.replace(from, to).into_bytes());
        tree
    };
    let nido = "schede/content/piani/2025-2027/progetti/nido.yaml";
    let data = change("dati/progetti.csv", "40000.00", "50000.00");
    fails(&with_manifest_that_fits(data, |_| {}), "`dati/progetti.csv`, rifatto dalle schede, è diverso");
    let record = change(nido, "titolo: ", "titolo: Nuovo ");
    fails(&with_manifest_that_fits(record, |_| {}), "rifatto dalle schede");
    let rule = change(nido, "contributo_riconosciuto: 40000.00", "contributo_riconosciuto: 90000.00");
    fails(&with_manifest_that_fits(rule, |_| {}), "Q-02: il contributo riconosciuto supera quello richiesto");
    let plan = change("dati/piano.json", "40000.00", "50000.00");
    fails(&with_manifest_that_fits(plan, |_| {}), "il codice di controllo del manifesto non è quello");
    let product = with_manifest_that_fits(tree.clone(), |manifest| manifest.prodotti[0].sha256 = "0".repeat(64));
    fails(&product, "rifatto dalle schede, non ha lo SHA-256 del manifesto");
    let head = with_manifest_that_fits(tree.clone(), |manifest| manifest.consegna.titolo = "Altro".into());
    fails(&head, "`titolo`: il manifesto dice «Altro», le schede «Piano 2025-2027»");
    let lost = with_manifest_that_fits(tree.clone(), |manifest| manifest.file.retain(|file| file.nome != nido));
    fails(&lost, &format!("`{nido}` non è nel manifesto"));
    let outside = with_manifest_that_fits(tree.clone(), |manifest| {
        let file = manifest.file.iter_mut().find(|file| file.nome == nido).expect(nido);
        file.origine = Some("schede/content/../../fuori.yaml".into());
    });
    fails(&outside, &format!("`{nido}` non è il nome che concilia dà a `schede/content/../../fuori.yaml`"));
    // A name that was made is made from one path alone: no record lies where another one did.
    let elsewhere = with_manifest_that_fits(tree.clone(), |manifest| {
        let file = manifest.file.iter_mut().find(|file| file.nome == nido).expect(nido);
        file.origine = Some("schede/content/piani/2025-2027/progetti/altro.yaml".into());
    });
    fails(&elsewhere, &format!("`{nido}` non è il nome che concilia dà a"));
    let norm = change("programma/norme/dgr-5464-2025.yaml", "titolo: ", "titolo: Nuovo ");
    fails(
        &with_manifest_that_fits(norm, |_| {}),
        "i file di `programma/norme/` non sono quelli che il manifesto dichiara",
    );
}

/// The version is a part of what can be forged: what is judged without the program stays a NO under any version.
#[test]
fn a_forged_head_is_found_whatever_version_it_names() {
    let tree = opened(&delivered(&Site::small()));
    let nido = "schede/content/piani/2025-2027/progetti/nido.yaml";
    let mut with_errors = tree.clone();
    let text = String::from_utf8(tree[nido].clone()).expect(nido);
    let text = text.replace("contributo_riconosciuto: 40000.00", "contributo_riconosciuto: 90000.00");
    with_errors.insert(nido.to_owned(), text.into_bytes());
    for tree in [tree, with_errors] {
        let forged = with_manifest_that_fits(tree, |manifest| {
            let head = &mut manifest.consegna;
            head.programma.versione = "9.9.9".into();
            head.ats = "ATS Altra".into();
            head.titolo = "Altro\u{1b}[2J\u{202e}".into();
            head.numero = 7;
            head.stato = StatoPiano::PresoAtto;
            head.data = concilia::value::Data::parse("2030-01-01").expect("a day");
            let step = head.passaggi.adozione.as_mut().expect("adopted");
            step.protocollo = Some("1/2030".into());
        });
        let output = checked(&forged).exits(1);
        for words in [
            "NO  consegna: ",
            "`ats`: il manifesto dice «ATS Altra», le schede «ATS Esempio»",
            "`data`: il manifesto dice «2030-01-01»",
            "`numero`: il manifesto dice «7», le schede «1»",
            "`stato`: il manifesto dice «preso_atto», le schede «adottato»",
            "`passaggi.adozione.protocollo`: il manifesto dice «1/2030», le schede nulla",
            "`titolo`: il manifesto dice «Altro␛[2J\u{fffd}»",
            "Il pacchetto NON è integro",
        ] {
            assert!(output.stdout.contains(words), "{words} in\n{}", output.stdout);
        }
        assert!(!output.stdout.contains(['\u{1b}', '\u{202e}']), "{:?}", output.stdout);
    }
}

/// A template is a program: one that never ends, and one that wants all the memory, end at the limits.
#[test]
fn a_package_that_asks_for_too_much_is_told_so() {
    let tree = opened(&delivered(&Site::small()));
    let loops = "{% for a in range(end=99999) %}".repeat(4) + &"{% endfor %}".repeat(4);
    let memory =
        "{% set s = \"aaaaaaaaaaaaaaaa\" %}{% for a in range(end=60) %}{% set_global s = s ~ s %}{% endfor %}{{ s }}";
    for template in [loops.as_str(), memory] {
        let name = "schede/themes/prova/templates/404.html";
        let mut tree = tree.clone();
        tree.insert(name.to_owned(), template.into());
        let hostile = with_manifest_that_fits(tree, |manifest| {
            let (byte, sha256) = (template.len() as u64, impronta(template.as_bytes()));
            manifest.file.push(FileDiPacchetto { nome: name.into(), byte, sha256, origine: None });
            manifest.consegna.richiesta.tema = Some("prova".into());
        });
        let site = Site::empty().write("x.zip", &hostile);
        // Stricter limits than the program's own stay: nobody waits for those.
        let limits = ["sh", "-c", "ulimit -t 15; ulimit -d 1500000; exec \"$@\"", "sh"];
        let output = site.wrapped(&limits, ["verifica", "x.zip"]).output().exits(1);
        assert!(output.stdout.contains("rifare il Piano va oltre i limiti"), "{}", output.stdout);
        assert!(output.stdout.contains("sì  file: "), "{}", output.stdout);
    }
}

#[test]
fn code_and_sha256_of_the_protocol_are_compared() {
    let site = Site::small();
    let bytes = delivered(&site);
    let sha256 = impronta(&bytes);
    let code = Manifesto::letto(&opened(&bytes)[MANIFESTO]).expect("a manifest").consegna.codice_di_controllo;
    let grouped: String =
        code[..32].chars().enumerate().map(|(i, c)| if i % 4 == 3 { format!("{c} ") } else { c.to_string() }).collect();
    let upper = sha256.to_uppercase();
    let verifica = |args: &[&str]| site.concilia(["verifica", ZIP].iter().chain(args)).output();
    let output = verifica(&["--codice", &grouped, "--sha256", &upper]).exits(0);
    assert!(output.stdout.contains("ed è quello registrato nel protocollo."), "{}", output.stdout);
    let other = "0".repeat(64);
    let output = verifica(&["--codice", &code, "--sha256", &other]).exits(1);
    for words in [
        "NO  protocollo: non è il pacchetto registrato nel protocollo",
        &format!("lo SHA-256 del protocollo è {other}, quello del pacchetto è {sha256}"),
        "I file sono integri, ma il pacchetto NON è quello registrato nel protocollo.",
    ] {
        assert!(output.stdout.replace("\n", " ").contains(words), "{words} in\n{}", output.stdout);
    }
    assert!(
        !verifica(&["--codice", &grouped, "--sha256", &upper]).stdout.contains("--sha256"),
        "nothing is left to do"
    );
    // Another day of sending has the same code: of the whole package answers the SHA-256 alone.
    let output = verifica(&["--codice", &grouped]).exits(0).stdout.replace('\n', " ");
    assert!(output.contains("i dati del Piano sono quelli registrati nel protocollo. Se è lo stesso"), "{output}");
    assert!(!output.contains("ed è quello registrato"), "{output}");
    verifica(&["--codice", "12 AB"]).exits(2).says("`12 AB` non è un codice di controllo: sono 32 cifre");
    verifica(&["--sha256", &code[..32]]).exits(2).says("non è uno SHA-256: sono 64 cifre");
}

/// Written by the program before this one: all that needs no program is still judged.
#[test]
fn a_package_of_the_first_format_is_still_checked_and_kept() {
    let bytes = std::fs::read(fixtures().join("consegne/formato-1.zip")).expect("formato-1.zip");
    let output = checked(&bytes).exits(1);
    for words in [
        "sì  archivio: ",
        "sì  file: 111 file",
        "sì  consegna: ",
        "?   ricostruzione: il pacchetto è di un'altra edizione di concilia 0.1.0",
        "sì  frase e logo: ",
        "I file sono integri",
    ] {
        assert!(output.stdout.contains(words), "{words} in\n{}", output.stdout);
    }
    // Rules that came later are told, and say nothing of the bytes.
    let is_rules = |line: &str| line.starts_with("NO  regole: le schede non rispettano le regole di questa versione");
    assert!(output.stdout.lines().filter(|line| line.starts_with("NO ")).all(is_rules), "{}", output.stdout);
    let forged = with_manifest_that_fits(opened(&bytes), |manifest| manifest.consegna.titolo = "Altro".into());
    fails(&forged, "NO  consegna: ");
    let site = Site::small().write("content/piani/2025-2027/consegne/consegna-1.zip", &bytes).built();
    let page = String::from_utf8(site.published()["2025-2027/storico/index.html"].clone()).expect("a page");
    assert!(page.contains(&impronta(&bytes)), "{page}");
    let second = delivered(&site);
    let kept = opened(&second).remove("schede/content/piani/2025-2027/consegne/consegna-1.json").expect("an extract");
    let site = site.remove("content/piani/2025-2027/consegne/consegna-1.zip");
    site.write("content/piani/2025-2027/consegne/consegna-1.json", kept).check().exits(0);
}

#[test]
fn a_package_of_another_version_is_told_so_and_kept_apart_from_a_changed_one() {
    let tree = opened(&delivered(&Site::small()));
    let other = with_manifest_that_fits(tree, |manifest| {
        manifest.consegna.programma.versione = "9.9.9".into();
        manifest.prodotti[0].sha256 = "0".repeat(64);
    });
    let site = Site::empty().write("x.zip", &other);
    let output = site.concilia(["verifica", "x.zip"]).output().exits(1);
    assert!(output.stdout.contains("il pacchetto è di concilia 9.9.9"), "{}", output.stdout);
    assert!(output.stdout.contains("I file sono integri"), "{}", output.stdout);
    let json = site.concilia(["verifica", "x.zip", "--format", "json"]).output().exits(1).stdout;
    let told: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(told["esito"], "altra_versione");
}

/// The document is read as it came: that it was not made from the records is one thing, that it hides who pays another.
#[test]
fn a_document_without_phrase_and_logo_is_told_page_by_page() {
    let tree = opened(&delivered(&Site::small()));
    let with_document = |pages: &str| {
        let modello = format!("#set document(title: \"Piano\")\n#set text(lang: \"it\")\n{pages}");
        let modelli = [("piano.typ", modello.as_str())].into_iter().collect();
        let lavoro = Lavoro { modelli, principale: "piano.typ", ..Lavoro::default() };
        let pdf = lavoro.componi().and_then(|composto| composto.pdf("prova", (2026, 1, 31))).expect("a PDF");
        let mut tree = tree.clone();
        tree.insert("documento/piano.pdf".to_owned(), pdf);
        with_manifest_that_fits(tree, |_| {})
    };
    let silent = with_document("Uno\n#pagebreak()\nDue\n#pagebreak()\nTre");
    fails(&silent, "`documento/piano.pdf`: la frase manca nel testo, alle pagine 1, 2 e 3 su 3");
    fails(&silent, "`documento/piano.pdf`: sulla prima pagina non c'è nessuna figura «");
    let frase = "Intervento finanziato con il contributo di Regione Lombardia";
    let late = with_document(&format!("{frase}\n#pagebreak()\nDue\n#pagebreak()\n{frase}"));
    fails(&late, "`documento/piano.pdf`: la frase manca nel testo, alla pagina 2 su 3");
    let mut broken = tree.clone();
    broken.insert("documento/piano.pdf".to_owned(), b"%PDF-1.7\nniente".to_vec());
    fails(&with_manifest_that_fits(broken, |_| {}), "`documento/piano.pdf`: è un PDF rovinato: non si legge");
}

#[test]
fn a_lone_file_needs_the_package_that_it_comes_from() {
    let site = Site::small();
    let tree = opened(&delivered(&site));
    let site = site.write("solo.pdf", "%PDF-1.7\nun altro").write("alleanze.csv", &tree["dati/alleanze.csv"]);
    site.concilia(["verifica", "solo.pdf"]).output().exits(2).says("con `--pacchetto`");
    let other = site.concilia(["verifica", "solo.pdf", "--pacchetto", ZIP]).output().exits(1);
    assert!(other.stdout.contains("`solo.pdf` non è nessuno dei file del pacchetto"), "{}", other.stdout);
    let same = site.concilia(["verifica", "alleanze.csv", "--pacchetto", ZIP]).output().exits(0);
    assert!(same.stdout.contains("`alleanze.csv` è proprio `dati/alleanze.csv`"), "{}", same.stdout);
    assert!(other.stdout.contains("è un PDF rovinato: non si legge"), "{}", other.stdout);
    let site = site.write("documento.pdf", &tree["documento/piano.pdf"]);
    let same = site.concilia(["verifica", "documento.pdf", "--pacchetto", ZIP]).output().exits(0);
    assert!(
        same.stdout.contains("`documento.pdf` è proprio `documento/piano.pdf` del pacchetto; la frase è nel testo")
    );
    // The document of other records is another one, whatever it says of who pays.
    let nido = "content/piani/2025-2027/progetti/nido.yaml";
    let changed = Site::small().replace(nido, "previsto: 20", "previsto: 21").built();
    let published = changed.published();
    let site = site.write("documento.pdf", &published["2025-2027/documento/piano.pdf"]);
    let other = site.concilia(["verifica", "documento.pdf", "--pacchetto", ZIP]).output().exits(1);
    for words in [
        "`documento.pdf` non è nessuno dei file del pacchetto",
        "la frase è nel testo di",
        "Il pacchetto è integro, ma il documento non è quello del pacchetto.",
    ] {
        assert!(other.stdout.contains(words), "{words} in\n{}", other.stdout);
    }
    site.concilia(["verifica", ZIP, "--pacchetto", ZIP]).output().exits(2).says("un pacchetto si verifica da sé");
    site.concilia(["verifica"]).output().exits(2).says("manca il file da verificare");
    let other = Site::small();
    other.concilia(["modello", "piano.xlsx"]).output().exits(0);
    let told = other.concilia(["verifica", "piano.xlsx"]).output().exits(2);
    assert_eq!(told.stderr.lines().count(), 1, "{}", told.stderr);
    told.says("`piano.xlsx` è un foglio di calcolo, non un pacchetto");
    site.concilia(["verifica", "assente.zip"]).output().exits(2).says("non riesco a leggere `assente.zip`: non esiste");
    site.concilia(["verifica", "content"]).output().exits(2).says("non è un pacchetto estratto");
}

/// A file of an archive as nobody honest writes it.
struct Odd {
    name: Vec<u8>,
    bytes: Vec<u8>,
    method: u16,
    flags: u16,
    mode: u32,
    size: u32,
}

fn odd(name: &str) -> Odd {
    Odd { name: name.into(), bytes: b"x".to_vec(), method: 0, flags: 0, mode: 0o100_644, size: 1 }
}

fn archive(files: &[Odd], comment: &[u8]) -> Vec<u8> {
    let (mut out, mut index) = (Vec::new(), Vec::new());
    for file in files {
        let offset = u32::try_from(out.len()).expect("small");
        let mut common = Vec::new();
        for half in [20, file.flags, file.method, 0, 0x21] {
            common.extend(half.to_le_bytes());
        }
        let packed = u32::try_from(file.bytes.len()).expect("small");
        for whole in [crc32fast::hash(&file.bytes), packed, file.size] {
            common.extend(whole.to_le_bytes());
        }
        common.extend(u16::try_from(file.name.len()).expect("short").to_le_bytes());
        common.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(&file.name);
        out.extend(&file.bytes);
        index.extend(b"PK\x01\x02\x14\x03");
        index.extend(&common);
        index.extend([0; 6]);
        index.extend((file.mode << 16).to_le_bytes());
        index.extend(offset.to_le_bytes());
        index.extend(&file.name);
    }
    let (start, count) = (u32::try_from(out.len()).expect("small"), u16::try_from(files.len()).expect("few"));
    out.extend(&index);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(u32::try_from(index.len()).expect("small").to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend(u16::try_from(comment.len()).expect("short").to_le_bytes());
    out.extend(comment);
    out
}

#[test]
fn hostile_archives_are_refused_one_by_one() {
    let bomb = miniz_oxide::deflate::compress_to_vec(&vec![0; 50 << 20], 9);
    let is_bomb = |size| Odd { bytes: bomb.clone(), method: 8, size, ..odd("bomba.txt") };
    let cases: Vec<(&str, Vec<Odd>, &str)> = vec![
        ("zip slip", vec![odd("../../etc/passwd")], "contiene `..`"),
        ("absolute", vec![odd("/etc/passwd")], "percorso assoluto"),
        ("backslash", vec![odd("..\\..\\x")], "con `\\`"),
        ("drive", vec![odd("C:x")], "porta fuori"),
        ("hidden", vec![odd("a\0b")], "caratteri nascosti"),
        ("not text", vec![Odd { name: vec![0xff, 0xfe], ..odd("") }], "il nome non è leggibile"),
        ("empty part", vec![odd("a//b")], "parti vuote"),
        ("long", vec![odd(&"a".repeat(151))], "più lungo"),
        ("twice", vec![odd("a.txt"), odd("a.txt")], "c'è due volte"),
        ("twice by case", vec![odd("a.txt"), odd("A.TXT")], "c'è due volte"),
        ("link", vec![Odd { mode: 0o120_777, ..odd("a") }], "è un collegamento"),
        ("device", vec![Odd { mode: 0o060_600, ..odd("a") }], "file speciale"),
        ("folder", vec![odd("a/")], "è una cartella, e concilia mette in un pacchetto solo file: di solito accade"),
        ("encrypted", vec![Odd { flags: 1, ..odd("a") }], "è cifrato"),
        ("strange method", vec![Odd { method: 12, ..odd("a") }], "è compresso in un modo"),
        ("bomb", vec![is_bomb(50 << 20)], "sembra fatto per riempire il disco"),
        ("bomb that lies", vec![is_bomb(100_000)], "più grande di quanto dichiara"),
        ("10 GB", vec![Odd { size: u32::MAX, ..odd("a") }], "dichiara più di 4 GB"),
        ("3 GB", vec![Odd { size: 3 << 30, method: 8, bytes: vec![0; 20 << 20], ..odd("a") }], "supererebbe 256 MB"),
        ("sizes", vec![Odd { size: 5, ..odd("a") }], "non vanno d'accordo"),
        ("no manifest", vec![odd("a")], "manca `manifesto.json`"),
    ];
    for (what, files, because) in cases {
        let output = checked(&archive(&files, b"")).exits(1);
        assert!(output.stdout.contains(because), "{what}: nothing says {because} but\n{}", output.stdout);
    }
    let many: Vec<Odd> = (0..20_001).map(|n| odd(&format!("f{n}"))).collect();
    fails(&archive(&many, b""), "più di 20000 un pacchetto non ne ha");
    // The same bytes told as two files.
    let mut twice = archive(&[odd("a"), odd("b")], b"");
    let second = twice.windows(4).rposition(|window| window == b"PK\x01\x02").expect("a row") + 42;
    twice[second..second + 4].copy_from_slice(&0_u32.to_le_bytes());
    fails(&twice, "occupa gli stessi byte");
    fails(b"PK", "non è un archivio ZIP");
    fails(b"", "non è un archivio ZIP");
}

/// Packed again by another program, the files are whole and the archive is not ours.
#[test]
fn an_archive_that_another_program_wrote_is_told_so() {
    let tree = opened(&delivered(&Site::small()));
    let files: Vec<Odd> = tree
        .iter()
        .map(|(name, bytes)| Odd {
            bytes: bytes.clone(),
            size: u32::try_from(bytes.len()).expect("small"),
            ..odd(name)
        })
        .collect();
    let output = checked(&archive(&files, b"un commento")).exits(1);
    assert!(output.stdout.contains("l'archivio non è come concilia lo ha scritto"), "{}", output.stdout);
    assert!(output.stdout.contains("ognuno è quello del manifesto"), "{}", output.stdout);
}
