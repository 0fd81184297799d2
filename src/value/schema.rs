//! What editors and people are told of the exact values: their form, a word for it and an example.

use super::{Casella, Data, DataOra, Euro, Id, Indirizzo, Punteggio, Recapito, Testo, Web};

/// `x-tipo` names the type whose `parse` judges a text: a pattern only helps whoever writes.
macro_rules! forme {
    ($($tipo:ident: $forma:tt)*) => {$(
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
                forma
            }
        }
    )*};
}
pub(crate) use forme;

forme! {
    // No `multipleOf`: editors would count in floats.
    Euro: {
        "type": ["number", "string"],
        "minimum": 0,
        "pattern": r"^\d+(\.\d{1,2})?$",
        "x-formato": "un importo",
        "examples": ["56000.00"],
    }
    Data: {
        "type": "string",
        "format": "date",
        "pattern": r"^\d{4}-\d{2}-\d{2}$",
        "x-formato": "una data",
        "examples": ["2026-03-01"],
    }
    DataOra: {
        "type": "string",
        "pattern": r"^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}$",
        "x-formato": "una data con l'ora",
        "examples": ["2026-01-30 12:00"],
    }
    Id: {
        "type": ["string", "integer"],
        "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
        "maxLength": 100,
        "x-formato": "un identificativo",
        "examples": ["comune-albino"],
    }
    Punteggio: {
        "type": ["number", "string"],
        "minimum": 0,
        "pattern": r"^\d+(\.\d+)?$",
        "x-formato": "un punteggio",
        "examples": ["23.5"],
    }
    Casella: {
        "type": "string",
        "pattern": "^[A-Ha-h]([1-9]|1[0-2])$",
        "x-formato": "una casella",
        "examples": ["B3"],
    }
    Indirizzo: {
        "type": "string",
        "description": "Gli indirizzi che la pagina aveva prima: chi li apre arriva qui.",
        "pattern": r"^(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?$",
        "maxLength": 300,
        "x-formato": "un indirizzo del sito",
        "examples": ["/2017-2018/progetti/vecchio-nome/"],
    }
    Testo: {
        "type": ["string", "number"],
        "x-formato": "un testo, anche con Markdown",
        "examples": ["Per chi *lavora* a turni."],
    }
    Web: {
        "type": "string",
        "format": "uri",
        "pattern": r#"^https?://[^\s"<>\\]+$"#,
        "x-formato": "un indirizzo web",
        "examples": ["https://www.regione.lombardia.it/"],
    }
    Recapito: {
        "type": "string",
        "pattern": r#"^(https?://|[^\s@]+@)[^\s"<>\\]+$"#,
        "x-formato": "un indirizzo di posta o web",
        "examples": ["ufficio@ats-esempio.it"],
    }
}
