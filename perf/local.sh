#!/usr/bin/env bash
# The local server beside plain axum: hello, 16 connections, in turn. Ours writes its access lines, as it always does.
# Packages are built one by one, so that cargo does not unify their features.
set -euo pipefail
cd "$(dirname "$0")"

cargo build --release --quiet -p perf-load
cargo build --release --quiet -p perf-peer-http
cargo build --release --quiet -p perf-ours --features local --bin ours-hello
folder=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/release
"$folder/perf-load" "$folder"
