//! The page of a record: its fields, and what is saved from them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::campi::{Campo, Tipo, nome, pagina, passi, sotto};
use super::form::{Form, address};
use super::forme::spiegato;
use super::guard::{BAD, No, no};
use super::incollato;
use super::lines;
use super::modifiche::Modifica;
use super::modulo::Modulo;
use super::rilievi::{Rilievo, TESTO_DELLA_PAGINA};
use super::rinomina;
use super::salva::{self, Detta, Mossa};
use super::vista::{Aperta, Vista, titolo};
use super::{Answer, Editor, Reply};
use crate::pipeline;
use crate::report::{Step, Texts};
use crate::schema::Genere;
use crate::value::{Id, Nodo};
use crate::yaml::front_matter;
use crate::yaml::modifica::{Scheda, Valore};

/// The place of an item that is not there yet.
const NUOVA: &str = "+";
/// In an address: a save had nothing to do.
pub const NIENTE: &str = "niente";
/// With so many parts a form has a list of them.
const PARTI: usize = 4;

/// The part of a record that a page shows.
pub struct Parte {
    /// The way to it; of a new item, to its list.
    pub passi: Vec<Step>,
    pub e_nuova: bool,
    pub nodo: Nodo<'static>,
}

/// The name of a part, or of the list to which one is added.
fn via(dove: &str) -> &str {
    dove.trim_end_matches(NUOVA).trim_end_matches('.')
}

impl Parte {
    pub fn di(aperta: &Aperta, scheda: &Scheda, dove: &str) -> Result<Self, No> {
        const NO: No = no(404, "questa parte della scheda non c'è");
        let e_nuova = dove == NUOVA || dove.ends_with(".+");
        let passi = passi(aperta.nodo, via(dove)).ok_or(NO)?;
        if !e_nuova && matches!(passi.last(), Some(Step::Index(_))) && scheda.valore(&passi).is_none() {
            return Err(NO);
        }
        let mut nodo = sotto(aperta.nodo, &passi).ok_or(NO)?;
        if e_nuova && !passi.is_empty() {
            nodo = nodo.voci().or_else(|| nodo.anche_in_elenco()).unwrap_or(nodo);
        }
        Ok(Parte { passi, e_nuova, nodo })
    }

    /// Where its fields stand: those of a new item, at a place that no list has.
    fn base(&self) -> Vec<Step> {
        let nuova = self.e_nuova.then_some(Step::Index(usize::MAX));
        self.passi.iter().cloned().chain(nuova).collect()
    }

    pub fn campi(&self, modulo: &Modulo, scheda: &Scheda) -> Vec<Campo> {
        let valore = if self.e_nuova { None } else { scheda.valore(&self.passi) };
        // A file of bodies or acts is a list of records.
        if let (true, Some(Valore::Elenco(scritte))) = (self.passi.is_empty(), valore) {
            let voci = modulo.voci(self.nodo, &[], scritte);
            let titolo = "Le voci del file".to_owned();
            return vec![Campo { tipo: Tipo::Elenco, voci, titolo, ..Campo::di(self.nodo, Vec::new(), false) }];
        }
        let mut campi = modulo.campi(self.nodo, &self.base(), valore);
        // A body with a file of its own is called as its file is.
        campi.retain(|campo| campo.nome != "id" || campo.obbligatorio || !campo.valore.is_empty());
        campi
    }
}

