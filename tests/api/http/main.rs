//! Requests and responses as a user meets them: extractors, results, the table of answers, paths, front ends.

use chalice_rt::prelude::*;
use serde::{Deserialize, Serialize};

mod answers;
mod content_types;
mod cors;
mod extractors;
mod front_ends;
mod options;
mod paths;
mod response;
mod results;
mod same_request;
mod through;

fn client() -> TestClient {
    TestClient::new(app!("face").manage(Shop("corner")).register_middleware(identify, Http))
}

struct Shop(&'static str);

#[derive(Debug, Serialize, Deserialize, PartialEq)]
struct Item {
    id: u64,
    #[serde(default)]
    tags: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
struct User(String);

async fn identify(mut request: Request, next: Next<Request>) -> Result<Response> {
    if let Some(user) = request.headers().get("x-user") {
        let user = User(String::from_utf8_lossy(user.as_bytes()).into_owned());
        request.extensions_mut().insert(user);
    }
    next.run(request).await
}
