use chalice_rt::prelude::*;

#[on_ws_connect(route = "x")]
async fn connected(_event: WebsocketEvent) {}

fn main() {}
