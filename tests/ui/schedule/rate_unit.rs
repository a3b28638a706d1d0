use chalice_rt::prelude::*;

#[schedule("rate(5 weeks)")]
async fn tick() {}

fn main() {}
