//! The app: handlers and middleware made into chains, and the one function that every transport calls with bytes.

mod answer;
mod binding;
mod builder;
mod chains;
mod failure;
mod find;
#[cfg(any(feature = "local", feature = "testing"))]
#[cfg_attr(not(feature = "local"), allow(dead_code, reason = "a test asks for less"))]
mod info;
mod items;
mod launch;
mod layout;
#[cfg(any(feature = "local", feature = "testing"))]
#[cfg_attr(not(feature = "local"), allow(dead_code, reason = "a test asks for less"))]
mod listing;
mod mapping;
mod name;
mod order;
mod path;
mod pattern;
mod report;
mod rescue;
mod router;
mod select;
mod service;
mod setup;
mod shutdown;
mod suggest;
mod tower;
mod tree;
mod unrouted;
mod validate;

pub use builder::{App, Origin};
pub use failure::InvocationError;
#[cfg(feature = "local")]
pub(crate) use info::{ChainInfo, HandlerInfo, MiddlewareInfo};
pub use report::LaunchReport;
#[cfg(feature = "local")]
pub(crate) use select::LeftOut;
pub(crate) use service::{Service, Target};
pub(crate) use shutdown::TimeToEnd;
pub use tower::AppService;
#[cfg(feature = "local")]
pub(crate) use unrouted::NO_ROUTE;
