use chalice_rt::prelude::*;

#[schedule("rate(5 minute)")]
async fn tick() {}

fn main() {}
