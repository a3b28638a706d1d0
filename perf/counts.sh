#!/usr/bin/env bash
# The instructions of an invocation, each with the figure that it must not exceed; and what 1,000 routes cost over ten.
# Without valgrind nothing is counted.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v valgrind >/dev/null; then
    echo 'perf/counts.sh: skipped, for valgrind is not installed' >&2
    exit 0
fi
cargo run --release --quiet --locked -p perf-counts
