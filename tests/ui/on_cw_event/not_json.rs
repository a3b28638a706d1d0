use chalice_rt::prelude::*;

#[on_cw_event({"source": [nil]})]
async fn changed(_event: CloudWatchEvent) {}

fn main() {}
