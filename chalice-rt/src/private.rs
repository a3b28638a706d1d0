//! The items that expansions name. Not public API: they change without notice.

pub use http::StatusCode;
pub use inventory::submit;

pub use crate::app::Origin;
pub use crate::chain::{Middleware, Threads, blocking, run_blocking};
pub use crate::describe::Describe;
pub use crate::error::{Result, View, ViewEntry, ViewError};
pub use crate::event::bindings::*;
pub use crate::event::names::*;
pub use crate::extract::call::*;
pub use crate::extract::first::{First, FirstIsPayload, FirstIsTaken};
// `EventArgument` is here for the compiler's messages, which shorten the paths of reachable names.
pub use crate::extract::{
    Argument, Call, EventArgument, MiddlewareArgument, event, extract, extract_from, middleware_argument,
    param, payload, take, take_from,
};
pub use crate::lambda::on_construction_panic;
pub use crate::registry::{
    Assembly, Called, Caught, DefaultOf, Entry, Fit, FitsEvent, FitsNot, HandlerBuilder, HasDefault, HasNone,
    IsCalled, Listed, ListedFactory, ListedFactoryOf, ListedMiddleware, NoMiddleware, Probe, Site, Uncalled,
};
pub use crate::reply::{Out, ViaPlain, ViaResult, ViaValue, ViaValueResult};
// `IntoCors` is here for the same reason.
pub use crate::route::{IntoCors, api_key_required, content_types, cors};
pub use crate::web::{IntoResponse, Response};
pub use crate::{
    __blueprint_middleware as blueprint_middleware, __default_of as default_of, __first as first,
    __reply as reply, __site as site,
};

/// Checks that `E` is the event of the kind `K`. The error points at the user's `E`.
pub fn takes<K, E: EventOf<K>>() {}

/// The answer of a route.
pub fn respond<T: IntoResponse>(value: T) -> Result<Response> {
    value.into_response()
}

/// The answer of an authorizer.
pub fn policy<T: IntoAuthResponse>(value: T) -> Result<AuthResponse> {
    value.into_auth_response()
}

/// A status that the attribute has checked.
pub fn status(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The status and code of an error, if it is a `T`.
pub fn view<T: ViewError>(error: &(dyn std::error::Error + 'static)) -> Option<View> {
    let code = crate::error::short_name(std::any::type_name::<T>());
    error.downcast_ref::<T>().map(|error| View { status: error.status(), code })
}

/// The answer of a handler of events: `Serialize`, or a `Result` of it.
#[doc(hidden)]
#[macro_export]
macro_rules! __reply {
    ($value:expr) => {{
        #[allow(unused_imports)]
        use $crate::__private::{ViaPlain as _, ViaResult as _, ViaValue as _, ViaValueResult as _};
        let value = $value;
        (&&$crate::__private::Out::of(&value)).kind().reply(value)
    }};
}
