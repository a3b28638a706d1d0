//! Chalice for Rust: AWS Lambda functions, and the middleware around them, as attributes on plain functions. The same
//! binary is a local server on your machine and a set of functions on Lambda.
//!
//! ```no_run
//! use chalice_rt::prelude::*;
//!
//! #[middleware("all")]
//! async fn timed<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
//!     let start = std::time::Instant::now();
//!     let response = next.run(event).await;
//!     tracing::info!("took {:?}", start.elapsed());
//!     response
//! }
//!
//! #[get("/users/{id}")]
//! async fn user(id: u64) -> Json<u64> {
//!     Json(id)
//! }
//!
//! fn main() -> ExitCode {
//!     app!("users").run()
//! }
//! ```
//!
//! # Where to look
//!
//! - **Handlers**: [`route`](macro@route), or [`get`], [`post`] and so on, for HTTP. Their arguments are extractors
//!   such as [`Json`], [`Query`], [`Form`], [`State`] and [`Request`]; their result is an [`IntoResponse`].
//!   [`lambda_function`] takes any payload. For events there are [`on_sns_message`], [`on_sqs_message`],
//!   [`on_s3_event`], [`on_cw_event`], [`schedule`], [`on_kinesis_record`], [`on_dynamodb_record`],
//!   [`on_kafka_record`], [`on_ws_connect`], [`on_ws_message`], [`on_ws_disconnect`], and
//!   [`authorizer`](macro@authorizer) for API Gateway.
//! - **Middleware**: [`middleware`] registers a function, [`middleware_factory`] makes one with parameters, [`Next`]
//!   runs the rest of the chain, [`ConvertToMiddleware`] converts a tower layer. [`observe`] has two ready-made ones.
//! - **Structure**: [`blueprint`] for a module, [`controller`] for the methods of a type.
//! - **Errors**: [`Error`], the view errors such as [`NotFoundError`], [`ViewError`] for your own, [`exception_handler`].
//! - **The app**: [`app!`], [`App`]: state, setup, shutdown, [`run`](App::run), [`serve`](App::serve),
//!   [`into_service`](App::into_service).
//! - **Tests**: [`TestClient`], and [`events`] for its requests and messages.
//! - **Logs and traces**: [`log`], [`trace`].
//!
//! # What a middleware sees of an error
//!
//! The result of `next.run(event).await` if a handler, or a middleware further in, fails:
//!
//! | failure | over HTTP | for other kinds |
//! |---|---|---|
//! | returns a view error, such as [`NotFoundError`] | `Ok(response)` with its status; [`Response::error`] is the error | `Err` |
//! | returns any other error | `Ok(response)`, the generic 500; the error is logged | `Err` |
//! | panics | `Ok(response)`, the generic 500; its error is a [`PanicError`] | `Err` |
//! | returns a [`ChaliceUnhandledError`] | `Err` | `Err` |
//!
//! So over HTTP `next.run(request).await?.with_header(..)` reaches every response. On a WebSocket API a view error of a
//! `$connect` handler or middleware becomes the answer to the handshake. All other errors of events fail the
//! invocation.
//!
//! # Features
//!
//! | feature | default | contents |
//! |---|---|---|
//! | `local` | yes | the server and the command line; leave it out of a deployed binary |
//! | `testing` | yes | [`TestClient`] and [`events`] |
//! | `concurrency-tokio` | yes | several threads on Lambda Managed Instances, where invocations run at once |
//! | `xray` | no | sends the spans of traced middleware over OTLP, for AWS X-Ray |

// docs.rs builds on nightly, which can show the feature that each item needs.
#![cfg_attr(docsrs, feature(doc_cfg))]

// The floors, from the lowest up. Imports go down only.
mod collect;
mod context;
mod describe;
mod error;
mod json;
mod kind;
mod limits;
pub mod log;
mod raw_event;
mod secrets;
mod signal;
mod state;
pub mod trace;

mod event;
mod web;

mod extract;
mod reply;

mod chain;

mod route;

pub mod convert;
pub mod observe;

mod registry;

mod app;

mod lambda;
#[cfg(feature = "local")]
mod local;
#[cfg(feature = "testing")]
mod testing;

#[cfg(feature = "local")]
mod cli;

mod run;

// Outside the floors: the items that expansions name.
#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod attributes;
pub mod prelude;

pub use app::{App, AppService, InvocationError, LaunchReport};
pub use attributes::*;
pub use bytes;
pub use chain::{Blocking, Middleware, Next, ResponseFuture, blocking};
pub use context::Context;
pub use convert::ConvertToMiddleware;
pub use describe::Describe;
pub use error::{
    BadRequestError, BoxError, ChaliceUnhandledError, ChaliceViewError, ConflictError, Error, ForbiddenError,
    MethodNotAllowedError, NotFoundError, PanicError, PayloadError, RequestTimeoutError, Result,
    TooManyRequestsError, UnauthorizedError, UnprocessableEntityError, UnsupportedMediaType, ViewError,
};
pub use event::names::*;
pub use extract::{Claims, Extension, Form, FromParam, Json, Query};
pub use http;
pub use inventory;
pub use kind::{Kind, KindSet};
pub use lambda_runtime;
pub use registry::{Kinds, MiddlewareFor, With, with};
pub use route::Cors;
pub use serde_json;
pub use state::{State, States};
#[cfg(feature = "testing")]
pub use testing::{FrontEnd, TestClient, TestRequest, events};
pub use tower;
pub use tracing;
pub use web::{
    Body, CookieJar, Cookies, IntoBody, IntoResponse, IntoStatus, PathParams, QueryParams, Response,
};

/// The programs of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
