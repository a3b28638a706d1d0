//! Websocket handlers: as recorded from Chalice 1.34.0.

use chalice_rt::prelude::*;
use harness::trace;

mod harness;

#[middleware("websocket")]
async fn look(event: WebsocketEvent, next: Next<WebsocketEvent>) -> Result<Response> {
    trace(format!("in {}", event.connection_id));
    let response = next.run(event).await?;
    trace("out");
    Ok(response)
}

#[on_ws_connect]
async fn connect(event: WebsocketEvent) -> Response {
    trace(format!("stage {}", event.stage));
    match event.connection_id.as_str() {
        "refused=" => Response::new("not you").with_status(403),
        _ => Response::new(()),
    }
}

#[on_ws_message]
async fn message(event: WebsocketEvent) -> Result<Response> {
    trace(format!("body {}", event.body));
    match event.body.as_str() {
        "fail" => Err("cannot take this".into()),
        "json" => Ok(Response::new(json!({"a": 1})).with_status(201).with_header("X-A", "1")),
        _ => Ok(Response::new(())),
    }
}

#[on_ws_disconnect]
async fn disconnect(event: WebsocketEvent) -> &'static str {
    trace(format!("domain {}", event.domain_name));
    "a text is not a response"
}

#[test]
fn websockets() {
    harness::check("websockets", app!("websockets"));
}
