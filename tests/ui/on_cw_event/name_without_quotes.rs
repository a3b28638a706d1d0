use chalice_rt::prelude::*;

#[on_cw_event({source: ["aws.ec2"]})]
async fn changed(_event: CloudWatchEvent) {}

fn main() {}
