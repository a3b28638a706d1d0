//! A line of the log as text.

use std::fmt::Write as _;

use serde_json::Value;
use tracing::Level;

use super::escaped;
use super::line::{Line, joined};

/// The look of text lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) colours: bool,
    /// Whether a message keeps its lines, indented. Otherwise they are joined with `
    /// `.
    pub(super) several_lines: bool,
}

/// `INFO request-id target: span{a=1}: message b=2`.
pub(super) fn line(line: &Line<'_>, look: Look) -> String {
    let mut text = level(line.metadata.level(), look.colours);
    // Writing to a `String` cannot fail.
    if let Some(id) = line.request_id.filter(|id| !id.is_empty()) {
        let _ = write!(text, "requestId={} ", escaped(id));
    }
    let _ = write!(text, "{}: ", line.metadata.target());
    for span in line.spans {
        let _ = match span.fields.as_str() {
            "" => write!(text, "{}: ", escaped(span.name)),
            fields => write!(text, "{}{{{fields}}}: ", escaped(span.name)),
        };
    }
    push_message(&mut text, &line.fields.message, look.several_lines);
    let fields = joined(line.fields);
    if !fields.is_empty() {
        let _ = write!(text, "{}{fields}", if line.fields.message.is_empty() { "" } else { " " });
    }
    for (name, value) in line.appended.iter().filter(|(name, _)| line.fields.get(name).is_none()) {
        push_appended(&mut text, name, value);
    }
    text.push('\n');
    text
}

fn level(level: &Level, colours: bool) -> String {
    if !colours {
        return format!("{level:>5} ");
    }
    let colour = match *level {
        Level::ERROR => 31,
        Level::WARN => 33,
        Level::INFO => 32,
        Level::DEBUG => 34,
        Level::TRACE => 35,
    };
    format!("\u{1b}[{colour}m{level:>5}\u{1b}[0m ")
}

/// Appends a field, escaped further than JSON is, for terminals.
fn push_appended(text: &mut String, name: &str, value: &Value) {
    let _ = write!(text, " {}={}", escaped(name), escaped(&value.to_string()));
}

fn push_message(text: &mut String, message: &str, several_lines: bool) {
    if !several_lines {
        let _ = write!(text, "{}", escaped(message));
        return;
    }
    for (i, part) in message.lines().enumerate() {
        let start = if i == 0 { "" } else { "\n      | " };
        let _ = write!(text, "{start}{}", escaped(part));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{push_appended, push_message};

    #[test]
    fn a_message_cannot_forge_a_line() {
        let written = |several_lines| {
            let mut text = String::new();
            push_message(&mut text, "one\n INFO two\u{1b}", several_lines);
            text
        };
        assert_eq!(written(false), "one\\n INFO two\\u{1b}");
        assert_eq!(written(true), "one\n      |  INFO two\\u{1b}");
    }
    #[test]
    fn an_appended_field_cannot_forge_a_line_or_steer_a_terminal() {
        let mut text = String::new();
        push_appended(&mut text, "a\nb", &json!("1\n\u{202e}\u{2028}\u{85}\u{9b}\u{7f}2"));
        assert_eq!(text, r#" a\nb="1\n\u{202e}\u{2028}\u{85}\u{9b}\u{7f}2""#);
    }
}
