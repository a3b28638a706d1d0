//! The runtime crate under another name: `crate = path`.

mod deep {
    pub use chalice_rt as runtime;
}

use deep::runtime::{Error, Next, Request, Response, get, middleware, middleware_factory, post, view_error};

#[get("/", crate = deep::runtime, middleware = [plain()])]
async fn index() -> &'static str {
    "OK"
}

#[post("/", crate = crate::deep::runtime)]
fn add() {}

#[middleware("http", crate = deep::runtime)]
async fn look(request: Request, next: Next<Request>) -> Result<Response, Error> {
    next.run(request).await
}

#[middleware_factory(crate = deep::runtime)]
async fn plain(request: Request, next: Next<Request>) -> Result<Response, Error> {
    next.run(request).await
}

#[view_error(404, crate = deep::runtime)]
#[derive(Debug)]
struct Missing;

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("missing")
    }
}

impl std::error::Error for Missing {}

fn main() {
    // The functions stay as they were written.
    let _ = (index(), look);
    add();
    let _ = Missing;
}
