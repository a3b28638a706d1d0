use chalice_rt::prelude::*;

#[middleware("http")]
async fn look(request: Request, next: Next<Request>) -> Result<Response> {
    next.run(request)
}

fn main() {}
