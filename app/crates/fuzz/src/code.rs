//! The code generators.

use blocks::{Program, check, text};
use codegen::{MappedFile, ProjectOptions, Target, generate_mapped, generate_project};

/// Whatever the checker lets through can be translated.
///
/// # Panics
/// Where that does not hold.
pub fn code(data: &[u8]) {
    let Ok(source) = std::str::from_utf8(data) else { return };
    let Ok(program) = text::read(source) else { return };
    for target in Target::ALL {
        translates(&program, target);
    }
}

/// Translates a program into one of the targets, if it is sound.
pub(crate) fn generates(program: &Program) {
    let place = text::write(program).len() % Target::ALL.len();
    translates(program, Target::ALL[place]);
}

fn translates(program: &Program, target: Target) {
    let Some(plan) = check(program).plan else { return };
    let mapped = generate_mapped(program, &plan, target);
    for MappedFile { file, lines } in &mapped {
        assert_eq!(lines.len(), file.content.lines().count(), "{}", file.path);
    }
    // A project begins with the same code, so that it is made of some programs only.
    if mapped.iter().map(|mapped| mapped.lines.len()).sum::<usize>() % 8 == 0 {
        generate_project(program, &plan, target, ProjectOptions { docker: true, kubernetes: true });
    }
}
