//! The order of middleware: by `order`, then what `main` registers, then the attributes by file, line and column.
//! That the order between files is open is said, and `check` fails: `tests/process/linking.rs` shows it.

use chalice_rt::prelude::*;

mod a;
mod b;

macro_rules! passes {
    ($($name:ident)*) => {$(
        async fn $name(request: Request, next: Next<Request>) -> Result<Response> {
            next.run(request).await
        }
    )*};
}

passes! { main_first main_second main_early main_late }

#[middleware("http", order = -7)]
async fn early(request: Request, next: Next<Request>) -> Result<Response> {
    next.run(request).await
}

#[middleware("http")]
async fn written_first(request: Request, next: Next<Request>) -> Result<Response> {
    next.run(request).await
}

#[rustfmt::skip]
mod one_line {
    use chalice_rt::prelude::*;
    #[middleware("http")] async fn left(event: Request, next: Next<Request>) -> Result<Response> { next.run(event).await } #[middleware("http")] async fn right(event: Request, next: Next<Request>) -> Result<Response> { next.run(event).await }
}

#[derive(Default)]
struct WrittenThird;

#[middleware("http")]
impl Middleware<Request> for WrittenThird {
    async fn call(&self, request: Request, next: Next<Request>) -> Result<Response> {
        next.run(request).await
    }
}

#[get("/")]
async fn index() {}

#[middleware("http")]
fn written_last(request: Request, next: Next<Request>) -> Result<Response> {
    next.run_blocking(request)
}

#[middleware_factory]
async fn listed(request: Request, next: Next<Request>) -> Result<Response> {
    next.run(request).await
}

#[blueprint("/inner", middleware = [listed()])]
mod inner {
    use super::*;

    #[get("/")]
    async fn inside() {}

    /// `order` sorts within a layer only.
    #[middleware("http", order = -100)]
    async fn first_of_its_layer(request: Request, next: Next<Request>) -> Result<Response> {
        next.run(request).await
    }

    #[middleware("http")]
    async fn behind_the_list(request: Request, next: Next<Request>) -> Result<Response> {
        next.run(request).await
    }
}

const ATTRIBUTES: [&str; 7] =
    ["of_a", "of_b", "written_first", "left", "right", "WrittenThird", "written_last"];

#[test]
fn attributes_follow_files_lines_and_columns() {
    let client = TestClient::new(app!("order"));
    let chain = client.chain("index");
    assert_eq!(chain[0], "early");
    assert_eq!(chain[1..8], ATTRIBUTES);
    assert_eq!(chain[8..], ["late_of_a"]);
}

#[test]
fn main_is_outside_of_the_attributes_of_the_same_order() {
    let client = TestClient::new(
        app!("order")
            .register_middleware(main_first, Http)
            .register_middleware(with(main_late).order(7), Http)
            .register_middleware(with(main_early).order(-7), Http)
            .register_middleware(main_second, Http),
    );
    let chain = client.chain("index");
    assert_eq!(chain[..4], ["main_early", "early", "main_first", "main_second"]);
    assert_eq!(chain[4..11], ATTRIBUTES);
    assert_eq!(chain[11..], ["main_late", "late_of_a"]);
}

#[test]
fn order_is_one_of_the_layer() {
    let client = TestClient::new(app!("order").register_middleware(with(main_late).order(1000), Http));
    let chain = client.chain("inside");
    assert_eq!(chain[9..], ["main_late", "first_of_its_layer", "listed", "behind_the_list"]);
}

#[test]
fn the_chains_are_the_same_each_time() {
    let chain = || TestClient::new(app!("order")).chain("inside").join(" ");
    let first = chain();
    assert!((0..20).all(|_| chain() == first));
}
