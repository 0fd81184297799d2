//! What a record is, for people and for their editors, made from the types and the words of [`crate::record`].

mod esempio;
mod forma;
pub mod in_parole;
mod scelte;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

use crate::record::{
    Alleanza, Atto, Avviso, Ente, Importo, Norma, Pagina, Piano, Progetto, Programma, Ricerca, Risorse, Sito,
};
use crate::yaml;

pub use crate::value::Nodo;
pub use esempio::{esempio, esempio_di, in_linea};
pub use scelte::{chiave, nome};

/// A kind of record.
pub struct Genere {
    pub nome: &'static str,
    /// Where its files lie below the content folder.
    pub posto: &'static str,
    /// How a record of it is called.
    pub uno: &'static str,
    /// The words for where a record of another kind is that lies among its files by mistake.
    pub fra: &'static str,
    schema: fn(&str) -> Value,
    campi: fn() -> &'static [&'static str],
}

const fn genere<T: yaml::Record>(
    nome: &'static str,
    posto: &'static str,
    uno: &'static str,
    fra: &'static str,
) -> Genere {
    Genere { nome, posto, uno, fra, schema: of::<T>, campi: yaml::fields::<T> }
}

pub const GENERI: &[Genere] = &[
    genere::<Sito>("sito", "sito.yaml", "la scheda del sito", "al posto di quella del sito"),
    genere::<Ente>("ente", "partner/*.yaml", "un ente", "fra i partner"),
    genere::<Piano>("piano", "piani/*/piano.yaml", "la scheda di un Piano", "al posto di quella del Piano"),
    genere::<Atto>("atto", "piani/*/atti.yaml", "un elenco di atti", "al posto dell'elenco degli atti"),
    genere::<Risorse>("risorse", "piani/*/risorse.yaml", "la scheda delle risorse", "al posto di quella delle risorse"),
    genere::<Avviso>("avviso", "piani/*/avvisi/*.yaml", "un avviso", "fra gli avvisi"),
    genere::<Alleanza>("alleanza", "piani/*/alleanze/*.yaml", "un'alleanza", "fra le alleanze"),
    genere::<Progetto>("progetto", "piani/*/progetti/*.yaml", "un progetto", "fra i progetti"),
    genere::<Pagina>("pagina", "**/pagine/*.md", "una pagina", "fra le pagine"),
    genere::<Programma>("programma", "storia/*.yaml", "un programma del passato", "nella storia"),
    genere::<Ricerca>("ricerca", "ricerca.yaml", "la scheda della ricerca", "al posto di quella della ricerca"),
    genere::<Norma>("norma", "norme/*.yaml", "una norma", "fra le norme"),
];

/// The schema of a kind of record, made once for all.
pub fn nodo(nome: &str) -> Nodo<'static> {
    static SCHEMI: LazyLock<BTreeMap<&str, Value>> =
        LazyLock::new(|| GENERI.iter().map(|genere| (genere.nome, genere.schema())).collect());
    Nodo(SCHEMI.get(nome).unwrap_or(&Value::Null))
}

impl Genere {
    /// The kind of this name, which is known to be there.
    pub fn di(nome: &str) -> &'static Self {
        GENERI.iter().find(|genere| genere.nome == nome).unwrap_or(&GENERI[0])
    }

    /// Where a new file of it lies, below the content folder; `piano` is empty where it is of none.
    pub fn file(&self, piano: &str, id: &str) -> String {
        match self.posto {
            "**/pagine/*.md" if piano.is_empty() => format!("pagine/{id}.md"),
            "**/pagine/*.md" => format!("piani/{piano}/pagine/{id}.md"),
            posto if piano.is_empty() => posto.replacen('*', id, 1),
            posto => posto.replacen('*', piano, 1).replacen('*', id, 1),
        }
    }

    pub fn schema(&self) -> Value {
        (self.schema)(self.nome)
    }

    /// The names of its fields at the first level, older names included.
    pub fn campi(&self) -> &'static [&'static str] {
        (self.campi)()
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

impl Importo {
    /// Its field, which has its title and its explanation.
    pub fn campo(&self) -> Nodo<'static> {
        let campo = nodo("progetto").campo("finanziamento").and_then(|gruppo| gruppo.campo(self.id));
        campo.unwrap_or(Nodo(&Value::Null))
    }
}

fn of<T: yaml::Record>(nome: &str) -> Value {
    let mut schema = yaml::schema::<T>();
    forma::visit(&mut schema, &mut vec![nome.to_owned()], &|percorso| yaml::fields_at::<T>(percorso));
    schema
}
