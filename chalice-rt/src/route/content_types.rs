//! `content_types`: what the requests of a route may carry; any other is answered with 415.

use serde_json::{Value, json};

use super::{GivenOption, RouteOption};
use crate::error::UnsupportedMediaType;
use crate::web::{Refusal, Request, content_type_matches};

#[derive(Debug)]
struct ContentTypes(&'static [&'static str]);

/// Of a route that says nothing, and whose arguments say nothing.
static JSON: ContentTypes = ContentTypes(&["application/json"]);

/// `content_types = [..]`
pub fn content_types(types: &'static [&'static str]) -> GivenOption {
    GivenOption::new(ContentTypes(types))
}

/// What a route takes that does not say it: what its arguments read.
pub(crate) fn default_content_types(read: Option<&'static [&'static str]>) -> &'static dyn RouteOption {
    match read {
        None | Some(["application/json"]) => &JSON,
        Some(types) => Box::leak(Box::new(ContentTypes(types))),
    }
}

impl RouteOption for ContentTypes {
    fn name(&self) -> &'static str {
        "content_types"
    }

    fn setting(&self) -> Value {
        json!(self.0)
    }

    fn check(&self, request: &Request) -> Result<(), Refusal> {
        let content_type = request.header_str("content-type");
        if content_type_matches(content_type, self.0) {
            return Ok(());
        }
        let content_type = content_type.unwrap_or("application/json");
        Err(Refusal {
            message: format!("Unsupported media type: {content_type}"),
            error: |message| UnsupportedMediaType::new(message).into(),
        })
    }
}
