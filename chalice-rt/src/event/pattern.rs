//! EventBridge's event patterns, which select the events of an `#[on_cw_event]` handler.
//!
//! The page "Comparison operators for use in event patterns" of the EventBridge user guide specifies them.

use std::net::IpAddr;

use serde_json::{Map, Value};

/// Whether the pattern matches the event.
pub(super) fn fits(pattern: &Value, event: &Value) -> bool {
    match pattern {
        Value::Object(fields) => fields_fit(fields, event),
        _ => false,
    }
}

fn fields_fit(fields: &Map<String, Value>, event: &Value) -> bool {
    fields.iter().all(|(name, pattern)| match (name.as_str(), pattern) {
        ("$or", Value::Array(choices)) => choices.iter().any(|choice| fits(choice, event)),
        _ => field_fits(pattern, lookup(event, name)),
    })
}

/// The values of a field. For a list of objects, those of each object.
fn lookup<'a>(event: &'a Value, name: &str) -> Vec<&'a Value> {
    match event {
        Value::Object(fields) => fields.get(name).into_iter().collect(),
        Value::Array(items) => items.iter().flat_map(|item| lookup(item, name)).collect(),
        _ => Vec::new(),
    }
}

fn field_fits(pattern: &Value, values: Vec<&Value>) -> bool {
    match pattern {
        Value::Object(fields) => match values.as_slice() {
            [] => fields_fit(fields, &Value::Null),
            values => values.iter().any(|value| fields_fit(fields, value)),
        },
        Value::Array(choices) => {
            let leaves: Vec<&Value> = values.into_iter().flat_map(leaves).collect();
            choices.iter().any(|choice| choice_fits(choice, &leaves))
        }
        _ => false,
    }
}

/// A value, or the items of a list.
fn leaves(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        value => vec![value],
    }
}

fn choice_fits(choice: &Value, leaves: &[&Value]) -> bool {
    match choice.get("exists") {
        Some(exists) => exists.as_bool() == Some(!leaves.is_empty()),
        None => leaves.iter().any(|leaf| leaf_fits(choice, leaf)),
    }
}

fn leaf_fits(choice: &Value, leaf: &Value) -> bool {
    let Value::Object(operator) = choice else { return equal(choice, leaf) };
    operator.iter().all(|(name, operand)| match name.as_str() {
        "prefix" => text_fits(operand, leaf, |text, part| text.starts_with(part)),
        "suffix" => text_fits(operand, leaf, |text, part| text.ends_with(part)),
        "equals-ignore-case" => {
            text_fits(operand, leaf, |text, part| text.to_lowercase() == part.to_lowercase())
        }
        "wildcard" => text_fits(operand, leaf, |text, part| wildcard(part, text)),
        "anything-but" => anything_but(operand, leaf),
        "numeric" => numeric(operand, leaf),
        "cidr" => text_fits(operand, leaf, in_network),
        _ => false,
    })
}

fn equal(one: &Value, other: &Value) -> bool {
    one == other || matches!((one.as_f64(), other.as_f64()), (Some(a), Some(b)) if a == b)
}

/// Compares a text with an operand. `{"equals-ignore-case": ..}` ignores case.
fn text_fits(operand: &Value, leaf: &Value, fits: fn(&str, &str) -> bool) -> bool {
    let Some(text) = leaf.as_str() else { return false };
    match (operand, operand.get("equals-ignore-case").and_then(Value::as_str)) {
        (Value::String(part), _) => fits(text, part),
        (_, Some(part)) => fits(&text.to_lowercase(), &part.to_lowercase()),
        (Value::Array(parts), _) => parts.iter().filter_map(Value::as_str).any(|part| fits(text, part)),
        _ => false,
    }
}

fn anything_but(operand: &Value, leaf: &Value) -> bool {
    match operand {
        Value::Array(values) => !values.iter().any(|value| equal(value, leaf)),
        Value::Object(_) => !leaf_fits(operand, leaf),
        value => !equal(value, leaf),
    }
}

