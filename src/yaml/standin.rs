//! Values that stand in for those that are missing or wrong, so that their siblings can be judged.

use super::marked::Id;
use super::walk::{Error, Problem, Spot};
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{self, IntoDeserializer, Visitor};
use std::collections::BTreeMap;

/// Texts that between them satisfy the types of the schema: amounts and numbers, ids, dates,
/// province codes, addresses, tax numbers.
const TEXTS: [&str; 9] =
    ["0", "x", "2000-01-01", "BG", "https://example.org/", "a@example.org", "1", "2000", "00000000000"];

/// How often a stand-in may try: the texts, then a number, a truth value, a mapping, a list.
pub(super) const CANDIDATES: usize = TEXTS.len() + 4;

/// What is stood in for; `fields` lead into the records that had to be made up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot {
    pub base: Base,
    pub fields: Vec<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Base {
    /// A value that failed.
    Value(Id),
    /// A missing field of a mapping.
    Supplied(Id, &'static str),
}

pub(super) struct StandIn<'d> {
    pub slot: Slot,
    pub attempts: &'d BTreeMap<Slot, usize>,
}

impl StandIn<'_> {
    fn attempt(&self) -> usize {
        self.attempts.get(&self.slot).copied().unwrap_or(0)
    }

    fn text(&self) -> &'static str {
        TEXTS.get(self.attempt()).copied().unwrap_or_default()
    }

    fn place<T>(self, result: Result<T, Error>) -> Result<T, Error> {
        result.map_err(|mut error| {
            error.spot.get_or_insert(Spot::StandIn(self.slot));
            error
        })
    }
}

/// Methods that visit a value computed from the attempt.
macro_rules! simple {
    ($($method:ident => $visit:ident($value:expr);)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let value = $value(&self);
            self.place(visitor.$visit(value))
        }
    )*};
}

impl<'de> de::Deserializer<'de> for StandIn<'_> {
    type Error = Error;

    simple! {
        deserialize_bool => visit_bool(|s: &Self| s.attempt() % 2 == 1);
        deserialize_i8 => visit_i8(|s: &Self| s.attempt() as i8);
        deserialize_i16 => visit_i16(|s: &Self| s.attempt() as i16);
        deserialize_i32 => visit_i32(|s: &Self| s.attempt() as i32);
        deserialize_i64 => visit_i64(|s: &Self| s.attempt() as i64);
        deserialize_i128 => visit_i128(|s: &Self| s.attempt() as i128);
        deserialize_u8 => visit_u8(|s: &Self| s.attempt() as u8);
        deserialize_u16 => visit_u16(|s: &Self| s.attempt() as u16);
        deserialize_u32 => visit_u32(|s: &Self| s.attempt() as u32);
        deserialize_u64 => visit_u64(|s: &Self| s.attempt() as u64);
        deserialize_u128 => visit_u128(|s: &Self| s.attempt() as u128);
        deserialize_f32 => visit_f32(|_: &Self| 0.0);
        deserialize_f64 => visit_f64(|_: &Self| 0.0);
        deserialize_char => visit_char(|s: &Self| s.text().chars().next().unwrap_or('x'));
        deserialize_str => visit_str(|s: &Self| s.text());
        deserialize_string => visit_str(|s: &Self| s.text());
        deserialize_identifier => visit_str(|s: &Self| s.text());
        deserialize_bytes => visit_bytes(|_: &Self| &[]);
        deserialize_byte_buf => visit_bytes(|_: &Self| &[]);
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.attempt().checked_sub(TEXTS.len()) {
            None => self.deserialize_str(visitor),
            Some(0) => self.place(visitor.visit_u64(0)),
            Some(1) => self.place(visitor.visit_bool(false)),
            Some(2) => self.deserialize_map(visitor),
            Some(_) => self.deserialize_seq(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.place(visitor.visit_none())
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.place(visitor.visit_unit())
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.place(visitor.visit_unit())
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        self.place(visitor.visit_unit())
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        let slot = self.slot.clone();
        visitor.visit_newtype_struct(self).map_err(|mut error: Error| {
            error.spot.get_or_insert(Spot::StandIn(slot));
            error
        })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let none = SeqDeserializer::new(std::iter::empty::<()>());
        self.place(visitor.visit_seq(none))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let none = MapDeserializer::new(std::iter::empty::<((), ())>());
        self.place(visitor.visit_map(none))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let inner = fields.iter().map(|field| {
            let mut slot = self.slot.clone();
            slot.fields.push(field);
            (*field, StandIn { slot, attempts: self.attempts })
        });
        let result = visitor.visit_map(MapDeserializer::new(inner));
        self.place(result)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match variants.get(self.attempt()) {
            Some(variant) => {
                let name: de::value::StrDeserializer<'_, Error> = (*variant).into_deserializer();
                self.place(visitor.visit_enum(name))
            }
            None => self.place(Err(Problem::Custom(String::new()).into())),
        }
    }
}

impl<'de> IntoDeserializer<'de, Error> for StandIn<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
