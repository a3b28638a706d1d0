use chalice_rt::prelude::*;

#[on_kinesis_record("clicks", starting_position = "LAST")]
async fn clicked(_event: KinesisEvent) {}

fn main() {}
