//! Schedule expressions, as `#[schedule]` checks them.

#[path = "../../chalice-macros/src/event/schedule.rs"]
mod schedule;

/// An accepted expression has the parts that EventBridge requires.
pub(crate) fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    if schedule::check(&text).is_ok() {
        let inside = text.strip_suffix(')').and_then(|text| text.split_once('(')).map(|(_, inside)| inside);
        let parts = inside.unwrap_or_default().split(' ').filter(|part| !part.is_empty()).count();
        assert!(text.is_ascii() && matches!(parts, 2 | 6), "{text:?} is a schedule");
    }
}
