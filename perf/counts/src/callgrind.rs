//! Instructions of an invocation, as callgrind counts them.

use std::process::Command;

const FEW: u64 = 100;
const MANY: u64 = 500;

/// What one invocation takes: many of them less a few, so that the start is not in it.
pub(crate) fn instructions(case: &str) -> Result<u64, String> {
    Ok((collected(case, MANY)?.saturating_sub(collected(case, FEW)?)) / (MANY - FEW))
}

fn collected(case: &str, times: u64) -> Result<u64, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    command.arg(program).args(["repeat", case, &times.to_string()]);
    let output = command.output().map_err(|error| format!("valgrind: {error}"))?;
    let report = String::from_utf8_lossy(&output.stderr);
    let line = report.lines().find(|line| line.contains("Collected")).filter(|_| output.status.success());
    let count = line.and_then(|line| line.rsplit(' ').next()?.parse().ok());
    count.ok_or_else(|| format!("{case}: callgrind has not counted:\n{report}"))
}
