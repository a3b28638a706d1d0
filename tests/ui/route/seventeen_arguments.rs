use chalice_rt::prelude::*;

#[get("/{a}")]
async fn many(
    a: u8,
    _b: Method,
    _c: Method,
    _d: Method,
    _e: Method,
    _f: Method,
    _g: Method,
    _h: Method,
    _i: Method,
    _j: Method,
    _k: Method,
    _l: Method,
    _m: Method,
    _n: Method,
    _o: Method,
    _p: Method,
    _q: Method,
) -> String {
    a.to_string()
}

fn main() {}