impl Editor {
    pub fn record(&self, asked: &Form) -> Answer {
        let vista = self.vista();
        let file = asked.get("file");
        let aperta = vista.apri(file)?;
        let scheda = match aperta.scheda() {
            Ok(scheda) => scheda,
            Err(why) => return Ok(Reply::to("testo", &[("file", file), ("perche", &why.to_string())])),
        };
        let dove = asked.get("dove");
        let parte = Parte::di(&aperta, &scheda, dove)?;
        let elenchi = vista.elenchi(aperta.piano());
        let rilievi = vista.rilievi_di(&aperta.entry);
        let piano = aperta.piano().map(Id::as_str).unwrap_or_default();
        let vincoli = vista.vincoli(&aperta, &scheda);
        let modulo = Modulo { vincoli: &vincoli, piano, ..Modulo::new(&elenchi, &rilievi) };
        let campi = parte.campi(&modulo, &scheda);
        let mut altri = modulo.altri(&parte.passi);
        if !asked.get("salvato").is_empty() && !parte.e_nuova {
            // What was saved with errors says so where it says that it was saved.
            let errori = rilievi.iter().filter(|rilievo| rilievo.e_errore && rilievo.passi.starts_with(&parte.passi));
            let errori: Vec<Rilievo> = errori.filter(|errore| !altri.contains(errore)).cloned().collect();
            altri.extend(errori);
        }
        let intera = dove.is_empty();
        let sopra = briciole(&aperta, &parte);
        let testo = aperta.e_pagina().then(|| corpo(&aperta.testo)).filter(|_| intera);
        let un_altra = parte.e_nuova && asked.get("salvato").parse::<u64>().is_ok();
        let nome = nome_di(&aperta, &parte.passi);
        let titolo = match parte.e_nuova {
            true if un_altra => format!("{nome}: un'altra voce"),
            true => format!("{nome}: una voce nuova"),
            false => nome,
        };
        let context = json!({
            "titolo": titolo,
            "uno": Genere::di(aperta.genere).uno,
            "genere": aperta.genere,
            "detto": spiegato(parte.nodo.detto()),
            "file": file,
            "dove": dove,
            "intera": intera,
            "nuova": parte.e_nuova,
            "un_altra": un_altra,
            "indice": if intera { indice(&campi) } else { Vec::new() },
            "impronta": self.keep(&aperta.testo),
            "campi": campi,
            "testo": testo,
            "liste": modulo.liste(&campi),
            "altri": vista.legati(&altri),
            "briciole": sopra,
            "elenco": sopra.last(),
            "pagina": vista.pagina(file),
            "progetto": aperta.genere == "progetto" && intera,
            "salvato": self.saved(asked),
            "si_elimina": vista.si_elimina(&aperta),
            "si_rinomina": intera && rinomina::si_rinomina(&aperta),
        });
        self.page("scheda.html", 200, context)
    }

    /// What the last save has done, where the address tells it.
    pub fn saved(&self, asked: &Form) -> Value {
        let salvato = match asked.get("salvato") {
            NIENTE => return json!({ "niente": true }),
            numero => numero.parse().map(|numero| self.registro.salvataggio(numero)).unwrap_or_default(),
        };
        let Some((primo, _)) = salvato.first() else { return Value::Null };
        told(&self.vista(), &salvato, self.registro.annullate(*primo).contains(primo))
    }

    /// Saves what a form tells: whatever it is, also half-done.
    pub fn save(&self, form: &Form) -> Answer {
        let vista = self.vista();
        let (file, dove) = (form.get("file"), form.get("dove"));
        let aperta = vista.apri(file)?;
        let prima = self.shown(&aperta, form);
        let mut dette = self.changes_of(&vista, &aperta, &prima, form)?;
        let azione = form.get("azione");
        let (verbo, oggetto) = azione.split_once(' ').unwrap_or((azione, ""));
        dette.extend(mossa_di(&aperta, verbo, oggetto)?);
        let dopo = written(&aperta, &aperta.testo, &dette, dove, form)?;
        if form.get("impronta") != aperta.impronta {
            return self.conflict(&aperta, &prima, &dopo, form);
        }
        let mut detti: Vec<String> = dette.into_iter().map(|(_, detto)| detto).collect();
        if dopo != aperta.testo && detti.is_empty() {
            detti.push("Testo della pagina: cambiato".to_owned());
        }
        let (dopo, altre) = rinomina::seguito(&vista, &aperta, dove, dopo)?;
        let sua = Modifica::di(file, Some(&aperta.testo), Some(&dopo), detti);
        let numero = self.put_all(std::iter::once(sua).filter(|sua| sua.prima != sua.dopo).chain(altre).collect())?;
        let salvato = match numero {
            // Whoever opens something has not asked to save.
            None if matches!(verbo, "apri" | "aggiungi") => String::new(),
            numero => in_indirizzo(numero),
        };
        // What is opened in a new item is in the last one of its list, now that it is there.
        let sopra = passi(aperta.nodo, via(dove)).filter(|_| dove.ends_with(NUOVA));
        let ultima = sopra.as_ref().and_then(|via| match aperta.di(&dopo).ok()?.valore(via)? {
            Valore::Elenco(voci) => Some(nome(&[&via[..], &[Step::Index(voci.len().checked_sub(1)?)]].concat())),
            _ => None,
        });
        let aggiunto = ultima.map(|ultima| oggetto.replacen(dove, &ultima, 1));
        let oggetto = aggiunto.as_deref().unwrap_or(oggetto);
        let va = match (verbo, sopra) {
            ("apri", _) => oggetto.to_owned(),
            ("aggiungi", _) => format!("{oggetto}.{NUOVA}").trim_start_matches('.').to_owned(),
            // Of a new item, back to the page of its list.
            (_, Some(via)) if verbo != "altra" => nome(&via[..pagina(aperta.nodo, &via)]),
            _ => dove.to_owned(),
        };
        Ok(Reply::to("scheda", &[("file", file), ("dove", &va), ("salvato", &salvato)]))
    }

