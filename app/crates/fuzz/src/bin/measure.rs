//! Does one thing that is meant to be too much, and says what came of it, in how many milliseconds, with how much memory.
//!
//! `tests/limits.rs` starts it, as memory is measured for a whole process.

#![expect(clippy::disallowed_methods, reason = "measuring needs the clock")]

use std::time::Instant;

use fuzz::extremes;

fn main() {
    let name = std::env::args().nth(1).unwrap_or_default();
    let scale = std::env::args().nth(2).and_then(|scale| scale.parse().ok()).unwrap_or(1);
    let Some(extreme) = extremes::find(&name) else {
        for (name, _) in extremes::ALL {
            println!("{name}");
        }
        return;
    };
    let began = Instant::now();
    let outcome = extreme(scale);
    println!("{outcome}\t{}\t{}", began.elapsed().as_millis(), peak());
}

/// The most memory that this process has used, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) / 1024
}
