//! Only benchmarks: `cargo bench -p perf-bench`.
