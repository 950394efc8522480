//! The code generators.

use blocks::{Program, check, text};
use codegen::{ProjectOptions, Target, generate_mapped, generate_project};

/// Whatever the checker lets through can be translated.
///
/// # Panics
/// Where that does not hold.
pub fn code(data: &[u8]) {
    let Ok(source) = std::str::from_utf8(data) else { return };
    if let Ok(program) = text::read(source) {
        generates(&program);
    }
}

/// Translates a program into every target, if it is sound.
pub(crate) fn generates(program: &Program) {
    let Some(plan) = check(program).plan else { return };
    for target in Target::ALL {
        for mapped in generate_mapped(program, &plan, target) {
            assert_eq!(mapped.lines.len(), mapped.file.content.lines().count(), "{}", mapped.file.path);
        }
        generate_project(program, &plan, target, ProjectOptions { docker: true, kubernetes: true });
    }
}
