//! The function's settings in the environment.

use std::env::var;

/// The function of this process.
#[derive(Debug)]
pub(super) struct Function {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) memory: u32,
}

impl Function {
    pub(super) fn from_environment() -> Self {
        Function {
            name: var("AWS_LAMBDA_FUNCTION_NAME").unwrap_or_default(),
            version: var("AWS_LAMBDA_FUNCTION_VERSION").unwrap_or_default(),
            memory: number("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").unwrap_or_default(),
        }
    }
}

/// The number of invocations that Lambda runs at once in this process: 1, except on managed instances.
pub(crate) fn concurrency() -> u32 {
    number("AWS_LAMBDA_MAX_CONCURRENCY").unwrap_or(1).max(1)
}

fn number(name: &str) -> Option<u32> {
    var(name).ok()?.trim().parse().ok()
}
