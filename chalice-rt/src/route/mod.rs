//! Options of routes, such as `cors`. A controller, a blueprint or the app may set one for all of its routes. The
//! innermost setting wins.
//!
//! Each option is one file: a type, its [`RouteOption`], and the function that the attribute's argument expands to.

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

    /// The option as data, for listings and deployment tools.
    #[cfg_attr(
        not(any(feature = "local", feature = "testing")),
        expect(dead_code, reason = "only listings ask")
    )]
    fn setting(&self) -> Value;

    /// What is wrong with the option, for the launch report.
    fn mistake(&self) -> Option<&str> {
        None
    }

    /// Checks a request before the route's chain runs. A refusal is answered inside the app's own middleware, as a 404
    /// is.
    fn check(&self, _request: &Request) -> Result<(), Refusal> {
        Ok(())
    }

    /// A middleware outside all others, which may refuse the request.
    fn guard(&self) -> Option<&'static dyn Node<Request>> {
        None
    }

    /// The CORS headers for every response of the route.
    fn cors(&self) -> Option<&CorsHeaders> {
        None
    }
}

/// An option as set by an attribute's argument. It lives as long as the process, as chains do.
#[derive(Debug, Clone, Copy)]
pub struct GivenOption(&'static dyn RouteOption);

impl GivenOption {
    fn new(option: impl RouteOption) -> Self {
        GivenOption(Box::leak(Box::new(option)))
    }
}

/// The options set in one place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    given: Vec<&'static dyn RouteOption>,
    mistakes: Vec<String>,
}

impl Options {
    /// Adds an option. `of` names its owner for messages.
    pub(crate) fn add(&mut self, GivenOption(option): GivenOption, of: fmt::Arguments<'_>) {
        self.mistakes
            .extend(option.mistake().map(|mistake| format!("`{}` of {of}: {mistake}", option.name())));
        self.given.push(option);
    }

    /// Adds the options of an outer place that are not set here.
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

    /// Leaks the options, which live as long as the process.
    pub(crate) fn leak(self) -> &'static [&'static dyn RouteOption] {
        self.given.leak()
    }

    /// What is wrong with them, for the launch report.
    pub(crate) fn mistakes(&self) -> &[String] {
        &self.mistakes
    }
}

/// The `cors` option among the options of a route.
pub(crate) fn cors_of(options: &[&'static dyn RouteOption]) -> Option<&'static CorsHeaders> {
    options.iter().find_map(|option| option.cors())
}
