//! `check`: reports the mistakes that do not keep the app from starting. The launch has reported those that do.

use super::{Failed, listing, output, set_up};
use crate::app::Service;

/// Prints `ok`, or fails with all warnings. The setup runs only with `--setup`, because it may need a network.
pub(super) async fn print(service: Service, with_setup: bool) -> Result<(), Failed> {
    if with_setup {
        set_up(service).await?;
    }
    let warnings = service.warnings();
    if warnings.is_empty() {
        return output::print(&format!("ok: {}\n", listing::count(service.handlers())));
    }
    let problems = if warnings.len() == 1 { "problem" } else { "problems" };
    Err(Failed::failure(format!("{} {problems}:\n  - {}", warnings.len(), warnings.join("\n  - "))))
}
