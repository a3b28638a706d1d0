use chalice_rt::prelude::*;

#[schedule("every day")]
async fn tick() {}

fn main() {}
