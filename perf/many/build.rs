//! Writes the routes.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let out = std::env::var("OUT_DIR").expect("OUT_DIR");
    let routes: String = (10..1000).map(route).collect();
    std::fs::write(Path::new(&out).join("routes.rs"), routes).expect("written");
}

fn route(number: usize) -> String {
    let (attribute, path, argument) = match number % 6 {
        0 => ("get", format!("/static/r{number}"), ""),
        1 => ("get", format!("/users/{{id}}/r{number}"), "id: String"),
        2 => ("get", format!("/area{}/shops/{{id}}/r{number}", number % 37), "id: String"),
        3 => ("post", format!("/r{number}"), ""),
        4 => ("put", format!("/users/{{id}}/items/{{item}}/r{number}"), "id: String, item: u64"),
        _ => ("get", format!("/files/r{number}/{{id+}}"), "id: String"),
    };
    let answer = match argument {
        "" => "String::new()",
        "id: String" => "id",
        _ => "format!(\"{id} {item}\")",
    };
    format!("#[{attribute}(\"{path}\")]\nasync fn r{number}({argument}) -> String {{\n    {answer}\n}}\n\n")
}
