//! The title and the explanation of an amount are those of its field in the schema.

use super::{Nodo, nodo};
use crate::record::Importo;

impl Importo {
    pub fn campo(&self) -> Nodo<'static> {
        let campo = nodo("progetto").campo("finanziamento").and_then(|gruppo| gruppo.campo(self.id));
        campo.unwrap_or(Nodo(&serde_json::Value::Null))
    }
}
