//! Nothing that a user may call something collides with generated code.

mod names {
    #![allow(dead_code, unused_macros, non_camel_case_types)]
    use ::chalice_rt::prelude::{
        Event, Extension, Middleware, Next, Request, Response, get, lambda_function, middleware,
        middleware_factory, on_sns_message, view_error,
    };

    // What the prelude of the language gives, under other meanings.
    struct Result;
    struct Option;
    struct String;
    struct Vec;
    struct Box;
    struct Ok;
    struct Err;
    struct Some;
    struct None;
    struct Entry;
    trait Send {}
    trait Sync {}
    trait Clone {}
    trait Default {}
    trait Into {}
    trait Future {}
    mod core {}
    mod std {}
    mod alloc {}
    mod rt {}
    mod chalice_rt {}
    macro_rules! submit {
        () => {};
    }
    macro_rules! site {
        () => {};
    }

    type Answer<T> = ::std::result::Result<T, ::chalice_rt::Error>;

    #[get("/{app}/{arg0}/{type}")]
    async fn event(app: u8, arg0: u8, r#type: u8, event: Extension<u8>, out: Request) -> &'static str {
        let _ = (app, arg0, r#type, event, out);
        "OK"
    }

    #[get("/sync/{event}", middleware = [word("x"), log(|app: u8| app)])]
    fn handle(event: u8) -> &'static str {
        let _ = event;
        "OK"
    }

    #[lambda_function]
    async fn app(event: ::chalice_rt::serde_json::Value) -> u8 {
        let _ = event;
        1
    }

    #[on_sns_message("topic")]
    async fn r#move(_: ::chalice_rt::SnsEvent) {}

    #[middleware("all")]
    async fn next<E: Event>(next: E, event: Next<E>) -> Answer<E::Response> {
        event.run(next).await
    }

    #[middleware("http")]
    fn arg1(arg1: Request, arg0: Next<Request>) -> Answer<Response> {
        arg0.run_blocking(arg1)
    }

    #[middleware_factory]
    async fn word(event: Request, next: Next<Request>, word: &str) -> Answer<Response> {
        let _ = word;
        next.run(event).await
    }

    #[middleware_factory]
    fn log(event: Request, next: Next<Request>, log: fn(u8) -> u8) -> Answer<Response> {
        let _ = log;
        next.run_blocking(event)
    }

    #[derive(::core::default::Default)]
    struct Type;

    #[middleware("http")]
    impl Middleware<Request> for Type {
        async fn call(&self, event: Request, next: Next<Request>) -> Answer<Response> {
            next.run(event).await
        }
    }

    #[view_error(404)]
    #[derive(Debug)]
    struct error;

    impl ::std::fmt::Display for error {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.write_str("x")
        }
    }

    impl ::std::error::Error for error {}
}

fn main() {}
