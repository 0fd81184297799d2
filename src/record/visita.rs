//! One walk over all the texts of a record, in the order in which it declares them: a field cannot be left out.
//!
//! A record can be walked because it can be written; the texts that have a type of their own carry its name.

use serde::Serialize;
use serde::de::value::Error;
use serde::ser::{self, Serializer};

use crate::report::Step;

/// A text of a record, and the way to it.
pub struct Parola<'a> {
    /// The type, such as `Testo` or `Web`; an ordinary text has none.
    pub tipo: Option<&'static str>,
    /// The type of the group that it stands in, such as `Contatti`.
    pub gruppo: &'static str,
    pub testo: &'a str,
    pub passi: &'a [Step],
}

/// A record of whatever kind.
pub trait Visita {
    /// Shows every text.
    fn visita(&self, mostra: &mut dyn FnMut(Parola));
}

impl<T: Serialize> Visita for T {
    fn visita(&self, mostra: &mut dyn FnMut(Parola)) {
        // A walk writes nothing, so that nothing can fail.
        let _ = self.serialize(&mut Walk { steps: Vec::new(), kind: None, group: "", show: mostra });
    }
}

struct Walk<'v> {
    steps: Vec<Step>,
    kind: Option<&'static str>,
    group: &'static str,
    show: &'v mut dyn FnMut(Parola),
}

impl Walk<'_> {
    fn below<T: Serialize + ?Sized>(&mut self, step: Step, value: &T) -> Result<(), Error> {
        self.steps.push(step);
        value.serialize(&mut *self)?;
        self.steps.pop();
        Ok(())
    }
}

/// An open list, group or map.
struct Open<'w, 'v> {
    walk: &'w mut Walk<'v>,
    count: usize,
    key: Step,
    /// The group around it.
    outer: &'static str,
}

impl<'w, 'v> Open<'w, 'v> {
    fn new(walk: &'w mut Walk<'v>, group: Option<&'static str>) -> Self {
        let outer = walk.group;
        walk.group = group.unwrap_or(outer);
        Open { walk, count: 0, key: Step::Index(0), outer }
    }

    fn close(self) -> Result<(), Error> {
        self.walk.group = self.outer;
        Ok(())
    }
}

macro_rules! no_text {
    ($($method:ident($($arg:ident: $type:ty),*);)*) => {$(
        fn $method(self, $($arg: $type),*) -> Result<(), Error> {
            $(let _ = $arg;)*
            Ok(())
        }
    )*};
}

macro_rules! opened {
    ($($method:ident($($type:ty),*) -> $kind:ident;)*) => {$(
        fn $method(self, $(_: $type),*) -> Result<Self::$kind, Error> {
            Ok(Open::new(self, None))
        }
    )*};
}

impl<'w, 'v> Serializer for &'w mut Walk<'v> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Open<'w, 'v>;
    type SerializeTuple = Open<'w, 'v>;
    type SerializeTupleStruct = Open<'w, 'v>;
    type SerializeTupleVariant = Open<'w, 'v>;
    type SerializeMap = Open<'w, 'v>;
    type SerializeStruct = Open<'w, 'v>;
    type SerializeStructVariant = Open<'w, 'v>;

    fn serialize_str(self, testo: &str) -> Result<(), Error> {
        (self.show)(Parola { tipo: self.kind, gruppo: self.group, testo, passi: &self.steps });
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<(), Error> {
        let outer = self.kind.replace(name);
        value.serialize(&mut *self)?;
        self.kind = outer;
        Ok(())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Open<'w, 'v>, Error> {
        Ok(Open::new(self, Some(name)))
    }

    no_text! {
        serialize_bool(v: bool);
        serialize_i8(v: i8);
        serialize_i16(v: i16);
        serialize_i32(v: i32);
        serialize_i64(v: i64);
        serialize_i128(v: i128);
        serialize_u8(v: u8);
        serialize_u16(v: u16);
        serialize_u32(v: u32);
        serialize_u64(v: u64);
        serialize_u128(v: u128);
        serialize_f32(v: f32);
        serialize_f64(v: f64);
        serialize_char(v: char);
        serialize_bytes(v: &[u8]);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(name: &'static str);
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str);
    }

    opened! {
        serialize_seq(Option<usize>) -> SerializeSeq;
        serialize_tuple(usize) -> SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct;
        serialize_map(Option<usize>) -> SerializeMap;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant;
    }
}

macro_rules! elements {
    ($($trait:ident::$method:ident),*) => {$(
        impl ser::$trait for Open<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.count += 1;
                self.walk.below(Step::Index(self.count - 1), value)
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        }
    )*};
}

elements!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);

macro_rules! fields {
    ($($trait:ident),*) => {$(
        impl ser::$trait for Open<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
                self.walk.below(Step::Key(key.into()), value)
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        }
    )*};
}

fields!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Open<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        let key = serde_json::to_value(key).map_err(ser::Error::custom)?;
        self.key = Step::Key(key.as_str().map_or_else(|| key.to_string(), str::to_owned).into());
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.walk.below(self.key.clone(), value)
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}
