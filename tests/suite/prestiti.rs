//! What was made from the same is not set in type again: only proved.

use concilia::input::consegne::archivio;
use concilia::publish::{Entry, MANIFEST, Manifest};
use concilia::value::impronta;

use crate::support::Site;

const PDF: &str = "public/2017-2018/documento/piano.pdf";
const NIDO: &str = "content/piani/2025-2027/progetti/nido.yaml";

fn bytes(site: &Site, file: &str) -> Vec<u8> {
    std::fs::read(site.path(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Puts other bytes where a file was published, and says so in the manifest, as if they had been made from the same.
fn passed_off(site: Site, file: &str, bytes: Vec<u8>) -> Site {
    let path = file.strip_prefix("public/").expect("a published file");
    let manifest = Manifest::load(&site.path("public")).expect("a manifest").expect("a publication");
    let (old, new) = (manifest.files[path], Entry::of(&bytes));
    let text = site.read(&format!("public/{MANIFEST}"));
    let said =
        |entry: Entry| format!("\"{path}\": {{\"size\": {}, \"sha256\": \"{}\", \"key\"", entry.size, entry.hex());
    assert!(text.contains(&said(old)), "{text}");
    site.write(file, bytes).write(&format!("public/{MANIFEST}"), text.replace(&said(old), &said(new)))
}

#[test]
fn a_document_of_the_same_records_is_taken_from_the_last_publication() {
    let site = Site::example().built();
    let own = bytes(&site, PDF);
    // A document of ours that this one is not: whoever set it again would see.
    let other = bytes(&site, "public/2025-2027/documento/piano.pdf");
    let site = passed_off(site, PDF, other.clone()).built();
    assert!(bytes(&site, PDF) == other, "it was set again");

    // The package takes nothing from there.
    site.concilia(["consegna", "2017-2018", "--out", "p.zip"]).output().exits(0);
    let package = bytes(&site, "p.zip");
    let files = archivio::leggi(&package).expect("a package");
    let packed = files.iter().find(|file| file.nome.ends_with("documento/piano.pdf")).expect("the document");
    assert!(packed.dati == own);

    // Other records, another key.
    let site = site.replace("content/sito.yaml", "titolo: ", "titolo: Nuovo ").built();
    assert!(bytes(&site, PDF) != other);
}

#[test]
fn what_is_lent_is_proved() {
    let site = Site::example().built();
    let own = bytes(&site, PDF);
    let mute = b"%PDF-1.7\n% neither phrase nor logo\n".to_vec();
    let site = passed_off(site, PDF, mute).built();
    assert!(bytes(&site, PDF) == own, "a document without the phrase stays");

    // Touched by somebody: its hash is not what the manifest says.
    let mut touched = own.clone();
    touched.extend(b"\n%");
    let site = site.write(PDF, touched).built();
    assert!(bytes(&site, PDF) == own);
}

#[test]
fn a_poster_is_set_again_where_its_record_changes_and_only_there() {
    let compose = |site: &Site| {
        site.concilia(["materiali", "2025-2027", "--out", "m"]).output().exits(0);
    };
    let site = Site::example();
    compose(&site);
    let of = |site: &Site| {
        let names = std::fs::read_dir(site.path("m")).expect("posters").map(|entry| entry.expect("one").file_name());
        let names = names.map(|name| name.into_string().expect("a name")).filter(|name| name.ends_with(".pdf"));
        let mut all: Vec<_> = names.map(|name| (impronta(&bytes(site, &format!("m/{name}"))), name)).collect();
        all.sort_by(|one, other| one.1.cmp(&other.1));
        all
    };
    let first = of(&site);
    let site = site.replace(NIDO, "titolo: Un nido", "titolo: Il nido");
    compose(&site);
    let changed: Vec<_> = first.iter().zip(of(&site)).filter(|(one, other)| *one != other).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert_eq!(changed[0].0.1, "progetto-nido-locandina.pdf");
}
