//! Handlers that a `macro_rules!` writes: its fragments arrive in groups without delimiters.

use chalice_rt::prelude::*;

macro_rules! pages {
    ($($name:ident: $path:expr, $methods:tt, $size:literal, $answer:ty, $body:block;)*) => {$(
        #[route($path, methods = $methods, name = "page")]
        async fn $name() -> $answer $body

        const _: () = {
            #[on_sqs_message($size, batch_size = 5)]
            async fn queue(_event: SqsEvent) {}
        };
    )*};
}

pages! {
    home: "/", ["GET"], "queue", &'static str, { "OK" };
    about: "/about", ["GET", "POST"], "other", Value, { json!({}) };
}

macro_rules! guard {
    ($kind:literal, $name:ident, $event:ty) => {
        #[middleware($kind, order = 1)]
        async fn $name(event: $event, next: Next<$event>) -> Result<Response> {
            next.run(event).await
        }
    };
}

guard!("http", look, Request);

fn main() {
    let _ = (home(), about(), look);
}
