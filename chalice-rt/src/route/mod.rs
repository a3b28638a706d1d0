//! Options of routes: what a route says of the requests that it serves. A controller or a blueprint may say it for all
//! of its routes; what stands nearer to the handler goes before.
//!
//! An option is one file here: a type, its [`RouteOption`], and the function that the attribute's argument becomes.

mod api_key;
mod content_types;
mod cors;

use std::fmt;

pub use api_key::api_key_required;
pub use content_types::content_types;
pub(crate) use content_types::default_content_types;
pub use cors::{Cors, IntoCors, cors};
pub(crate) use cors::{CorsHeaders, preflight_method};
use serde_json::Value;

use crate::chain::Node;
use crate::web::{Refusal, Request};

/// An option of a route.
pub(crate) trait RouteOption: fmt::Debug + Send + Sync + 'static {
    /// The name of the attribute's argument.
    fn name(&self) -> &'static str;

    /// The option as data, for listings and deployments.
    #[cfg_attr(
        not(any(feature = "local", feature = "testing")),
        expect(dead_code, reason = "only listings ask")
    )]
    fn setting(&self) -> Value;

    /// What is wrong with the option, for the launch report.
    fn mistake(&self) -> Option<&str> {
        None
    }

    /// Looks at a request before anything of the route runs. A refusal is answered as a 404 is: inside the app's own
    /// middleware.
    fn check(&self, _request: &Request) -> Result<(), Refusal> {
        Ok(())
    }

    /// A middleware outside all others, which lets in whom the option lets in.
    fn guard(&self) -> Option<&'static dyn Node<Request>> {
        None
    }

    /// The headers for other origins, which are on every answer of the route.
    fn cors(&self) -> Option<&CorsHeaders> {
        None
    }
}

/// What the argument of an attribute becomes: an option, which lives as long as the process, as chains do.
#[derive(Debug, Clone, Copy)]
pub struct GivenOption(&'static dyn RouteOption);

impl GivenOption {
    fn new(option: impl RouteOption) -> Self {
        GivenOption(Box::leak(Box::new(option)))
    }
}

/// The options that were given in one place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    given: Vec<&'static dyn RouteOption>,
    mistakes: Vec<String>,
}

impl Options {
    /// Adds an option of what is named.
    pub(crate) fn add(&mut self, GivenOption(option): GivenOption, of: fmt::Arguments<'_>) {
        self.mistakes
            .extend(option.mistake().map(|mistake| format!("`{}` of {of}: {mistake}", option.name())));
        self.given.push(option);
    }

    /// Adds those options that were not given yet, of a place further out.
    pub(crate) fn inherit(&mut self, outer: &[&'static dyn RouteOption]) {
        for option in outer {
            if !self.given.iter().any(|known| known.name() == option.name()) {
                self.given.push(*option);
            }
        }
    }

    pub(crate) fn as_slice(&self) -> &[&'static dyn RouteOption] {
        &self.given
    }

    /// They live as long as the process.
    pub(crate) fn leak(self) -> &'static [&'static dyn RouteOption] {
        self.given.leak()
    }

    /// What is wrong with them, for the launch report.
    pub(crate) fn mistakes(&self) -> &[String] {
        &self.mistakes
    }
}

/// The CORS among the options of a route.
pub(crate) fn cors_of(options: &[&'static dyn RouteOption]) -> Option<&'static CorsHeaders> {
    options.iter().find_map(|option| option.cors())
}