    /// The text that the form was made from, where it is still known.
    pub fn shown(&self, aperta: &Aperta, form: &Form) -> String {
        let hash = form.find("originale").unwrap_or(form.get("impronta"));
        self.kept(hash).unwrap_or_else(|| aperta.testo.clone())
    }

    /// What a form changes in the part that it shows.
    fn changes_of(&self, vista: &Vista, aperta: &Aperta, prima: &str, form: &Form) -> Result<Vec<Detta>, No> {
        const UNREADABLE: No = no(409, "il file non si legge più: riapri la scheda");
        let scheda = aperta.di(prima).map_err(|_| UNREADABLE)?;
        let parte = Parte::di(aperta, &scheda, form.get("dove"))?;
        let elenchi = vista.elenchi(aperta.piano());
        let modulo = Modulo::new(&elenchi, &[]);
        let campi = parte.campi(&modulo, &scheda);
        let dette = salva::mosse(&modulo, &campi, &scheda, form, "");
        if !parte.e_nuova {
            return Ok(dette);
        }
        let nuova = salva::gruppo(&dette, &parte.base());
        let titolo = nome_di(aperta, &parte.passi);
        let detta = |voce: Valore| {
            let che = salva::citato(&modulo.riassunto(parte.nodo, &voce));
            (Mossa::Aggiungi(parte.passi.clone(), voce), format!("{titolo}: aggiunta {che}"))
        };
        Ok(nuova.map(detta).into_iter().collect())
    }

    /// Judges the records as if the form were saved: nothing is written.
    pub fn trial(&self, form: &Form) -> Answer {
        let vista = self.vista();
        let aperta = vista.apri(form.get("file"))?;
        let prima = self.shown(&aperta, form);
        let dette = self.changes_of(&vista, &aperta, &prima, form)?;
        let Ok(dopo) = written(&aperta, &prima, &dette, form.get("dove"), form) else {
            return Ok(Reply::json(&json!({ "campi": {} })));
        };
        let scheda = aperta.di(&dopo).map_err(|_| no(409, "non si legge"))?;
        let parte = Parte::di(&aperta, &scheda, form.get("dove"))?;
        if parte.e_nuova {
            return Ok(Reply::json(&json!({ "campi": {} })));
        }
        let rilievi = self.as_if(&vista, &aperta, &dopo);
        let elenchi = vista.elenchi(aperta.piano());
        let modulo = Modulo::new(&elenchi, &rilievi);
        let campi: BTreeMap<String, Vec<Rilievo>> = parte
            .campi(&modulo, &scheda)
            .into_iter()
            .filter(|campo| campo.tipo != Tipo::Fine)
            .map(|campo| (campo.nome.clone(), campo.rilievi))
            .collect();
        Ok(Reply::json(&json!({ "campi": campi, "altri": modulo.altri(&parte.passi) })))
    }

