//! What the tables hold: the bodies and amounts of a project, the payments of all projects, a ranking. They are the same
//! fields as on the pages of the records.

use std::cmp::Ordering;

use serde::Serialize;
use serde_json::{Value, json};

use super::atti;
use super::campi::{Campo, Tipo, sotto};
use super::form::{Form, address};
use super::forme;
use super::modulo::Modulo;
use super::salva::{self, Detta, Mossa};
use super::vista::{Aperta, Vista, riconosciuto};
use crate::fogli::voci;
use crate::input::elenchi::Elenchi;
use crate::input::source::Kind;
use crate::input::store::Parsed;
use crate::path;
use crate::report::Step;
use crate::value::{Euro, Id, euro};
use crate::yaml::modifica::Scheda;

/// The columns of a partnership, in the order in which one reads them.
const PARTI: [&str; 5] = ["ente", "ruolo", "quota", "contributo", "cofinanziamento"];
/// Those that are added up, each with the amount of the project that they make.
const SOMME: [(&str, &str); 3] =
    [("quota", "costo_complessivo"), ("contributo", "contributo_riconosciuto"), ("cofinanziamento", "cofinanziamento")];
/// The fields of a ranking.
pub const POSTO: [&str; 4] = [
    "graduatoria.posizione",
    "graduatoria.punteggio",
    "finanziamento.contributo_richiesto",
    "finanziamento.contributo_riconosciuto",
];
/// What the payments of one act have in common.
pub const COMUNI: [&str; 3] = ["data", "tipo", "atto"];
/// What each has for itself.
pub const SUOI: [&str; 2] = ["importo", "ente"];
/// How many empty rows a partnership ends with, and how many a form may add.
pub const VUOTE: usize = 3;
const NUOVE: usize = 500;

/// A row: its fields, and what stands before their names in the form.
#[derive(Serialize)]
pub struct Riga {
    pub davanti: String,
    pub titolo: String,
    pub indirizzo: String,
    pub campi: Vec<Campo>,
    pub detti: Vec<String>,
}

impl Riga {
    /// The row of a record in a table of several.
    pub fn di(aperta: &Aperta, campi: Vec<Campo>) -> Self {
        let (file, titolo) = (aperta.file(), aperta.titolo());
        let indirizzo = address("scheda", &[("file", file)]);
        Riga { davanti: format!("{file}|"), titolo, indirizzo, campi, detti: Vec::new() }
    }
}

/// The leaf fields of these names below a group.
pub fn celle(modulo: &Modulo, aperta: &Aperta, scheda: Option<&Scheda>, base: &[Step], nomi: &[&str]) -> Vec<Campo> {
    let campi = nomi.iter().flat_map(|nome| {
        let via = nome.split('.').map(|parte| Step::from(parte.to_owned()));
        let passi: Vec<Step> = base.iter().cloned().chain(via).collect();
        let valore = scheda.and_then(|scheda| scheda.valore(&passi));
        sotto(aperta.nodo, &passi).map(|nodo| modulo.campo(nodo, passi, valore, false)).unwrap_or_default()
    });
    let foglie = campi.filter(|campo| !matches!(campo.tipo, Tipo::Elenco | Tipo::Fine | Tipo::Gruppo | Tipo::Nuova));
    // An act is only named in a table.
    foglie.map(|campo| Campo { per_esteso: false, ..campo }).collect()
}

/// The bodies of a project, with some new rows below.
pub fn parti(modulo: &Modulo, aperta: &Aperta, scheda: &Scheda, vuote: usize) -> Vec<Riga> {
    let quante = voci(scheda.valore(&path!["partenariato"])).len();
    let riga = |n: usize| {
        let nuova = n >= quante;
        let posto = if nuova { usize::MAX } else { n };
        let davanti = if nuova { format!("n{}.", n - quante) } else { String::new() };
        let dove = format!("partenariato.{n}");
        Riga {
            davanti,
            titolo: if nuova { "Nuova riga".to_owned() } else { format!("Riga {}", n + 1) },
            indirizzo: if nuova {
                String::new()
            } else {
                address("scheda", &[("file", aperta.file()), ("dove", &dove)])
            },
            campi: celle(modulo, aperta, Some(scheda), &path!["partenariato", posto], &PARTI),
            detti: Vec::new(),
        }
    };
    (0..quante + vuote).map(riga).collect()
}

/// The amounts of a project.
pub fn importi(modulo: &Modulo, aperta: &Aperta, scheda: &Scheda) -> Vec<Campo> {
    let nomi: Vec<&str> = crate::record::IMPORTI.iter().map(|importo| importo.id).collect();
    celle(modulo, aperta, Some(scheda), &path!["finanziamento"], &nomi)
}

pub fn importo(scheda: &Scheda, passi: &[Step]) -> Option<Euro> {
    Euro::parse(super::forme::scritto(scheda.valore(passi)?)).ok()
}

/// The grant that the events of a project tell is shown, and not written a second time.
pub fn ferma(campi: &mut [Campo], concesso: Option<Euro>) {
    let Some(euro) = concesso else { return };
    for campo in campi.iter_mut().filter(|campo| campo.passi == riconosciuto()) {
        campo.valore = euro.italiano();
        campo.fermo = true;
    }
}

