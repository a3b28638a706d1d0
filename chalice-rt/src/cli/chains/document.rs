//! Chains as JSON. The fields are stable, and `docs/middleware.md` documents them.

use serde_json::{Value, json};

use super::Shown;
use crate::app::{LeftOut, MiddlewareInfo};
use crate::cli::listing;
use crate::kind::Kind;

/// The document of a chain.
pub(super) fn of((handler, chain): &Shown) -> Value {
    let mut document = listing::about(handler);
    if let Some((path, _)) = &handler.route {
        document["path"] = json!(path);
        document["methods"] = json!(chain.methods);
    }
    document["middleware"] = chain.running().map(middleware).collect();
    document["left_out"] = chain.around.iter().filter_map(left_out).collect();
    document
}

fn middleware(one: &MiddlewareInfo) -> Value {
    let kinds: Vec<&str> = one.kinds.iter().map(Kind::name).collect();
    json!({
        "name": one.name,
        "layer": one.scope,
        "kinds": kinds,
        "order": one.order,
        "file": one.site.file,
        "line": one.site.line,
    })
}

fn left_out(one: &MiddlewareInfo) -> Option<Value> {
    let mut document = middleware(one);
    (document["by"], document["word"]) = match one.left_out? {
        LeftOut::Excluded(word) => (json!("exclude"), json!(word)),
        LeftOut::Skipped => (json!("skip"), json!(one.name)),
    };
    Some(document)
}
