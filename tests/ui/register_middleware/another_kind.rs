use chalice_rt::prelude::*;

async fn log(event: SnsEvent, next: Next<SnsEvent>) -> Result<Value> {
    next.run(event).await
}

fn main() {
    let _app = app!("mistaken").register_middleware(log, Http);
}
