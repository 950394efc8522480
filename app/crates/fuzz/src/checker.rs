//! The checker, what it offers, and the assistant.

use blocks::{Program, assist, check, edit, fix, text};

/// How many findings of one kind are tried, as each is checked anew.
const TRIED: usize = 3;

/// Checking any program gives diagnostics or a plan, and what is offered for them can be applied.
///
/// # Panics
/// Where that does not hold.
pub fn checker(data: &[u8]) {
    let Ok(source) = std::str::from_utf8(data) else { return };
    if let Ok(program) = text::read(source) {
        checks(&program);
    }
}

/// Checks a program, tries the fixes, and gives whether it is sound.
pub(crate) fn checks(program: &Program) -> bool {
    let checked = check(program);
    assert_eq!(checked.plan.is_some(), checked.errors().next().is_none());
    if program.block_count() > 60 {
        return checked.plan.is_some();
    }
    for diagnostic in checked.diagnostics.iter().take(TRIED) {
        if let Some(fix) = fix::fix(program, diagnostic) {
            let mut fixed = program.clone();
            edit::apply_all(&mut fixed, &fix.ops).expect("a fix that is offered fits");
        }
    }
    for finding in assist::findings(program).iter().take(TRIED) {
        let mut simpler = program.clone();
        edit::apply_all(&mut simpler, &finding.fix).expect("a finding's edits fit");
        assert!(check(&simpler).plan.is_some(), "{} breaks the program", finding.code);
    }
    checked.plan.is_some()
}
