//! The attributes of a view's request: as recorded from Chalice 1.34.0.

use std::collections::BTreeMap;

use chalice_rt::prelude::*;
use harness::trace;

mod harness;

#[route("/query")]
async fn query(request: Request) -> Value {
    let query = request.query();
    let last: BTreeMap<&str, Option<&str>> = query.iter().map(|(key, _)| (key, query.get(key))).collect();
    let all: BTreeMap<&str, Vec<&str>> =
        query.iter().map(|(key, _)| (key, query.get_all(key).collect())).collect();
    json!({"last": last, "all": all})
}

#[route("/header/{name}")]
async fn header(name: String, headers: HeaderMap) -> Value {
    json!({"value": headers.get(&name).and_then(|value| value.to_str().ok())})
}

#[route("/json", methods = ["POST"])]
async fn json_body(body: Json<Value>) -> Value {
    trace("parsed");
    json!({"body": body.0})
}

#[route("/lazy", methods = ["POST"])]
async fn lazy(request: Request) -> Value {
    json!({"length": request.body().len()})
}

#[route("/raw", methods = ["POST"], content_types = ["text/plain", "application/octet-stream"])]
async fn raw(body: Bytes) -> Value {
    json!({"length": body.len(), "bytes": body[..body.len().min(8)]})
}

#[route("/context")]
async fn context(request: Request) -> Value {
    let context = request.request_context();
    json!({
        "request_id": context["requestId"],
        "stage": context["stage"],
        "source_ip": context["identity"]["sourceIp"],
        "method": request.method().as_str(),
        "path": request.path(),
    })
}

#[route("/stage")]
async fn stage(request: Request) -> Value {
    json!({"variables": request.stage_variables()})
}

#[test]
fn request() {
    harness::check("request", app!("request"));
}
