//! An app of 1000 routes, beside `lambda_http` and axum.

mod compare;
#[path = "../../../benches/harness/mod.rs"]
mod harness;

mod routes {
    use chalice_rt::prelude::*;

    include!(concat!(env!("OUT_DIR"), "/routes_1000.rs"));
}

fn main() {
    compare::compare(1000, || chalice_rt::app!());
}
