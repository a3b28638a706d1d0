use chalice_rt::prelude::*;

#[on_sns_message]
async fn ordered(_event: SnsEvent) {}

fn main() {}
