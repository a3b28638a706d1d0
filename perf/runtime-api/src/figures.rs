//! What is measured of a program: times in turn with its peer, counts once.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::case::Case;
use crate::program::{How, run};

const FIRST_RUNS: usize = 5;
const COLD_RUNS: usize = 180;
/// Before each start: on Lambda no start finds the caches warm from the one before.
const REST: Duration = Duration::from_millis(10);
const WARM_ROUNDS: usize = 5;
const WARM_UP: usize = 200;
const WARM: usize = 1000;

/// What one program costs. `None` where the tool for it is missing.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    first_next_ms: Vec<f64>,
    invocation_us: Vec<f64>,
    cold_instructions: Option<f64>,
    warm_instructions: Option<f64>,
    system_calls: Option<f64>,
    connections: f64,
    peak_memory_kb: f64,
    size_kb: Option<f64>,
}

impl Figures {
    /// The rows of the table.
    pub(crate) fn rows(&self) -> [(&'static str, Option<f64>); 8] {
        [
            ("start to first /next, ms, median", Some(median(&self.first_next_ms))),
            ("warm invocation, us, median", Some(median(&self.invocation_us))),
            ("instructions to the first answer, k", self.cold_instructions.map(thousands)),
            ("instructions of a warm invocation, k", self.warm_instructions.map(thousands)),
            ("system calls of a warm invocation", self.system_calls),
            ("connections", Some(self.connections)),
            ("peak memory, KiB", Some(self.peak_memory_kb)),
            ("size stripped, KiB", self.size_kb),
        ]
    }
}

/// Measures the programs in turn, so that whatever else the machine does hits all alike.
pub(crate) fn measure_in_turn(cases: &[Case; 2]) -> Result<[Figures; 2], String> {
    let mut figures = [Figures::default(), Figures::default()];
    // The first runs read the programs from the disk.
    for round in 0..COLD_RUNS + FIRST_RUNS {
        for (case, figures) in cases.iter().zip(&mut figures) {
            std::thread::sleep(REST);
            let cold = run(case, How { times: 1, ..How::default() })?;
            if round >= FIRST_RUNS {
                figures.first_next_ms.push(cold.to_first_next.as_secs_f64() * 1e3);
            }
        }
    }
    for _ in 0..WARM_ROUNDS {
        for (case, figures) in cases.iter().zip(&mut figures) {
            let warm = run(case, How { times: WARM_UP + WARM, pinned: true, ..How::default() })?;
            let times = warm.seen.invocations.iter().skip(WARM_UP);
            figures.invocation_us.extend(times.map(|time| time.as_secs_f64() * 1e6));
            figures.peak_memory_kb = figures.peak_memory_kb.max(warm.peak_memory_kb);
            figures.connections = figures.connections.max(warm.seen.connections as f64);
        }
    }
    for (case, figures) in cases.iter().zip(&mut figures) {
        count(case, figures)?;
    }
    Ok(figures)
}

/// What is the same every time.
fn count(case: &Case, figures: &mut Figures) -> Result<(), String> {
    if there("valgrind") {
        let of = |times| instructions(case, times);
        figures.cold_instructions = Some(of(1)?);
        figures.warm_instructions = Some((of(450)? - of(50)?) / 400.0);
    }
    if there("strace") {
        figures.system_calls = Some((system_calls(case, 550)? - system_calls(case, 50)?) / 500.0);
    }
    figures.size_kb = stripped_size(case);
    Ok(())
}

fn instructions(case: &Case, times: usize) -> Result<f64, String> {
    let wrap = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"];
    let report = run(case, How { times, wrap: &wrap, pinned: true })?.report;
    let line = report.lines().find(|line| line.contains("Collected"));
    let count = line.and_then(|line| line.rsplit(' ').next()?.parse().ok());
    count.ok_or_else(|| format!("{}: callgrind has not counted:\n{report}", case.name))
}

fn system_calls(case: &Case, times: usize) -> Result<f64, String> {
    let wrap = ["strace", "-f", "-c", "-I2"];
    let report = run(case, How { times, wrap: &wrap, pinned: true })?.report;
    let line = report.lines().find(|line| line.ends_with(" total"));
    let count = line.and_then(|line| line.split_whitespace().nth(3)?.parse().ok());
    count.ok_or_else(|| format!("{}: strace has not counted:\n{report}", case.name))
}

fn stripped_size(case: &Case) -> Option<f64> {
    let copy = std::env::temp_dir().join(format!("{}-{}", case.name, std::process::id()));
    Command::new("strip").arg("-o").arg(&copy).arg(&case.program).status().ok()?;
    let size = std::fs::metadata(&copy).ok()?.len();
    let _ = std::fs::remove_file(&copy);
    Some(size as f64 / 1024.0)
}

fn there(tool: &str) -> bool {
    let version = Command::new(tool).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    version.is_ok_and(|status| status.success())
}

fn thousands(count: f64) -> f64 {
    count / 1e3
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
