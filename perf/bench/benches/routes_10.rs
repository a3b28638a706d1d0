//! An app of 10 routes, beside `lambda_http` and axum.

mod compare;
#[path = "../../../benches/harness/mod.rs"]
mod harness;

mod routes {
    use chalice_rt::prelude::*;

    include!(concat!(env!("OUT_DIR"), "/routes_10.rs"));
}

fn main() {
    compare::compare(10, || chalice_rt::app!());
}
