//! Which view serves a request, and what a request gets that none serves: as recorded from Chalice 1.34.0.

#![expect(clippy::needless_pass_by_value, reason = "a handler that is not async owns its arguments too")]

use chalice_rt::prelude::*;

mod harness;

#[route("/")]
fn root(request: Request) -> Value {
    json!({"view": "root", "method": request.method().as_str()})
}

#[route("/users", methods = ["GET"])]
fn list_users(request: Request) -> Value {
    json!({"view": "list_users", "method": request.method().as_str()})
}

#[route("/users", methods = ["POST"])]
fn add_user(request: Request) -> Value {
    json!({"view": "add_user", "method": request.method().as_str()})
}

#[route("/users/{id}", methods = ["GET", "PUT", "DELETE", "PATCH"])]
fn one_user(id: String, request: Request) -> Value {
    json!({"view": "one_user", "method": request.method().as_str(), "id": id})
}

#[route("/users/me")]
fn me(request: Request) -> Value {
    json!({"view": "me", "method": request.method().as_str()})
}

#[route("/users/{id}/keys/{key}")]
fn user_key(key: String, id: String) -> Value {
    json!({"view": "user_key", "id": id, "key": key})
}

#[route("/a/b/c/d/e")]
fn deep() -> Value {
    json!({"view": "deep"})
}

#[route("/old")]
#[route("/new")]
fn renamed(request: Request) -> Value {
    json!({"view": "renamed", "path": request.path()})
}

#[route("/files/{proxy+}")]
fn files(proxy: String) -> Value {
    json!({"view": "files", "rest": proxy})
}

#[route("/options", methods = ["OPTIONS"])]
fn options(request: Request) -> Value {
    json!({"view": "options", "method": request.method().as_str()})
}

#[route("/Case")]
fn case() -> Value {
    json!({"view": "case"})
}

#[test]
fn routing() {
    harness::check("routing", app!("routing"));
}
