//! What somebody wrote and could not be saved, because concilia has started again or the file has another name now: it
//! is shown, with the way to save it.

use serde_json::{Value, json};

use super::form::Form;
use super::guard::{BAD, WRITTEN};
use super::vista::{Aperta, Vista};
use super::{Answer, Editor, Pagine, Reply};
use crate::input::source::kind_of;
use crate::report::one_line;
use crate::schema;
use crate::theme::messaggi::capital;
use crate::value::Nodo;

/// What a form says of itself, and nobody has typed.
const DEL_MODULO: [&str; 8] = ["file", "dove", "impronta", "originale", "azione", "vista", "piano", "genere"];
/// Fields that no schema has.
const ALTRI: [(&str, &str); 3] =
    [("testo_della_pagina", "Testo della pagina"), ("tutto", "Il file com'è scritto"), ("id", "Nome breve")];

/// Its own style, since without the secret no other file is served, and no script.
const ALONE: &str =
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The kind of record of a file of this name.
fn genere(file: &str) -> Option<&'static str> {
    kind_of(file)?.genere()
}

/// The titles on the way to a field of a form, with the name of its file where the form is of several; and what it holds, as
/// people read it.
fn detto(nome: &str, valore: &str, scheda: Option<Nodo<'static>>) -> (String, String) {
    let (mut nodo, davanti, via) = match nome.split_once('|') {
        Some((file, via)) => (genere(file).map(schema::nodo), file.rsplit('/').next(), via),
        None => (scheda, None, nome),
    };
    let mut titoli = Vec::new();
    for parte in via.split('.') {
        let campo = nodo.and_then(|nodo| nodo.campo(parte));
        if let Some(campo) = campo {
            titoli.push(campo.titolo().to_owned());
            nodo = Some(campo);
        } else if parte == "+" || parte.parse::<usize>().is_ok() {
            titoli.extend(parte.parse::<usize>().ok().map(|posto| (posto + 1).to_string()));
            nodo = nodo.and_then(|nodo| nodo.0.get("items")).map(Nodo);
        }
    }
    let altro = || ALTRI.iter().find(|(altro, _)| *altro == via).map_or(via, |(_, titolo)| *titolo).to_owned();
    let detto = if titoli.is_empty() { altro() } else { titoli.join(", ") };
    let scelta = nodo.and_then(|nodo| nodo.voci().unwrap_or(nodo).nomi().find(|(chiave, _)| *chiave == valore));
    let valore = scelta.map_or_else(|| valore.to_owned(), |(_, nome)| capital(nome));
    (davanti.map(|file| format!("{file}: ")).unwrap_or_default() + &detto, valore)
}

/// What somebody wrote into a form, or left as it stood there, under the titles of the fields.
fn scritti(form: &Form) -> Vec<(String, String)> {
    let scheda = match form.get("genere") {
        "" => genere(form.get("file")).map(schema::nodo),
        nuovo => Some(schema::nodo(nuovo)),
    };
    let del_modulo = |nome: &str| DEL_MODULO.contains(&nome.split('|').next().unwrap_or_default());
    let scritti = form.0.iter().filter(|(nome, valore)| !del_modulo(nome) && !valore.trim().is_empty());
    scritti.map(|(nome, valore)| detto(nome, valore, scheda)).collect()
}

impl Editor {
    /// What was sent from a page of an earlier run. Nothing of the site is told to whoever has no secret.
    pub fn late(&self, page: &str, form: &Form, why: &str) -> Answer {
        let style = Pagine::get("stile.css").map(|file| String::from_utf8_lossy(&file.data).into_owned());
        let context = json!({
            "pagina": page, "perche": why, "stile": style, "mandati": form.0, "scritti": scritti(form),
            "riprendi": super::guard::AGAIN,
        });
        Ok(self.render("ripreso.html", 403, &context)?.with("Content-Security-Policy", ALONE.to_owned()))
    }

    /// The same with the address of this run: the browser sends it there again, as it was.
    pub fn again(&self, mut form: Form) -> Answer {
        let (page, address) = (form.take("~pagina"), form.take("~indirizzo"));
        let page = WRITTEN.iter().find(|known| **known == page).ok_or(BAD)?;
        if !self.guard.is_secret(address.trim().rsplit('/').next().unwrap_or_default()) {
            return self.late(page, &form, "Non è l'indirizzo che concilia ha scritto l'ultima volta che è partito.");
        }
        let to = Reply::lead_to(&format!("{}{page}", self.guard.folder)).with("Set-Cookie", self.guard.cookie());
        Ok(Reply { status: 307, ..to })
    }

    /// A form that was not saved, with what is in it. Where its file is not there any more, another may be it.
    pub fn unsaved(&self, page: &str, form: &Form, why: &str) -> Answer {
        let vista = self.vista();
        let dei_file = form.0.iter().filter_map(|(nome, _)| nome.strip_prefix("impronta|"));
        let mut file = form.find("file").into_iter().chain(dei_file).filter(|file| !file.is_empty());
        let perso = file.find(|file| !vista.store.entries.contains_key(*file));
        let context = json!({
            "titolo": "Non salvato",
            "perche": one_line(why.trim_end_matches('.')),
            "file": form.find("file").filter(|file| vista.store.entries.contains_key(*file)),
            "scritti": scritti(form),
            "pagina": page,
            "perso": perso,
            "mandati": form.0,
            "altre": perso.map(|perso| altre(&vista, perso, form)),
        });
        self.page("non-salvato.html", 409, context)
    }

    /// The form with the name that a file has now, where somebody has told it.
    pub fn renamed(&self, mut form: Form) -> Form {
        let (prima, ora) = (form.take("~era"), form.take("~ora"));
        if !prima.is_empty() && !ora.is_empty() {
            for (nome, valore) in &mut form.0 {
                *nome = nome.replace(&prima, &ora);
                if *nome == "file" && *valore == prima {
                    valore.clone_from(&ora);
                }
            }
        }
        form
    }
}

/// The records of the same kind; the one that has the text from which the form was made comes first.
fn altre(vista: &Vista, perso: &str, form: &Form) -> Vec<Value> {
    let impronta = form.find(&format!("impronta|{perso}")).unwrap_or(form.get("impronta"));
    let Some(genere) = genere(perso) else { return Vec::new() };
    let sue = vista.store.entries.values().filter(|entry| entry.source.kind.genere() == Some(genere));
    let mut aperte: Vec<_> = sue.filter_map(|entry| vista.apri(&entry.source.relative).ok()).collect();
    aperte.sort_by_key(|aperta| aperta.impronta != impronta);
    let una = |aperta: &Aperta| {
        let file = aperta.file();
        json!({ "file": file, "titolo": format!("{} ({file})", aperta.titolo()) })
    };
    let da_scegliere = aperte.first().filter(|prima| prima.impronta != impronta);
    let da_scegliere = da_scegliere.map(|_| json!({ "file": "", "titolo": "Scegli la scheda" }));
    da_scegliere.into_iter().chain(aperte.iter().map(una)).collect()
}
