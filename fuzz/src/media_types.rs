//! Content types, and the ranges of `Accept`.

#[allow(dead_code, reason = "the runtime uses it, not only this")]
#[path = "../../chalice-rt/src/web/media_type.rs"]
mod media_type;

use media_type::{accepts, accepts_one_of, is_named, is_one_of, takes_all};

/// The input is a line of the client's and a line of the app's.
pub(crate) fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let (sent, said) = text.split_once('\n').unwrap_or((&text, "application/json"));
    assert!(is_one_of(sent, &[sent]), "{sent:?} is itself");
    let none: &[&str] = &[];
    assert!(!is_one_of(sent, none) && !is_named(said, none), "of none");
    assert!(takes_all(&[said, "*/*"]));
    is_one_of(sent, &[said]);
    let taken = accepts(sent, said) == Some(true);
    assert_eq!(accepts_one_of(sent, &[said]), taken || said == "*/*", "{sent:?} takes {said:?}");
}
