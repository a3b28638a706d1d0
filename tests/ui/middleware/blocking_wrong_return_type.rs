use chalice_rt::prelude::*;

#[middleware("http")]
fn look(request: Request, next: Next<Request>) -> Result<Value> {
    next.run_blocking(request)?.json()
}

fn main() {}
