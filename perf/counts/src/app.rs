//! The app: ten routes, and 990 more for those who ask; a queue.

use std::sync::atomic::{AtomicUsize, Ordering};

use chalice_rt::prelude::*;
use tokio::runtime::Builder;

static SEEN: AtomicUsize = AtomicUsize::new(0);

#[derive(serde::Serialize)]
struct Out {
    id: String,
    route: usize,
}

macro_rules! routes {
    ($($name:ident $path:tt ($($argument:ident)?) $number:literal;)*) => {$(
        #[get($path)]
        async fn $name($($argument: String)?) -> Json<Out> {
            let id = String::new();
            $(let id = id + &$argument;)?
            Json(Out { id, route: $number })
        }
    )*};
}

routes! {
    root "/" () 0;
    r1 "/users/{id}/r1" (id) 1;
    r2 "/static/r2" () 2;
    r3 "/files/r3/{id+}" (id) 3;
    r4 "/static/r4" () 4;
    r5 "/users/{id}" (id) 5;
    r6 "/area6/shops/{id}/r6" (id) 6;
    r7 "/r7" () 7;
    r8 "/static/r8" () 8;
    r9 "/users/{id}/r9" (id) 9;
}

#[on_sqs_message("orders", batch_size = 10)]
async fn batch(event: SqsEvent) -> Result<Value> {
    let bad = event.iter().filter(|record| !record.body.contains("\"ok\":true"));
    let failures: Vec<Value> = bad.map(|record| json!({"itemIdentifier": record.message_id})).collect();
    Ok(json!({"batchItemFailures": failures}))
}

async fn pass(request: Request, next: Next<Request>) -> Result<Response> {
    SEEN.fetch_add(1, Ordering::Relaxed);
    next.run(request).await
}

/// Sends the event to the app at each call.
pub(crate) fn invocation(many: bool, middleware: usize, event: &str) -> impl FnMut() + use<> {
    let app = if many { app!("counts", include = [perf_many]) } else { app!("counts") };
    let app = (0..middleware).fold(app, |app, _| app.register_middleware(pass, Http));
    let runtime = Builder::new_current_thread().build().expect("a runtime");
    let (client, event) = (TestClient::new(app), Bytes::from(event.to_owned()));
    let send =
        move || runtime.block_on(client.send_bytes(event.clone(), Context::default())).expect("an answer");
    let answer = send();
    let is_right = [br#"\"route\":9}"#.as_slice(), br#"\"route\":8}"#, b"batchItemFailures"];
    let is_right = is_right.iter().any(|text| answer.windows(text.len()).any(|part| part == *text));
    assert!(is_right, "{answer:?}");
    move || drop(send())
}
