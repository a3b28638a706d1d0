//! An app of 100 routes, beside `lambda_http` and axum.

mod compare;
#[path = "../../../benches/harness/mod.rs"]
mod harness;

mod routes {
    use chalice_rt::prelude::*;

    include!(concat!(env!("OUT_DIR"), "/routes_100.rs"));
}

fn main() {
    compare::compare(100, || chalice_rt::app!());
}
