//! Event patterns of EventBridge.

#[allow(dead_code, reason = "the runtime uses it, not only this")]
#[path = "../../chalice-rt/src/event/pattern.rs"]
mod pattern;

use pattern::fits;
use serde_json::{Value, json};

/// A pattern and an event, in one array.
pub(crate) fn check(input: &[u8]) {
    let Ok([pattern, event]) = serde_json::from_slice::<[Value; 2]>(input) else { return };
    let fit = fits(&pattern, &event);
    let either = json!({"$or": [pattern, pattern]});
    assert!(
        !pattern.is_object() || fits(&either, &event) == fit,
        "either of two that are the same: {pattern}"
    );
}
