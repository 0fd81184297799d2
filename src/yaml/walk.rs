//! serde over the marked tree. It accepts what `serde_yaml` accepts, by the same rules; its errors
//! keep the facts and the place, and leave the words to [`super::wording`].

use super::diagnose::Diagnosis;
use super::marked::{Id, Kind, MAX_DEPTH};
use super::scalar::{boolean, float, has_leading_zeros, is_null, signed, signed_or_plus, unsigned};
use super::standin::{Base, Slot, StandIn};
use crate::value::Rifiuto;
use serde::de::{self, DeserializeSeed, Expected, IntoDeserializer, Unexpected, VariantAccess, Visitor};
use std::fmt::{self, Display};

/// What went wrong, and where if that is known already.
#[derive(Debug)]
pub(super) struct Error {
    pub problem: Problem,
    pub spot: Option<Spot>,
}

#[derive(Debug)]
pub(super) enum Problem {
    Unknown {
        known: &'static [&'static str],
    },
    Missing(&'static str),
    /// The name of the field; a map does not know it.
    Repeated(&'static str),
    /// A value of another kind than the expected one.
    Type {
        expected: String,
    },
    /// The right kind, but out of bounds.
    Value {
        expected: String,
    },
    Length {
        expected: String,
    },
    Variant {
        value: String,
        known: &'static [&'static str],
    },
    /// The text of one of our own types, already Italian.
    Custom(String),
    /// An address, or a link in a text, that is not published.
    Refused(Rifiuto),
    Depth,
    OutOfWork,
}

#[derive(Debug)]
pub(super) enum Spot {
    Node(Id),
    StandIn(Slot),
}

impl Error {
    /// Says where, unless something closer to the cause already did.
    pub(super) fn at(mut self, node: Id) -> Self {
        self.spot.get_or_insert(Spot::Node(node));
        self
    }

    fn type_of(expected: &dyn Expected) -> Self {
        Problem::Type { expected: expected.to_string() }.into()
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Error { problem, spot: None }
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: Display>(message: T) -> Self {
        let message = message.to_string();
        Rifiuto::letto(&message).map_or(Problem::Custom(message), Problem::Refused).into()
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Error::type_of(expected)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Problem::Value { expected: expected.to_string() }.into()
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Problem::Length { expected: expected.to_string() }.into()
    }

    fn unknown_variant(variant: &str, known: &'static [&'static str]) -> Self {
        Problem::Variant { value: variant.to_owned(), known }.into()
    }

    fn unknown_field(_: &str, known: &'static [&'static str]) -> Self {
        Problem::Unknown { known }.into()
    }

    fn missing_field(field: &'static str) -> Self {
        Problem::Missing(field).into()
    }

    fn duplicate_field(field: &'static str) -> Self {
        Problem::Repeated(field).into()
    }
}

/// A node about to be deserialised.
#[derive(Clone, Copy)]
pub(super) struct Node<'d, 't> {
    pub diagnosis: &'d Diagnosis<'t>,
    pub id: Id,
    pub depth: usize,
}

