//! What is run: a program, the event that it is given, and what it has to answer.

use serde_json::Value;

/// Program, event, expected answer.
pub(crate) type Named = (&'static str, &'static str, &'static str);

/// Ours and the peer that does the same.
pub(crate) const PAIRS: [[Named; 2]; 4] = [
    [("ours-hello", "hello-v1", "hello"), ("peer-hello", "hello-v1", "hello")],
    [("ours-routes", "users-v1", "users"), ("peer-routes", "users-v1", "users")],
    [("ours-sqs", "sqs10", "sqs10"), ("peer-sqs", "sqs10", "sqs10")],
    [("ours-echo", "sqs10", "echo-sqs10"), ("peer-echo", "sqs10", "echo-sqs10")],
];

/// A program with what it is given.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) program: String,
    pub(crate) event: Vec<u8>,
    expected: Value,
}

impl Case {
    pub(crate) fn new(folder: &str, name: &'static str, event: &str, expected: &str) -> Self {
        let read = |path: String| std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let expected = read(format!("expect/{expected}.json"));
        Case {
            name,
            program: format!("{folder}/{name}"),
            event: read(format!("events/{event}.json")),
            expected: serde_json::from_slice(&expected).expect("the expectation is JSON"),
        }
    }

    /// Whether the answer has everything that is expected.
    pub(crate) fn is_answered_by(&self, answer: &[u8]) -> bool {
        serde_json::from_slice(answer).is_ok_and(|answer| has(&answer, &self.expected))
    }
}

/// A text that holds JSON is compared as JSON.
fn has(answer: &Value, expected: &Value) -> bool {
    match (answer, expected) {
        (Value::Object(answer), Value::Object(expected)) => {
            expected.iter().all(|(key, expected)| answer.get(key).is_some_and(|answer| has(answer, expected)))
        }
        (Value::Array(answer), Value::Array(expected)) => {
            answer.len() == expected.len() && answer.iter().zip(expected).all(|(one, other)| has(one, other))
        }
        (Value::String(answer), Value::String(expected)) if answer != expected => {
            let json = |text: &str| serde_json::from_str::<Value>(text).ok();
            json(expected).is_some_and(|expected| json(answer) == Some(expected))
        }
        (answer, expected) => answer == expected,
    }
}
