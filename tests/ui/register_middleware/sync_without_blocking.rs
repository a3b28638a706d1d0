use chalice_rt::prelude::*;

fn log(event: SnsEvent, next: Next<SnsEvent>) -> Result<Value> {
    next.run_blocking(event)
}

fn main() {
    let _app = app!("mistaken").register_middleware(log, Sns);
}
