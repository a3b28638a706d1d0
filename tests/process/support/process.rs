//! An example, or another binary, as a process whose output can be waited for.

use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::Notify;

use super::must;

/// Variables of this process that would change what the other one does.
const FOREIGN: [&str; 8] = [
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_LAMBDA_LOG_LEVEL",
    "AWS_LAMBDA_LOG_FORMAT",
    "AWS_LAMBDA_MAX_CONCURRENCY",
    "_HANDLER",
    "RUST_LOG",
    "POWERTOOLS_TRACE_MIDDLEWARES",
    "NO_COLOR",
];

/// The command that runs an example of this package, as `cargo test` has built it.
pub fn example(name: &str) -> Command {
    let test = std::env::current_exe().expect("the path of this test");
    let target = test.ancestors().nth(2).expect("target/debug/deps holds this test");
    let path: PathBuf = target.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(path.exists(), "{} is not built; run `cargo build --examples`", path.display());
    clean(Command::new(path))
}

/// The command without variables that would change what it does.
pub fn clean(mut command: Command) -> Command {
    for name in FOREIGN {
        command.env_remove(name);
    }
    command
}

/// A process; it is killed when the test ends.
pub struct Process {
    child: Child,
    pub stdout: Output,
    pub stderr: Output,
}

impl Process {
    /// Starts the command.
    pub fn start(mut command: Command) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().expect("the process starts");
        let stdout = Output::of(child.stdout.take().expect("a pipe"));
        let stderr = Output::of(child.stderr.take().expect("a pipe"));
        Process { child, stdout, stderr }
    }

    /// Sends a signal: `INT`, `TERM`, `KILL`.
    pub fn signal(&self, name: &str) {
        let id = self.child.id().expect("the process runs").to_string();
        let sent = std::process::Command::new("kill").args([&format!("-{name}"), &id]).status();
        assert!(sent.expect("`kill` runs").success());
    }

    /// Waits until the process has ended and all that it printed is here.
    pub async fn ended(&mut self) -> ExitStatus {
        let status = must("the end of the process", self.child.wait()).await.expect("a status");
        self.stdout.closed().await;
        self.stderr.closed().await;
        status
    }
}

/// What a command printed.
pub struct Done {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// Runs a command to its end.
pub async fn run(mut command: Command, stdin: &str) -> Done {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn().expect("the process starts");
    let mut input = child.stdin.take().expect("a pipe");
    // A process that reads nothing may have ended.
    let _ = input.write_all(stdin.as_bytes()).await;
    drop(input);
    let output = must("the end of the command", child.wait_with_output()).await.expect("an output");
    Done {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("text"),
        stderr: String::from_utf8(output.stderr).expect("text"),
    }
}

/// What a running process has printed so far.
#[derive(Clone, Default)]
pub struct Output(Arc<Printed>);

#[derive(Default)]
struct Printed {
    lines: Mutex<Vec<String>>,
    closed: AtomicBool,
    more: Notify,
}

impl Output {
    fn of(pipe: impl AsyncRead + Unpin + Send + 'static) -> Self {
        let output = Output::default();
        let printed = Arc::clone(&output.0);
        tokio::spawn(async move {
            let mut lines = BufReader::new(pipe).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                printed.lines.lock().expect("no panic while locked").push(line);
                printed.more.notify_waiters();
            }
            printed.closed.store(true, Ordering::Release);
            printed.more.notify_waiters();
        });
        output
    }

    /// The lines so far.
    pub fn lines(&self) -> Vec<String> {
        self.0.lines.lock().expect("no panic while locked").clone()
    }

    /// All lines so far, as one text.
    pub fn text(&self) -> String {
        self.lines().join("\n")
    }

    /// Waits until the process has closed its end.
    async fn closed(&self) {
        let closed = async {
            loop {
                let mut more = std::pin::pin!(self.0.more.notified());
                more.as_mut().enable();
                if self.0.closed.load(Ordering::Acquire) {
                    return;
                }
                more.await;
            }
        };
        must("the end of the output", closed).await;
    }

    /// Waits for a line that contains the text.
    pub async fn line(&self, text: &str) -> String {
        self.at_least(text, 1).await
    }

    /// Waits until so many lines contain the text; gives the last of them.
    pub async fn at_least(&self, text: &str, count: usize) -> String {
        let found = async {
            loop {
                let more = self.0.more.notified();
                let mut more = std::pin::pin!(more);
                more.as_mut().enable();
                if let Some(line) = self.lines().iter().filter(|line| line.contains(text)).nth(count - 1) {
                    return line.clone();
                }
                more.await;
            }
        };
        must(&format!("the line `{text}`"), found).await
    }
}
