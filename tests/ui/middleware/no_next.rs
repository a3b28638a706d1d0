use chalice_rt::prelude::*;

#[middleware("http")]
async fn look(request: Request) -> Result<Response> {
    Ok(Response::new(request.path().to_owned()))
}

fn main() {}
