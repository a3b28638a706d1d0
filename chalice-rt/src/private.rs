//! What expansions name. Not public API: it changes without notice.

pub use http::StatusCode;
pub use inventory::submit;

pub use crate::app::Origin;
pub use crate::chain::{Middleware, Threads, blocking, run_blocking};
pub use crate::error::{Result, View, ViewEntry, ViewError};
pub use crate::event::bindings::*;
pub use crate::event::names::*;
pub use crate::extract::call::*;
pub use crate::extract::first::{First, FirstIsPayload, FirstIsTaken};
// `EventArgument` for the compiler's messages, which shorten the names of what can be reached.
pub use crate::extract::{
    Argument, Call, EventArgument, event, extract, extract_from, param, payload, take, take_from,
};
pub use crate::lambda::on_construction_panic;
pub use crate::registry::{
    Assembly, Caught, DefaultOf, Entry, Fit, FitsEvent, FitsNot, HandlerBuilder, HasDefault, HasNone, Probe,
    Site,
};
pub use crate::reply::{Out, ViaPlain, ViaResult, ViaValue, ViaValueResult};
// `IntoCors` as `EventArgument`.
pub use crate::route::{IntoCors, api_key_required, content_types, cors};
pub use crate::web::{IntoResponse, Response};
pub use crate::{
    __blueprint_middleware as blueprint_middleware, __default_of as default_of, __first as first,
    __reply as reply, __site as site,
};

/// Asks whether `E` is the event of the kind `K`, at the place where the user wrote `E`.
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

/// What an error says as a view, if it is a `T`.
pub fn view<T: ViewError>(error: &(dyn std::error::Error + 'static)) -> Option<View> {
    let code = crate::error::short_name(std::any::type_name::<T>());
    error.downcast_ref::<T>().map(|error| View { status: error.status(), code })
}

/// The answer of a handler that is no route: `Serialize`, or a `Result` of it.
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
