use chalice_rt::prelude::*;

#[route("/{ids}")]
async fn users(ids: Vec<u8>) -> Bytes {
    ids.into()
}

fn main() {}
