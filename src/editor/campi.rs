//! The fields of a form, and the ways to them.

use serde::Serialize;

use super::form::Form;
use super::forme::{lista, spiegato};
use super::rilievi::Rilievo;
use super::vincoli::Vincolo;
use crate::report::Step;
use crate::value::Nodo;
use crate::yaml::modifica::Valore;

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tipo {
    Riga,
    Testo,
    Scelta,
    /// A list of texts, one a line.
    Righe,
    /// A list of fixed choices.
    Caselle,
    /// A list of names, each in a field of its own.
    Nomi,
    /// A group opens, whose fields follow; `Fine` closes it.
    Gruppo,
    Fine,
    /// A list of groups, each on a page of its own.
    Elenco,
    /// A key and a value that a map does not have yet.
    Nuova,
}

/// One field, or the beginning or the end of a group of them.
#[derive(Debug, Clone, Serialize)]
pub struct Campo {
    pub tipo: Tipo,
    /// The way to it: `finanziamento.costo_complessivo`.
    pub nome: String,
    pub titolo: String,
    pub detto: String,
    pub esempio: Option<String>,
    pub obbligatorio: bool,
    pub valore: String,
    pub scelte: Vec<Scelta>,
    pub lista: Option<&'static str>,
    /// A short value: a number, a day.
    pub breve: bool,
    pub voci: Vec<Voce>,
    /// Records that it names and that are not there, each with the page that adds it.
    pub nuove: Vec<(String, String)>,
    /// A group of which the record has nothing: it is shown closed.
    pub vuoto: bool,
    /// It follows from something else, and is not written here.
    pub fermo: bool,
    /// An act may be named here, or written out on a page of its own.
    pub per_esteso: bool,
    pub rilievi: Vec<Rilievo>,
    /// What the norms ask of it.
    pub vincoli: Vec<Vincolo>,
    #[serde(skip)]
    pub passi: Vec<Step>,
    #[serde(skip)]
    pub nodo: Nodo<'static>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Scelta {
    pub valore: String,
    pub nome: String,
    pub detto: String,
    /// Of several that may be chosen, one that is.
    pub messa: bool,
}

/// An item of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Voce {
    pub nome: String,
    pub detto: String,
    pub errori: usize,
}

/// `eventi.2.importo`
pub fn nome(passi: &[Step]) -> String {
    let parti = passi.iter().map(|passo| match passo {
        Step::Key(chiave) => chiave.to_string(),
        // Of an item that no list has yet.
        Step::Index(usize::MAX) => "+".to_owned(),
        Step::Index(posto) => posto.to_string(),
    });
    parti.collect::<Vec<_>>().join(".")
}

/// The way that a name tells; of a list of records, the first step is a place in it.
pub fn passi(radice: Nodo<'static>, nome: &str) -> Option<Vec<Step>> {
    let mut nodo = radice;
    let mut passi = Vec::new();
    for parte in nome.split('.').filter(|parte| !parte.is_empty()) {
        let posto = parte.parse().ok().map(Step::Index);
        match posto {
            Some(posto) if passi.is_empty() => passi.push(posto),
            Some(posto) if nodo.0.get("items").is_some() => {
                nodo = nodo.sotto(std::slice::from_ref(&posto))?;
                passi.push(posto);
            }
            _ => {
                nodo = nodo.campo(parte)?;
                passi.push(Step::from(parte.to_owned()));
            }
        }
    }
    Some(passi)
}

