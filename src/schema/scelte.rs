//! The words of a choice, from its type: how a file writes it, and how readers see it.

use std::any::TypeId;
use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Nodo, forma};
use crate::yaml;

/// As a file writes it, and as readers see it.
type Scelta = (&'static str, &'static str);

/// As a file writes it: `in_corso`.
pub fn chiave<T: JsonSchema + Serialize + 'static>(scelta: T) -> &'static str {
    of(&scelta).0
}

/// As readers see it: `in corso`.
pub fn nome<T: JsonSchema + Serialize + 'static>(scelta: T) -> &'static str {
    of(&scelta).1
}

fn of<T: JsonSchema + Serialize + 'static>(scelta: &T) -> Scelta {
    /// The choices of the types that were asked, made once for each and kept.
    static SCELTE: RwLock<BTreeMap<TypeId, &'static [Scelta]>> = RwLock::new(BTreeMap::new());
    let known = SCELTE.read().unwrap_or_else(PoisonError::into_inner).get(&TypeId::of::<T>()).copied();
    let scelte = known.unwrap_or_else(|| {
        let scelte: &[Scelta] = Box::leak(all::<T>());
        SCELTE.write().unwrap_or_else(PoisonError::into_inner).insert(TypeId::of::<T>(), scelte);
        scelte
    });
    let scritta = serde_json::to_value(scelta).unwrap_or_default();
    scelte.iter().find(|(chiave, _)| scritta == *chiave).copied().unwrap_or_default()
}

fn all<T: JsonSchema>() -> Box<[Scelta]> {
    let mut schema = yaml::schema::<T>();
    forma::visit(&mut schema, &mut vec![String::new()], &|_| &[]);
    let kept = |parola: &str| -> &'static str { Box::leak(parola.into()) };
    Nodo(&schema).nomi().map(|(chiave, nome)| (kept(chiave), kept(nome))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Modalita, Natura, StatoPiano};

    #[test]
    fn a_choice_has_the_words_of_its_type() {
        assert_eq!(
            (chiave(StatoPiano::PresoAtto), nome(StatoPiano::PresoAtto)),
            ("preso_atto", "con presa d'atto della Regione")
        );
        assert_eq!([nome(Modalita::Gratuito), nome(Modalita::Voucher)], ["gratuito", "con voucher"]);
        assert_eq!([nome(Natura::Impresa), nome(Natura::PrivatoNonProfit)], ["impresa", "privato non profit"]);
    }
}
