//! Whole programs: their own tests pass in the virtual machine and in every target, and the code is sound and laid out as
//! the formatters leave it.

mod tools;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use blocks::Program;
use codegen::Target;
use tools::{Tool, import_all, run};

/// Programs with tests, which are run: edges, kernels, those that people begin with, and the library's.
const PROGRAMS: &[&str] =
    &["tests/programs", "../vm/kernels", "../blocks/templates", "../blocks/examples", "../blocks/library"];

/// Programs that run elsewhere; here only the layout of their code is looked at.
const LAID_OUT: &[&str] = &["../differential/corpus", "../differential/found"];

fn programs(folders: &[&str]) -> Vec<(String, Program)> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(own.join(folder)).unwrap().flatten().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "blocks"))
        .collect();
    paths.sort();
    let read = |path: &PathBuf| {
        let program = blocks::text::read(&std::fs::read_to_string(path).unwrap());
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, program.unwrap_or_else(|problems| panic!("{path:?}: {problems:#?}")))
    };
    paths.iter().map(read).collect()
}

fn write_all(folder: &Path, target: Target, folders: &[&str]) {
    for (name, program) in programs(folders) {
        let checked = blocks::check(&program);
        let plan = checked.plan.unwrap_or_else(|| panic!("{name}: {:#?}", checked.diagnostics));
        tools::write(&folder.join(name), codegen::generate(&program, &plan, target));
    }
}

/// Takes the code of programs away that another test runs.
fn remove_all(folder: &Path, programs_of: &str) {
    for (name, _) in programs(&[programs_of]) {
        std::fs::remove_dir_all(folder.join(name)).unwrap();
    }
}

#[test]
fn in_the_virtual_machine() {
    for (name, program) in programs(PROGRAMS) {
        let code = Arc::new(vm::compile(&blocks::check(&program).plan.unwrap()));
        let results = vm::testing::run_tests(&program, &code, vm::Limits::default());
        assert!(results.iter().all(|result| result.passed()), "{name}: {results:#?}");
    }
}

#[test]
fn in_python() {
    let folder = tempfile::tempdir().unwrap();
    write_all(folder.path(), Target::Python, PROGRAMS);
    run(folder.path(), "python3", &["-c", tools::PYTHON_RUNNER]);
    run(folder.path(), "python3", &["-m", "compileall", "-q", "."]);
    write_all(folder.path(), Target::Python, LAID_OUT);
    tools::assert_ruff_agrees(folder.path());
}

#[test]
fn in_javascript() {
    let folder = tempfile::tempdir().unwrap();
    write_all(folder.path(), Target::JavaScript, PROGRAMS);
    import_all(folder.path(), ".test.js");
    run(folder.path(), "node", &["--test-reporter=spec", "all.mjs"]);
    write_all(folder.path(), Target::JavaScript, LAID_OUT);
    tools::assert_prettier_agrees(folder.path());
}

#[test]
fn in_typescript() {
    let folder = tempfile::tempdir().unwrap();
    write_all(folder.path(), Target::TypeScript, LAID_OUT);
    write_all(folder.path(), Target::TypeScript, PROGRAMS);
    tools::assert_prettier_agrees(folder.path());
    LAID_OUT.iter().for_each(|folders| remove_all(folder.path(), folders));
    let Some(tsc) = Tool::Tsc.find() else { return };
    tools::write_tsconfig(folder.path());
    run(folder.path(), &tsc, &["-p", "."]);
    let built = folder.path().join("out");
    import_all(&built, ".test.js");
    run(&built, "node", &["--test-reporter=spec", "all.mjs"]);
}
