use chalice_rt::prelude::*;

#[schedule("rate(0 minutes)")]
async fn tick() {}

fn main() {}
