#!/usr/bin/env bash
# What 200 handlers with 3 arguments each cost to compile, over the same functions under axum's router.
#
# It makes two packages in a temporary folder, builds what they depend on, and then times each package alone: check,
# debug and release, in turn, five times each. Prints the medians in seconds and their ratio.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
count=${1:-200}

package() { # name, dependencies
    mkdir -p "$work/$1/src"
    printf '[package]\nname = "%s"\nversion = "0.1.0"\nedition = "2024"\n[workspace]\n[dependencies]\n%s\n' "$1" "$2" >"$work/$1/Cargo.toml"
}

handler() { # the same body on both sides
    printf '    format!("{} {} {}", %s, body.name, state.0.0)\n}\n' "id"
}

package ours "chalice-rt = { path = \"$root/chalice-rt\" }
serde = { version = \"1\", features = [\"derive\"] }"
package axum-peer 'axum = { version = "0.8", default-features = false, features = ["json", "tokio", "http1"] }
tokio = { version = "1", features = ["rt", "net"] }
serde = { version = "1", features = ["derive"] }'

{
    printf 'use chalice_rt::prelude::*;\n#[derive(serde::Deserialize)]\nstruct Body { name: String }\nstruct Db(u64);\n'
    for i in $(seq "$count"); do
        printf '#[post("/r%s/{id}")]\nasync fn h%s(id: u64, body: Json<Body>, state: State<Db>) -> String {\n' "$i" "$i"
        handler
    done
    printf 'fn main() -> ExitCode { app!("cost").manage(Db(7)).run() }\n'
} >"$work/ours/src/main.rs"

{
    printf 'use std::sync::Arc;\nuse axum::{Json, Router, extract::{Path, State}, routing::post};\n'
    printf '#[derive(serde::Deserialize)]\nstruct Body { name: String }\nstruct Db(u64);\n'
    for i in $(seq "$count"); do
        printf 'async fn h%s(Path(id): Path<u64>, state: State<Arc<Db>>, body: Json<Body>) -> String {\n' "$i"
        handler
    done
    printf 'fn main() {\n    let app = Router::new()\n'
    for i in $(seq "$count"); do printf '        .route("/r%s/{id}", post(h%s))\n' "$i" "$i"; done
    printf '        .with_state(Arc::new(Db(7)));\n    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();\n'
    printf '    runtime.block_on(async { axum::serve(tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap(), app).await.unwrap() });\n}\n'
} >"$work/axum-peer/src/main.rs"

# The compiler is timed, without cargo's look at the files of a path dependency, which no user has.
cat >"$work/timed" <<'END'
#!/usr/bin/env bash
start=$EPOCHREALTIME
"$@"
code=$?
case " $* " in *" --crate-name $TIMED "*) echo "$EPOCHREALTIME - $start" | bc >"$TIMES" ;; esac
exit $code
END
chmod +x "$work/timed"
export RUSTC_WRAPPER="$work/timed" TIMES="$work/seconds"

seconds() { # package, cargo arguments
    touch "$work/$1/src/main.rs"
    (cd "$work/$1" && TIMED=${1//-/_} CARGO_INCREMENTAL=0 CARGO_TARGET_DIR="$work/target" cargo -q $2)
    cat "$TIMES"
}

printf '%-14s %8s %8s %8s\n' "" ours axum ratio
for mode in check build "build --release"; do
    for package in ours axum-peer; do seconds "$package" "$mode" >/dev/null; done
    for round in 1 2 3 4 5; do
        seconds ours "$mode" >>"$work/ours.times"
        seconds axum-peer "$mode" >>"$work/axum.times"
    done
    a=$(sort -n "$work/ours.times" | sed -n 3p)
    b=$(sort -n "$work/axum.times" | sed -n 3p)
    printf '%-14s %8.2f %8.2f %8.2f\n' "$mode" "$a" "$b" "$(echo "$a / $b" | bc -l)"
    rm "$work"/*.times
done
