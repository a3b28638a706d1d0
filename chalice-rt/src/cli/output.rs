//! Printing, without the panic of `println!` on a closed pipe.

use std::io::{self, Write};

use serde::Serialize;

use super::Failed;

/// Prints to stdout. A closed pipe, such as that of `head`, is not an error.
pub(super) fn print(text: &str) -> Result<(), Failed> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failed::failure(format!("cannot write to stdout: {error}")))
        }
        _ => Ok(()),
    }
}

/// Prints a document to stdout, indented for people.
pub(super) fn print_json(document: &impl Serialize) -> Result<(), Failed> {
    let text = serde_json::to_string_pretty(document).map_err(|error| Failed::failure(error.to_string()))?;
    print(&format!("{text}\n"))
}

/// Prints an error to stderr.
pub(super) fn complain(text: &str) {
    let end = if text.ends_with('\n') { "" } else { "\n" };
    // An error that stderr does not take cannot be reported anywhere.
    let _ = write!(io::stderr().lock(), "{text}{end}");
}
