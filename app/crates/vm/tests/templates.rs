//! The program templates and the examples pass their own tests, and ask the world in the order that their texts promise.

use std::path::Path;
use std::sync::Arc;

use blocks::{Program, check, templates, text};
use vm::testing::{Fixtures, Place, coverage, run_tests};
use vm::{Code, Host, Limits, Machine, Stop, compile};

fn code(program: &Program) -> Arc<Code> {
    Arc::new(compile(&check(program).plan.unwrap_or_else(|| panic!("{} has errors", program.name))))
}

fn assert_passes(program: &Program) {
    let results = run_tests(program, &code(program), Limits::default());
    assert_eq!(results.len(), program.tests.len());
    for result in results {
        assert_eq!(result.problem, None, "{}: {}", program.name, result.name);
    }
}

#[test]
fn every_template_passes_its_tests() {
    for template in templates::all() {
        assert_passes(template.program());
    }
}

#[test]
fn the_examples_pass_their_tests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../blocks/examples");
    let mut tried = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        // Measurements stand beside the programs.
        if path.extension().is_none_or(|extension| extension != "blocks") {
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        let program = text::read(&source).unwrap_or_else(|problems| panic!("{path:?}: {problems:#?}"));
        assert_eq!(text::write(&program), source, "{path:?}");
        assert_eq!(check(&program).diagnostics, [], "{path:?}");
        assert_passes(&program);
        tried += 1;
    }
    assert!(tried >= 2);
}

/// A branch that no test reaches is a branch that a newcomer cannot trust.
#[test]
fn the_tests_of_a_template_reach_every_block_and_branch() {
    let mut missed = Vec::new();
    for template in templates::all() {
        let program = template.program();
        let covered = coverage(program, &check(program).plan.unwrap(), Limits::default());
        missed.extend(covered.missed().map(|place| format!("{}: {}", template.slug, name(place))));
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

fn name(place: &Place) -> String {
    place.body.as_ref().map_or_else(|| place.block.to_string(), |body| format!("{} {body}", place.block))
}

/// The blocks that ask the world at the same time, group by group, in a run with the answers of a test case.
fn asked_together(slug: &str, test: &str) -> Vec<Vec<String>> {
    let program = templates::find(slug).unwrap().program();
    let test = program.tests.iter().find(|have| have.name == test).unwrap();
    let mut host = Fixtures::of(test);
    let mut machine = Machine::new(code(program), test.inputs.clone(), Limits::default()).unwrap();
    let mut groups = Vec::new();
    loop {
        match machine.step(1_000_000) {
            Stop::Wants(requests) => {
                groups.push(requests.iter().map(|request| request.block.clone().unwrap().to_string()).collect());
                for request in &requests {
                    machine.answer(request.token, host.answer(request));
                }
            }
            Stop::OutOfFuel => {}
            Stop::Done(_) | Stop::Failed(_) => return groups,
        }
    }
}

#[test]
fn a_migration_is_remembered_only_when_it_has_run() {
    let groups = asked_together("database-migration", "a new database");
    let group_of = |block: &str| groups.iter().position(|group| group.iter().any(|asked| asked == block)).unwrap();
    assert!(group_of("statement") < group_of("remember"), "{groups:?}");
    let failed = asked_together("database-migration", "a statement that the database refuses");
    assert!(!failed.concat().contains(&"remember".to_owned()), "{failed:?}");
}

#[test]
fn a_batch_is_tried_again_only_after_the_pause() {
    let groups = asked_together("batch-processor", "trouble that passes");
    assert_eq!(groups, [["waiting"], ["reply"], ["waiting"], ["reply"], ["waiting"], ["reply"]]);
}

#[test]
fn the_steps_of_an_integration_test_do_not_overlap() {
    let groups = asked_together("integration-test", "a service that works");
    assert_eq!(groups, [["created"], ["read"], ["deleted"], ["again"]]);
}
