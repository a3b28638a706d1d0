use chalice_rt::prelude::*;

struct Said;

#[on_ws_message]
async fn said(_event: WebsocketEvent) -> Said {
    Said
}

fn main() {}
