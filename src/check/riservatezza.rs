//! nothing personal is published (D.Lgs. 33/2013 art. 26 c. 4, GDPR).
//!
//! The data were found while the files were read, and so were the contacts that each file declares. Here a contact is
//! let through that another file declares, which is known only once all files are read.

use std::collections::{BTreeMap, HashSet};

use crate::input::privacy::{self, Datum, Personal, Spot};
use crate::input::store::Store;
use crate::lettura::Testi;
use crate::report::{Diagnostic, Place, Report, Rule};
use crate::theme::Theme;

pub const RULES: &[Rule] = &[
    Rule::new("R-01", "nessun codice fiscale di una persona")
        .why("lo vietano il D.Lgs. 33/2013 (art. 26 c. 4) e il GDPR")
        .example("sedici caratteri con il carattere di controllo giusto, anche staccati, o con le lettere al posto delle cifre")
        .article("D.Lgs. 33/2013, art. 26, c. 4; Reg. UE 2016/679"),
    Rule::new("R-02", "nessun codice IBAN")
        .why("le coordinate bancarie non servono alla trasparenza")
        .example("un IBAN italiano in una pagina, in una tabella di Excel o in un PDF")
        .article("Reg. UE 2016/679, art. 5"),
    Rule::new("R-03", "ogni indirizzo e-mail è il recapito dichiarato di un ente")
        .why("quello di una persona non si pubblica")
        .example("un indirizzo personale in un testo, anche scritto `nome[at]esempio.it`; quello nei `contatti` di un ente va bene")
        .article("Reg. UE 2016/679, art. 5"),
    Rule::new("R-04", "ogni cellulare è il recapito dichiarato di un ente")
        .why("quello di una persona non si pubblica")
        .example("un cellulare in un testo; lo stesso va bene nei `contatti` di un ente, o fra i suoi `sportelli`: `sportelli: [{ recapito: 340 1234567, motivo: È il telefono dello sportello }]`")
        .article("Reg. UE 2016/679, art. 5"),
    Rule::new("R-05", "nessuna fotografia dice dove è stata scattata")
        .why("le coordinate che un telefono scrive nella fotografia portano alla casa di chi vi è ritratto")
        .example("la posizione GPS fra i dati EXIF di un'immagine")
        .article("Reg. UE 2016/679, art. 5"),
    Rule::new("R-06", "di ogni allegato si legge tutto")
        .why("in ciò che è cifrato o rovinato nessuno ha cercato dati personali; nomi di persone, telefoni fissi e numeri di carte d'identità non si cercano comunque: li guarda chi pubblica")
        .example("un PDF con la password, un archivio che aperto è troppo grande")
        .article("Reg. UE 2016/679, art. 5"),
];

const NORM: &str = "D.Lgs. 33/2013 art. 26 c. 4, Reg. (UE) 2016/679 (GDPR)";

/// Data of one kind told for one file: a table with a thousand addresses is one mistake.
const MOST: usize = 20;

/// in what lies in the content folder.
pub fn judge(store: &Store, report: &mut Report) {
    let declared = declared(store);
    for entry in store.entries.values() {
        let open = entry.personal.iter();
        let open = open.filter(|personal| !(personal.datum.is_contact() && declared.contains(&*personal.normal)));
        report.extend(told(&entry.source.name, open));
    }
}

/// All that some file declares public: it may stand on the pages.
pub fn ammessi(store: &Store) -> HashSet<Box<str>> {
    let declared = store.entries.values().map(|entry| &entry.declared);
    declared.flat_map(|declared| declared.anywhere.iter().chain(&declared.on_pages)).cloned().collect()
}

/// The same rules for the files of the site's theme: what they say, each page says.
pub fn tema(theme: &Theme, ammessi: &HashSet<Box<str>>, report: &mut Report) {
    for (file, bytes) in theme.own_files() {
        let text = std::str::from_utf8(bytes).ok();
        let found = match text.filter(|_| file.ends_with(".js")) {
            // Programs are full of numbers.
            Some(text) => privacy::in_source(text),
            None => privacy::in_media(bytes),
        };
        report.extend(told(file, found.iter().filter(|personal| !ammessi.contains(&personal.normal))));
    }
}

/// The same in the final bytes of what is published: harmless pieces may make a personal datum side by side.
pub fn pubblicato(path: &str, bytes: &[u8], ammessi: &HashSet<Box<str>>) -> Vec<Diagnostic> {
    let found = match std::str::from_utf8(bytes) {
        Ok(text) => privacy::in_product(text),
        Err(_) => privacy::in_media(bytes),
    };
    in_a_product(path, &found, ammessi)
}

/// The same of what was set in type; of a PDF whoever proved it has read the words.
pub fn composto(path: &str, bytes: &[u8], testi: Option<Testi>, ammessi: &HashSet<Box<str>>) -> Vec<Diagnostic> {
    let found = match testi {
        Some(testi) => privacy::in_pdf(bytes, testi),
        None => privacy::in_media(bytes),
    };
    in_a_product(path, &found, ammessi)
}

fn in_a_product(path: &str, found: &[Personal], ammessi: &HashSet<Box<str>>) -> Vec<Diagnostic> {
    // That a product of ours cannot be opened is told by whoever proves it.
    let found = found.iter().filter(|personal| personal.datum != Datum::Chiuso && !ammessi.contains(&personal.normal));
    let help =
        "lo mettono insieme una scheda e un modello del tema, che da soli non lo dicono: correggi l'una o l'altro";
    told(path, found).into_iter().map(|problem| problem.help(help)).collect()
}

