//! An app of 1 route, beside `lambda_http` and axum.

mod compare;
#[path = "../../../benches/harness/mod.rs"]
mod harness;

mod routes {
    use chalice_rt::prelude::*;

    include!(concat!(env!("OUT_DIR"), "/routes_1.rs"));
}

fn main() {
    compare::compare(1, || chalice_rt::app!());
}
