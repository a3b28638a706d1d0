//! Handlers of single records. They are called once for each record of a batch, one after the other; the answer names
//! the records that failed.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::chain::{Handler, Node, ResponseFuture, step};
use crate::error::{Error, Result};
use crate::event::{Event, Record, Source};

/// The node that calls a handler once for each record.
pub(super) fn each_record<S: Source>(
    handler: &'static dyn Handler<S::Event>,
    partial: bool,
) -> &'static dyn Node<S::Event> {
    step(move |event, _next| each::<S>(handler, event, partial))
}

/// Calls the handler with each record in turn, as an event with that one record.
async fn each<S: Source>(
    handler: &'static dyn Handler<S::Event>,
    mut event: S::Event,
    partial: bool,
) -> Result<<S::Event as Event>::Response> {
    let records = S::Record::take_all(&mut event)?;
    let total = records.len();
    let mut failures = Failures::default();
    for record in records {
        let id = record.id();
        let group = record.group().map(str::to_owned);
        if failures.stopped(group.as_deref()) {
            failures.not_run(id);
            continue;
        }
        record.put_alone(&mut event);
        if let Err(error) = ResponseFuture::guarded(|| handler.call(&mut event)).await {
            failures.add(id, group, error);
        }
    }
    failures.answer(total, partial).map(From::from)
}

/// The records of a batch that failed, and the records that were skipped because an earlier one of their group failed.
#[derive(Default)]
struct Failures {
    ids: Vec<Value>,
    stopped: HashSet<String>,
    first: Option<Error>,
}

impl Failures {
    fn stopped(&self, group: Option<&str>) -> bool {
        group.is_some_and(|group| self.stopped.contains(group))
    }

    fn not_run(&mut self, id: Value) {
        self.ids.push(id);
    }

    fn add(&mut self, id: Value, group: Option<String>, error: Error) {
        tracing::error!(record = shown(&id), error_type = error.type_name(), "a record failed: {error}");
        self.ids.push(id);
        self.stopped.extend(group);
        self.first.get_or_insert(error);
    }

    /// The answer, or the first error if every record failed or partial failures are off.
    fn answer(self, total: usize, partial: bool) -> Result<Value> {
        match self.first {
            Some(error) if !partial || self.ids.len() == total => Err(error),
            _ => {
                let failed: Vec<Value> =
                    self.ids.into_iter().map(|id| json!({ "itemIdentifier": id })).collect();
                Ok(json!({ "batchItemFailures": failed }))
            }
        }
    }
}

/// The id of a record, for the log.
fn shown(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}
