//! The values of one name in a query or a form, read with serde.

use serde::de::value::{SeqDeserializer, StrDeserializer};
use serde::de::{Deserializer, EnumAccess, Error, IntoDeserializer, Unexpected, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::PairText;
use super::error::PairsError;
use super::guess::{Guesses, no_text};

/// A name. A malformed one is ignored as the name of a field, and an error as a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'a>(pub(super) &'a PairText);

impl<'de> IntoDeserializer<'de, PairsError> for Name<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Name<'_> {
    type Error = PairsError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, PairsError> {
        if self.0.malformed {
            return Err(PairsError::malformed().at(&self.0.text));
        }
        visitor.visit_str(&self.0.text)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, PairsError> {
        visitor.visit_str(&self.0.text)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum ignored_any
    }
}

/// The values of one name. They are read as a list, or as the last value.
#[derive(Debug)]
pub(super) struct Values<'a> {
    name: &'a str,
    list: &'a [&'a PairText],
    guesses: &'a Guesses,
}

impl<'a> Values<'a> {
    pub(super) fn new(name: &'a PairText, list: &'a [&'a PairText], guesses: &'a Guesses) -> Self {
        Values { name: &name.text, list, guesses }
    }

    /// The last value.
    fn text(&self) -> Result<&'a str, PairsError> {
        match self.list.last() {
            Some(last) if last.malformed => Err(PairsError::malformed().at(self.name)),
            last => Ok(last.map_or("", |last| &last.text)),
        }
    }

    /// Each value alone.
    fn each(&self) -> impl Iterator<Item = Values<'a>> {
        let Values { name, list, guesses } = *self;
        list.chunks(1).map(move |list| Values { name, list, guesses })
    }
}

impl<'de> IntoDeserializer<'de, PairsError> for Values<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! parsed {
    ($($method:ident $visit:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, PairsError> {
            match self.text()?.parse() {
                Ok(value) => visitor.$visit(value),
                Err(_) => Err(PairsError::invalid_type(Unexpected::Other("text"), &visitor)),
            }
            .map_err(|error| error.at(self.name))
        }
    )*};
}

macro_rules! as_text {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, PairsError> {
            visitor.visit_str(self.text()?).map_err(|error: PairsError| error.at(self.name))
        }
    )*};
}

impl<'de> Deserializer<'de> for Values<'_> {
    type Error = PairsError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, PairsError> {
        // `deserialize_any` may end in ignoring the value. So a malformed one is an error only if a text is read.
        match self.list.last() {
            Some(last) if last.malformed => visitor.visit_bytes(&no_text(&last.text)),
            _ => self.guesses.visit(self.text()?, visitor),
        }
        .map_err(|error| error.at(self.name))
    }

    parsed! {
        deserialize_bool visit_bool;
        deserialize_i8 visit_i8;
        deserialize_i16 visit_i16;
        deserialize_i32 visit_i32;
        deserialize_i64 visit_i64;
        deserialize_i128 visit_i128;
        deserialize_u8 visit_u8;
        deserialize_u16 visit_u16;
        deserialize_u32 visit_u32;
        deserialize_u64 visit_u64;
        deserialize_u128 visit_u128;
        deserialize_f32 visit_f32;
        deserialize_f64 visit_f64;
        deserialize_char visit_char;
    }

    as_text! { deserialize_str deserialize_string deserialize_bytes deserialize_byte_buf deserialize_identifier }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, PairsError> {
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, PairsError> {
        visitor.visit_unit().map_err(|error: PairsError| error.at(self.name))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, PairsError> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, PairsError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, PairsError> {
        visitor.visit_seq(SeqDeserializer::new(self.each()))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, PairsError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, PairsError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, PairsError> {
        self.deserialize_any(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, PairsError> {
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, PairsError> {
        visitor.visit_enum(Variant(self.text()?)).map_err(|error| error.at(self.name))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, PairsError> {
        visitor.visit_unit()
    }
}

/// A value as the name of a unit variant.
struct Variant<'a>(&'a str);

impl<'de> EnumAccess<'de> for Variant<'_> {
    type Error = PairsError;
    type Variant = Unit;

    fn variant_seed<V: serde::de::DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Unit), PairsError> {
        let name: StrDeserializer<'_, PairsError> = self.0.into_deserializer();
        Ok((seed.deserialize(name)?, Unit))
    }
}

struct Unit;

impl<'de> VariantAccess<'de> for Unit {
    type Error = PairsError;

    fn unit_variant(self) -> Result<(), PairsError> {
        Ok(())
    }

    fn newtype_variant_seed<T: serde::de::DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, PairsError> {
        Err(PairsError::custom("a variant with fields"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, PairsError> {
        Err(PairsError::custom("a variant with fields"))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, PairsError> {
        Err(PairsError::custom("a variant with fields"))
    }
}
