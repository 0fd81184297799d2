//! One place of a schema, as the rest of the program asks it.

use serde_json::Value;

use crate::report::Step;

/// A field, a group, an entry of a list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nodo<'a>(pub &'a Value);

impl<'a> Nodo<'a> {
    pub fn testo(self, chiave: &str) -> &'a str {
        self.0[chiave].as_str().unwrap_or_default()
    }

    pub fn lista(self, chiave: &str) -> &'a [Value] {
        self.0[chiave].as_array().map(Vec::as_slice).unwrap_or_default()
    }

    pub fn titolo(self) -> &'a str {
        self.testo("title")
    }

    /// The title as it stands in a sentence: `numero di scheda`, but `CUP`.
    pub fn nome(self) -> String {
        let mut lettere = self.titolo().chars();
        match (lettere.next(), lettere.clone().next()) {
            (Some(prima), Some(dopo)) if !dopo.is_uppercase() => prima.to_lowercase().chain(lettere).collect(),
            _ => self.titolo().to_owned(),
        }
    }

    /// What it is and what to write.
    pub fn detto(self) -> &'a str {
        self.testo("description")
    }

    /// The example as it is written in a file.
    pub fn esempio(self) -> Option<&'a str> {
        self.0["x-esempio"].as_str().or_else(|| self.0["examples"][0].as_str())
    }

    /// The name of the list whose entries it names.
    pub fn elenco(self) -> Option<&'a str> {
        self.0["x-elenco"].as_str()
    }

    /// It only explains the record: nothing is judged by it.
    pub fn spiega(self) -> bool {
        self.0["x-spiega"] == true
    }

    pub fn e(self, tipo: &str) -> bool {
        self.0["type"] == tipo || self.lista("type").iter().any(|altro| altro == tipo)
    }

    /// The fields of a group, in the order in which one writes them.
    pub fn campi(self) -> impl Iterator<Item = (&'a str, Nodo<'a>)> {
        self.lista("x-ordine")
            .iter()
            .filter_map(Value::as_str)
            .map(move |nome| (nome, Nodo(&self.0["properties"][nome])))
    }

    pub fn campo(self, nome: &str) -> Option<Nodo<'a>> {
        self.0["properties"].get(nome).map(Nodo).or_else(|| self.valori())
    }

    /// What lies below, by the way to it.
    pub fn sotto(self, passi: &[Step]) -> Option<Nodo<'a>> {
        passi.iter().try_fold(self, |nodo, passo| match passo {
            Step::Key(nome) => nodo.campo(nome),
            Step::Index(_) => nodo.0.get("items").map(Nodo),
        })
    }

    pub fn obbligatorio(self, campo: &str) -> bool {
        self.lista("required").iter().any(|nome| nome == campo)
    }

    /// What the entries of a list are.
    pub fn voci(self) -> Option<Nodo<'a>> {
        self.0.get("items").filter(|_| self.0.get("properties").is_none()).map(Nodo)
    }

    /// Of a group that may stand alone or in a list: what the entries of the list are.
    pub fn anche_in_elenco(self) -> Option<Nodo<'a>> {
        self.0.get("items").filter(|_| self.0.get("properties").is_some()).map(Nodo)
    }

    /// The values under keys that are not fields: years, questions.
    pub fn valori(self) -> Option<Nodo<'a>> {
        let per_anno = self.0["patternProperties"].as_object().and_then(|valori| valori.values().next());
        per_anno.or_else(|| self.0.get("additionalProperties").filter(|valori| valori.is_object())).map(Nodo)
    }

    /// The words that one may choose from, with what each means.
    pub fn scelte(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.con("enumDescriptions")
    }

    /// The same words, with the name of each for readers.
    pub fn nomi(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.con("x-nomi")
    }

    fn con(self, che_cosa: &str) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        self.lista("enum").iter().zip(self.lista(che_cosa)).filter_map(|(a, b)| Some((a.as_str()?, b.as_str()?)))
    }

    /// Whether it has a form, which an example shows best.
    pub fn ha_una_forma(self) -> bool {
        self.0.get("pattern").is_some()
    }

    /// A group of fields, or what a list of groups holds.
    pub fn gruppo(self) -> Nodo<'a> {
        self.voci().filter(|voci| voci.campi().next().is_some()).unwrap_or(self)
    }

    /// What to write there, in a few words.
    pub fn formato(self) -> String {
        let formato = self.testo("x-formato");
        if let Some(voci) = self.voci() {
            return match voci.campi().next() {
                Some(_) => "un elenco di gruppi di campi".to_owned(),
                None => format!("un elenco, ogni voce: {}", voci.formato()),
            };
        }
        match formato {
            "" if self.anche_in_elenco().is_some() => "un gruppo di campi, o un elenco di gruppi",
            "" if self.campi().next().is_some() && self.e("string") => "un `id` di `atti.yaml`, o un gruppo di campi",
            "" if self.campi().next().is_some() => "un gruppo di campi",
            "" if self.valori().is_some() && self.elenco().is_none() => "un importo per ogni anno",
            "" if self.elenco().is_some() && self.e("object") => "un gruppo di risposte",
            "" if self.scelte().next().is_some() => "una scelta",
            "" if self.e("boolean") => "`true` o `false`",
            "" if self.e("integer") => "un numero intero",
            "" => "un testo",
            formato => formato,
        }
        .to_owned()
    }
}
