use chalice_rt::prelude::*;

#[schedule("rate(1 minutes)")]
async fn tick() {}

fn main() {}