/// A node after aliases, limits and stand-ins.
enum Seen<'d> {
    Scalar { text: &'d str, plain: bool },
    Sequence(&'d [Id]),
    Mapping(&'d [(Id, Id)]),
    Replaced(StandIn<'d>),
}

impl<'d> Node<'d, '_> {
    fn look(&mut self) -> Result<Seen<'d>, Error> {
        let diagnosis = self.diagnosis;
        let left = diagnosis.work.get().checked_sub(1).ok_or(Problem::OutOfWork)?;
        diagnosis.work.set(left);
        if self.depth > MAX_DEPTH {
            return Err(Problem::Depth.into());
        }
        for id in [self.id, diagnosis.tree.resolve(self.id)] {
            if diagnosis.replaced.contains(&id) {
                let slot = Slot { base: Base::Value(id), fields: Vec::new() };
                return Ok(Seen::Replaced(StandIn { slot, attempts: &diagnosis.attempts }));
            }
        }
        self.id = diagnosis.tree.resolve(self.id);
        Ok(match &diagnosis.tree.nodes[self.id].kind {
            Kind::Scalar { text, plain } => Seen::Scalar { text, plain: *plain },
            Kind::Sequence(items) => Seen::Sequence(items),
            Kind::Mapping(entries) => Seen::Mapping(entries),
            // Aliases of aliases do not exist; an empty text is what comes closest.
            Kind::Alias(_) => Seen::Scalar { text: "", plain: true },
        })
    }

    fn child(&self, id: Id) -> Self {
        Node { diagnosis: self.diagnosis, id, depth: self.depth + 1 }
    }

    fn scalar_any<'de, V: Visitor<'de>>(text: &str, plain: bool, visitor: V) -> Result<V::Value, Error> {
        if !plain {
            return visitor.visit_str(text);
        }
        if text.is_empty() || is_null(text) {
            return visitor.visit_unit();
        }
        if let Some(value) = boolean(text) {
            return visitor.visit_bool(value);
        }
        if let Some(value) = unsigned(text, u64::from_str_radix) {
            return visitor.visit_u64(value);
        }
        if let Some(value) = signed(text, i64::from_str_radix) {
            return visitor.visit_i64(value);
        }
        if let Some(value) = unsigned(text, u128::from_str_radix) {
            return visitor.visit_u128(value);
        }
        if let Some(value) = signed(text, i128::from_str_radix) {
            return visitor.visit_i128(value);
        }
        match float(text) {
            Some(value) if !has_leading_zeros(text) => visitor.visit_f64(value),
            _ => visitor.visit_str(text),
        }
    }
}

/// A scalar method: a plain scalar that `$read` understands, or the wrong type.
macro_rules! scalar {
    ($($method:ident => $read:expr, $visit:ident, $stand_in:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Error> {
            let seen = self.look().map_err(|e| e.at(self.id))?;
            match seen {
                Seen::Replaced(stand_in) => stand_in.$stand_in(visitor),
                Seen::Scalar { text, plain: true } => match $read(text) {
                    Some(value) => visitor.$visit(value),
                    None => Err(Error::type_of(&visitor)),
                },
                _ => Err(Error::type_of(&visitor)),
            }
            .map_err(|e: Error| e.at(self.id))
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Node<'_, '_> {
    type Error = Error;

    scalar! {
        deserialize_bool => boolean, visit_bool, deserialize_bool;
        deserialize_i8 => |t| signed_or_plus(t, i64::from_str_radix), visit_i64, deserialize_i8;
        deserialize_i16 => |t| signed_or_plus(t, i64::from_str_radix), visit_i64, deserialize_i16;
        deserialize_i32 => |t| signed_or_plus(t, i64::from_str_radix), visit_i64, deserialize_i32;
        deserialize_i64 => |t| signed_or_plus(t, i64::from_str_radix), visit_i64, deserialize_i64;
        deserialize_i128 => |t| signed_or_plus(t, i128::from_str_radix), visit_i128, deserialize_i128;
        deserialize_u8 => |t| unsigned(t, u64::from_str_radix), visit_u64, deserialize_u8;
        deserialize_u16 => |t| unsigned(t, u64::from_str_radix), visit_u64, deserialize_u16;
        deserialize_u32 => |t| unsigned(t, u64::from_str_radix), visit_u64, deserialize_u32;
        deserialize_u64 => |t| unsigned(t, u64::from_str_radix), visit_u64, deserialize_u64;
        deserialize_u128 => |t| unsigned(t, u128::from_str_radix), visit_u128, deserialize_u128;
        deserialize_f32 => float, visit_f64, deserialize_f32;
        deserialize_f64 => float, visit_f64, deserialize_f64;
    }

    fn deserialize_any<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Error> {
        match self.look().map_err(|e| e.at(self.id))? {
            Seen::Replaced(stand_in) => stand_in.deserialize_any(visitor),
            Seen::Scalar { text, plain } => Self::scalar_any(text, plain, visitor),
            Seen::Sequence(items) => visitor.visit_seq(Items { node: self, items: items.iter() }),
            Seen::Mapping(entries) => visitor.visit_map(Entries::new(self, entries)),
        }
        .map_err(|e| e.at(self.id))
    }

    fn deserialize_str<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Error> {
        match self.look().map_err(|e| e.at(self.id))? {
            Seen::Replaced(stand_in) => stand_in.deserialize_str(visitor),
            Seen::Scalar { text, .. } => visitor.visit_str(text),
            _ => Err(Error::type_of(&visitor)),
        }
        .map_err(|e| e.at(self.id))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        Err(Error::type_of(&visitor).at(self.id))
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        Err(Error::type_of(&visitor).at(self.id))
    }

    fn deserialize_option<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Error> {
        match self.look().map_err(|e| e.at(self.id))? {
            Seen::Replaced(_) => visitor.visit_none(),
            Seen::Scalar { text, plain: true } if text.is_empty() || is_null(text) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
        .map_err(|e: Error| e.at(self.id))
    }

    fn deserialize_unit<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Error> {
        match self.look().map_err(|e| e.at(self.id))? {
            Seen::Replaced(_) => visitor.visit_unit(),
            Seen::Scalar { text, plain: true } if text.is_empty() || is_null(text) => visitor.visit_unit(),
            _ => Err(Error::type_of(&visitor)),
        }
        .map_err(|e: Error| e.at(self.id))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self).map_err(|e: Error| e.at(self.id))
    }

    fn deserialize_seq<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Error> {
        match self.look().map_err(|e| e.at(self.id))? {
            Seen::Replaced(stand_in) => stand_in.deserialize_seq(visitor),
            Seen::Sequence(items) => {
                let mut access = Items { node: self, items: items.iter() };
                let value = visitor.visit_seq(&mut access).map_err(|e| e.at(self.id))?;
                match access.items.len() {
                    0 => Ok(value),
                    _ => Err(Problem::Length { expected: (items.len() - access.items.len()).to_string() }.into()),
                }
            }
            Seen::Scalar { text: "", plain: true } => visitor.visit_seq(Items { node: self, items: [].iter() }),
            _ => Err(Error::type_of(&visitor)),
        }
        .map_err(|e| e.at(self.id))
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
        self.deserialize_struct("", &[], visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        mut self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.look().map_err(|e| e.at(self.id))? {
            Seen::Replaced(stand_in) => stand_in.deserialize_struct(name, fields, visitor),
            Seen::Mapping(entries) => visitor.visit_map(Entries::new(self, entries)),
            Seen::Scalar { text: "", plain: true } => visitor.visit_map(Entries::new(self, &[])),
            _ => Err(Error::type_of(&visitor)),
        }
        .map_err(|e| e.at(self.id))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        mut self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.look().map_err(|e| e.at(self.id))? {
            Seen::Replaced(stand_in) => stand_in.deserialize_enum(name, variants, visitor),
            Seen::Scalar { text, .. } => visitor.visit_enum(Variant(text)),
            _ => Err(Problem::Variant { value: String::new(), known: variants }.into()),
        }
        .map_err(|e| e.at(self.id))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}

struct Items<'d, 't> {
    node: Node<'d, 't>,
    items: std::slice::Iter<'d, Id>,
}

impl<'de> de::SeqAccess<'de> for Items<'_, '_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let dropped = &self.node.diagnosis.dropped;
        match self.items.find(|id| !dropped.contains(*id)) {
            Some(id) => seed.deserialize(self.node.child(*id)).map(Some).map_err(|e| e.at(*id)),
            None => Ok(None),
        }
    }
}

struct Entries<'d, 't> {
    node: Node<'d, 't>,
    entries: std::slice::Iter<'d, (Id, Id)>,
    supplied: std::slice::Iter<'d, &'static str>,
    value: Option<Next>,
}

/// The value that goes with the key just read.
enum Next {
    Node(Id),
    Supplied(&'static str),
}

impl<'d, 't> Entries<'d, 't> {
    fn new(node: Node<'d, 't>, entries: &'d [(Id, Id)]) -> Self {
        let supplied = node.diagnosis.supplied.get(&node.id).map_or([].as_slice(), Vec::as_slice);
        Entries { node, entries: entries.iter(), supplied: supplied.iter(), value: None }
    }
}

impl<'de> de::MapAccess<'de> for Entries<'_, '_> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let dropped = &self.node.diagnosis.dropped;
        if let Some((key, value)) = self.entries.find(|(key, _)| !dropped.contains(key)) {
            self.value = Some(Next::Node(*value));
            return seed.deserialize(self.node.child(*key)).map(Some).map_err(|e| e.at(*key));
        }
        match self.supplied.next() {
            Some(name) => {
                self.value = Some(Next::Supplied(name));
                seed.deserialize((*name).into_deserializer()).map(Some)
            }
            None => Ok(None),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        match self.value.take() {
            Some(Next::Node(id)) => seed.deserialize(self.node.child(id)).map_err(|e| {
                // A value written as an alias fails where it stands for another.
                e.at(id)
            }),
            Some(Next::Supplied(name)) => {
                let base = Base::Supplied(self.node.id, name);
                let slot = Slot { base, fields: Vec::new() };
                let stand_in = StandIn { slot: slot.clone(), attempts: &self.node.diagnosis.attempts };
                seed.deserialize(stand_in).map_err(|mut e| {
                    e.spot.get_or_insert(Spot::StandIn(slot));
                    e
                })
            }
            None => Err(Problem::Custom(String::new()).into()),
        }
    }
}

/// A text that names a variant without content.
struct Variant<'a>(&'a str);

impl<'de> de::EnumAccess<'de> for Variant<'_> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Error> {
        let text: de::value::StrDeserializer<'_, Error> = self.0.into_deserializer();
        Ok((seed.deserialize(text)?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, _: S) -> Result<S::Value, Error> {
        Err(Error::type_of(&"un gruppo di campi"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Error> {
        Err(Error::type_of(&"un elenco"))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, Error> {
        Err(Error::type_of(&"un gruppo di campi"))
    }
}
