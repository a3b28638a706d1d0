//! The descriptions of a handler's arguments and answers, as JSON.

use serde_json::{Map, Value, json};

use crate::describe::{AnswerNote, ArgumentNote, Describe};

/// `[{"in": "path", "name": "id", "type": "u64", "required": true}]`
pub(super) fn arguments(description: &Describe) -> Value {
    description.arguments.iter().map(argument).collect()
}

/// `[{"status": 200, "content_type": "application/json", "type": "User"}, {"status": 404}]`
pub(super) fn answers(description: &Describe) -> Value {
    description.answers.iter().map(answer).collect()
}

fn argument(note: &ArgumentNote) -> Value {
    let mut document = known([("in", Some(json!(note.location))), ("name", note.name.map(Value::from))]);
    document.insert("type".to_owned(), short(note.type_name).into());
    document.insert("required".to_owned(), note.required.into());
    if !note.content_types.is_empty() {
        document.insert("content_types".to_owned(), json!(note.content_types));
    }
    if !note.fields.is_empty() {
        document.insert("fields".to_owned(), json!(note.fields));
    }
    document.into()
}

fn answer(note: &AnswerNote) -> Value {
    let body = note.type_name.filter(|name| *name != "()");
    known([
        ("status", note.status.map(Value::from)),
        ("content_type", note.content_type.map(Value::from)),
        ("type", body.map(|name| short(name).into())),
    ])
    .into()
}

/// Drops absent members.
fn known<const N: usize>(members: [(&str, Option<Value>); N]) -> Map<String, Value> {
    let there = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    there.collect()
}

/// A type's name without paths: `alloc::vec::Vec<shop::User>` is `Vec<User>`.
fn short(type_name: &str) -> String {
    let is_of_path = |character: char| character.is_alphanumeric() || "_:".contains(character);
    let pieces = type_name.split_inclusive(|character| !is_of_path(character));
    pieces.map(|piece| piece.rsplit("::").next().unwrap_or(piece)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_named_without_their_paths() {
        assert_eq!(short("u64"), "u64");
        assert_eq!(short("alloc::vec::Vec<shop::User>"), "Vec<User>");
        assert_eq!(
            short("(&str, std::collections::hash::map::HashMap<a::B, [c::D; 3]>)"),
            "(&str, HashMap<B, [D; 3]>)"
        );
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let mut description = Describe::default();
        description.path::<u64>("id");
        description.optional(|d| d.body::<String>(&["text/plain"]));
        description.answer::<String>(200, "text/plain");
        description.status(404);
        description.any_status(|d| d.answer::<()>(200, None));
        assert_eq!(
            arguments(&description),
            json!([
                {"in": "path", "name": "id", "type": "u64", "required": true},
                {"in": "body", "type": "String", "required": false, "content_types": ["text/plain"]},
            ])
        );
        assert_eq!(
            answers(&description),
            json!([{"status": 200, "content_type": "text/plain", "type": "String"}, {"status": 404}, {}])
        );
    }
}
