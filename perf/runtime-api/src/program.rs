//! A program as Lambda starts it, and what the system says about it.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::api::{Api, Seen};
use crate::case::Case;

const PATIENCE: Duration = Duration::from_secs(120);

/// The system leaves out those that there are not.
const EVERY_CPU: &str = "0-1023";

/// One run of a program.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) to_first_next: Duration,
    pub(crate) seen: Seen,
    pub(crate) peak_memory_kb: f64,
    /// What the wrapping tool has said on stderr.
    pub(crate) report: String,
}

/// How a program is run.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct How<'a> {
    pub(crate) times: usize,
    /// A tool and its arguments, before the program.
    pub(crate) wrap: &'a [&'a str],
    /// Keeps program and server on one CPU once the program is up, which removes wake-ups across CPUs.
    pub(crate) pinned: bool,
}

/// Runs a program until it has answered the event so many times.
pub(crate) fn run(case: &Case, how: How<'_>) -> Result<Run, String> {
    let api = Api::start(case, how.times).map_err(|error| error.to_string())?;
    let mut command = command(case, how.wrap, &api.address);
    let start = Instant::now();
    let child = command.spawn().map_err(|error| format!("{}: {error}", case.program))?;
    let id = child.id();
    let own = std::process::id();
    if how.pinned {
        api.wait_for_next(PATIENCE)?;
        children(id).into_iter().chain([id, own]).for_each(|id| allow(id, "1"));
    }
    let seen = api.wait_for_end(PATIENCE);
    if how.pinned {
        // Else the programs that are started next would find one CPU.
        allow(own, EVERY_CPU);
    }
    let peak_memory_kb = peak_memory(id).unwrap_or_default();
    let report = stop(child, !how.wrap.is_empty());
    let seen = seen?;
    let to_first_next = seen.first_next.map_or(Duration::ZERO, |first| first - start);
    Ok(Run { to_first_next, seen, peak_memory_kb, report })
}

fn command(case: &Case, wrap: &[&str], address: &str) -> Command {
    let mut words = wrap.iter().copied().chain([case.program.as_str()]);
    let mut command = Command::new(words.next().unwrap_or_default());
    command
        .args(words)
        .env_clear()
        .env("PATH", std::env::var("PATH").unwrap_or_default())
        .env("LANG", "en_US.UTF-8")
        .env("TZ", ":UTC")
        .env("AWS_LAMBDA_RUNTIME_API", address)
        .env("AWS_LAMBDA_FUNCTION_NAME", "perf")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .env("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/perf")
        .env("AWS_LAMBDA_LOG_STREAM_NAME", "2026/01/01/[$LATEST]0")
        .env("AWS_REGION", "us-east-1")
        .env("LAMBDA_TASK_ROOT", "/var/task")
        .env("_HANDLER", "bootstrap")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(if wrap.is_empty() { Stdio::null() } else { Stdio::piped() });
    command
}

/// Ends the program; a tool around it is asked, so that it reports.
fn stop(mut child: Child, ask: bool) -> String {
    if ask {
        // The tool is asked through the program, which ends on it.
        signal("TERM", child.id());
        return child.wait_with_output().map_or_else(|_| String::new(), |output| text(&output.stderr));
    }
    let _ = child.kill();
    let _ = child.wait();
    String::new()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn signal(name: &str, id: u32) {
    for id in children(id).into_iter().chain([id]) {
        let _ = Command::new("kill").args(["-s", name, &id.to_string()]).stderr(Stdio::null()).status();
    }
}

/// What the process has started: under strace the program is a child.
fn children(id: u32) -> Vec<u32> {
    let path = format!("/proc/{id}/task/{id}/children");
    let children = std::fs::read_to_string(path).unwrap_or_default();
    children.split_whitespace().filter_map(|id| id.parse().ok()).collect()
}

/// Where all threads of a process may run.
fn allow(id: u32, cpus: &str) {
    drop(Command::new("taskset").args(["-a", "-p", "-c", cpus, &id.to_string()]).output());
}

fn peak_memory(id: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
