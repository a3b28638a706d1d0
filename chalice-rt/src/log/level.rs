//! The level of the log: `AWS_LAMBDA_LOG_LEVEL`, else `RUST_LOG`, else INFO.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;

/// The filter of the environment, and a message if a variable is invalid.
pub(super) fn from_environment() -> (Targets, Option<String>) {
    let variable = |name| std::env::var(name).ok().filter(|value: &String| !value.is_empty());
    choose(variable("AWS_LAMBDA_LOG_LEVEL").as_deref(), variable("RUST_LOG").as_deref())
}

fn choose(lambda: Option<&str>, rust: Option<&str>) -> (Targets, Option<String>) {
    if let Some(word) = lambda {
        if let Some(level) = lambda_level(word) {
            return (all(level), None);
        }
        return (
            all(LevelFilter::INFO),
            Some(unknown("AWS_LAMBDA_LOG_LEVEL", "TRACE, DEBUG, INFO, WARN, ERROR or FATAL")),
        );
    }
    match rust.map(str::parse) {
        None => (all(LevelFilter::INFO), None),
        Some(Ok(targets)) => (targets, None),
        Some(Err(_)) => {
            (all(LevelFilter::INFO), Some(unknown("RUST_LOG", "as `info` or `my_app=debug,info`")))
        }
    }
}

fn lambda_level(word: &str) -> Option<LevelFilter> {
    match word.to_ascii_uppercase().as_str() {
        "TRACE" => Some(LevelFilter::TRACE),
        "DEBUG" => Some(LevelFilter::DEBUG),
        "INFO" => Some(LevelFilter::INFO),
        "WARN" => Some(LevelFilter::WARN),
        "ERROR" | "FATAL" => Some(LevelFilter::ERROR),
        _ => None,
    }
}

fn all(level: LevelFilter) -> Targets {
    Targets::new().with_default(level)
}

fn unknown(variable: &str, expected: &str) -> String {
    format!("{variable} could not be read, so INFO is logged; write {expected}")
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::choose;

    fn enables(lambda: Option<&str>, rust: Option<&str>, target: &str) -> Vec<Level> {
        let levels = [Level::ERROR, Level::WARN, Level::INFO, Level::DEBUG, Level::TRACE];
        let (targets, _) = choose(lambda, rust);
        levels.into_iter().filter(|level| targets.would_enable(target, level)).collect()
    }

    #[test]
    fn the_variable_of_lambda_goes_before_rust_log() {
        assert_eq!(enables(Some("FATAL"), Some("trace"), "a"), [Level::ERROR]);
        assert_eq!(enables(None, Some("b=warn,a=error"), "a"), [Level::ERROR]);
        assert_eq!(enables(None, None, "a"), [Level::ERROR, Level::WARN, Level::INFO]);
    }

    #[test]
    fn what_cannot_be_read_is_said_and_counts_as_info() {
        assert!(choose(Some("LOUD"), None).1.is_some_and(|text| text.contains("AWS_LAMBDA_LOG_LEVEL")));
        assert!(choose(None, Some("a=loud")).1.is_some_and(|text| text.contains("RUST_LOG")));
        assert_eq!(enables(None, Some("a=loud"), "a").len(), 3);
    }
}
