//! Random programs keep their results whatever finding is applied.

use std::collections::BTreeMap;
use std::sync::Arc;

use blocks::assist::findings;
use blocks::document::Body;
use blocks::edit::apply_all;
use blocks::{Block, Plan, Program, check, text};
use differential::case::LIMITS;
use differential::generate;
use differential::outcome::{self, Outcome};
use vm::host::Console;

/// Puts a copy before some blocks that compute something, so that there is more to find.
fn doubled(body: &mut Body, next: &mut usize) {
    for block in std::mem::take(&mut body.blocks) {
        *next += 1;
        if next.is_multiple_of(3) && ["formula", "template", "len", "sum"].contains(&block.kind.as_str()) {
            body.blocks.push(Block { id: format!("copy_{next}").as_str().into(), ..block.clone() });
        }
        body.blocks.push(block);
    }
    body.blocks.iter_mut().flat_map(|block| block.bodies.values_mut()).for_each(|body| doubled(body, next));
}

fn run(plan: &Plan) -> Outcome {
    let run = vm::run(&Arc::new(vm::compile(plan)), Default::default(), LIMITS, &mut Console::default());
    outcome::of_machine(&run.result)
}

fn plan(program: &Program) -> Plan {
    let checked = check(program);
    checked.plan.unwrap_or_else(|| panic!("{:#?}\n{}", checked.diagnostics, text::write(program)))
}

#[test]
fn random_programs_keep_their_results_whatever_finding_is_applied() {
    let mut applied: BTreeMap<String, usize> = BTreeMap::new();
    let mut ended = 0;
    for seed in 0..SEEDS {
        let mut program = generate::program(seed);
        let mut next = 0;
        doubled(&mut program.body, &mut next);
        let Some(before) = check(&program).plan else { continue };
        let before = run(&before);
        if before == Outcome::Limit {
            continue;
        }
        ended += 1;
        for finding in findings(&program) {
            let mut fixed = program.clone();
            apply_all(&mut fixed, &finding.fix).unwrap();
            let after = run(&plan(&fixed));
            // Names of blocks are not what a renaming keeps.
            if finding.code != "shadowed_name" && after != Outcome::Limit {
                assert_eq!(before, after, "seed {seed}: {finding:?}\n{}", text::write(&program));
            }
            *applied.entry(finding.code).or_default() += 1;
        }
    }
    println!("{ended} programs, applied {applied:?}");
    for code in ["repeated_expression", "loop_invariant", "dead_block"] {
        assert!(applied.get(code).is_some_and(|times| *times >= 10), "{ended} programs, applied {applied:?}");
    }
}

/// Programs to try.
const SEEDS: u64 = 300;
