use chalice_rt::prelude::*;

#[on_cw_event()]
async fn changed(_event: CloudWatchEvent) {}

fn main() {}
