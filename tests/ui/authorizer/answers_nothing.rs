use chalice_rt::prelude::*;

#[authorizer]
async fn allow(_request: AuthRequest) {}

fn main() {}
