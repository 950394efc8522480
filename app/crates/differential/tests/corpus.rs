//! The written programs are sound and pass their own tests. With `UPDATE=1` they are written anew in the canonical form.

use std::sync::Arc;

use blocks::{check, text};
use differential::files;
use vm::Limits;

#[test]
fn the_programs_pass_their_tests() {
    let programs = files::programs("corpus");
    assert!(programs.len() >= 100, "{} programs", programs.len());
    let mut wrong = Vec::new();
    for (path, program) in programs {
        let name = files::stem(&path);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, text::write(&program)).unwrap();
        }
        assert_eq!(text::write(&program), std::fs::read_to_string(&path).unwrap(), "run with UPDATE=1: {name}");
        let checked = check(&program);
        let Some(plan) = checked.plan.as_ref().filter(|_| checked.diagnostics.is_empty()) else {
            wrong.push(format!("{name}: {:#?}", checked.diagnostics));
            continue;
        };
        let results = vm::testing::run_tests(&program, &Arc::new(vm::compile(plan)), Limits::default());
        assert!(!results.is_empty(), "{name} has no test");
        let failed = results.iter().filter(|result| !result.passed());
        wrong.extend(failed.map(|result| format!("{name}: {result:?}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
