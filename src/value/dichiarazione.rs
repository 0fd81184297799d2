//! The answer to a question of a norm: yes, no, or a text such as an act.

use serde::Serialize;

/// It serializes as what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Dichiarazione {
    Detto(bool),
    Testo(String),
}

impl Dichiarazione {
    pub fn parse(testo: &str) -> Result<Self, String> {
        Ok(match testo.trim().to_lowercase().as_str() {
            // What Italian hands write for `true` and `false` counts too.
            "true" | "sì" | "si" => Dichiarazione::Detto(true),
            "false" | "no" => Dichiarazione::Detto(false),
            "" | "~" | "null" => {
                return Err("la dichiarazione è vuota: scrivi `true`, `false` o un testo".to_owned());
            }
            _ => Dichiarazione::Testo(testo.to_owned()),
        })
    }
}
