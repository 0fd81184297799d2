//! Two values of the same field, however deep: nothing that differs goes untold.

use serde_json::Value;

use super::atti;
use super::{Genere, Modifica, SCHEDE, paia};
use crate::schema::{self, Nodo, in_parole};
use crate::value::euro;

/// The fields that tell one row of a list from another, the surest first.
const CHIAVI: [&str; 12] =
    ["id", "codice", "regola", "seggio", "ente", "voce", "ats", "nome", "titolo", "cosa", "anno", "data"];

/// Groups that are about bodies, also where a field of theirs names none.
const DI_ENTI: [&str; 4] = ["altri_partner", "membri", "organismo", "partenariato"];

/// Collects what changed of one record.
pub struct Campi<'a> {
    prima: &'a Value,
    dopo: &'a Value,
    soggetto: String,
    /// The record itself, whose events may bind an act to a change.
    scheda: Option<(&'a Value, &'a Value)>,
    schema: Option<Nodo<'static>>,
    trovate: Vec<Modifica>,
}

/// A step on the way to a field: its key, how it is told, and what the schema says of it.
struct Passo {
    chiave: String,
    detto: String,
    nodo: Option<Nodo<'static>>,
}

impl Passo {
    /// A row of a list, by what it is called.
    fn riga(detto: String, nodo: Option<Nodo<'static>>) -> Self {
        Passo { chiave: String::new(), detto, nodo }
    }
}

impl<'a> Campi<'a> {
    pub fn new(prima: &'a Value, dopo: &'a Value, soggetto: String, schema: Option<Nodo<'static>>) -> Self {
        Campi { prima, dopo, soggetto, scheda: None, schema, trovate: Vec::new() }
    }

    /// What changed from one value to the other.
    pub fn confronta(mut self, da: Option<&Value>, a: Option<&Value>) -> Vec<Modifica> {
        self.valore(&mut Vec::new(), da, a);
        self.trovate
    }

    pub fn di_scheda(mut self, vecchia: &'a Value, nuova: &'a Value) -> Vec<Modifica> {
        self.scheda = Some((vecchia, nuova));
        self.confronta(Some(vecchia), Some(nuova))
    }

    /// Of a norm, whose fields are rules also where they have the names of others.
    pub fn di_norma(mut self, vecchia: &Value, nuova: &Value) -> Vec<Modifica> {
        let passo = Passo { chiave: "norma".to_owned(), detto: String::new(), nodo: Some(schema::nodo("norma")) };
        self.valore(&mut vec![passo], Some(vecchia), Some(nuova));
        self.trovate
    }