fn numeric(operand: &Value, leaf: &Value) -> bool {
    let (Some(parts), Some(number)) = (operand.as_array(), leaf.as_f64()) else { return false };
    parts.chunks(2).all(|pair| {
        match (pair.first().and_then(Value::as_str), pair.get(1).and_then(Value::as_f64)) {
            (Some("="), Some(bound)) => number == bound,
            (Some("<"), Some(bound)) => number < bound,
            (Some("<="), Some(bound)) => number <= bound,
            (Some(">"), Some(bound)) => number > bound,
            (Some(">="), Some(bound)) => number >= bound,
            _ => false,
        }
    })
}

/// Matches a pattern in which `*` stands for any text.
fn wildcard(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

fn in_network(address: &str, network: &str) -> bool {
    let Some((base, length)) = network.split_once('/') else { return false };
    let (Ok(address), Ok(base), Ok(length)) =
        (address.parse::<IpAddr>(), base.parse::<IpAddr>(), length.parse::<u32>())
    else {
        return false;
    };
    match (address, base) {
        (IpAddr::V4(a), IpAddr::V4(b)) => same_bits(a.to_bits().into(), b.to_bits().into(), length, 32),
        (IpAddr::V6(a), IpAddr::V6(b)) => same_bits(a.to_bits(), b.to_bits(), length, 128),
        _ => false,
    }
}

fn same_bits(a: u128, b: u128, length: u32, width: u32) -> bool {
    length <= width && (a ^ b).checked_shr(width - length).unwrap_or(0) == 0
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::fits;

    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "a case reads best as a list of values")]
    fn check(pattern: serde_json::Value, fitting: &[serde_json::Value], others: &[serde_json::Value]) {
        for event in fitting {
            assert!(fits(&pattern, event), "{pattern} should fit {event}");
        }
        for event in others {
            assert!(!fits(&pattern, event), "{pattern} should not fit {event}");
        }
    }

    #[test]
    fn every_field_must_have_one_of_its_values() {
        check(
            json!({"source": ["aws.ec2", "acme"], "detail": {"state": ["running"]}}),
            &[json!({"source": "acme", "detail": {"state": "running", "more": 1}})],
            &[json!({"source": "acme"}), json!({"source": "aws.s3", "detail": {"state": "running"}})],
        );
    }

    #[test]
    fn a_list_in_the_event_fits_by_any_of_its_items() {
        check(
            json!({"resources": ["b"]}),
            &[json!({"resources": ["a", "b"]})],
            &[json!({"resources": ["a"]})],
        );
    }

    #[test]
    fn operators_compare_as_eventbridge_does() {
        check(
            json!({"a": [{"prefix": "x."}]}),
            &[json!({"a": "x.y"})],
            &[json!({"a": "y"}), json!({"a": 1})],
        );
        check(json!({"a": [{"suffix": ".png"}]}), &[json!({"a": "b.png"})], &[json!({"a": "b.jpg"})]);
        check(
            json!({"a": [{"anything-but": ["x", "y"]}]}),
            &[json!({"a": "z"})],
            &[json!({"a": "x"}), json!({})],
        );
        check(
            json!({"a": [{"anything-but": {"prefix": "in"}}]}),
            &[json!({"a": "out"})],
            &[json!({"a": "init"})],
        );
        check(
            json!({"a": [{"numeric": [">", 0, "<=", 5]}]}),
            &[json!({"a": 5})],
            &[json!({"a": 0}), json!({"a": "3"})],
        );
        check(json!({"a": [{"exists": false}]}), &[json!({})], &[json!({"a": null})]);
        check(
            json!({"a": {"b": [{"exists": false}]}}),
            &[json!({}), json!({"a": {}})],
            &[json!({"a": {"b": 1}})],
        );
        check(
            json!({"a": [{"equals-ignore-case": "Alice"}]}),
            &[json!({"a": "aLICE"})],
            &[json!({"a": "bob"})],
        );
        check(
            json!({"a": [{"wildcard": "a*c*"}]}),
            &[json!({"a": "abcd"}), json!({"a": "ac"})],
            &[json!({"a": "ab"})],
        );
        check(
            json!({"a": [{"cidr": "10.0.0.0/24"}]}),
            &[json!({"a": "10.0.0.255"})],
            &[json!({"a": "10.0.1.0"})],
        );
        check(
            json!({"$or": [{"a": [1]}, {"b": [2]}]}),
            &[json!({"b": 2}), json!({"a": 1})],
            &[json!({"a": 2})],
        );
    }
}
