//! Errors of reading JSON, without the values of the payload, which serde_json's messages quote.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

/// The reason why JSON could not be read as a type.
#[derive(Debug)]
pub(crate) struct JsonFault {
    pub(crate) kind: FaultKind,
    path: String,
    text: String,
}

/// The kind of an error in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// It is not JSON.
    Malformed,
    /// It is JSON beyond serde_json's limits: nested too deep, or with a number that is too large.
    TooMuch,
    /// It is JSON that does not fit the type.
    Shape,
}

impl FaultKind {
    fn of(error: &serde_json::Error) -> Self {
        if error.is_data() {
            return FaultKind::Shape;
        }
        let text = error.to_string();
        let too_much = text.starts_with(TOO_DEEP) || text.starts_with(TOO_LARGE);
        if too_much { FaultKind::TooMuch } else { FaultKind::Malformed }
    }
}

/// The beginnings of serde_json's texts for JSON beyond its limits.
const TOO_DEEP: &str = "recursion limit exceeded";
const TOO_LARGE: &str = "number out of range";

impl JsonFault {
    /// The error as a sentence about `what`: `the body is not valid JSON: ..`.
    pub(crate) fn sentence(&self, what: &str) -> String {
        match self.kind {
            FaultKind::Malformed => format!("{what} is not valid JSON: {self}"),
            FaultKind::TooMuch => format!("{what} is JSON that cannot be read: {self}"),
            FaultKind::Shape => format!("{what} does not fit: {self}"),
        }
    }
}

impl fmt::Display for JsonFault {
    /// Such as "`items[3].id`: expected u64, found a string". There is no path if the whole document does not fit.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.kind != FaultKind::Shape || self.path == "." {
            return f.write_str(&self.text);
        }
        write!(f, "`{}`: {}", self.path.escape_debug(), self.text)
    }
}

/// Reads JSON as a type. The path of an error is computed only if there is an error.
pub(crate) fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonFault> {
    // One UTF-8 check of the whole is cheaper than one for each string.
    let text = without_mark(str::from_utf8(bytes).map_err(|_| not_text(bytes))?);
    serde_json::from_str(text).map_err(|error| {
        let mut reader = serde_json::Deserializer::from_str(text);
        located(serde_path_to_error::deserialize::<_, T>(&mut reader), &error)
    })
}

/// Removes a leading byte order mark, which is not part of the JSON (RFC 8259, 8.1).
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The error for bytes that are not UTF-8.
pub(crate) fn not_text(bytes: &[u8]) -> JsonFault {
    let error = serde_json::from_slice::<Value>(bytes).err();
    let text = error.map_or_else(|| "it is not UTF-8".to_owned(), |error| json_fault(&error));
    JsonFault { kind: FaultKind::Malformed, path: ".".to_owned(), text }
}

/// Reads a JSON value as a type.
pub(crate) fn read_value<T: DeserializeOwned>(value: &Value) -> Result<T, JsonFault> {
    T::deserialize(value).map_err(|error| located(serde_path_to_error::deserialize::<_, T>(value), &error))
}

/// Reads again with a tracked path, and returns that error. Returns the first error if the second reading succeeds.
fn located<T>(
    again: Result<T, serde_path_to_error::Error<serde_json::Error>>,
    error: &serde_json::Error,
) -> JsonFault {
    let kind = FaultKind::of(error);
    match again {
        Err(error) => JsonFault { kind, path: error.path().to_string(), text: json_fault(error.inner()) },
        Ok(_) => JsonFault { kind, path: ".".to_owned(), text: json_fault(error) },
    }
}

/// The text of serde_json's error without anything of the payload: `expected u64, found a string (line 1 column 5)`.
pub(crate) fn json_fault(error: &serde_json::Error) -> String {
    let (line, column) = (error.line(), error.column());
    let text = error.to_string();
    if line == 0 {
        return plain(&text, error.is_data());
    }
    let message = text.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&text);
    format!("{} (line {line} column {column})", plain(message, error.is_data()))
}

fn plain(message: &str, is_data: bool) -> String {
    match message {
        TOO_DEEP => return "it is nested too deep; 127 levels are allowed".to_owned(),
        TOO_LARGE => return "a number is too large".to_owned(),
        // Syntax errors have fixed texts.
        _ if !is_data => return message.to_owned(),
        _ => {}
    }
    if message.ends_with(", there are no variants") || message.ends_with(", there are no fields") {
        return "nothing is allowed here".to_owned();
    }
    // The expectation comes last and from the type. Quotes of the payload come before it.
    match message.rsplit_once(", expected ") {
        Some((found, expected)) => mismatch(found, expected),
        None => of_the_type(message).to_owned(),
    }
}

