//! Checks that an invocation takes no more instructions than it did, by running itself under callgrind.
//!
//! `perf/counts.sh` builds and runs it. `perf-counts repeat CASE TIMES` is what runs under callgrind.

mod app;
mod callgrind;
mod cases;

use std::process::ExitCode;

use callgrind::instructions;
use cases::{CASES, Case, RATIOS, Ratio};

const ADVICE: &str = "\
Something takes more instructions than it may. To see where they go, in the folder of the built programs:
    valgrind --tool=callgrind ./perf-counts repeat CASE 500
    callgrind_annotate --inclusive=yes callgrind.out.*
If that is what the change is worth, raise the figure in perf/counts/src/cases.rs.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [] => check(),
        [word, case, times] if word == "repeat" => repeat(case, times),
        _ => ExitCode::from(2),
    }
}

fn repeat(case: &str, times: &str) -> ExitCode {
    let Some(case) = CASES.iter().find(|known| known.name == case) else { return ExitCode::from(2) };
    let mut invoke = case.invocation();
    (0..times.parse().unwrap_or(1)).for_each(|_| invoke());
    ExitCode::SUCCESS
}

fn check() -> ExitCode {
    match CASES.iter().map(|case| instructions(case.name)).collect::<Result<Vec<u64>, String>>() {
        Ok(counted) if print(&counted) => ExitCode::SUCCESS,
        Ok(_) => {
            eprintln!("{ADVICE}");
            ExitCode::FAILURE
        }
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

/// Prints what was counted; whether nothing was too much.
fn print(counted: &[u64]) -> bool {
    println!("| instructions of an invocation | counted | allowed | |\n|---|---|---|---|");
    let mut fine = true;
    for (Case { name, most, .. }, counted) in CASES.iter().zip(counted) {
        println!("| {name} | {counted} | {most} | {} |", verdict(counted <= most));
        fine &= counted <= most;
    }
    let of = |name: &str| CASES.iter().position(|case| case.name == name).map_or(0, |at| counted[at]);
    for Ratio { name, most, ratio } in &RATIOS {
        let ratio = ratio(&of);
        println!("| {name} | {ratio:.3} | {most} | {} |", verdict(ratio <= *most));
        fine &= ratio <= *most;
    }
    fine
}

fn verdict(fine: bool) -> &'static str {
    if fine { "" } else { "too many" }
}
