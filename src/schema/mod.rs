//! What a record is, for people and for their editors, made from the types and the words of [`crate::record`].

mod editor;
mod elenchi;
mod esempio;
mod forma;
mod nodo;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::record::{Alleanza, Avviso, Ente, Norma, Pagina, Piano, Progetto, Programma, Risorse, Sito};
use crate::yaml;

pub use elenchi::{Elenchi, Valore};
pub use esempio::{esempio, esempio_di, in_linea};
pub use nodo::Nodo;

/// A kind of record.
pub struct Genere {
    pub nome: &'static str,
    /// Where its files lie below the content folder.
    pub posto: &'static str,
    schema: fn(&str) -> Value,
}

const fn genere<T: JsonSchema + DeserializeOwned>(nome: &'static str, posto: &'static str) -> Genere {
    Genere { nome, posto, schema: of::<T> }
}

pub const GENERI: &[Genere] = &[
    genere::<Sito>("sito", "sito.yaml"),
    genere::<Ente>("ente", "partner/*.yaml"),
    genere::<Piano>("piano", "piani/*/piano.yaml"),
    genere::<Risorse>("risorse", "piani/*/risorse.yaml"),
    genere::<Avviso>("avviso", "piani/*/avvisi/*.yaml"),
    genere::<Alleanza>("alleanza", "piani/*/alleanze/*.yaml"),
    genere::<Progetto>("progetto", "piani/*/progetti/*.yaml"),
    genere::<Pagina>("pagina", "**/pagine/*.md"),
    genere::<Programma>("programma", "storia/*.yaml"),
    genere::<Norma>("norma", "norme/*.yaml"),
];

/// The schema of a kind of record, made once for all.
pub fn nodo(nome: &str) -> Nodo<'static> {
    static SCHEMI: LazyLock<BTreeMap<&str, Value>> =
        LazyLock::new(|| GENERI.iter().map(|genere| (genere.nome, genere.schema())).collect());
    Nodo(SCHEMI.get(nome).unwrap_or(&Value::Null))
}

impl Genere {
    pub fn schema(&self) -> Value {
        (self.schema)(self.nome)
    }

    /// The folder of its files, or the one file: `progetti`, `sito`.
    pub fn cartella(&self) -> &'static str {
        let parti: Vec<&str> = self.posto.split('/').collect();
        match parti[..] {
            [.., cartella, ultimo] if ultimo.starts_with('*') => cartella,
            _ => self.nome,
        }
    }
}

fn of<T: JsonSchema + DeserializeOwned>(nome: &str) -> Value {
    let settings = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true);
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    forma::finish(nome, &mut schema, &|percorso| yaml::fields_at::<T>(percorso));
    schema
}
