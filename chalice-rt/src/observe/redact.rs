//! Members of a document whose values nobody shall read in a log.

use serde_json::Value;

use crate::secrets::is_secret;

/// What stands where a value was.
const HIDDEN: &str = "*****";

/// Names of members, in lower case.
#[derive(Debug, Clone, Default)]
pub(super) struct Redaction(Vec<String>);

impl Redaction {
    pub(super) fn extend<S: Into<String>>(&mut self, names: impl IntoIterator<Item = S>) {
        self.0.extend(names.into_iter().map(|name| name.into().to_lowercase()));
    }

    /// Hides the values of the members with these names.
    #[inline]
    pub(super) fn apply(&self, value: &mut Value) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    if self.hides(name) && !value.is_null() {
                        *value = HIDDEN.into();
                    } else {
                        self.apply(value);
                    }
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.apply(value)),
            Value::String(text) => self.apply_within(text),
            _ => {}
        }
    }

    /// A text may be JSON itself, as bodies and messages are.
    #[inline]
    fn apply_within(&self, text: &mut String) {
        if !text.starts_with(['{', '[', ' ', '\n', '\r', '\t']) {
            return;
        }
        if let Ok(mut document @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str(text) {
            self.apply(&mut document);
            *text = document.to_string();
        }
    }

    #[inline]
    fn hides(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        is_secret(&name) || self.0.contains(&name)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_hidden_wherever_they_stand() {
        let mut redaction = Redaction::default();
        redaction.extend(["Password"]);
        let mut event = json!({
            "headers": {"Authorization": "Bearer x", "accept": "*/*"},
            "list": [{"password": {"old": 1}}, {"password": null}],
            "body": "{\"user\": {\"PASSWORD\": \"p\"}, \"n\": 1}",
            "text": "{not json",
        });
        redaction.apply(&mut event);
        let expected = json!({
            "headers": {"Authorization": HIDDEN, "accept": "*/*"},
            "list": [{"password": HIDDEN}, {"password": null}],
            "body": "{\"n\":1,\"user\":{\"PASSWORD\":\"*****\"}}",
            "text": "{not json",
        });
        assert_eq!(event, expected);
    }
}
