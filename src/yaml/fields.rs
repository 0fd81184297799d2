//! The fields that a record has, asked of its `Deserialize`, so that no second list can grow old.

use std::fmt;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

/// The names of the fields of a record, at its first level.
pub fn fields<T: DeserializeOwned>() -> &'static [&'static str] {
    fields_at::<T>(&[])
}

/// The names of the fields of the group, or of the groups of a list, that stands below these keys.
pub fn fields_at<T: DeserializeOwned>(path: &[String]) -> &'static [&'static str] {
    T::deserialize(Offer(path)).err().map_or(&[], |Known(fields)| fields)
}

/// Why a group was not read: it does not know the field that was offered, and says which it knows.
#[derive(Debug)]
struct Known(&'static [&'static str]);

impl fmt::Display for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

impl std::error::Error for Known {}

impl de::Error for Known {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Known(&[])
    }

    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        Known(expected)
    }
}

/// Records with one field each, down to the value that is asked for its own fields: it is offered one that nobody has.
struct Offer<'a>(&'a [String]);

impl<'de> IntoDeserializer<'de, Known> for Offer<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Offer<'_> {
    type Error = Known;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Known> {
        let (field, path) = self.0.split_first().map_or(("", self.0), |(field, path)| (field.as_str(), path));
        let field = IntoDeserializer::<Known>::into_deserializer(field);
        visitor.visit_map(MapDeserializer::new(std::iter::once((field, Offer(path)))))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Known> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Known> {
        visitor.visit_seq(SeqDeserializer::new(std::iter::once(self)))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct tuple tuple_struct struct map enum identifier ignored_any
    }
}
