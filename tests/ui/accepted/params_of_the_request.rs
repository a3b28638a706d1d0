//! A function that takes the request reads the path's parameters there; none of them has to be an argument.
use chalice_rt::prelude::*;

#[get("/files/{user}/{rest+}")]
async fn file(user: String, request: Request) -> String {
    format!("{user}: {}", request.param("rest").unwrap_or_default())
}

#[put("/files/{user}/{rest+}")]
fn store(request: Request) -> Option<String> {
    request.param("user").map(str::to_owned)
}

fn main() {}
