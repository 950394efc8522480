//! What is too much ends with diagnostics or an error, soon, and with little memory.

#![expect(clippy::disallowed_methods, reason = "measuring needs the clock")]

use std::process::Command;
use std::time::{Duration, Instant};

/// What is done, how many times over, what comes of it, and the most memory that takes, in MiB.
const CASES: &[(&str, usize, &str, u64)] = &[
    ("one_text", 100, "unused 1", 900),
    ("many_blocks", 100, "too_large 1", 400),
    ("many_notes", 100, "too_large 1", 400),
    ("many_extras", 100, "too_large 1", 400),
    ("many_mistakes", 1, "syntax 1000", 200),
    ("many_inputs", 4, "sound 0", 400),
    ("many_digits", 100, "syntax 1", 900),
    ("many_brackets", 4, "syntax 1", 400),
    ("many_quotes", 8, "syntax 1", 400),
    ("many_items", 100, "too_large 1", 500),
    ("deep_bodies", 1, "nesting 1", 300),
    ("wide_record", 4, "formula 1", 100),
    ("many_unknown_blocks", 4, "unknown_block 4000", 200),
    ("many_unknown_ports", 4, "unknown_port 4000", 200),
    ("nested_list_code", 30, "translated", 100),
    ("deep_value", 1, "size", 200),
    ("shared_value", 1, "size", 200),
    ("shared_text", 1, "size", 200),
    ("shared_json", 1, "size", 1500),
    ("shared_output", 1, "size", 200),
    ("shared_lists", 1, "size", 200),
    ("unique", 1, "fuel", 400),
    ("counts", 1, "fuel", 200),
    ("large_keys", 1, "fuel", 1500),
    ("parsed", 1, "size", 1000),
    ("large_products", 1, "fuel", 100),
    ("large_quotients", 1, "fuel", 100),
    ("large_texts", 1, "fuel", 100),
    ("wide_frames", 1, "depth", 1000),
    ("forks", 1, "size", 200),
];

/// Generous: tests run beside others, without optimization.
const LONGEST: Duration = Duration::from_secs(120);

#[test]
fn what_is_too_much_ends_soon_and_stays_small() {
    for (name, scale, outcome, memory) in CASES {
        let began = Instant::now();
        let output = Command::new(env!("CARGO_BIN_EXE_measure")).args([*name, &scale.to_string()]).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let parts: Vec<&str> = said.trim().split('\t').collect();
        let [found, _, peak] = parts[..] else {
            panic!("{name}: {:?} {}", output.status, String::from_utf8_lossy(&output.stderr))
        };
        assert_eq!(found, *outcome, "{name}");
        assert!(peak.parse::<u64>().unwrap() <= *memory, "{name} took {peak} MiB");
        assert!(began.elapsed() <= LONGEST, "{name} took {:?}", began.elapsed());
    }
}

#[test]
fn a_type_that_doubles_is_one_mistake_at_a_time() {
    let output = Command::new(env!("CARGO_BIN_EXE_measure")).arg("doubled_records").output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("formula "), "a type grew without end");
}
