//! The code of every shipped recipe passes the recipe's own tests in every target, has sound types where the target has
//! some, and stands as the target's formatter leaves it.

#[path = "../../codegen/tests/tools/mod.rs"]
mod tools;

use std::path::Path;

use codegen::Target;
use recall::Library;
use tools::{Tool, import_all, run};

fn write_all(folder: &Path, target: Target) {
    for recipe in Library::shipped().recipes().iter().filter(|recipe| recipe.document.is_none()) {
        let plan = blocks::check(&recipe.program).plan.unwrap_or_else(|| panic!("{}", recipe.name));
        tools::write(&folder.join(&recipe.name), codegen::generate(&recipe.program, &plan, target));
    }
}

#[test]
fn in_python() {
    let folder = tempfile::tempdir().unwrap();
    write_all(folder.path(), Target::Python);
    run(folder.path(), "python3", &["-c", tools::PYTHON_RUNNER]);
    tools::assert_ruff_agrees(folder.path());
}

#[test]
fn in_javascript() {
    let folder = tempfile::tempdir().unwrap();
    write_all(folder.path(), Target::JavaScript);
    import_all(folder.path(), ".test.js");
    run(folder.path(), "node", &["--test-reporter=spec", "all.mjs"]);
    tools::assert_prettier_agrees(folder.path());
}

#[test]
fn in_typescript() {
    let folder = tempfile::tempdir().unwrap();
    write_all(folder.path(), Target::TypeScript);
    tools::assert_prettier_agrees(folder.path());
    let Some(tsc) = Tool::Tsc.find() else { return };
    tools::write_tsconfig(folder.path());
    run(folder.path(), &tsc, &["-p", "."]);
    let built = folder.path().join("out");
    import_all(&built, ".test.js");
    run(&built, "node", &["--test-reporter=spec", "all.mjs"]);
}
