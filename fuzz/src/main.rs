//! Tests everything that reads input from outside with random input: kept inputs, and changes of them, for a given
//! time.
//!
//! `cargo run --release -p chalice-fuzz -- [SECONDS [TARGET]]` tries new inputs. Default: a minute, shared by all
//! targets. An input that fails is kept in `fuzz/corpus/TARGET/`. Kept inputs are tried first.

mod cookies;
mod cron;
mod engine;
mod events;
mod json;
mod media_types;
mod patterns;
mod percent;
mod query;

use std::process::ExitCode;
use std::time::Duration;

use engine::Target;

/// All targets. A check panics if it finds a mistake.
const TARGETS: [Target; 8] = [
    Target { name: "cookies", check: cookies::check },
    Target { name: "cron", check: cron::check },
    Target { name: "events", check: events::check },
    Target { name: "json", check: json::check },
    Target { name: "media_types", check: media_types::check },
    Target { name: "patterns", check: patterns::check },
    Target { name: "percent", check: percent::check },
    Target { name: "query", check: query::check },
];

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let seconds = arguments.next().map_or(Ok(60.0), |seconds| seconds.parse());
    let name = arguments.next();
    let targets: Vec<&Target> =
        TARGETS.iter().filter(|target| name.as_ref().is_none_or(|name| name == target.name)).collect();
    let (Ok(seconds), false) = (seconds, targets.is_empty()) else {
        let names = TARGETS.map(|target| target.name).join(", ");
        eprintln!("usage: chalice-fuzz [SECONDS [TARGET]]; targets are {names}");
        return ExitCode::from(2);
    };
    let share = Duration::from_secs_f64(seconds).div_f64(targets.len() as f64);
    let failed = targets.into_iter().filter(|target| !engine::try_for(target, share)).count();
    ExitCode::from(u8::from(failed > 0))
}
