#!/usr/bin/env bash
# What a clean release build of the hello app costs, beside the same build of lambda_http + axum: both from an empty
# target folder, in turn, twice or as often as is said. Prints the medians. CPU time is the steadier figure: it does not
# depend on what else the machine does.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rounds=${1:-2}
cargo fetch --quiet --locked

build() { # package, program: appends wall and CPU seconds
    local TIMEFORMAT='%R %U %S'
    { time CARGO_TARGET_DIR="$work/target" cargo build --release --quiet --offline --locked -p "$1" --bin "$2"; } 2>"$work/time"
    awk 'NF == 3 {printf "%.2f %.2f\n", $1, $2 + $3}' "$work/time" >>"$work/$2"
    rm -rf "$work/target"
}

median() { # program, column
    awk "{print \$$2}" "$work/$1" | sort -n | awk '{all[NR] = $1} END {print (all[int((NR + 1) / 2)] + all[int(NR / 2) + 1]) / 2}'
}

row() { # what, column
    local ours peer
    ours=$(median ours-hello "$2") peer=$(median peer-hello "$2")
    awk "BEGIN {printf \"| %s | %.1f | %.1f | %.2f |\\n\", \"$1\", $ours, $peer, $ours / $peer}"
}

for ((round = 0; round < rounds; round++)); do
    build perf-ours ours-hello
    build perf-peer-axum peer-hello
done
printf '| a clean release build of hello | ours | peer | ours / peer |\n|---|---|---|---|\n'
row 'CPU seconds' 2
row 'seconds' 1
