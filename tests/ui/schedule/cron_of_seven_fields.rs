use chalice_rt::prelude::*;

#[schedule("cron(0 0 12 * * ? *)")]
async fn tick() {}

fn main() {}
