//! A program that listens, and what the system says about it.

use std::fs::{DirEntry, File};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A server; it ends with this value.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
}

impl Server {
    /// Starts the program and waits until it says where it listens. What it logs goes to a file, as it comes.
    pub(crate) fn start(program: &str, arguments: &[&str]) -> Result<Self, String> {
        let log = std::env::temp_dir().join(format!("perf-load-{}.log", std::process::id()));
        let fault = |error: std::io::Error| format!("{program}: {error}");
        let mut command = Command::new(program);
        command.args(arguments).env_remove("AWS_LAMBDA_RUNTIME_API").env_remove("RUST_LOG");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(File::create(&log).map_err(fault)?);
        // The open file stays until the last one closes it.
        std::fs::remove_file(&log).map_err(fault)?;
        let mut child = command.spawn().map_err(fault)?;
        let lines = child.stdout.take().map(|output| BufReader::new(output).lines());
        let address = lines.into_iter().flatten().find_map(|line| address(&line.ok()?));
        let server = Server { child, address: address.unwrap_or_default() };
        if server.address.is_empty() { Err(format!("{program} says no address")) } else { Ok(server) }
    }

    /// The time for which its threads have had a CPU, where the system says it.
    pub(crate) fn cpu_seconds(&self) -> Option<f64> {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.child.id())).ok()?;
        let nanoseconds = |thread: std::io::Result<DirEntry>| {
            let stat = std::fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
            stat.split(' ').next()?.parse::<f64>().ok()
        };
        Some(threads.map(nanoseconds).sum::<Option<f64>>()? / 1e9)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn address(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("http://")?;
    rest.split_whitespace().next().map(str::to_owned)
}
