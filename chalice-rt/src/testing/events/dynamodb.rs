//! Batches of changes to DynamoDB tables.

use serde_json::{Map, Value, json};

use super::{EPOCH, REGION, arn, becomes_value, records};

/// Builds a batch of changes to a DynamoDB table. Made by [`dynamodb`].
#[derive(Debug, Clone)]
#[must_use]
pub struct DynamoDbBuilder {
    stream_arn: String,
    changes: Vec<Change>,
}

/// One change of an item, made by [`insert`], [`modify`] or [`remove`], or from JSON: a whole record, the `dynamodb`
/// part of one (`{"Keys": .., "NewImage": ..}`), or else the item that was inserted.
#[derive(Debug, Clone)]
#[must_use]
pub struct Change {
    name: Option<String>,
    keys: Option<Value>,
    new: Option<Value>,
    old: Option<Value>,
    /// The other members of a record that was given as JSON.
    record: Value,
}

/// A batch of changes to a table. `table` is its name or the ARN of its stream.
///
/// Items may be plain JSON or DynamoDB JSON: `{"id": "1"}` is `{"id": {"S": "1"}}`.
///
/// ```
/// use chalice_rt::prelude::*;
///
/// let changes = [
///     events::insert(json!({"id": "1", "n": 42})),
///     events::modify(json!({"id": "2", "n": 1}), json!({"id": "2", "n": 2})),
///     events::remove(json!({"id": "3"})),
/// ];
/// let event = events::dynamodb("users", changes).build();
/// assert_eq!(event["Records"][0]["dynamodb"]["NewImage"]["n"]["N"], "42");
/// assert_eq!(event["Records"][2]["dynamodb"]["Keys"], json!({"id": {"S": "3"}}));
/// ```
pub fn dynamodb(
    table: impl AsRef<str>,
    changes: impl IntoIterator<Item = impl Into<Change>>,
) -> DynamoDbBuilder {
    let table = table.as_ref();
    let stream = format!("table/{table}/stream/2026-01-01T00:00:00.000");
    let stream_arn = if table.starts_with("arn:") { table.to_owned() } else { arn("dynamodb", &stream) };
    DynamoDbBuilder { stream_arn, changes: changes.into_iter().map(Into::into).collect() }
}

/// The change that inserted an item.
pub fn insert(new: impl Into<Value>) -> Change {
    Change::of(Some(new.into()), None)
}

/// The change that modified an item.
pub fn modify(old: impl Into<Value>, new: impl Into<Value>) -> Change {
    Change::of(Some(new.into()), Some(old.into()))
}

/// The change that removed an item.
pub fn remove(old: impl Into<Value>) -> Change {
    Change::of(None, Some(old.into()))
}

impl Change {
    /// Sets the key of the item. Default: the attribute `id`, else the first attribute.
    pub fn keys(mut self, keys: impl Into<Value>) -> Self {
        self.keys = Some(typed(keys.into()));
        self
    }

    fn of(new: Option<Value>, old: Option<Value>) -> Self {
        Change { name: None, keys: None, new: new.map(typed), old: old.map(typed), record: Value::Null }
    }

    fn event_name(&self) -> &str {
        let derived = match (&self.new, &self.old) {
            (Some(_), Some(_)) => "MODIFY",
            (None, Some(_)) => "REMOVE",
            _ => "INSERT",
        };
        self.name.as_deref().unwrap_or(derived)
    }

    fn key(&self) -> Value {
        if let Some(keys) = &self.keys {
            return keys.clone();
        }
        let Some(item) = self.new.as_ref().or(self.old.as_ref()).and_then(Value::as_object) else {
            return json!({});
        };
        let name = if item.contains_key("id") { Some("id") } else { item.keys().next().map(String::as_str) };
        name.map_or_else(|| json!({}), |name| json!({name: item[name]}))
    }
}

impl From<Value> for Change {
    fn from(mut value: Value) -> Self {
        if !value["dynamodb"].is_object() {
            let is_part = ["Keys", "NewImage", "OldImage"].iter().any(|name| value[*name].is_object());
            return if is_part { Change::from(json!({"dynamodb": value})) } else { insert(value) };
        }
        let mut take = |name: &str| Some(value["dynamodb"][name].take()).filter(|image| !image.is_null());
        let (keys, new, old) = (take("Keys"), take("NewImage"), take("OldImage"));
        let name = value["eventName"].as_str().map(str::to_owned);
        Change { name, keys: keys.map(typed), record: value, ..Change::of(new, old) }
    }
}

impl DynamoDbBuilder {
    /// Builds the event.
    pub fn build(self) -> Value {
        records(self.changes.iter().enumerate().map(|(index, change)| self.record(index, change)))
    }

    fn record(&self, index: usize, change: &Change) -> Value {
        let mut record = json!({
            "eventID": format!("{index:032x}"),
            "eventName": change.event_name(),
            "eventVersion": "1.1",
            "eventSource": "aws:dynamodb",
            "awsRegion": REGION,
            "dynamodb": {
                "ApproximateCreationDateTime": EPOCH,
                "Keys": change.key(),
                "SequenceNumber": (111_000_000_000_000_000_000_u128 + index as u128).to_string(),
                "SizeBytes": 26,
                "StreamViewType": "NEW_AND_OLD_IMAGES",
            },
            "eventSourceARN": self.stream_arn,
        });
        for (name, image) in [("NewImage", &change.new), ("OldImage", &change.old)] {
            if let Some(image) = image {
                record["dynamodb"][name] = image.clone();
            }
        }
        merge(&mut record, &change.record);
        record
    }
}

/// Overwrites members with those of the other value that are not null.
fn merge(value: &mut Value, other: &Value) {
    match (value, other) {
        (_, Value::Null) => {}
        (Value::Object(members), Value::Object(others)) => {
            for (name, other) in others {
                merge(members.entry(name.as_str()).or_insert(Value::Null), other);
            }
        }
        (value, other) => *value = other.clone(),
    }
}

/// Converts an item to DynamoDB JSON. Attributes that are in it already are kept.
fn typed(item: Value) -> Value {
    match item {
        Value::Object(attributes) => {
            attributes.into_iter().map(|(name, value)| (name, attribute(value))).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}

fn attribute(value: Value) -> Value {
    match value {
        Value::Object(map) if is_typed(&map) => map.into(),
        Value::Object(_) => json!({"M": typed(value)}),
        Value::Null => json!({"NULL": true}),
        Value::Bool(value) => json!({"BOOL": value}),
        Value::Number(number) => json!({"N": number.to_string()}),
        Value::String(text) => json!({"S": text}),
        Value::Array(list) => json!({"L": Vec::from_iter(list.into_iter().map(attribute))}),
    }
}

fn is_typed(map: &Map<String, Value>) -> bool {
    const TYPES: [&str; 10] = ["S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS"];
    map.len() == 1 && map.keys().all(|name| TYPES.contains(&name.as_str()))
}

becomes_value!(DynamoDbBuilder);
