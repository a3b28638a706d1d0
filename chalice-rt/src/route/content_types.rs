//! `content_types`: the content types that a route takes. Others are answered with 415.

use serde_json::{Value, json};

use super::{GivenOption, RouteOption};
use crate::error::UnsupportedMediaType;
use crate::web::{Refusal, Request, is_one_of, takes_all};

#[derive(Debug)]
struct ContentTypes {
    types: &'static [&'static str],
    /// Whether a body must have a content type. A page of another origin can send one without, with the user's cookies
    /// and without a preflight.
    strict: bool,
}

/// The content type that a request without one counts as.
const JSON_TYPE: &str = "application/json";

/// The default of routes whose arguments read no body.
static JSON: ContentTypes = ContentTypes { types: &[JSON_TYPE], strict: false };

/// The default of routes whose arguments read JSON.
static STRICT_JSON: ContentTypes = ContentTypes { types: &[JSON_TYPE], strict: true };

/// `content_types = [..]`
pub fn content_types(types: &'static [&'static str]) -> GivenOption {
    GivenOption::new(ContentTypes { types, strict: true })
}

/// The default of a route: the content types that its arguments read.
pub(crate) fn default_content_types(read: Option<&'static [&'static str]>) -> &'static dyn RouteOption {
    match read {
        None => &JSON,
        Some([JSON_TYPE]) => &STRICT_JSON,
        Some(types) => Box::leak(Box::new(ContentTypes { types, strict: true })),
    }
}

impl RouteOption for ContentTypes {
    fn name(&self) -> &'static str {
        "content_types"
    }

    fn setting(&self) -> Value {
        json!(self.types)
    }

    fn check(&self, request: &Request) -> Result<(), Refusal> {
        if takes_all(self.types) {
            return Ok(());
        }
        match request.header_str("content-type") {
            Some(given) if is_one_of(given, self.types) => Ok(()),
            Some(given) => Err(refused(format!("Unsupported media type: {given}"))),
            None if !is_one_of(JSON_TYPE, self.types) => {
                Err(refused(format!("Unsupported media type: {JSON_TYPE}")))
            }
            None if self.strict && request.has_untyped_body() => Err(refused(format!(
                "the body has no content type: send the header `content-type: {JSON_TYPE}`"
            ))),
            None => Ok(()),
        }
    }
}

fn refused(message: String) -> Refusal {
    Refusal { message, error: |message| UnsupportedMediaType::new(message).into() }
}