    /// The findings of a file if it had this text.
    pub fn as_if(&self, vista: &Vista, aperta: &Aperta, testo: &str) -> Vec<Rilievo> {
        let store = vista.store.as_if(aperta.file(), testo);
        let prepared = pipeline::judge(&self.state.request, store);
        let yaml = front_matter(testo).map_or(0..testo.len(), |(front, _)| front);
        let texts = Texts::from([(aperta.entry.source.name.clone(), (testo.to_owned(), yaml))]);
        let mut rilievi = vista.trovati(&(prepared.report, texts));
        rilievi.retain(|rilievo| rilievo.file == aperta.entry.source.name);
        rilievi
    }

    /// The file was changed by somebody else since the form was made: both are shown, and nothing is written.
    pub fn conflict(&self, aperta: &Aperta, prima: &str, dopo: &str, form: &Form) -> Answer {
        let file = aperta.file();
        let (pagina, dietro) = match (form.find("vista"), form.find("tutto")) {
            (Some(_), _) => ("griglia", format!("|{file}")),
            (_, Some(_)) => ("testo", String::new()),
            _ => ("scheda", String::new()),
        };
        let own = ["impronta", "originale"].map(|name| format!("{name}{dietro}"));
        let sent: Vec<_> = form.0.iter().filter(|(name, _)| !own.contains(name)).collect();
        let context = json!({
            "titolo": "Il file è cambiato",
            "file": file,
            "pagina": pagina,
            "dietro": dietro,
            "impronta": self.keep(&aperta.testo),
            "originale": form.find(&own[1]).unwrap_or(form.get(&own[0])),
            "mandati": sent,
            "loro": lines::changed(prima, &aperta.testo),
            "mie": lines::changed(&aperta.testo, dopo),
            "sul_disco": aperta.testo,
            "mio": dopo,
            "ricarica": match form.find("vista") {
                Some(vista) => address(vista, &[("file", form.get("file")), ("piano", form.get("piano"))]),
                None => address(pagina, &[("file", file), ("dove", form.get("dove"))]),
            },
        });
        self.page("conflitto.html", 409, context)
    }
}

/// The save that an address tells of.
pub fn in_indirizzo(salvato: Option<u64>) -> String {
    salvato.map_or_else(|| NIENTE.to_owned(), |numero| numero.to_string())
}

/// A save, as pages tell it.
pub fn told(vista: &Vista, salvato: &[(u64, Modifica)], annullata: bool) -> Value {
    let parte = |(_, modifica): &(u64, Modifica)| {
        let [prima, dopo] = [&modifica.prima, &modifica.dopo].map(|testo| testo.as_deref().unwrap_or_default());
        let scheda = vista.store.entries.get(&modifica.file).filter(|entry| entry.source.kind.genere().is_some());
        json!({
            "titolo": scheda.map(|entry| titolo(entry)),
            "file": modifica.file,
            "detti": modifica.detti,
            "righe": lines::changed(prima, dopo),
        })
    };
    let prima = salvato.first();
    json!({
        "numero": prima.map(|(numero, _)| numero),
        "annullata": annullata,
        "rifa": prima.is_some_and(|(_, modifica)| modifica.si_rifa()),
        "quando": prima.map(|(_, modifica)| &modifica.quando),
        "parti": salvato.iter().map(parte).collect::<Vec<_>>(),
    })
}

