//! One route, JSON hello: what `peers/axum/src/bin/peer-hello.rs` does.
use chalice_rt::prelude::*;

#[derive(serde::Serialize)]
struct Hello {
    message: &'static str,
}

#[get("/hello")]
async fn hello() -> Json<Hello> {
    Json(Hello { message: "hello" })
}

fn main() -> ExitCode {
    app!("hello").run()
}
