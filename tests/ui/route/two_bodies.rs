use chalice_rt::prelude::*;

#[post("/orders")]
async fn order(order: Json<Value>, text: String) -> String {
    format!("{} {text}", order.0)
}

fn main() {}