/// The findings on one file.
fn told<'a>(file: &str, found: impl Iterator<Item = &'a Personal>) -> Vec<Diagnostic> {
    let (closed, found): (Vec<&Personal>, Vec<&Personal>) = found.partition(|personal| personal.datum == Datum::Chiuso);
    let mut counts: BTreeMap<Datum, usize> = BTreeMap::new();
    let mut told = Vec::new();
    // What cannot be read waits until what can is mended.
    let closed = closed.into_iter().take(if found.is_empty() { 1 } else { 0 });
    for personal in found.into_iter().chain(closed) {
        let count = counts.entry(personal.datum).or_default();
        *count += 1;
        if *count <= MOST {
            told.push(finding(file, personal));
        }
    }
    for (datum, count) in counts.into_iter().filter(|(_, count)| *count > MOST) {
        let (one, many, _) = words(datum);
        let message = match count - MOST {
            1 => format!("nel file c'è ancora {one}"),
            others => format!("nel file ci sono altri {others} {many}"),
        };
        told.push(about(datum, message).at(Place::file(file)));
    }
    told
}

/// Of the contacts that stand outside the file that declares them, those that some file does declare.
fn declared(store: &Store) -> HashSet<&str> {
    let asked = store.entries.values().flat_map(|entry| &entry.personal).filter(|personal| personal.datum.is_contact());
    let asked: HashSet<&str> = asked.map(|personal| &*personal.normal).collect();
    if asked.is_empty() {
        return asked;
    }
    let all = store.entries.values().flat_map(|entry| &entry.declared.anywhere).map(|contact| &**contact);
    all.filter(|contact| asked.contains(contact)).collect()
}

fn finding(file: &str, personal: &Personal) -> Diagnostic {
    let (one, _, label) = words(personal.datum);
    let masked = &personal.masked;
    let told = |message: String| about(personal.datum, message).at(Place::file(file));
    match (personal.datum, &personal.spot) {
        (Datum::Luogo, _) => told(format!("nel file c'è {one}")),
        (Datum::Chiuso, _) => told(format!("non si è potuto leggere tutto il file: {masked}")),
        (_, Spot::Text(bytes)) => told(format!("`{masked}` è {one}")).at(Place::span(file, bytes.clone())).label(label),
        (_, Spot::Inside) => told(format!("il file contiene {one}: `{masked}`")),
        (_, Spot::Within(name)) => told(format!("il file contiene, in `{name}`, {one}: `{masked}`")),
        (_, Spot::Name) => told(format!("il nome del file contiene {one}: `{masked}`"))
            .help("rinomina il file: il suo nome diventa un indirizzo pubblico"),
        (_, Spot::Metadata) => told(format!("i metadati del file contengono {one}: `{masked}`")).help(
            "i metadati sono le proprietà del file, come l'autore: pubblicane una copia senza informazioni personali",
        ),
    }
}

/// How a datum is called, how several are, and what stands under it.
fn words(datum: Datum) -> (&'static str, &'static str, &'static str) {
    match datum {
        Datum::CodiceFiscale => ("il codice fiscale di una persona", "codici fiscali di persone", "non si pubblica"),
        Datum::Iban => ("un codice IBAN", "codici IBAN", "non si pubblica"),
        Datum::Email => (
            "un indirizzo e-mail che nessun ente ha dichiarato",
            "indirizzi e-mail che nessun ente ha dichiarato",
            "non è nei `contatti` di nessuno",
        ),
        Datum::Cellulare => (
            "un numero di cellulare che nessun ente ha dichiarato",
            "numeri di cellulare che nessun ente ha dichiarato",
            "non è nei `contatti` di nessuno",
        ),
        Datum::Luogo => ("il luogo in cui la fotografia è stata scattata", "luoghi", "non si pubblica"),
        Datum::Chiuso => ("una parte che non si è potuta leggere", "parti che non si sono potute leggere", ""),
    }
}

fn about(datum: Datum, message: String) -> Diagnostic {
    const CONTACTS: &str =
        "toglilo; se è il recapito pubblico di un ente, di un servizio o di un progetto, scrivilo nei suoi `contatti`";
    let (code, help) = match datum {
        Datum::CodiceFiscale => {
            ("R-01", "toglilo; se è di un'impresa individuale scrivilo nella sua scheda, con `ditta_individuale: true`")
        }
        Datum::Iban => ("R-02", "toglilo: le coordinate bancarie si comunicano a chi deve pagare, non sul sito"),
        Datum::Email => ("R-03", CONTACTS),
        Datum::Cellulare => ("R-04", CONTACTS),
        Datum::Luogo => (
            "R-05",
            "salva una copia della fotografia senza le coordinate: per esempio esportala togliendo la posizione",
        ),
        Datum::Chiuso => {
            let help = "controllalo tu: in questa parte i dati personali non sono stati cercati; se puoi, pubblicane una copia che si apra, e senza password";
            return Diagnostic::warning("R-06", message).norm(NORM).help(help);
        }
    };
    Diagnostic::error(code, message).norm(NORM).help(help)
}
