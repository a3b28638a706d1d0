//! The fast scanner for JSON, compared with serde_json.

#[allow(dead_code, reason = "the runtime uses it, not only this")]
#[path = "../../chalice-rt/src/json/path.rs"]
mod path;
#[allow(dead_code, reason = "the runtime uses it, not only this")]
#[path = "../../chalice-rt/src/json/scan.rs"]
mod scan;

use scan::Scan;
use serde::de::IgnoredAny;
use serde_json::Value;

/// The scanner reads what serde_json reads, and does not panic on other input.
pub(crate) fn check(input: &[u8]) {
    if let Err(error) = serde_json::from_slice::<Vec<bool>>(input) {
        path::fault_path(input, &error);
    }
    let Ok(text) = str::from_utf8(input) else { return };
    let quick = Scan::new(text).value(127);
    let skipped = Scan::new(text).raw();
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        assert_eq!(quick.as_ref(), Some(&value), "the value of {text:?}");
        let written = Some(text.trim_matches([' ', '\t', '\n', '\r'])).filter(|text| *text != "null");
        assert_eq!(skipped, Some(written), "the text of {text:?}");
    }
    let is_json = serde_json::from_str::<IgnoredAny>(text).is_ok();
    assert_eq!(scan::read_any(text).is_some(), is_json, "whether {text:?} is JSON");
}
