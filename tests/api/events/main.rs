//! Events of all kinds but HTTP: fields, records, batches, selection of handlers.

use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use chalice_rt::prelude::*;

mod arguments;
mod authorizer;
mod fields;
mod kafka;
mod records;
mod shown;
mod unusual;
mod whole;

fn context() -> Context {
    let mut context = Context::default();
    context.request_id = "r-1".to_owned();
    context.deadline = SystemTime::now() + Duration::from_secs(60);
    context.function_name = "f".to_owned();
    context
}

fn base() -> App {
    app!("events").manage(Log::default()).manage(arguments::Greeting("hello"))
}

/// What ran, in order.
#[derive(Default)]
struct Log(Mutex<Vec<String>>);

impl Log {
    fn add(&self, text: impl Into<String>) {
        self.0.lock().unwrap().push(text.into());
    }
}
