#!/usr/bin/env bash
# Whole processes beside their peers: cold start, warm invocations, instructions, system calls, memory, size, crates.
# Needs nothing but cargo; valgrind, strace, strip and taskset add rows. Packages are built one by one, so that cargo
# does not unify their features.
set -euo pipefail
cd "$(dirname "$0")"

for package in perf-runtime-api perf-ours perf-peer-axum perf-peer-runtime perf-peer-sqs; do
    cargo build --release --quiet -p "$package"
done
folder=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/release
"$folder/perf-runtime-api" "$folder"

crates() { cargo tree -p "$1" -e normal --prefix none | sed 's/ (\*)//; s/ (proc-macro)//' | sort -u | wc -l; }
ours=$(crates perf-ours) peer=$(crates perf-peer-axum)
echo "| crates, itself included | $ours | $peer | $(awk "BEGIN {printf \"%.2f\", $ours / $peer}") |"
