use chalice_rt::prelude::*;

#[on_sns_message("orders")]
async fn ordered(_event: S3Event) {}

fn main() {}
