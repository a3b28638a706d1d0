use chalice_rt::prelude::*;

#[middleware("all")]
async fn look<E: Event>(request: E, next: Next<E>) -> Result<Value> {
    let _ = next.run(request).await;
    Ok(Value::Null)
}

fn main() {}