/// What the rows add up to, and what they should; `concesso` is the grant that the events tell.
pub fn conti(scheda: &Scheda, concesso: Option<Euro>) -> Vec<Value> {
    let quante = voci(scheda.valore(&path!["partenariato"])).len();
    let conto = |(colonna, totale): (&'static str, &'static str)| {
        let dette: Vec<Euro> =
            (0..quante).filter_map(|n| importo(scheda, &path!["partenariato", n, colonna])).collect();
        let somma: Euro = dette.iter().copied().sum();
        let passi = path!["finanziamento", totale];
        let scritto = importo(scheda, &passi).or(concesso.filter(|_| passi == riconosciuto()));
        let atteso = scritto.filter(|_| !dette.is_empty());
        let esito = match atteso.map(|atteso| (atteso, atteso.cmp(&somma))) {
            None if dette.is_empty() => "nessuna riga lo dice".to_owned(),
            None => "il totale non è scritto".to_owned(),
            Some((_, Ordering::Equal)) => "torna".to_owned(),
            Some((atteso, Ordering::Greater)) => format!("mancano {}", euro(atteso - somma)),
            Some((atteso, Ordering::Less)) => format!("{} in più", euro(somma - atteso)),
        };
        json!({
            "colonna": colonna,
            "somma": if dette.is_empty() { "–".to_owned() } else { euro(somma) },
            "atteso": scritto.map_or_else(|| "non scritto".to_owned(), euro),
            "di": sotto(crate::schema::nodo("progetto"), &passi).map(|nodo| nodo.titolo()),
            "esito": esito,
            "torna": atteso.is_none_or(|atteso| atteso == somma),
        })
    };
    SOMME.into_iter().map(conto).collect()
}

/// The changes that a partnership's table asks for: a row left empty goes away, a new one that is filled in is added.
pub fn dette_del_partenariato(modulo: &Modulo, aperta: &Aperta, scheda: &Scheda, form: &Form) -> Vec<Detta> {
    let mut dette = salva::mosse(modulo, &importi(modulo, aperta, scheda), scheda, form, "");
    let (mut tolte, mut nuove) = (Vec::new(), Vec::new());
    let ci_sono = |n: &usize| form.0.iter().any(|(nome, _)| nome.starts_with(&format!("n{n}.")));
    for riga in parti(modulo, aperta, scheda, (0..NUOVE).take_while(ci_sono).count()) {
        let sue = salva::mosse(modulo, &riga.campi, scheda, form, &riga.davanti);
        let elenco = path!["partenariato"];
        let base = riga.campi.first().map(|campo| campo.passi[..2].to_vec()).unwrap_or_default();
        if !riga.davanti.is_empty() {
            let voce = salva::gruppo(&sue, &base);
            let ente = form.get(&format!("{}partenariato.+.ente", riga.davanti)).trim();
            let che = if ente.is_empty() { "una riga".to_owned() } else { salva::citato(ente) };
            nuove.extend(voce.map(|voce| (Mossa::Aggiungi(elenco, voce), format!("Partenariato: aggiunta {che}"))));
            continue;
        }
        // A part without a body and an amount is of nobody.
        let mut campi = riga.campi.iter().filter(|campo| campo.passi.last() != Some(&Step::from("ruolo")));
        let vuota = campi.all(|campo| form.find(&campo.nome).is_some_and(|detto| detto.trim().is_empty()));
        if vuota {
            let mut enti = riga.campi.iter().map(|campo| &campo.valore).filter(|ente| !ente.is_empty()).take(1);
            let che = enti.next().map(|ente| format!(", {}", salva::citato(ente))).unwrap_or_default();
            tolte.push((Mossa::Togli(base), format!("Partenariato: tolta la {}{che}", riga.titolo.to_lowercase())));
        } else {
            let con_riga = |(mossa, detto)| (mossa, format!("Partenariato, {}, {detto}", riga.titolo.to_lowercase()));
            dette.extend(sue.into_iter().map(con_riga));
        }
    }
    tolte.reverse();
    dette.into_iter().chain(tolte).chain(nuove).collect()
}

/// The projects of a plan, opened, by file.
pub fn progetti(vista: &Vista, piano: &Id, chiesto: impl Fn(&crate::record::Progetto) -> bool) -> Vec<Aperta> {
    let suo = |entry: &std::sync::Arc<crate::input::store::Entry>| match (&entry.source.kind, &entry.parsed) {
        (Kind::Progetto(altro), Parsed::Progetto(progetto)) => altro == piano && chiesto(progetto),
        // What is wrong in itself is there all the same, to be mended.
        (Kind::Progetto(altro), Parsed::Broken) => altro == piano,
        _ => false,
    };
    let file = vista.store.entries.values().filter(|entry| suo(entry));
    file.filter_map(|entry| vista.apri(&entry.source.relative).ok()).collect()
}

pub fn nuovo_pagamento() -> Vec<Step> {
    path!["pagamenti", usize::MAX]
}

