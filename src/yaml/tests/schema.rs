//! A schema like the real one: required, optional and defaulted fields, lists, maps, newtypes.

use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheda {
    pub titolo: String,
    pub scheda: u32,
    pub alleanza: Option<String>,
    pub stato: Option<Stato>,
    #[serde(default)]
    pub durata: Option<Durata>,
    pub finanziamento: Finanziamento,
    #[serde(default)]
    pub azioni: Vec<Azione>,
    #[serde(default)]
    pub obiettivi: Vec<String>,
    #[serde(default)]
    pub pubblicata: bool,
    #[serde(default)]
    pub sigla: Option<char>,
    #[serde(default)]
    pub saldo: i64,
    #[serde(default, deserialize_with = "crate::yaml::unique_map")]
    pub note: BTreeMap<String, u32>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finanziamento {
    pub costo_complessivo: Euro,
    pub contributo_richiesto: Euro,
    pub contributo_riconosciuto: Option<Euro>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Azione {
    pub titolo: String,
    pub macrocategoria: Id,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Durata {
    pub dal: Data,
    pub al: Data,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stato {
    Presentato,
    InCorso,
    Concluso,
}

/// Text that must have a form, as the newtypes of the schema do it.
macro_rules! newtype {
    ($name:ident, $check:expr, $message:expr) => {
        #[derive(Debug, PartialEq)]
        pub struct $name(pub String);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = String::deserialize(d)?;
                let check: fn(&str) -> bool = $check;
                if check(&text) { Ok($name(text)) } else { Err(serde::de::Error::custom($message)) }
            }
        }
    };
}

newtype!(
    Euro,
    |t| t.split_once('.').map_or(t, |(a, b)| if b.len() <= 2 { a } else { "" }).parse::<u64>().is_ok(),
    "un importo si scrive come `56000.00`"
);
newtype!(Data, |t| t.len() == 10 && t.as_bytes()[4] == b'-', "una data si scrive come `2017-07-01`");
newtype!(Id, |t| t.starts_with(|c: char| c.is_ascii_lowercase()), "un id è fatto di lettere minuscole e trattini");
