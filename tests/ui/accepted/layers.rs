//! Blueprints, controllers and exception handlers, under the lints that users forbid.
#![forbid(unsafe_code)]
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused_qualifications,
    rust_2018_idioms
)]
#![deny(clippy::all, clippy::pedantic)]
// What these find is in the functions below as they are written.
#![allow(clippy::missing_errors_doc, clippy::must_use_candidate, clippy::unused_async)]

use std::sync::Arc;

use chalice_rt::prelude::*;

/// Adds nothing.
#[middleware_factory]
pub async fn pass<E: Event>(event: E, next: Next<E>) -> Result<E::Response> {
    next.run(event).await
}

/// Nothing but its handlers.
#[blueprint]
pub mod empty {}

/// A part.
#[blueprint("/router", middleware = [pass()], name_prefix = "router-")]
#[cfg(not(any()))]
pub mod router {
    use super::{Arc, Quota};
    use chalice_rt::prelude::*;

    /// Users.
    #[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
    pub struct Users;

    #[controller("/users/{org}", middleware = [super::pass()])]
    impl Users {
        /// The most.
        pub const LIMIT: usize = { 5 };

        /// One.
        #[get("/{id}", middleware = [super::pass()], skip = ["pass"])]
        #[cfg(not(any()))]
        pub async fn one(&self, org: String, id: u64, _request: Request) -> Json<Self> {
            let _ = (org, id);
            Json(Users)
        }

        /// Several.
        #[chalice_rt::post("/")]
        #[put("/")]
        pub fn add(self: Arc<Self>, _user: Json<Self>) {}

        /// Not there.
        #[delete("/{id}")]
        #[cfg(any())]
        pub fn forget(&self, _id: u64) {}

        /// Without the value.
        #[get("/health")]
        #[must_use]
        pub fn health() -> &'static str {
            "OK"
        }

        /// No route.
        #[must_use]
        pub fn helper(&self) -> usize {
            Self::LIMIT
        }

        /// With the value.
        #[exception_handler(404)]
        pub async fn not_found(&self, error: &Error, request: &Request) -> Response {
            Response::new(format!("{} {error}", request.path()))
        }

        /// Without the value.
        #[exception_handler]
        pub fn quota(error: &Quota) -> String {
            error.to_string()
        }
    }

    /// An event handler.
    #[on_sns_message("topic")]
    pub async fn told(_event: SnsEvent) {}

    /// A file module.
    pub mod inner {
        use chalice_rt::prelude::*;

        blueprint_module!("/inner", middleware = [super::super::pass()]);

        /// Home.
        #[get("/")]
        pub async fn index() {}
    }
}

/// Too much.
#[view_error(429)]
#[derive(Debug)]
pub struct Quota;

impl std::fmt::Display for Quota {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("too much")
    }
}

impl std::error::Error for Quota {}

/// By status.
#[exception_handler(404)]
pub async fn not_found(error: &Error) -> String {
    error.to_string()
}

/// By type.
#[exception_handler]
pub fn quota(error: &Quota, request: &Request) -> (StatusCode, String) {
    (StatusCode::TOO_MANY_REQUESTS, format!("{} {error}", request.path()))
}

fn main() {
    let app = app!("layers").controller(router::Users);
    TestClient::new(app);
}
