//! Finds the path of an error from the byte position that serde_json reports. `serde_path_to_error` would compile each
//! deserializer twice.

use std::borrow::Cow;

use serde_json::Error;

use super::scan::Scan;

/// The path of an error in a document, such as `Records[3].body`. Empty for the whole document.
pub(crate) fn fault_path(document: &[u8], error: &Error) -> String {
    match (offset(document, error), str::from_utf8(document)) {
        (Some(place), Ok(text)) => path_to(text, place),
        _ => String::new(),
    }
}

/// The path of the innermost value that contains this byte position.
pub(crate) fn path_to(document: &str, place: usize) -> String {
    let mut way = Way::default();
    // `None` means that the document ends early. The path up to there is the result.
    let _ = way.walk(&mut Scan::new(document), place);
    way.path()
}

fn offset(document: &[u8], error: &Error) -> Option<usize> {
    let mut lines = document.split_inclusive(|byte| *byte == b'\n');
    let before: usize = lines.by_ref().take(error.line().checked_sub(1)?).map(<[u8]>::len).sum();
    Some(before + error.column())
}

/// The maximum depth: serde_json's.
const DEEPEST: usize = 128;

/// The position in a document: one step for each value that the walk is inside of.
#[derive(Default)]
struct Way<'a>(Vec<Step<'a>>);

enum Step<'a> {
    /// In an object, before its first member.
    Object,
    Member(Cow<'a, str>),
    /// In an array. Counts the elements that have begun.
    Array(usize),
}

impl<'a> Way<'a> {
    /// Walks through the document once, to the innermost value that contains or ends at the position.
    fn walk(&mut self, scan: &mut Scan<'a>, place: usize) -> Option<()> {
        while self.enter(scan, place)? {
            while !self.go_on(scan)? {
                self.0.pop();
                if self.0.is_empty() || scan.position() >= place {
                    return Some(());
                }
            }
        }
        Some(())
    }

    /// Enters the next value, or skips it if it holds no others. `false` if the position is reached.
    fn enter(&mut self, scan: &mut Scan<'a>, place: usize) -> Option<bool> {
        let Some(next) = scan.peek().filter(|_| scan.position() <= place) else {
            self.0.pop();
            return Some(false);
        };
        match next {
            b'{' if self.0.len() < DEEPEST => {
                scan.object()?;
                self.0.push(Step::Object);
            }
            b'[' if self.0.len() < DEEPEST => {
                scan.array()?;
                self.0.push(Step::Array(0));
            }
            _ => {
                scan.skip()?;
                return Some(scan.position() < place && !self.0.is_empty());
            }
        }
        Some(true)
    }

    /// Goes on to the next member or element. `false` at the end of the object or array.
    fn go_on(&mut self, scan: &mut Scan<'a>) -> Option<bool> {
        let next = match self.0.pop()? {
            Step::Array(begun) => scan.element()?.then_some(Step::Array(begun + 1)),
            Step::Object | Step::Member(_) => scan.key()?.map(Step::Member),
        };
        let is_there = next.is_some();
        self.0.push(next.unwrap_or(Step::Object));
        Some(is_there)
    }

    fn path(self) -> String {
        self.0.into_iter().fold(String::new(), |path, step| match step {
            Step::Member(key) if path.is_empty() => key.into_owned(),
            Step::Member(key) => path + "." + &key,
            Step::Array(begun @ 1..) => format!("{path}[{}]", begun - 1),
            Step::Object | Step::Array(0) => path,
        })
    }
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

    #[test]
    fn a_document_of_brackets_is_walked_through_only_so_far() {
        for open in ["[", "{\"a\":"] {
            let document = format!(r#"{{"_b":{}"#, open.repeat(60_000));
            let error = serde_json::from_str::<Document>(&document).expect_err("no text");
            assert!(fault_path(document.as_bytes(), &error).starts_with("_b"));
        }
    }

    /// `serde_path_to_error` is the reference.
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
