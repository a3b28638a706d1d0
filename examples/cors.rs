//! CORS: pages of other origins, and what each route lets them do.
//!
//! - `GET /prices` may be read by every page: its answers carry `access-control-allow-origin: *`;
//! - `POST /orders` takes requests of the shop's own pages, `https://shop.example.com`, and of no others: the local server
//!   refuses what another page has sent with 403, a browser keeps the answer from the page on Lambda;
//! - `DELETE /orders/{id}` is for no page of another origin.
use chalice_rt::prelude::*;

#[get("/prices", cors = true)]
async fn prices() -> Value {
    json!({"coffee": 3})
}

#[post("/orders", cors = Cors::new().allow_origin("https://shop.example.com"))]
async fn order() -> StatusCode {
    StatusCode::CREATED
}

#[delete("/orders/{id}")]
async fn cancel(id: u64) -> Value {
    json!({"cancelled": id})
}

fn main() -> ExitCode {
    app!("cors").run()
}