/// A record with the changes that a form asks for; of a page, also its text.
fn written(aperta: &Aperta, testo: &str, dette: &[Detta], dove: &str, form: &Form) -> Result<String, String> {
    let mut scheda = aperta.di(testo).map_err(|why| why.to_string())?;
    let base = passi(aperta.nodo, via(dove)).unwrap_or_default();
    salva::applica(&mut scheda, dette, &base).map_err(|why| why.to_string())?;
    let mut dopo = scheda.fine();
    if let Some(nuovo) = form.find(TESTO_DELLA_PAGINA).filter(|_| aperta.e_pagina()) {
        let breaks = if testo.contains("\r\n") { "\r\n" } else { "\n" };
        let nuovo = nuovo.replace('\n', breaks);
        let vecchio = front_matter(&dopo).map(|(_, inizio)| dopo.split_off(inizio)).unwrap_or_default();
        // The blank lines between fields and text are nobody's text.
        let davanti = vecchio.len() - vecchio.trim_start_matches(['\r', '\n']).len();
        let uguale = |nuovo: &str| nuovo.trim_end() == vecchio[davanti..].trim_end();
        let pulito = incollato::testo(&nuovo, true);
        match uguale(&nuovo) || uguale(&pulito) {
            true => dopo.push_str(&vecchio),
            false => dopo.push_str(&format!("{}{}{breaks}", &vecchio[..davanti], pulito.trim_end())),
        }
    }
    Ok(dopo)
}

/// The groups and lists of a form, each with the title under which it stands.
fn indice(campi: &[Campo]) -> Vec<(&str, &str)> {
    let mut dentro = 0_usize;
    let mut parti = Vec::new();
    for campo in campi {
        match campo.tipo {
            Tipo::Fine => dentro -= 1,
            Tipo::Gruppo | Tipo::Elenco | Tipo::Nomi | Tipo::Caselle if dentro == 0 => {
                parti.push((campo.nome.as_str(), campo.titolo.as_str()));
            }
            _ => {}
        }
        dentro += usize::from(campo.tipo == Tipo::Gruppo);
    }
    if parti.len() < PARTI { Vec::new() } else { parti }
}

/// The text of a page below its fields.
fn corpo(testo: &str) -> String {
    let corpo = front_matter(testo).map(|(_, inizio)| &testo[inizio..]).unwrap_or_default();
    corpo.trim_start_matches(['\r', '\n']).to_owned()
}

/// What a button beside an item does.
fn mossa_di(aperta: &Aperta, verbo: &str, oggetto: &str) -> Result<Option<Detta>, No> {
    if !matches!(verbo, "togli" | "su" | "giu") {
        return Ok(None);
    }
    let voce = passi(aperta.nodo, oggetto).ok_or(BAD)?;
    let Some((Step::Index(posto), elenco)) = voce.split_last() else { return Err(BAD) };
    let detto = |che| format!("{}: {che} la voce {}", nome_di(aperta, elenco), posto + 1);
    Ok(Some(match verbo {
        "togli" => (Mossa::Togli(voce.clone()), detto("tolta")),
        "su" => (Mossa::Sposta(voce.clone(), posto.saturating_sub(1)), detto("spostata")),
        _ => (Mossa::Sposta(voce.clone(), posto + 1), detto("spostata")),
    }))
}

/// `Eventi, 3`: the titles on the way to a part of a record.
fn nome_di(aperta: &Aperta, passi: &[Step]) -> String {
    let titolo = |n: usize| match &passi[n - 1] {
        Step::Index(posto) => (posto + 1).to_string(),
        Step::Key(chiave) => {
            let titolo = sotto(aperta.nodo, &passi[..n]).map(Nodo::titolo).filter(|titolo| !titolo.is_empty());
            titolo.map_or_else(|| chiave.to_string(), str::to_owned)
        }
    };
    let titoli: Vec<String> = (1..=passi.len()).map(titolo).collect();
    if titoli.is_empty() { aperta.titolo() } else { titoli.join(", ") }
}

/// The pages above a part.
fn briciole(aperta: &Aperta, parte: &Parte) -> Vec<Value> {
    let base = parte.base();
    let (mut via, mut sopra) = (&base[..], Vec::new());
    while let Some((_, prima)) = via.split_last() {
        via = &prima[..pagina(aperta.nodo, prima)];
        let indirizzo = address("scheda", &[("file", aperta.file()), ("dove", &nome(via))]);
        sopra.push(json!({ "nome": nome_di(aperta, via), "indirizzo": indirizzo }));
    }
    sopra.reverse();
    sopra
}
