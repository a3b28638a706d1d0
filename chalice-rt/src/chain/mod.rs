//! The chain: middleware around a handler, run along a slice that lives as long as the process.
//!
//! This module does not know who registered them. Of the kinds of events it knows only the enum over all.

mod alone;
mod any;
mod blocking;
mod errors;
mod middleware;
mod next;
mod node;
mod pool;
mod response_future;
mod sync;
mod threads;
mod traced;
mod waiting;

pub(crate) use any::OverAny;
pub use blocking::run_blocking;
pub(crate) use errors::{AnswerErrors, ChainErrors, Failed};
pub use middleware::Middleware;
pub(crate) use middleware::name_of;
pub(crate) use next::Chain;
pub use next::Next;
pub(crate) use node::{Handler, Node, handler, middleware_node, step};
pub use response_future::ResponseFuture;
pub use sync::{Blocking, blocking};
pub use threads::Threads;
pub(crate) use threads::Work;
pub(crate) use traced::traced;
