//! A line of the log as a JSON object, with the names of Lambda's own JSON logs.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::fields::Recorded;
use super::line::{Around, Line};
use super::time::Utc;

/// `{"timestamp","level","message","target","requestId","fields","spans"}` and the end of the line.
pub(super) fn line(line: &Line<'_>) -> String {
    let document = Document {
        timestamp: Utc::now().to_string(),
        level: line.metadata.level().as_str(),
        message: &line.fields.message,
        target: line.metadata.target(),
        request_id: line.request_id,
        fields: Named { own: &line.fields.named, appended: line.appended },
        spans: line.spans.iter().map(shown).collect(),
    };
    let mut text = serde_json::to_string(&document).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    timestamp: String,
    level: &'static str,
    message: &'a str,
    target: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Named::is_empty")]
    fields: Named<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    spans: Vec<String>,
}

/// The fields of the line and of the invocation. Those of the line have precedence.
struct Named<'a> {
    own: &'a [(&'static str, Recorded)],
    appended: &'a Map<String, Value>,
}

impl Named<'_> {
    fn is_empty(&self) -> bool {
        self.own.is_empty() && self.appended.is_empty()
    }

    fn is_own(&self, name: &str) -> bool {
        self.own.iter().any(|(own, _)| *own == name)
    }
}

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        for (name, value) in self.appended.iter().filter(|(name, _)| !self.is_own(name)) {
            object.serialize_entry(name, value)?;
        }
        for (name, value) in self.own {
            object.serialize_entry(name, value)?;
        }
        object.end()
    }
}

fn shown(span: &Around) -> String {
    match span.fields.as_str() {
        "" => span.name.to_owned(),
        fields => format!("{}{{{fields}}}", span.name),
    }
}
