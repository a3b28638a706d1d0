//! Options of routes: what a route says of the requests that it serves. A controller or a blueprint may say it for all
//! of its routes; what stands nearer to the handler goes before.
//!
//! An option is one file here: a type, its [`RouteOption`], and the function that the attribute's argument becomes.

mod content_types;

use std::fmt;

pub use content_types::content_types;
pub(crate) use content_types::default_content_types;
use serde_json::Value;

use crate::error::Error;
use crate::web::Request;

/// An option of a route.
pub trait RouteOption: fmt::Debug + Send + Sync + 'static {
    /// The name of the attribute's argument.
    fn name(&self) -> &'static str;

    /// The option as data, for listings and deployments.
    fn setting(&self) -> Value;

    /// Looks at a request before anything of the route runs. A refusal is answered as a 404 is: inside the app's own
    /// middleware.
    fn check(&self, _request: &Request) -> Result<(), Refusal> {
        Ok(())
    }
}

/// Why a route does not take a request. It makes the error when the request is answered: a request can be cloned, with
/// what it carries, and an error cannot.
#[derive(Debug, Clone)]
pub struct Refusal {
    pub(crate) message: String,
    pub(crate) error: fn(String) -> Error,
}

/// The options that were given in one place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options(Vec<&'static dyn RouteOption>);

impl Options {
    /// Adds an option. It lives as long as the process, as chains do.
    pub(crate) fn add(&mut self, option: impl RouteOption) {
        self.0.push(Box::leak(Box::new(option)));
    }

    /// Adds those options that were not given yet, of a place further out.
    pub(crate) fn inherit(&mut self, outer: &[&'static dyn RouteOption]) {
        for option in outer {
            if !self.0.iter().any(|known| known.name() == option.name()) {
                self.0.push(*option);
            }
        }
    }

    pub(crate) fn as_slice(&self) -> &[&'static dyn RouteOption] {
        &self.0
    }
}
