//! Measures operations in turn, so that whatever else the machine does hits all of them alike, and prints a table.
//!
//! Time is the least of many slices. Allocations are exact. Instructions are counted where `valgrind` is installed: the
//! benchmark runs itself under callgrind, with a few and with many repetitions, and takes the difference.

use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

const SLICES: usize = 31;
const REPETITIONS: usize = 200;
const FEW: u64 = 100;
const MANY: u64 = 500;

/// Something to be measured.
pub struct Operation {
    /// How the table names it; also how it is found again under callgrind.
    pub name: String,
    /// Does it once.
    pub run: Box<dyn FnMut()>,
}

impl Operation {
    /// An operation of this name.
    pub fn new(name: impl Into<String>, run: impl FnMut() + 'static) -> Self {
        Operation { name: name.into(), run: Box::new(run) }
    }
}

/// What an operation costs.
#[derive(Debug, Clone, Default)]
pub struct Cost {
    pub name: String,
    pub nanoseconds: f64,
    pub allocations: u64,
    /// `None` without valgrind.
    pub instructions: Option<u64>,
}

/// Measures all, and prints what each costs. `None` when this process is one that is run under callgrind.
pub fn measure(mut operations: Vec<Operation>) -> Option<Vec<Cost>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [word, name, times] = arguments.as_slice()
        && word == "repeat"
    {
        let operation = operations.iter_mut().find(|operation| operation.name == *name)?;
        (0..times.parse().ok()?).for_each(|_| (operation.run)());
        return None;
    }
    let times = nanoseconds(&mut operations);
    let costs = operations.iter_mut().zip(times).map(|(operation, nanoseconds)| Cost {
        name: operation.name.clone(),
        nanoseconds,
        allocations: allocations(&mut operation.run),
        instructions: instructions(&operation.name),
    });
    let costs: Vec<Cost> = costs.collect();
    println!("| what | instructions | allocations | ns (least) |\n|---|---|---|---|");
    for cost in &costs {
        let instructions = cost.instructions.map_or("-".to_owned(), |count| count.to_string());
        println!("| {} | {instructions} | {} | {:.0} |", cost.name, cost.allocations, cost.nanoseconds);
    }
    Some(costs)
}

fn nanoseconds(operations: &mut [Operation]) -> Vec<f64> {
    let mut least = vec![f64::MAX; operations.len()];
    for _ in 0..SLICES {
        for (operation, least) in operations.iter_mut().zip(&mut least) {
            let start = Instant::now();
            (0..REPETITIONS).for_each(|_| black_box(&mut operation.run)());
            *least = least.min(start.elapsed().as_nanos() as f64 / REPETITIONS as f64);
        }
    }
    least
}

/// Allocations of one run, when everything that is kept is there already.
pub fn allocations(mut run: impl FnMut()) -> u64 {
    (0..3).for_each(|_| run());
    allocation_counter::measure(run).count_total
}

fn instructions(name: &str) -> Option<u64> {
    let (few, many) = (counted(name, FEW)?, counted(name, MANY)?);
    Some(many.checked_sub(few)? / (MANY - FEW))
}

fn counted(name: &str, times: u64) -> Option<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe().ok()?)
        .args(["repeat", name, &times.to_string()])
        .output();
    let report = String::from_utf8(output.ok()?.stderr).ok()?;
    let line = report.lines().find(|line| line.contains("Collected"))?;
    line.rsplit(' ').next()?.parse().ok()
}
