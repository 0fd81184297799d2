//! The fields that a record has, asked of its `Deserialize`, so that no second list can grow old.

use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

/// The names of the fields of a record, at its first level.
pub fn fields<T: DeserializeOwned>() -> &'static [&'static str] {
    fields_at::<T>(&[])
}

/// The names of the fields of the group, or of the groups of a list, that stands below these keys.
pub fn fields_at<T: DeserializeOwned>(path: &[String]) -> &'static [&'static str] {
    let mut found: &'static [&'static str] = &[];
    // `Offer` holds no values, so this always fails; by then `found` has the names that the type asks for.
    drop(T::deserialize(Offer { path, found: &mut found }));
    found
}

/// A deserializer that leads down `path`, key by key, and notes which fields the type asks for at its end.
struct Offer<'a> {
    path: &'a [String],
    found: &'a mut &'static [&'static str],
}

impl<'de> IntoDeserializer<'de, Error> for Offer<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Offer<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let [field, path @ ..] = self.path else { return Err(Error::custom("nothing")) };
        let field = IntoDeserializer::<Error>::into_deserializer(field.as_str());
        visitor.visit_map(MapDeserializer::new(std::iter::once((field, Offer { path, found: self.found }))))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.path.is_empty() {
            *self.found = fields;
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new(std::iter::once(self)))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct tuple tuple_struct map enum identifier ignored_any
    }
}
