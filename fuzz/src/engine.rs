//! Inputs: kept ones, and random changes of them.

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fastrand::Rng;
use serde_json::Value;

/// A reader of input from outside.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    pub(crate) check: fn(&[u8]),
}

/// The longest input to make.
const LONGEST: usize = 1 << 14;

/// Runs the kept inputs, then random changes of them until the time is over. The first one that fails is kept. `true`
/// if none failed.
pub(crate) fn try_for(target: &Target, time: Duration) -> bool {
    let seeds = seeds(target.name);
    if let Some(kept) = seeds.iter().find(|kept| !passes(target, kept)) {
        eprintln!("{}: a kept input fails: {}", target.name, String::from_utf8_lossy(kept));
        return false;
    }
    let seed = fastrand::u64(..);
    let mut random = Rng::with_seed(seed);
    let end = Instant::now() + time;
    let mut tried = 0_u64;
    while Instant::now() < end {
        let input = changed(&seeds, &mut random);
        tried += 1;
        if !passes(target, &input) {
            let kept = keep(target.name, &input);
            eprintln!("{}: input {tried} of seed {seed} fails; it is kept: {}", target.name, kept.display());
            return false;
        }
    }
    println!("{}: {} kept inputs and {tried} changes of them", target.name, seeds.len());
    true
}

fn passes(target: &Target, input: &[u8]) -> bool {
    catch_unwind(|| (target.check)(input)).is_ok()
}

/// The kept inputs of a target. For events it includes those of the recordings.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> = files(&folder(name)).collect();
    paths.sort();
    let mut seeds: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).expect("a file")).collect();
    if matches!(name, "events" | "json") {
        seeds.extend(recorded_events());
    }
    assert!(!seeds.is_empty(), "fuzz/corpus/{name} is empty");
    seeds
}

fn recorded_events() -> impl Iterator<Item = Vec<u8>> {
    let recordings = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/conformance");
    files(&recordings).filter(|path| path.extension().is_some_and(|it| it == "json")).flat_map(|path| {
        let group: Value = serde_json::from_slice(&fs::read(path).expect("a file")).expect("JSON");
        let cases = group["cases"].as_array().cloned().unwrap_or_default();
        cases.into_iter().map(|case| case["event"].to_string().into_bytes())
    })
}

fn files(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file())
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name)
}

fn keep(name: &str, input: &[u8]) -> PathBuf {
    let sum = input.iter().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(*byte)));
    let path = folder(name).join(format!("failed-{sum:016x}"));
    fs::write(&path, input).expect("the corpus can be written to");
    path
}

/// Changes one of the inputs in a few places.
fn changed(seeds: &[Vec<u8>], random: &mut Rng) -> Vec<u8> {
    let mut input = some(seeds, random).to_vec();
    for _ in 0..random.usize(1..=6) {
        change(&mut input, some(seeds, random), random);
    }
    input.truncate(LONGEST);
    input
}

fn change(input: &mut Vec<u8>, other: &[u8], random: &mut Rng) {
    let part = piece(input.len(), random);
    match random.u8(..8) {
        0 => drop(input.drain(part)),
        1 => input.extend_from_within(part),
        2 => drop(input.splice(part, other[piece(other.len(), random)].to_vec())),
        3 => input.insert(part.start, random.u8(..)),
        4 => input.insert(part.start, *random.choice(SIGNS).expect("there are some")),
        5 => {
            let copy = input[part.clone()].repeat(random.usize(1..20));
            drop(input.splice(part, copy));
        }
        6 => drop(input.splice(part, random.choice(WORDS).expect("there are some").bytes())),
        _ => input.iter_mut().skip(part.start).take(1).for_each(|byte| *byte ^= 1 << random.u8(..8)),
    }
}

/// Bytes with a meaning for one of the readers.
const SIGNS: &[u8] = b"{}[]\",:;=&%+*/\\?#-. \t\n\0\x7f\xff";
const WORDS: [&str; 12] = [
    "null",
    "true",
    "1e999",
    "-0",
    "18446744073709551616",
    "\\ud83d",
    "%ff",
    "\u{feff}",
    "é",
    "*/*",
    ";q=0",
    "[[[[[[[[",
];

fn some<'a>(seeds: &'a [Vec<u8>], random: &mut Rng) -> &'a [u8] {
    random.choice(seeds).map_or(&[], Vec::as_slice)
}

fn piece(length: usize, random: &mut Rng) -> std::ops::Range<usize> {
    let start = random.usize(0..=length);
    start..(start + random.usize(0..=16)).min(length)
}
