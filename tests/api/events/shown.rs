//! `Debug` of events and answers shows names and sizes, and no value of a sender.

use std::fmt::Debug;

use super::*;

const MARKER: &str = "m4rk3r";

/// What `Debug` shows of each type, by the type's name.
#[derive(Default)]
struct Shown(Vec<(&'static str, String)>);

impl Shown {
    fn add<T: Debug>(&mut self, value: &T) {
        self.0.push((std::any::type_name::<T>(), format!("{value:?} {value:#?}")));
    }

    /// An event, and the same as one of any kind.
    fn event<E: Event + Debug>(&mut self, event: impl Into<Value>) -> E {
        let event = E::from_value(event.into(), marked()).unwrap();
        self.add(&event);
        event
    }
}

/// A context in which the caller has said the marker wherever it may say something.
fn marked() -> Context {
    let mut context = context();
    context.client_context = Some(json!({"custom": {"a": MARKER}, "env": MARKER}));
    context.identity = Some(json!(MARKER));
    context.tenant_id = Some(MARKER.to_owned());
    context
}

fn requests(shown: &mut Shown) {
    for named in ["authorization", "x-auth-token", "x-amzn-oidc-data", "referer", "location", "host", "x-any"]
    {
        let event =
            events::http("POST", format!("/{MARKER}?q={MARKER}")).header(named, MARKER).cookie("a", MARKER);
        for event in [event.clone(), event.clone().http_api(), event.clone().function_url(), event.alb()] {
            let mut request: Request = shown.event(event.body(MARKER).stage_variables(json!({"v": MARKER})));
            shown.add(request.query());
            shown.add(request.cookies());
            shown.add(&request.path_params());
            request.headers_mut().append("x-more", MARKER.try_into().unwrap());
            shown.add(&request);
            shown.add(&AnyEvent::Http(request));
        }
        let failed = Error::from(format!("cannot reach {MARKER}")).into_response().with_body(MARKER);
        shown.add(&failed.with_header(named, MARKER).append_header("set-cookie", MARKER));
    }
    shown.add(&Body::new(MARKER, None));
    shown.add(&AnyResponse::Json(json!({"a": MARKER, "b": [MARKER]})));
    shown.add(&AnyResponse::Json(json!(MARKER)));
    shown.add(&AnyResponse::Http(Response::new(MARKER)));
    shown.add(&AuthRoute::new(format!("/{MARKER}"), ["GET"]));
    let granted = AuthResponse::new([AuthRoute::from(MARKER)], MARKER).with_context(json!({"a": MARKER}));
    shown.add(&granted);
    shown.add(&marked());
}

fn all_events(shown: &mut Shown) {
    let message = json!({"a": MARKER});
    shown.event::<SqsEvent>(events::sqs("queue", [MARKER]).attribute("a", MARKER).groups([MARKER]));
    let sns: SnsEvent =
        shown.event(events::sns("topic", message.clone()).subject(MARKER).attribute("a", MARKER));
    shown.add(&AnyEvent::Sns(sns));
    shown.event::<S3Event>(events::s3("bucket", MARKER).etag(MARKER).version_id(MARKER));
    shown.event::<KinesisEvent>(events::kinesis("stream", [MARKER]).partition_key(MARKER));
    let change = events::modify(message.clone(), json!({"a": MARKER}));
    shown.event::<DynamoDbEvent>(events::dynamodb("table", [change.keys(json!({"id": MARKER}))]));
    shown.event::<CloudWatchEvent>(events::cloudwatch("source", "type", message.clone()));
    shown.event::<WebsocketEvent>(events::websocket("$default", "id", MARKER).header("x-a", MARKER));
    shown.event::<LambdaFunctionEvent>(message.clone());
    shown.event::<LambdaFunctionEvent>(json!(MARKER));
    shown.event::<AuthRequest>(json!({
        "type": "TOKEN", "authorizationToken": MARKER,
        "methodArn": format!("arn:aws:execute-api:us-east-1:123456789012:abc123/api/GET/{MARKER}"),
    }));
    let record = json!({"topic": "orders", "partition": 0, "offset": 1, "key": MARKER, "value": MARKER,
        "headers": [{"a": MARKER.as_bytes()}]});
    let kafka = json!({"eventSource": "aws:kafka", "records": {"orders-0": [record]}});
    shown.event::<TriggerEvent>(kafka);
}

#[test]
fn no_type_shows_what_somebody_has_sent() {
    let mut shown = Shown::default();
    requests(&mut shown);
    all_events(&mut shown);
    let size = format!("<{} bytes>", MARKER.len());
    assert!(shown.0.iter().any(|(_, text)| text.contains(&size)), "sizes are shown");
    let leaks: Vec<_> = shown.0.iter().filter(|(_, text)| text.contains(MARKER)).collect();
    assert!(leaks.is_empty(), "{leaks:#?}");
}
