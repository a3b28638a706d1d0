//! Asks two HTTP servers for `/hello`, ours and a peer, in turn, and prints ours over the peer's.
//!
//! `perf-load FOLDER`: the folder with the built programs. `perf/local.sh` builds and runs everything.

mod load;
mod server;

use std::process::ExitCode;

use load::load;
use server::Server;

const ROUNDS: usize = 7;

/// Program and arguments; each prints the URL on which it listens.
const PAIR: [(&str, &[&str]); 2] = [("ours-hello", &["local", "--port", "0"]), ("peer-http", &[])];

/// What each round has shown.
#[derive(Debug, Default)]
struct Figures {
    per_second: Vec<f64>,
    /// CPU time of the server; other programs hardly change it.
    cpu_us: Vec<f64>,
}

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("usage: perf-load FOLDER");
        return ExitCode::from(2);
    };
    match measure(&folder) {
        Ok([ours, peer]) => {
            println!(
                "| hello, {} connections | ours | peer | ours / peer |\n|---|---|---|---|",
                load::CONNECTIONS
            );
            print("requests a second, median", &ours.per_second, &peer.per_second);
            print("the server's CPU time for a request, us, median", &ours.cpu_us, &peer.cpu_us);
            ExitCode::SUCCESS
        }
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

/// In turn, so that whatever else the machine does hits both alike.
fn measure(folder: &str) -> Result<[Figures; 2], String> {
    let mut figures = [Figures::default(), Figures::default()];
    for _ in 0..ROUNDS {
        for ((name, arguments), figures) in PAIR.iter().zip(&mut figures) {
            let server = Server::start(&format!("{folder}/{name}"), arguments)?;
            let before = server.cpu_seconds();
            let answers = load(&server.address).map_err(|error| format!("{name}: {error}"))? as f64;
            figures.per_second.push(answers / load::LONG.as_secs_f64());
            if let Some((before, after)) = before.zip(server.cpu_seconds()) {
                figures.cpu_us.push((after - before) / answers * 1e6);
            }
        }
    }
    Ok(figures)
}

/// The median of the rounds' ratios: the rounds next to each other are the ones that can be compared.
fn print(row: &str, ours: &[f64], peer: &[f64]) {
    if ours.is_empty() {
        return;
    }
    let ratios: Vec<f64> = ours.iter().zip(peer).map(|(ours, peer)| ours / peer).collect();
    println!("| {row} | {:.1} | {:.1} | {:.2} |", median(ours), median(peer), median(&ratios));
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
