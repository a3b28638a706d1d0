use chalice_rt::prelude::*;

#[middleware("http")]
async fn look(request: Request, next: Request) -> Result<Response> {
    let _ = next;
    Ok(Response::new(request.path().to_owned()))
}

fn main() {}
