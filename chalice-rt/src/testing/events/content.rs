//! The content of messages: text, JSON or bytes.

use bytes::Bytes;
use serde_json::Value;

/// The text of a message: a text as it is, a [`Value`] as JSON.
#[derive(Debug, Clone, Default)]
pub struct Text(pub(super) String);

/// The bytes of a record or a body: bytes and text as they are, a [`Value`] as JSON.
#[derive(Debug, Clone, Default)]
pub struct Data(pub(super) Vec<u8>);

macro_rules! from {
    ($target:ident: $($source:ty, $name:ident => $made:expr;)*) => {
        $(impl From<$source> for $target {
            fn from($name: $source) -> Self {
                $target($made)
            }
        })*
    };
}

from! { Text:
    &str, text => text.to_owned();
    &&str, text => (*text).to_owned();
    String, text => text;
    &String, text => text.clone();
    Value, value => value.to_string();
    &Value, value => value.to_string();
}

from! { Data:
    &str, text => text.as_bytes().to_vec();
    &&str, text => text.as_bytes().to_vec();
    String, text => text.into_bytes();
    &String, text => text.as_bytes().to_vec();
    &[u8], bytes => bytes.to_vec();
    Vec<u8>, bytes => bytes;
    &Vec<u8>, bytes => bytes.clone();
    Bytes, bytes => bytes.to_vec();
    Value, value => value.to_string().into_bytes();
    &Value, value => value.to_string().into_bytes();
}

impl<const N: usize> From<[u8; N]> for Data {
    fn from(bytes: [u8; N]) -> Self {
        Data(bytes.to_vec())
    }
}

impl<const N: usize> From<&[u8; N]> for Data {
    fn from(bytes: &[u8; N]) -> Self {
        Data(bytes.to_vec())
    }
}
