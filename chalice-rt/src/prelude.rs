//! The names that programs use: `use chalice_rt::prelude::*;`.

pub use std::process::ExitCode;

pub use bytes::Bytes;
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
pub use serde_json::{Value, json};
pub use tracing;

pub use crate::app;
pub use crate::app::{App, AppService, InvocationError, LaunchReport};
pub use crate::attributes::*;
pub use crate::chain::{Middleware, Next, blocking};
pub use crate::context::Context;
pub use crate::convert::ConvertToMiddleware;
pub use crate::describe::Describe;
pub use crate::error::{
    BadRequestError, ChaliceUnhandledError, ChaliceViewError, ConflictError, Error, ForbiddenError,
    MethodNotAllowedError, NotFoundError, PanicError, PayloadError, RequestTimeoutError, Result,
    TooManyRequestsError, UnauthorizedError, UnprocessableEntityError, ViewError,
};
pub use crate::event::names::*;
pub use crate::extract::{Claims, Extension, Form, Json, Query};
pub use crate::kind::Kind;
pub use crate::registry::with;
pub use crate::route::Cors;
pub use crate::state::{State, States};
#[cfg(feature = "testing")]
pub use crate::testing::{FrontEnd, TestClient, events};
pub use crate::web::{Body, Cookies, IntoBody, IntoResponse, Response};