    /// What the schema says of the end of a way.
    fn nodo(&self, via: &[Passo]) -> Option<Nodo<'static>> {
        via.last().map_or(self.schema, |passo| passo.nodo)
    }

    /// Compares a field, whatever it is; the way to it is known.
    fn valore(&mut self, via: &mut Vec<Passo>, da: Option<&Value>, a: Option<&Value>) {
        if da == a {
            return;
        }
        // Where a list or a record is new, each thing in it is.
        let forma = da.or(a);
        let is_act = forma.is_some_and(|valore| in_parole::atto(valore).is_some());
        match forma {
            Some(Value::Object(_)) if !is_act => {
                let gruppo = self.nodo(via);
                for (chiave, da, a) in paia(da, a) {
                    let nodo = gruppo.and_then(|nodo| nodo.campo(chiave));
                    let passo = Passo { chiave: chiave.clone(), detto: in_parole::campo(nodo, chiave), nodo };
                    self.sotto(via, passo, da, a);
                }
            }
            Some(Value::Array(_)) => self.elenco(via, righe(da), righe(a)),
            _ => self.cambia(via, da, a),
        }
    }

    fn sotto(&mut self, via: &mut Vec<Passo>, passo: Passo, da: Option<&Value>, a: Option<&Value>) {
        via.push(passo);
        self.valore(via, da, a);
        via.pop();
    }

    fn elenco(&mut self, via: &mut Vec<Passo>, da: &[Value], a: &[Value]) {
        let is_record = |valore: &Value| valore.is_object() && in_parole::atto(valore).is_none();
        let voci = self.nodo(via).and_then(Nodo::voci);
        if !da.iter().chain(a).any(is_record) {
            let chiave = via.last().map_or("", |passo| &passo.chiave);
            let detti = |me: &Self, valori: &[Value]| -> Vec<String> {
                valori.iter().map(|valore| me.detto(chiave, voci, valore)).collect()
            };
            let (vecchi, nuovi) = (detti(self, da), detti(self, a));
            let only_in = |che: &str, voci: &[String], altre: &[String]| {
                let sole: Vec<&str> = voci.iter().filter(|voce| !altre.contains(voce)).map(String::as_str).collect();
                (!sole.is_empty()).then(|| format!("{che} {}", sole.join(", ")))
            };
            let parti = [only_in("aggiunto", &nuovi, &vecchi), only_in("tolto", &vecchi, &nuovi)];
            let parti: Vec<String> = parti.into_iter().flatten().collect();
            let detto = if parti.is_empty() { "cambiato l'ordine".to_owned() } else { parti.join("; ") };
            let genere = self.genere(via, None);
            return self.trova(via, genere, &detto);
        }
        let chiave = CHIAVI.into_iter().find(|chiave| distingue(chiave, da) && distingue(chiave, a));
        let Some(chiave) = chiave else {
            // Nothing tells the rows apart but their place.
            for i in 0..da.len().max(a.len()) {
                let passo = Passo::riga(format!("n. {}", i + 1), voci);
                self.riga(via, passo, da.get(i), a.get(i));
            }
            return;
        };
        let stessa = |riga: &Value, altra: &Value| riga.get(chiave) == altra.get(chiave);
        for riga in da {
            let passo = Passo::riga(self.nome(voci, riga, chiave), voci);
            self.riga(via, passo, Some(riga), a.iter().find(|altra| stessa(riga, altra)));
        }
        for riga in a.iter().filter(|riga| !da.iter().any(|altra| stessa(riga, altra))) {
            let passo = Passo::riga(self.nome(voci, riga, chiave), voci);
            self.riga(via, passo, None, Some(riga));
        }
        let ordine = |righe: &[Value], altre: &[Value]| -> Vec<Value> {
            let comuni = righe.iter().filter(|riga| altre.iter().any(|altra| stessa(riga, altra)));
            comuni.filter_map(|riga| riga.get(chiave).cloned()).collect()
        };
        if ordine(da, a) != ordine(a, da) {
            self.trova(via, Genere::Altro, "cambiato l'ordine");
        }
    }

    /// A row of a list: one that is new or gone is told at once, with what is in it.
    fn riga(&mut self, via: &mut Vec<Passo>, passo: Passo, da: Option<&Value>, a: Option<&Value>) {
        let (che, riga) = match (da, a) {
            (Some(_), Some(_)) => return self.sotto(via, passo, da, a),
            (None, Some(riga)) => ("aggiunto", riga),
            (Some(riga), None) => ("tolto", riga),
            (None, None) => return,
        };
        via.push(passo);
        let genere = self.genere(via, ha_importi(riga).then_some(Genere::Importi));
        let nome = via.last().map_or("", |passo| &passo.detto);
        let sunto = self.sunto(self.nodo(via), riga, nome);
        let detto = if sunto.is_empty() { che.to_owned() } else { format!("{che}, con {sunto}") };
        self.trova(via, genere, &detto);
        if let (Some(suo), Some(ultima)) = (riga.get("atto").and_then(in_parole::atto), self.trovate.last_mut()) {
            ultima.atto = Some(suo);
        }
        via.pop();
    }

    fn cambia(&mut self, via: &[Passo], da: Option<&Value>, a: Option<&Value>) {
        let Some(valore) = a.or(da) else { return };
        let (chiave, nodo) = (via.last().map_or("", |passo| &passo.chiave), self.nodo(via));
        let is_amount =
            |valore: Option<&Value>| valore.is_none_or(|valore| in_parole::importo(chiave, valore).is_some());
        let is_day = |valore: Option<&Value>| valore.is_none_or(|valore| in_parole::giorno(valore).is_some());
        let per_forma = match () {
            () if is_amount(da) && is_amount(a) => Some(Genere::Importi),
            () if is_day(da) && is_day(a) => Some(Genere::Date),
            () if in_parole::e_lungo(valore) => Some(Genere::Testi),
            () => None,
        };
        let genere = self.genere(via, per_forma);
        // What is no longer public must not come back in a list of changes.
        let is_quiet = via.iter().any(|passo| passo.chiave == "contatti" || passo.chiave == "responsabile");
        let is_long = [da, a].into_iter().flatten().any(in_parole::e_lungo);
        let detto = match (da, a) {
            _ if is_quiet || (is_long && da.is_some() && a.is_some()) => "cambiato".to_owned(),
            (None, _) if is_long => "aggiunto".to_owned(),
            (_, None) if is_long => "tolto".to_owned(),
            // Another part of an act than those by which it is cited.
            (Some(da), Some(a)) if self.detto(chiave, nodo, da) == self.detto(chiave, nodo, a) => "cambiato".to_owned(),
            (Some(da), Some(a)) => format!("da {} a {}", self.detto(chiave, nodo, da), self.detto(chiave, nodo, a)),
            (None, Some(a)) => format!("aggiunto, {}", self.detto(chiave, nodo, a)),
            (Some(da), None) => format!("tolto, era {}", self.detto(chiave, nodo, da)),
            (None, None) => return,
        };
        self.trova(via, genere, &detto);
    }

    fn trova(&mut self, via: &[Passo], genere: Genere, detto: &str) {
        let mostrati = via
            .iter()
            .filter(|passo| passo.chiave != "finanziamento" && !passo.detto.is_empty())
            .map(|passo| passo.detto.as_str());
        let etichetta = mostrati.collect::<Vec<_>>().join(", ");
        let detto = if etichetta.is_empty() { detto.to_owned() } else { format!("{etichetta}: {detto}") };
        let chiavi: Vec<&str> = via.iter().map(|passo| passo.chiave.as_str()).collect();
        let atto = self.scheda.and_then(|(vecchia, nuova)| atti::del_campo(&chiavi, vecchia, nuova));
        self.trovate.push(Modifica { genere, soggetto: self.soggetto.clone(), detto, atto });
    }

    /// What a change is about: money before names, names before the rest.
    fn genere(&self, via: &[Passo], per_forma: Option<Genere>) -> Genere {
        let ha = |chiavi: &[&str]| via.iter().any(|passo| chiavi.contains(&passo.chiave.as_str()));
        match per_forma {
            Some(genere @ (Genere::Importi | Genere::Date)) => genere,
            _ if ha(&["deroghe", "dichiarazioni", "norma"]) => Genere::Regole,
            _ if ha(&DI_ENTI) || via.iter().any(|passo| elenco(passo.nodo) == Some("enti")) => Genere::Partner,
            Some(genere) => genere,
            None => Genere::Altro,
        }
    }

    /// A value in words; an id that names a record is told by its name.
    fn detto(&self, chiave: &str, nodo: Option<Nodo>, valore: &Value) -> String {
        let anno = || (chiave.starts_with("anno") && valore.is_number()).then(|| valore.to_string());
        let nome = || {
            let parola = valore.as_str()?;
            Some(format!("«{}»", scelta(nodo, parola).or_else(|| self.nome_di(nodo, parola))?))
        };
        let detto = in_parole::importo(chiave, valore)
            .map(euro)
            // A year is no count.
            .or_else(anno)
            .or_else(|| in_parole::atto(valore))
            .or_else(|| in_parole::giorno(valore))
            .or_else(nome);
        detto.unwrap_or_else(|| match () {
            () if in_parole::e_lungo(valore) => {
                let prima = valore.as_str().and_then(|testo| testo.lines().next()).unwrap_or_default();
                format!("«{}…»", prima.chars().take(60).collect::<String>())
            }
            () if valore.is_object() => self.sunto(nodo, valore, ""),
            () => in_parole::testo(valore),
        })
    }

    fn nome_di(&self, nodo: Option<Nodo>, id: &str) -> Option<String> {
        let (cartella, _, nome, _) = SCHEDE.into_iter().find(|(cartella, ..)| elenco(nodo) == Some(cartella))?;
        [self.dopo, self.prima]
            .into_iter()
            .find_map(|dati| Some(dati.get(cartella)?.get(id)?.get(nome)?.as_str()?.to_owned()))
    }

    /// How a row of a list is called.
    fn nome(&self, riga: Option<Nodo>, voce: &Value, chiave: &str) -> String {
        let chiamata =
            ["titolo", "nome", "descrizione"].into_iter().find_map(|campo| voce.get(campo).and_then(Value::as_str));
        let breve = |testo: &&str| testo.chars().count() <= 60 && !testo.contains('\n');
        match chiamata.filter(breve) {
            Some(nome) => format!("«{nome}»"),
            None => {
                self.detto(chiave, riga.and_then(|riga| riga.campo(chiave)), voce.get(chiave).unwrap_or(&Value::Null))
            }
        }
    }

    /// The short fields of a row, in words: not those by which it is called.
    fn sunto(&self, riga: Option<Nodo>, voce: &Value, nome: &str) -> String {
        const MASSIMO: usize = 4;
        let Some(campi) = voce.as_object() else { return String::new() };
        let detti = campi.iter().filter(|(chiave, valore)| {
            (*chiave == "ente" || !CHIAVI[..10].contains(&chiave.as_str()))
                // The act of a row is told with the change.
                && chiave.as_str() != "atto"
                && !valore.is_array()
                && !in_parole::e_lungo(valore)
                && chiave.as_str() != "contatti"
        });
        let detti = detti.filter(|(_, valore)| !valore.is_object() || in_parole::atto(valore).is_some());
        let detti = detti.map(|(chiave, valore)| {
            let nodo = riga.and_then(|riga| riga.campo(chiave));
            (in_parole::campo(nodo, chiave), self.detto(chiave, nodo, valore))
        });
        let detti = detti.filter(|(_, detto)| detto != nome).map(|(campo, detto)| format!("{campo} {detto}"));
        detti.take(MASSIMO).collect::<Vec<_>>().join(", ")
    }
}

/// The records that a field names.
fn elenco(nodo: Option<Nodo<'_>>) -> Option<&str> {
    nodo.and_then(|nodo| nodo.voci().unwrap_or(nodo).elenco())
}

/// What readers see of a word that is chosen from a list.
fn scelta(nodo: Option<Nodo>, parola: &str) -> Option<String> {
    let voce = nodo.map(|nodo| nodo.voci().unwrap_or(nodo))?;
    voce.nomi().find(|(chiave, _)| *chiave == parola).map(|(_, nome)| nome.to_owned())
}

fn righe(valore: Option<&Value>) -> &[Value] {
    valore.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn ha_importi(riga: &Value) -> bool {
    riga.as_object()
        .is_some_and(|campi| campi.iter().any(|(chiave, valore)| in_parole::importo(chiave, valore).is_some()))
}

/// Whether each row has this field, with a value of its own.
fn distingue(chiave: &str, righe: &[Value]) -> bool {
    let valori: Vec<&Value> = righe.iter().filter_map(|riga| riga.get(chiave)).collect();
    valori.len() == righe.len() && valori.iter().enumerate().all(|(i, valore)| !valori[..i].contains(valore))
}
