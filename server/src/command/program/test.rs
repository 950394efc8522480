//! `test`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use blocks::document::TestCase;
use blocks::{Plan, Program, text};
use services::Environment;
use vm::Limits;
use vm::testing::{self, Coverage};

use super::{TestArguments, junit, load};
use crate::command::Exit;
use crate::environment::Machine;

/// How the tests of a file went.
pub(super) struct Suite {
    pub(super) file: PathBuf,
    pub(super) tests: Vec<Tested>,
    /// Whether the program itself is broken, so that no test could run.
    pub(super) broken: bool,
}

/// How a test went.
pub(super) struct Tested {
    pub(super) name: String,
    pub(super) problem: Option<String>,
    pub(super) ms: f64,
}

/// How many blocks and branches were reached, of how many.
#[derive(Clone, Copy, Default)]
struct Reached {
    reached: usize,
    all: usize,
}

impl Reached {
    fn percent(self) -> f64 {
        if self.all == 0 { 100.0 } else { self.reached as f64 * 100.0 / self.all as f64 }
    }
}

/// Runs the tests of programs and prints how they went.
pub(super) fn test(arguments: &TestArguments) -> Result<Exit, Exit> {
    let began = Machine.moment();
    let mut suites = Vec::new();
    let mut total = Reached::default();
    for file in load::files(&arguments.files)? {
        let (suite, reached) = one(&file, arguments)?;
        total = Reached { reached: total.reached + reached.reached, all: total.all + reached.all };
        suites.push(suite);
    }
    let seconds = (Machine.moment() - began) / 1000.0;
    if let Some(path) = &arguments.junit {
        let report = junit::report(&suites, seconds).map_err(|error| {
            eprintln!("the JUnit report cannot be made: {error}");
            Exit::FAILED
        })?;
        load::write(path, &report)?;
    }
    let tests = || suites.iter().flat_map(|suite| &suite.tests);
    let failed = tests().filter(|test| test.problem.is_some()).count();
    let broken = suites.iter().filter(|suite| suite.broken).count();
    let mut sum = format!("{} passed, {failed} failed", tests().count() - failed);
    if broken > 0 {
        sum.push_str(&format!(", {broken} files with errors"));
    }
    println!("{sum} ({seconds:.2} s)");
    let covered = arguments.least_coverage.is_none_or(|least| total.percent() >= f64::from(least));
    if !covered {
        let least = arguments.least_coverage.unwrap_or_default();
        eprintln!("the tests reach {:.1} %, less than {least} %", total.percent());
    }
    if tests().next().is_none() && arguments.only.is_some() {
        eprintln!("no test has '{}' in its name", arguments.only.as_deref().unwrap_or_default());
        return Ok(Exit::FAILED);
    }
    Ok(if failed == 0 && broken == 0 && covered { Exit::DONE } else { Exit::FAILED })
}

fn one(file: &Path, arguments: &TestArguments) -> Result<(Suite, Reached), Exit> {
    println!("{}", file.display());
    let (mut program, plan) = match load::load_sound(file) {
        Ok(loaded) => loaded,
        Err(exit) if std::fs::metadata(file).is_err() => return Err(exit),
        Err(_) => {
            println!("  cannot be tested: it has errors");
            return Ok((Suite { file: file.to_owned(), tests: Vec::new(), broken: true }, Reached::default()));
        }
    };
    if arguments.generate {
        add_generated(file, &mut program, &plan, arguments.seed)?;
    }
    let code = Arc::new(vm::compile(&plan));
    let is_wanted = |test: &&TestCase| arguments.only.as_ref().is_none_or(|only| test.name.contains(only.as_str()));
    let mut tests = Vec::new();
    for test in program.tests.iter().filter(is_wanted) {
        let began = Machine.moment();
        let result = testing::check_test(test, &code, Limits::default());
        let tested = Tested { name: result.name, problem: result.problem, ms: Machine.moment() - began };
        print(&tested);
        tests.push(tested);
    }
    if program.tests.is_empty() {
        println!("  no tests");
    }
    let reached = if arguments.coverage || arguments.least_coverage.is_some() {
        show_coverage(&testing::coverage(&program, &plan, Limits::default()), arguments.coverage)
    } else {
        Reached::default()
    };
    Ok((Suite { file: file.to_owned(), tests, broken: false }, reached))
}

fn print(tested: &Tested) {
    match &tested.problem {
        None => println!("  ok      {} ({:.1} ms)", tested.name, tested.ms),
        Some(problem) => println!("  FAILED  {}\n          {}", tested.name, problem.replace('\n', "\n          ")),
    }
}

fn show_coverage(coverage: &Coverage, shown: bool) -> Reached {
    let (reached, all) = coverage.reached();
    let reached = Reached { reached, all };
    if shown {
        println!("  reached {} of {all} blocks and branches ({:.1} %)", reached.reached, reached.percent());
        for place in coverage.missed() {
            match &place.body {
                Some(body) => println!("  missed  {}.{body}", place.block),
                None => println!("  missed  {}", place.block),
            }
        }
    }
    reached
}

/// Adds tests for what the program's own do not reach, and writes the file.
fn add_generated(file: &Path, program: &mut Program, plan: &Plan, seed: u64) -> Result<(), Exit> {
    let generated = testing::generate(program, plan, seed);
    let names: Vec<String> = program.tests.iter().map(|test| test.name.clone()).collect();
    let mut number = 0;
    for mut test in generated.tests.iter().cloned() {
        // "generated 1: gives" may be there from the last time.
        let rest = test.name.split_once(':').map_or(String::new(), |(_, rest)| format!(":{rest}"));
        while names.contains(&test.name) || program.tests.iter().any(|have| have.name == test.name) {
            number += 1;
            test.name = format!("generated {number}{rest}");
        }
        program.tests.push(test);
    }
    if !generated.tests.is_empty() {
        load::write(file, &text::write(program))?;
    }
    println!("  added   {} tests; {} inputs were tried", generated.tests.len(), generated.tried);
    Ok(())
}
