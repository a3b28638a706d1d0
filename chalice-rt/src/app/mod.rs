//! The app: it makes chains of handlers and middleware, and serves the events and requests of every transport.

mod answer;
mod builder;
mod construction;
mod error_handlers;
mod exchange;
mod extensions;
mod fallback;
mod http;
#[cfg(any(feature = "local", feature = "testing"))]
#[cfg_attr(not(feature = "local"), allow(dead_code, reason = "a test asks for less"))]
mod info;
mod invocation_error;
mod launch;
mod layout;
mod lifecycle;
#[cfg(any(feature = "local", feature = "testing"))]
#[cfg_attr(not(feature = "local"), allow(dead_code, reason = "a test asks for less"))]
mod listing;
mod methods;
mod name;
mod order;
mod own_items;
mod path;
mod report;
mod router;
mod select;
mod service;
mod setup;
mod shutdown;
mod suggest;
mod tower;
mod tree;
mod twice;
mod validate;

pub use builder::{App, Origin};
pub(crate) use construction::Tell;
#[cfg(feature = "local")]
pub(crate) use fallback::NoRoute;
#[cfg(feature = "local")]
pub(crate) use info::{ChainInfo, HandlerInfo, MiddlewareInfo};
pub use invocation_error::InvocationError;
pub use report::LaunchReport;
#[cfg(feature = "local")]
pub(crate) use select::LeftOut;
pub(crate) use service::{Service, Target};
pub(crate) use setup::LAUNCH_ERROR;
pub(crate) use shutdown::TimeToEnd;
pub use tower::AppService;
