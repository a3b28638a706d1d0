#!/usr/bin/env bash
# What a clean release build of the hello app costs, beside the same build of lambda_http + axum. Both are built from an
# empty target folder at the same time, each by one job, so that whatever else the machine does hits both alike. Prints the
# medians of so many rounds as are asked for.
set -euo pipefail
cd "$(dirname "$0")"
rounds=${1:-2}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo fetch --quiet --locked

cold() { # package, program
    CARGO_TARGET_DIR="$work/target-$2" cargo build --release --quiet --offline --locked --jobs 1 -p "$1" --bin "$2"
}

build() { # package, program: appends the seconds of CPU time, and those on the clock
    local TIMEFORMAT='%U %S %R'
    { time cold "$@" 2>&3; } 3>&2 2>"$work/time-$2"
    awk '{print $1 + $2, $3}' "$work/time-$2" >>"$work/$2"
    rm -rf "$work/target-$2"
}

median() { # program, column
    awk -v column="$2" '{print $column}' "$work/$1" | sort -n |
        awk '{all[NR] = $1} END {print (all[int((NR + 1) / 2)] + all[int(NR / 2) + 1]) / 2}'
}

row() { # what, column
    local ours peer
    ours=$(median ours-hello "$2") peer=$(median peer-hello "$2")
    awk -v what="$1" -v ours="$ours" -v peer="$peer" \
        'BEGIN {printf "| %s | %.1f | %.1f | %.2f |\n", what, ours, peer, ours / peer}'
}

for ((round = 0; round < rounds; round++)); do
    # Each in a shell of its own, for `time` counts all that its shell has waited for.
    build perf-ours ours-hello &
    ours=$!
    build perf-peer-axum peer-hello &
    wait "$!"
    wait "$ours"
done
printf '| a clean release build of hello | ours | peer | ours / peer |\n|---|---|---|---|\n'
row 'CPU time, s' 1
row 'on the clock, one job, s' 2