/// The projects of a call.
pub fn ranked(vista: &Vista, avviso: &Aperta) -> Vec<Aperta> {
    let id = &avviso.entry.source.id;
    let piano = avviso.piano();
    piano.map(|piano| progetti(vista, piano, |progetto| progetto.avviso.as_ref() == Some(id))).unwrap_or_default()
}

/// The name of a field, and what keeps it from being saved.
pub type Mancato = (String, &'static str);

/// A form that was sent twice, or a payment that was written before.
pub const UGUALE: &str = "Un pagamento uguale c'è già: se è un altro, scrivilo nella scheda del progetto; se no, svuota \
                          questo importo.";

/// A payment by an act that no record has would count nowhere.
const IGNOTO: &str = "Non è fra gli atti del Piano: aggiungilo prima, poi torna in questa pagina e salva di nuovo.";

/// What payments lack: without a day nobody could tell one from another, and without an amount there is none. On the page of
/// a record anything is kept; here one wrong day would be wrong in as many records as there are rows.
pub fn mancati(form: &Form, elenchi: &Elenchi) -> Vec<Mancato> {
    let detto = |nome: &str| form.get(nome).trim().to_owned();
    let scritti = |fine: &'static str| {
        form.0
            .iter()
            .filter(move |(nome, detto)| nome.ends_with(fine) && !detto.trim().is_empty())
            .map(|(nome, _)| nome)
    };
    let importi: Vec<&String> = scritti("|pagamenti.+.importo").collect();
    let degli_enti = scritti("|pagamenti.+.ente").map(|nome| nome.replace("|pagamenti.+.ente", "|pagamenti.+.importo"));
    let senza_importo = degli_enti.filter(|importo| detto(importo).is_empty());
    let mut mancati: Vec<Mancato> = senza_importo.map(|importo| (importo, "Scrivi l'importo.")).collect();
    let illeggibili = importi.iter().filter(|nome| forme::importo(&detto(nome)).is_none());
    mancati.extend(
        illeggibili.map(|nome| ((*nome).clone(), "Non è un importo: scrivilo in cifre, per esempio 56.000,00.")),
    );
    let comune = |nome: &str| format!("pagamenti.+.{nome}");
    let giorno = detto(&comune("data"));
    if giorno.is_empty() && !importi.is_empty() {
        mancati.push((comune("data"), "Scrivi il giorno del pagamento."));
    }
    if !giorno.is_empty() && forme::giorno(&giorno).is_none() {
        mancati.push((comune("data"), "Non è un giorno: scrivilo per esempio 29/4/2026."));
    }
    let atto = detto(&comune("atto"));
    if !atto.is_empty() && !importi.is_empty() && !atti::e_noto(&atto, elenchi) {
        mancati.push((comune("atto"), IGNOTO));
    }
    if importi.is_empty()
        && mancati.is_empty()
        && let Some(nome) = COMUNI.iter().find(|nome| !detto(&comune(nome)).is_empty())
    {
        mancati.push((comune(nome), "Scrivi l'importo accanto ai progetti che ricevono."));
    }
    mancati
}

/// Whether one of the items that are added is there already.
pub fn ha_gia(scheda: &Scheda, dette: &[Detta]) -> bool {
    let gia =
        |mossa: &Mossa| matches!(mossa, Mossa::Aggiungi(elenco, voce) if voci(scheda.valore(elenco)).contains(voce));
    dette.iter().any(|(mossa, _)| gia(mossa))
}

/// A payment to a project, where its row has an amount: what all have in common, and its own.
pub fn payment(modulo: &Modulo, aperta: &Aperta, scheda: &Scheda, form: &Form) -> Vec<Detta> {
    let davanti = format!("{}|", aperta.file());
    let base = nuovo_pagamento();
    let sue = salva::mosse(modulo, &celle(modulo, aperta, None, &base, &SUOI), scheda, form, &davanti);
    let pagata = sue
        .iter()
        .any(|(mossa, _)| matches!(mossa, Mossa::Scrivi(passi, _) if passi.last() == Some(&Step::from("importo"))));
    if !pagata {
        return Vec::new();
    }
    let comuni = salva::mosse(modulo, &celle(modulo, aperta, None, &base, &COMUNI), scheda, form, "");
    let mut tutte: Vec<Detta> = comuni.into_iter().chain(sue).collect();
    // As one writes a payment: its day, its amount, then the rest.
    let ordine = |passi: &[Step]| {
        ["data", "importo", "tipo", "ente", "atto"].iter().position(|nome| passi.last() == Some(&Step::from(*nome)))
    };
    tutte.sort_by_key(|(mossa, _)| if let Mossa::Scrivi(passi, _) = mossa { ordine(passi) } else { None });
    let detti: Vec<String> = tutte.iter().map(|(_, detto)| detto.replace("scritto ", "")).collect();
    let voce = salva::gruppo(&tutte, &base);
    voce.map(|voce| (Mossa::Aggiungi(path!["pagamenti"], voce), format!("Nuovo pagamento: {}", detti.join(", "))))
        .into_iter()
        .collect()
}
