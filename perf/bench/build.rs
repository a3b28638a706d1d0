//! Writes the routes of the benchmarks: half of them with a parameter.

use std::fmt::Write;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let out = std::env::var("OUT_DIR").expect("OUT_DIR");
    for count in [1, 10, 100, 1000] {
        let mut routes = String::new();
        for route in 0..count {
            let odd = route % 2 == 1 || count == 1;
            let (path, argument, id) = match odd {
                true => ("users/{id}", "id: String", "id"),
                false => ("static", "", "id: String::new()"),
            };
            writeln!(
                routes,
                "#[get(\"/{path}/r{route}\")]\nasync fn r{route}({argument}) -> Json<super::compare::Out> {{\n    \
                 Json(super::compare::Out {{ {id}, route: {route} }})\n}}"
            )
            .expect("a text");
        }
        std::fs::write(Path::new(&out).join(format!("routes_{count}.rs")), routes).expect("written");
    }
}
