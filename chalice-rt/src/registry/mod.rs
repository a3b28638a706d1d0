//! The registry reads once what attributes have put into the binary, and makes lists of handlers and middleware of it.
//! It builds the chains, too.

mod assembly;
mod batch;
mod blueprint;
mod builder;
mod chains;
mod controller;
mod dispatch;
mod exception;
mod find;
mod handler;
mod listed;
mod metadata;
mod middleware;
mod node;
mod register;
mod site;

pub use assembly::{Assembly, Entry};
pub(crate) use assembly::{Register, linked};
pub(crate) use blueprint::BlueprintSpec;
pub use blueprint::{Fit, FitsEvent, FitsNot, Probe};
pub use builder::HandlerBuilder;
pub(crate) use chains::ChainBuilder;
pub(crate) use controller::{ControllerSpec, ControllerValues};
pub use controller::{DefaultOf, HasDefault, HasNone};
pub(crate) use dispatch::{Dispatch, Served};
pub use exception::Caught;
pub(crate) use exception::{Exception, ExceptionScope, ExceptionSpec};
pub(crate) use handler::{Binding, HandlerSpec};
pub use listed::{
    Called, IsCalled, Listed, ListedFactory, ListedFactoryOf, ListedMiddleware, NoMiddleware, Uncalled,
};
pub(crate) use middleware::{MiddlewareOrigin, MiddlewareSpec};
pub(crate) use node::AnyNode;
pub use register::{Kinds, MiddlewareFor, With, with};
pub use site::Site;
pub(crate) use site::SiteKey;
