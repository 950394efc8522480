//! Tries new seeds until stopped, and writes what disagrees, shrunk, to a folder.
//!
//! `fuzz [--whole] [FIRST [COUNT [FOLDER [TARGET…]]]]`: the first seed, how many (0 for no end), where to write, and which
//! targets; `--whole` only names what disagrees, which is fast.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use blocks::text;
use differential::case::Case;
use differential::compare::{Report, compare};
use differential::outcome::Outcome;
use differential::targets::Target;
use differential::{generate, shrink};

/// How many programs go through a target's process at once.
const BATCH: u64 = 200;

fn main() {
    let (options, arguments): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let number = |place: usize| arguments.get(place).and_then(|text| text.parse::<u64>().ok());
    let (first, count) = (number(0).unwrap_or(1_000_000), number(1).unwrap_or(0));
    let folder = PathBuf::from(arguments.get(2).map_or("target/disagreements", String::as_str));
    let chosen = arguments.iter().skip(3);
    let mut targets: Vec<Target> =
        chosen.filter_map(|name| Target::ALL.into_iter().find(|target| target.name() == name)).collect();
    if targets.is_empty() {
        targets = Target::available();
    }
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut sum = Sum { whole: options.iter().any(|option| option == "--whole"), ..Sum::default() };
    let end = if count == 0 { u64::MAX } else { first + count };
    for start in (first..end).step_by(BATCH as usize) {
        let seeds: Vec<u64> = (start..end.min(start + BATCH)).collect();
        sum.batch(&seeds, &targets, &folder);
    }
}

/// What was seen so far.
#[derive(Default)]
struct Sum {
    whole: bool,
    well: usize,
    failed: usize,
    skipped: usize,
    refused: usize,
    disagreements: usize,
    codes: BTreeMap<String, usize>,
    /// How often each kind of disagreement was seen; each is shrunk and written a few times only, for shrinking is slow.
    seen: BTreeMap<String, usize>,
}

impl Sum {
    fn batch(&mut self, seeds: &[u64], targets: &[Target], folder: &Path) {
        let mut cases = Vec::new();
        for seed in seeds {
            match Case::new(format!("seed {seed}"), generate::program(*seed)) {
                Ok(case) => cases.push(case),
                Err(problems) => {
                    self.refused += 1;
                    println!("seed {seed} is refused: {problems}");
                }
            }
        }
        let report = compare(&cases, targets);
        self.add(&report, &cases);
        for found in &report.disagreements {
            if self.whole {
                println!("{}: {found}", cases[found.case].name);
                continue;
            }
            let times = self.seen.entry(found.kind()).or_default();
            *times += 1;
            if *times > 3 {
                continue;
            }
            let (case, found) = shrink::shrink(&cases[found.case], found);
            let name = case.name.replace(' ', "_");
            let path = folder.join(format!("{}_{name}.blocks", found.target.name()));
            std::fs::write(&path, text::write(&case.program)).expect("a written file");
            println!("{}: {found}\n{}", case.name, text::write(&case.program));
        }
        println!(
            "seeds up to {}: {} ended well, {} with an error, {} beyond the limits, {} refused, {} disagree; {:?}",
            seeds.last().unwrap_or(&0),
            self.well,
            self.failed,
            self.skipped,
            self.refused,
            self.disagreements,
            self.codes
        );
    }

    fn add(&mut self, report: &Report, cases: &[Case]) {
        self.well += report.well;
        self.failed += report.failed;
        self.skipped += report.skipped;
        self.disagreements += report.disagreements.len();
        for case in cases {
            if let Outcome::Error { code, .. } = case.by_reference(None) {
                *self.codes.entry(code).or_default() += 1;
            }
        }
    }
}
