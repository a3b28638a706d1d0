use chalice_rt::prelude::*;

#[on_s3_event("uploads", events = ["s3:ObjectCreate:*"])]
async fn uploaded(_event: S3Event) {}

fn main() {}