/// What stands at a way, of a record or of a list of records.
pub fn sotto(radice: Nodo<'static>, passi: &[Step]) -> Option<Nodo<'static>> {
    radice.sotto(if let [Step::Index(_), campi @ ..] = passi { campi } else { passi })
}

/// The page on which a field stands: the last item of a list of groups on the way to it.
pub fn pagina(radice: Nodo<'static>, passi: &[Step]) -> usize {
    let is_item = |n: &usize| {
        matches!(passi[*n - 1], Step::Index(_))
            && sotto(radice, &passi[..*n]).is_some_and(|nodo| nodo.campi().next().is_some())
    };
    (1..=passi.len()).rev().find(is_item).unwrap_or(0)
}

/// How many steps of a way lead to something that a form shows.
pub fn mostrati(radice: Nodo<'static>, valore: &Valore, passi: &[Step]) -> usize {
    let mut qui = Some(valore);
    for (n, passo) in passi.iter().enumerate() {
        let (Some(sopra), Some(nodo)) = (sotto(radice, &passi[..n]), sotto(radice, &passi[..=n])) else { return n };
        let dentro = qui.and_then(|valore| valore.at(std::slice::from_ref(passo)));
        let e_mostrato = match passo {
            // Items of texts and of choices have no place of their own.
            Step::Index(_) => dentro.is_some() && (nodo.campi().next().is_some() || lista(nodo).is_some()),
            Step::Key(chiave) => {
                let solo_nominato = sopra.e("string") && !matches!(qui, Some(Valore::Gruppo(_)));
                let e_un_campo = sopra.0["properties"].get(&**chiave).is_some();
                !solo_nominato && (e_un_campo || sopra.elenco().is_some() || dentro.is_some())
            }
        };
        if !e_mostrato {
            return n;
        }
        qui = dentro;
    }
    passi.len()
}

impl Campo {
    pub fn di(nodo: Nodo<'static>, passi: Vec<Step>, obbligatorio: bool) -> Self {
        Campo {
            tipo: Tipo::Riga,
            nome: nome(&passi),
            titolo: nodo.titolo().to_owned(),
            detto: spiegato(nodo.detto()),
            esempio: None,
            obbligatorio,
            valore: String::new(),
            scelte: Vec::new(),
            lista: None,
            breve: false,
            voci: Vec::new(),
            nuove: Vec::new(),
            vuoto: false,
            fermo: false,
            per_esteso: false,
            rilievi: Vec::new(),
            vincoli: Vec::new(),
            passi,
            nodo,
        }
    }

    /// A group of fields, opened and closed.
    pub fn con(self, campi: Vec<Campo>) -> Vec<Campo> {
        let fine = Campo { tipo: Tipo::Fine, ..self.clone() };
        let inizio = Campo { tipo: Tipo::Gruppo, ..self };
        std::iter::once(inizio).chain(campi).chain([fine]).collect()
    }

    /// Marks what is chosen. Whatever stands there stays, until somebody chooses another.
    pub fn scegli(&mut self, valori: &[String]) {
        if self.scelte.is_empty() {
            return;
        }
        self.scelte.iter_mut().for_each(|scelta| scelta.messa = valori.contains(&scelta.valore));
        let altri = valori.iter().filter(|valore| !valore.is_empty());
        let altri: Vec<Scelta> = altri
            .filter(|valore| !self.scelte.iter().any(|scelta| scelta.valore == **valore))
            .map(|valore| Scelta { valore: valore.clone(), nome: valore.clone(), detto: String::new(), messa: true })
            .collect();
        self.scelte.extend(altri);
    }

    /// Fills it in with what a form says, whose names have this before them.
    pub fn riempi(&mut self, form: &Form, davanti: &str) {
        let suo = |nome: &str| nome.strip_prefix(davanti) == Some(self.nome.as_str());
        let detti: Vec<String> =
            form.0.iter().filter(|(nome, _)| suo(nome)).map(|(_, valore)| valore.clone()).collect();
        if let Some(detto) = detti.first() {
            self.valore.clone_from(detto);
            self.scegli(&detti);
        }
        let nuove = form.0.iter().filter(|(nome, _)| nome.strip_suffix(".+") == Some(self.nome.as_str()));
        if let Some(vuota) = self.voci.last().cloned() {
            let mancano = nuove.clone().count().saturating_sub(self.voci.len());
            self.voci.extend(std::iter::repeat_n(vuota, mancano));
        }
        self.voci.iter_mut().zip(nuove).for_each(|(voce, (_, detto))| voce.detto.clone_from(detto));
    }
}

/// What a group holds under a key.
pub fn dentro<'v>(valore: Option<&'v Valore>, chiave: &str) -> Option<&'v Valore> {
    valore?.at(&[Step::from(chiave.to_owned())])
}
