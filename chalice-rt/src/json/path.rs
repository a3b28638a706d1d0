//! Where a document that could not be read is wrong, found by the place that serde_json names. To follow the path with
//! `serde_path_to_error` would link each reader twice.

use std::fmt::Write as _;

use serde_json::Error;

use super::scan::Scan;

/// The path of a fault in a document, such as `Records[3].body`; empty if it is about the whole.
pub(crate) fn fault_path(document: &[u8], error: &Error) -> String {
    let mut path = String::new();
    if let (Some(offset), Ok(text)) = (offset(document, error), str::from_utf8(document)) {
        follow(&mut Scan::new(text), offset, &mut path);
    }
    path
}

fn offset(document: &[u8], error: &Error) -> Option<usize> {
    let mut lines = document.split_inclusive(|byte| *byte == b'\n');
    let before: usize = lines.by_ref().take(error.line().checked_sub(1)?).map(<[u8]>::len).sum();
    Some(before + error.column())
}

/// Goes into the value, and into what it holds, as long as the place is there. `None` ends where the document breaks off.
fn follow(scan: &mut Scan<'_>, offset: usize, path: &mut String) -> Option<()> {
    match scan.peek()? {
        b'{' => {
            scan.object()?;
            while let Some(key) = scan.key()? {
                if holds(scan, offset)? {
                    let dot = if path.is_empty() { "" } else { "." };
                    // Writing to a `String` cannot fail.
                    let _ = write!(path, "{dot}{key}");
                    return follow(scan, offset, path);
                }
                scan.skip()?;
            }
        }
        b'[' => {
            scan.array()?;
            for index in 0.. {
                if !scan.element()? {
                    break;
                }
                if holds(scan, offset)? {
                    let _ = write!(path, "[{index}]");
                    return follow(scan, offset, path);
                }
                scan.skip()?;
            }
        }
        _ => {}
    }
    Some(())
}

/// Whether the place is in the value that comes next, or at its end; also if the value breaks off.
fn holds(scan: &mut Scan<'_>, offset: usize) -> Option<bool> {
    scan.peek()?;
    let mut end = scan.clone();
    let ends_before = end.skip().is_some() && end.position() < offset;
    Some(scan.position() <= offset && !ends_before)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::Value;

    use super::fault_path;

    #[derive(Debug, Deserialize)]
    struct Document {
        _a: Option<Vec<Record>>,
        _b: Option<String>,
        _more: Option<BTreeMap<String, Vec<String>>>,
        _any: Option<Value>,
    }

    #[derive(Debug, Deserialize)]
    struct Record {
        _x: Option<f64>,
        _y: Option<bool>,
    }

    /// What `serde_path_to_error` says is right.
    #[test]
    fn the_path_is_that_of_the_value_that_does_not_fit() {
        for document in [
            "7",
            "[]",
            r#""text""#,
            r#"{"_a":{}}"#,
            r#"{"_a":7}"#,
            r#"{"_b": "x", "_a": [ {"_x":1}, {"_x" : "text" , "_y":true}]}"#,
            r#"{"_a":[{},{},{"_y":null},{"_y":{"_x":1}}],"_b":"x"}"#,
            "{\n  \"other\": {\"_a\": [\"}\"]},\n  \"_a\": [\n    {\"_x\": 1},\n    []\n  ]\n}",
            r#"{"_a":[7]}"#,
            r#"{"_a":["{"]}"#,
            r#"{"_b":["x"]}"#,
            r#"{"_b":1.5}"#,
            r#"{"_b":true,"_a":[]}"#,
            r#"{"_b":"x","_b":"y"}"#,
            r#"{"_more":{"one":["x","y"],"two \" three":["x",2]}}"#,
            r#"{"_more":{"one":"x"}}"#,
            r#"{"_any":{"a":[1,"#,
            r#"{"_b":"x"#,
        ] {
            let error = serde_json::from_str::<Document>(document).expect_err(document);
            let mut json = serde_json::Deserializer::from_str(document);
            let tracked = serde_path_to_error::deserialize::<_, Document>(&mut json).expect_err(document);
            let tracked = tracked.path().to_string();
            let tracked = if tracked == "." { "" } else { &tracked };
            assert_eq!(fault_path(document.as_bytes(), &error), tracked, "{document}");
        }
    }
}
