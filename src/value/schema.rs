//! The exact values by name: what editors and people are told of their form, how they are read, and who judges a text.

use std::ops::Range;

use super::{
    Casella, Colore, Comune, Data, DataOra, Dichiarazione, Euro, Id, Indirizzo, Posta, Punteggio, Quando, Recapito,
    Rifiuto, Telefoni, Testo, Web,
};

/// Why a text is no value of its type.
pub enum Difetto {
    /// What is said after the name of the field.
    Detto(String),
    /// What would not be published, and where in the text if it is only a part of it.
    Rifiutato(Rifiuto, Option<Range<usize>>),
}

impl From<String> for Difetto {
    fn from(detto: String) -> Self {
        Difetto::Detto(detto)
    }
}

impl From<Rifiuto> for Difetto {
    fn from(rifiuto: Rifiuto) -> Self {
        Difetto::Rifiutato(rifiuto, None)
    }
}

/// All that is wrong with a text.
pub type Giudice = fn(&str) -> Vec<Difetto>;

/// `x-tipo` names the type whose `parse` judges a text: a pattern only helps whoever writes.
macro_rules! forme {
    ($($tipo:ident: $formato:literal, $esempio:literal, $forma:tt)*) => {
        $(
            impl schemars::JsonSchema for $tipo {
                fn inline_schema() -> bool {
                    true
                }

                fn schema_name() -> std::borrow::Cow<'static, str> {
                    stringify!($tipo).into()
                }

                fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                    let mut forma = schemars::json_schema!($forma);
                    forma.insert("x-tipo".into(), stringify!($tipo).into());
                    forma.insert("x-formato".into(), $formato.into());
                    forma.insert("examples".into(), [$esempio].as_slice().into());
                    forma
                }
            }

            impl<'de> serde::Deserialize<'de> for $tipo {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    struct Lettura;
                    impl serde::de::Visitor<'_> for Lettura {
                        type Value = $tipo;

                        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                            f.write_str(concat!($formato, " come `", $esempio, "`"))
                        }

                        fn visit_str<E: serde::de::Error>(self, testo: &str) -> Result<$tipo, E> {
                            $tipo::parse(testo).map_err(E::custom)
                        }
                    }
                    // The scalar as it is written; `deserialize_any` would make a float of an amount.
                    deserializer.deserialize_str(Lettura)
                }
            }
        )*

        /// Who judges the texts of a type.
        pub fn giudice(tipo: &str) -> Option<Giudice> {
            // Every link of a text, and not only the first.
            if tipo == Testo::TIPO {
                return Some(|testo| Testo::rifiuti(testo).map(|(no, dove)| Difetto::Rifiutato(no, Some(dove))).collect());
            }
            let giudice: Giudice = match tipo {
                $(stringify!($tipo) => |testo| $tipo::parse(testo).err().into_iter().map(Difetto::from).collect(),)*
                _ => return None,
            };
            Some(giudice)
        }
    };
}

forme! {
    // No `multipleOf`: editors would count in floats.
    Euro: "un importo", "56000.00", {
        "type": ["number", "string"],
        "minimum": 0,
        "pattern": r"^\d+(\.\d{1,2})?$",
    }
    Data: "una data", "2026-03-01", {
        "type": "string",
        "format": "date",
        "pattern": r"^\d{4}-\d{2}-\d{2}$",
    }
    DataOra: "una data con l'ora", "2026-01-30 12:00", {
        "type": "string",
        "pattern": r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2})?$",
    }
    Quando: "una data", "2026-03-01", {
        "type": ["string", "integer"],
        "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$",
    }
    Id: "un identificativo", "comune-albino", {
        "type": ["string", "integer"],
        "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
        "maxLength": 100,
    }
    Punteggio: "un punteggio", "23.5", {
        "type": ["number", "string"],
        "minimum": 0,
        "pattern": r"^\d+(\.\d+)?$",
    }
    Casella: "una casella", "B3", {
        "type": "string",
        "pattern": "^[A-Ha-h]([1-9]|1[0-2])$",
    }
    Colore: "un colore", "#0066cc", {
        "type": "string",
        "pattern": "^#[0-9A-Fa-f]{6}$",
    }
    Comune: "il nome di un comune lombardo", "Albino", {
        "type": "string",
    }
    Indirizzo: "un indirizzo del sito", "/2017-2018/progetti/vecchio-nome/", {
        "type": "string",
        "description": "Gli indirizzi che la pagina aveva prima: chi li apre arriva qui.",
        "pattern": r"^(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?$",
        "maxLength": 300,
    }
    Testo: "un testo, anche con Markdown", "Per chi *lavora* a turni.", {
        "type": ["string", "number"],
    }
    Web: "un indirizzo web", "https://www.regione.lombardia.it/", {
        "type": "string",
        "format": "uri",
        "pattern": r#"^https?://[^\s"<>\\]+$"#,
    }
    Posta: "un indirizzo di posta", "ufficio@ats-esempio.it", {
        "type": "string",
        "format": "email",
        "pattern": r"^[^\s@]+@[^\s@]+\.[^\s@]+$",
    }
    Recapito: "un indirizzo di posta o web", "ufficio@ats-esempio.it", {
        "type": "string",
        "pattern": r#"^(https?://|[^\s@]+@)[^\s"<>\\]+$"#,
    }
    Telefoni: "un numero di telefono", "035 123456", {
        "type": ["string", "number"],
        "pattern": r"^[+(]?\d",
    }
    Dichiarazione: "`true`, `false` o un testo", "false", {
        "type": ["boolean", "number", "string"],
        "pattern": r"\S",
    }
}
