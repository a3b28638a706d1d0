//! A shop: orders come over HTTP, go through a queue, and are reported every morning.

mod orders;
mod stock;

use chalice_rt::prelude::*;

/// The app, for `main` and for the tests.
pub fn app() -> App {
    app!("shop", include = [company_auth]).manage(stock::Stock::default())
}

#[get("/health")]
async fn health() -> &'static str {
    "ok"
}
