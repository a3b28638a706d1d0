//! Measures pairs of programs, ours and a peer, as Lambda would run them, and prints ours over the peer's.
//!
//! `perf-runtime-api FOLDER`: the folder with the built programs; the working directory is `perf/`. Rows that need
//! `valgrind` or `strace` are left out where there is none. `perf/run.sh` builds and runs everything.

mod api;
mod case;
mod figures;
mod program;

use std::process::ExitCode;

use case::{Case, PAIRS};
use figures::{Figures, measure_in_turn};

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("usage: perf-runtime-api FOLDER");
        return ExitCode::from(2);
    };
    println!("| what | ours | peer | ours / peer |\n|---|---|---|---|");
    for [ours, peer] in PAIRS {
        let pair = [ours, peer].map(|(name, event, expected)| Case::new(&folder, name, event, expected));
        match measure_in_turn(&pair) {
            Ok([ours, peer]) => print(pair[0].name, &ours, &peer),
            Err(fault) => {
                eprintln!("{fault}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

fn print(name: &str, ours: &Figures, peer: &Figures) {
    for ((row, ours), (_, peer)) in ours.rows().into_iter().zip(peer.rows()) {
        if let (Some(ours), Some(peer)) = (ours, peer) {
            let ratio = if peer > 0.0 { format!("{:.2}", ours / peer) } else { "-".to_owned() };
            println!("| {name}: {row} | {ours:.1} | {peer:.1} | {ratio} |");
        }
    }
}
