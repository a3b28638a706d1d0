//! Tools for tests of an app, in process and through the same bytes as on Lambda.

mod client;
mod cookies;
pub mod events;
mod front_end;
mod request;

pub use client::TestClient;
pub use front_end::FrontEnd;
pub use request::TestRequest;
