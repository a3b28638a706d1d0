//! `LaunchReport`: all launch errors at once.

use std::fmt;

/// All launch errors of an app. Each has the `file:line` of every item that it concerns.
#[derive(Debug, Clone, Default)]
pub struct LaunchReport {
    errors: Vec<String>,
}

impl LaunchReport {
    /// The launch errors, each of one or more lines.
    pub fn errors(&self) -> impl Iterator<Item = &str> {
        self.errors.iter().map(String::as_str)
    }

    pub(super) fn add(&mut self, error: impl Into<String>) {
        self.errors.push(error.into());
    }

    pub(super) fn into_result<T>(self, value: T) -> Result<T, LaunchReport> {
        if self.errors.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for LaunchReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.errors.len();
        writeln!(f, "the app cannot start: {count} {}", if count == 1 { "error" } else { "errors" })?;
        for error in &self.errors {
            let mut lines = error.lines();
            writeln!(f, "  - {}", lines.next().unwrap_or_default())?;
            for line in lines {
                writeln!(f, "    {line}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for LaunchReport {}