fn mismatch(found: &str, expected: &str) -> String {
    let expected = wanted(expected);
    if let Some(found) = found.strip_prefix("invalid type: ") {
        return match found_type(found) {
            Some(found) => format!("expected {expected}, found {found}"),
            None => format!("expected {expected}"),
        };
    }
    let fault = ["unknown variant", "unknown field", "invalid length", "invalid value"];
    match fault.into_iter().find(|fault| found.starts_with(fault)) {
        Some(fault) => format!("{fault}, expected {expected}"),
        None => format!("expected {expected}"),
    }
}

/// Translates an expectation from Rust's terms to JSON's.
fn wanted(expected: &str) -> &str {
    match expected {
        "a borrowed string" => "a string",
        "a sequence" => "an array",
        "a map" => "an object",
        "unit" => "null",
        name if name.starts_with("struct ") => "an object",
        other => other,
    }
}

/// The JSON type of the found value. `None` if it is none.
fn found_type(found: &str) -> Option<&'static str> {
    const TYPES: [(&str, &str); 9] = [
        ("boolean", "a boolean"),
        ("integer", "an integer"),
        ("floating point", "a number with a fraction"),
        ("number", "a number"),
        ("string", "a string"),
        ("null", "null"),
        ("unit", "null"),
        ("sequence", "an array"),
        ("map", "an object"),
    ];
    TYPES.into_iter().find(|(name, _)| found.starts_with(name)).map(|(_, json)| json)
}

/// Keeps messages that name only fields and variants of the type. Any other may quote the payload.
fn of_the_type(message: &str) -> &str {
    if message.starts_with("missing field `") || message.starts_with("duplicate field `") {
        return message;
    }
    if message.starts_with("data did not match any variant") {
        return "none of the forms that are allowed here";
    }
    "the value is not what its type allows"
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde::de::{DeserializeOwned, Error as _};

    use super::json_fault;

    fn fault<T: DeserializeOwned>(json: &str) -> String {
        serde_json::from_str::<T>(json).err().map(|error| json_fault(&error)).unwrap_or_default()
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Order {
        #[serde(rename = "id")]
        _id: u8,
    }

    #[derive(Debug, Deserialize)]
    enum Size {
        Small,
        Large,
    }

    #[derive(Debug)]
    struct Picky;

    impl<'de> Deserialize<'de> for Picky {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let text = String::deserialize(deserializer)?;
            Err(D::Error::custom(format!("cannot take {text}")))
        }
    }

    #[test]
    fn types_are_named_and_values_are_not() {
        assert_eq!(fault::<u64>(r#""secret""#), "expected u64, found a string (line 1 column 8)");
        assert_eq!(fault::<Order>(r#"{"id":1234}"#), "invalid value, expected u8 (line 1 column 10)");
        assert_eq!(fault::<Order>("[]"), "invalid length, expected an object (line 1 column 2)");
        assert_eq!(fault::<Order>("true"), "expected an object, found a boolean (line 1 column 4)");
        assert_eq!(fault::<Vec<u8>>("{}"), "expected an array, found an object (line 1 column 0)");
        assert_eq!(
            fault::<String>("1.5"),
            "expected a string, found a number with a fraction (line 1 column 3)"
        );
        assert_eq!(fault::<()>("7"), "expected null, found an integer (line 1 column 1)");
    }

    #[test]
    fn names_of_the_type_stay() {
        assert_eq!(fault::<Order>("{}"), "missing field `id` (line 1 column 2)");
        assert_eq!(fault::<Order>(r#"{"id":1,"id":2}"#), "duplicate field `id` (line 1 column 12)");
        assert_eq!(
            fault::<Order>(r#"{"secret, expected x":1}"#),
            "unknown field, expected `id` (line 1 column 21)"
        );
        assert_eq!(
            fault::<Size>(r#""secret, expected x""#),
            "unknown variant, expected `Small` or `Large` (line 1 column 20)"
        );
        assert!(matches!(serde_json::from_str(r#""Large""#), Ok(Size::Large)));
        assert!(!matches!(serde_json::from_str(r#""Large""#), Ok(Size::Small)));
    }

    #[test]
    fn what_a_type_says_itself_is_hidden() {
        assert_eq!(fault::<Picky>(r#""secret""#), "the value is not what its type allows");
        assert!(!fault::<BTreeMap<bool, u8>>(r#"{"secret":1}"#).contains("secret"));
    }

    #[test]
    fn syntax_is_told_as_it_is() {
        assert_eq!(fault::<Order>(r#"{"id":"#), "EOF while parsing a value (line 1 column 6)");
        assert_eq!(fault::<u8>("1 2"), "trailing characters (line 1 column 3)");
    }
}
