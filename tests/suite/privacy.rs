//! Personal data stop the publication before anything is written; declared contacts pass.

use crate::support::Site;

const NIDO: &str = "content/piani/2025-2027/progetti/nido.yaml";
const PAGE: &str = "content/piani/2025-2027/pagine/bisogni.md";
const TEXT: &str = "Chi lavora chiede orari più lunghi.";

fn with_text(text: &str) -> Site {
    Site::small().replace(PAGE, TEXT, text)
}

#[test]
fn nothing_is_written_where_something_personal_stands() {
    for (text, code) in [
        ("Chiede RSSMRA80A01F205X.", "R-01"),
        ("Chiede IT60X0542811101000000123456.", "R-02"),
        ("Chiede mario.rossi@gmail.com.", "R-03"),
        ("Chiede 340 1234567.", "R-04"),
    ] {
        let site = with_text(text);
        let output = site.concilia(["build"]).output().exits(1);
        assert_eq!(output.codes(), [code], "{}", output.stderr);
        assert!(!site.path("public").exists(), "{text}");
    }
}

#[test]
fn all_of_a_line_is_told_at_once_beside_a_link_that_is_not_admitted() {
    let told = with_text(
        "Scrivi [qui](javascript:alert(1)) o a mario.rossi@gmail.com, 340 1234567, RSSMRA80A01F205X, IT60X0542811101000000123456.",
    )
    .check()
    .exits(1);
    for code in ["C-16", "R-01", "R-02", "R-03", "R-04"] {
        assert!(told.stderr.contains(&format!("errore[{code}]")), "{code}: {}", told.stderr);
    }
}

#[test]
fn what_was_published_before_stays_as_it_is() {
    let site = Site::small().built();
    let before = site.published();
    let site = site.replace(PAGE, TEXT, "Scrivi a mario.rossi@gmail.com.");
    site.concilia(["build"]).output().exits(1).says("R-03");
    assert_eq!(site.published(), before);
}

#[test]
fn messages_for_programs_do_not_repeat_the_datum() {
    let site = with_text("Chiede RSSMRA80A01F205X a mario.rossi@gmail.com o al 340 1234567.");
    for format in ["riga", "json", "sarif"] {
        let output = site.concilia(["check", "--format", format]).output().exits(1);
        let told = output.stdout + &output.stderr;
        assert!(told.contains("R-01") && told.contains("RSS…"), "{told}");
        for datum in ["RSSMRA80", "mario.rossi", "1234567"] {
            assert!(!told.contains(datum), "{format}: {told}");
        }
    }
}

#[test]
fn a_declared_contact_passes_wherever_it_stands_and_however_it_is_written() {
    let text = "Scrivi a Sportello.Nido@GMAIL.com o chiama il +39 340-123-4567.";
    let contacts = "contatti: { email: sportello.nido@gmail.com, telefono: 035 123456 / 340 1234567 }\n";
    with_text(text).check().exits(1).says("R-03").says("R-04");
    // A project, an office of the agency, an alliance, a body: whoever declares it.
    for file in [NIDO, "content/piani/2025-2027/alleanze/monte.yaml", "content/partner/impresa-eta.yaml"] {
        with_text(text).append(file, contacts).check().exits(0).says_nothing();
    }
    let service = "    modalita: calmierato\n";
    with_text(text).replace(NIDO, service, &format!("{service}    {contacts}")).check().exits(0).says_nothing();
}

#[test]
fn the_address_for_reports_is_declared_too() {
    let site =
        with_text("Scrivi a segnala@example.org.").append("content/sito.yaml", "segnalazioni: segnala@example.org\n");
    site.check().exits(0).says_nothing();
}

#[test]
fn the_number_of_a_desk_passes_with_its_reason() {
    let with = |motivo: &str| {
        let desk = format!("contatti: {{ sportelli: [{{ recapito: 340 1234567, motivo: {motivo} }}] }}\n");
        with_text("Lo sportello risponde al +39 340-1234567.").append(NIDO, &desk).check()
    };
    with("È il telefono dello sportello").exits(0).says_nothing();
    with("' '").exits(1).says("R-04");
}

#[test]
fn codes_of_bodies_and_projects_pass() {
    let text =
        "CUP J10B12300000001, CIG Z1A2B3C4D5, prot. G1.2025.0012345, codice fiscale 04114400163, tel. 035 123456.";
    with_text(text).check().exits(0).says_nothing();
}

#[test]
fn a_contact_of_a_file_that_does_not_parse_is_not_called_undeclared() {
    let contacts = "contatti: { email: sportello@example.org, posta: x }\n";
    let output = with_text("Scrivi a sportello@example.org.").append(NIDO, contacts).check().exits(1);
    assert_eq!(output.codes(), ["C-02"], "{}", output.stderr);
}

#[test]
fn personal_data_are_told_also_where_the_file_does_not_parse() {
    let output = Site::small().append(NIDO, "referente: RSSMRA80A01F205X\n").check().exits(1);
    assert_eq!(output.codes(), ["C-02", "R-01"], "{}", output.stderr);
}

#[test]
fn a_table_of_addresses_is_told_once_it_is_clear() {
    let table: String = (0..100).map(|n| format!("persona{n};p{n}@example.org\n")).collect();
    let output = Site::small().write("content/media/domande.csv", table).check().exits(1);
    assert_eq!(output.codes().len(), 21);
    assert!(output.stderr.contains("altri 80 indirizzi e-mail"), "{}", output.stderr);
}
