use chalice_rt::prelude::*;

#[schedule("cron(0 24 * * ? *)")]
async fn tick() {}

fn main() {}
