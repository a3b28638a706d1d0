//! The names of a struct's fields, from its `Deserialize`.

use serde::de::value::Error;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;

/// The names of the fields that `T` reads, if it is a struct. Its `Deserialize` passes them to `deserialize_struct`.
pub(super) fn field_names<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut names: &[&str] = &[];
    // The listener has no value to give, so this always fails, but only after it has received the names.
    let _told = T::deserialize(Listener(&mut names));
    names
}

struct Listener<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Listener<'_> {
    type Error = Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Error> {
        *self.0 = fields;
        Err(Error::custom("there is no value"))
    }

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Error> {
        Err(Error::custom("there is no value"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Search {
        #[serde(rename = "q")]
        _text: String,
        _page: Option<u32>,
    }

    #[derive(Deserialize)]
    struct Wrapped(#[expect(dead_code)] Search);

    #[test]
    fn a_struct_tells_the_names_that_it_reads() {
        assert_eq!(field_names::<Search>(), ["q", "_page"]);
    }

    #[test]
    fn other_types_have_none() {
        assert_eq!(field_names::<HashMap<String, String>>(), [""; 0]);
        assert_eq!(field_names::<Vec<Search>>(), [""; 0]);
        assert_eq!(field_names::<Wrapped>(), [""; 0]);
    }
}
