//! Reads `POWERTOOLS_TRACE_MIDDLEWARES`.

const VARIABLE: &str = "POWERTOOLS_TRACE_MIDDLEWARES";

/// Whether to trace middleware that does not set `trace_execution`.
///
/// # Errors
/// The variable's value is neither a yes nor a no.
pub(crate) fn trace_all() -> Result<bool, String> {
    match std::env::var(VARIABLE) {
        Ok(word) if !word.is_empty() => truth(&word).ok_or_else(|| unknown(&word)),
        _ => Ok(false),
    }
}

/// Takes the words of Powertools.
fn truth(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "1" | "y" | "yes" | "t" | "true" | "on" => Some(true),
        "0" | "n" | "no" | "f" | "false" | "off" => Some(false),
        _ => None,
    }
}

fn unknown(word: &str) -> String {
    format!("`{VARIABLE}` is `{}`, which is neither yes nor no; write `true` or `false`", word.escape_debug())
}

#[cfg(test)]
mod tests {
    use super::truth;

    #[test]
    fn the_words_of_powertools_are_taken() {
        assert!(
            ["1", "y", "yes", "t", "true", "on", "TRUE", "Yes"].iter().all(|word| truth(word) == Some(true))
        );
        assert!(["0", "n", "no", "f", "false", "off", "Off"].iter().all(|word| truth(word) == Some(false)));
        assert!(["2", "enabled", " true", "ja"].iter().all(|word| truth(word).is_none()));
    }
}
