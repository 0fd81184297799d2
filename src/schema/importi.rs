//! What the amounts of a project are called and what they are: the words of their fields.

use super::{Nodo, nodo};
use crate::record::Importo;

impl Importo {
    pub fn campo(&self) -> Nodo<'static> {
        let campo = nodo("progetto").campo("finanziamento").and_then(|gruppo| gruppo.campo(self.id));
        campo.unwrap_or(Nodo(&serde_json::Value::Null))
    }
}
