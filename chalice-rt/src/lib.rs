//! Chalice for Rust: AWS Lambda functions and their middleware as attributes on plain functions.

// The floors of the house, from the ground up; imports go down only.
mod context;
mod error;
mod kind;
pub mod log;
mod signal;
mod state;
pub mod trace;

mod event;
mod web;

mod extract;
mod reply;

mod chain;

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

// Outside the house: what expansions name.
#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod attributes;
pub mod prelude;

pub use app::{App, AppService, InvocationError, LaunchReport};
pub use attributes::*;
pub use bytes;
pub use chain::{Blocking, Middleware, Next, Run, blocking};
pub use context::Context;
pub use convert::ConvertToMiddleware;
pub use error::{
    BadRequestError, BoxError, ChaliceUnhandledError, ChaliceViewError, ConflictError, Error, ForbiddenError,
    MethodNotAllowedError, NotFoundError, PanicError, RequestTimeoutError, Result, TooManyRequestsError,
    UnauthorizedError, UnprocessableEntityError, UnsupportedMediaType, ViewError,
};
pub use event::{
    All, AnyEvent, AnyResponse, AuthRequest, AuthResponse, AuthRoute, Authorizer, CloudWatch,
    CloudWatchEvent, DynamoDb, DynamoDbEvent, DynamoDbRecord, Event, EventKind, EventOf, Http, Kinesis,
    KinesisEvent, KinesisMessage, KinesisRecord, LambdaFunctionEvent, PureLambda, S3, S3Event, Scheduled,
    Sns, SnsEvent, SnsMessage, Sqs, SqsEvent, SqsMessage, SqsRecord, Websocket, WebsocketEvent,
};
pub use extract::{Claims, Extension, Form, FromEvent, FromParam, Json, Query};
pub use http;
pub use inventory;
pub use kind::{Kind, KindSet};
pub use lambda_runtime;
pub use registry::{Kinds, MiddlewareFor, With, with};
pub use serde_json;
pub use state::State;
#[cfg(feature = "testing")]
pub use testing::{TestClient, TestRequest, events};
pub use tower;
pub use tracing;
pub use web::{
    Body, CookieJar, Cookies, IntoBody, IntoResponse, IntoStatus, PathParams, QueryParams, Request, Response,
};

/// The programs of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
