//! Compares the outcome of a case, as its `compare` requires.

use std::fmt;

use chalice_rt::prelude::*;
use serde::Deserialize;

use super::json::{equal, unordered};
use super::response::{BodyRule, Wire};

/// What came of an invocation in Chalice.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Expect {
    Response(Value),
    Error(Failure),
}

/// Of an error only the message counts: the type is Python's.
#[derive(Debug, Deserialize)]
pub(super) struct Failure {
    message: String,
}

/// What is wrong with an outcome; nothing, if it conforms.
pub(super) fn wrong(expect: &Expect, outcome: &Result<Value, InvocationError>, compare: &str) -> Vec<String> {
    match (expect, outcome) {
        (Expect::Response(expected), Ok(got)) => wrong_response(expected, got, compare),
        (Expect::Error(expected), Err(got))
            if says(compare, "error free") || expected.message == got.error_message =>
        {
            Vec::new()
        }
        (Expect::Error(_), Err(_)) => vec!["another message".to_owned()],
        (Expect::Response(_), Err(_)) => vec!["the invocation failed".to_owned()],
        (Expect::Error(_), Ok(_)) => vec!["the invocation did not fail".to_owned()],
    }
}

fn wrong_response(expected: &Value, got: &Value, compare: &str) -> Vec<String> {
    match (Wire::of(expected), Wire::of(got)) {
        (Some(expected), Some(got)) => expected.wrong(&got, body_rule(compare)),
        (Some(_), None) => vec!["no response with a status".to_owned()],
        (None, _) => wrong_value(expected, got, compare),
    }
}

fn wrong_value(expected: &Value, got: &Value, compare: &str) -> Vec<String> {
    let (mut expected, mut got) = (with_context(expected), with_context(got));
    if says(compare, "resources in any order") {
        (expected, got) = (unordered(&expected), unordered(&got));
    }
    if equal(&expected, &got) { Vec::new() } else { vec!["another value".to_owned()] }
}

/// In an authorizer's answer an absent context and an empty one are the same.
fn with_context(answer: &Value) -> Value {
    let mut answer = answer.clone();
    if let Some(policy) = answer.as_object_mut().filter(|answer| answer.contains_key("policyDocument")) {
        policy.entry("context").or_insert_with(|| json!({}));
    }
    answer
}

fn body_rule(compare: &str) -> BodyRule {
    match () {
        () if says(compare, "body free") => BodyRule::Free,
        () if says(compare, "body contains") => BodyRule::Contains,
        () if says(compare, "message free") => BodyRule::MessageFree,
        () => BodyRule::Equal,
    }
}

/// Whether one of the parts before the reason of a difference is this.
fn says(compare: &str, part: &str) -> bool {
    compare.split("; ").take_while(|part| !part.starts_with("differs:")).any(|found| found == part)
}

impl fmt::Display for Expect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expect::Response(value) => value.fmt(f),
            Expect::Error(failure) => write!(f, "error: {}", failure.message),
        }
    }
}
