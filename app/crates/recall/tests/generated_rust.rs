//! Generated Rust does what the virtual machine does: every shipped recipe, the kernels, the language page, written
//! programs, the example of every function, and formulas at the edges. All are modules of one crate, as a compiler's
//! start for each would take minutes; warnings are errors, and `rustfmt` must leave every file as it is.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, OnceLock};

use blocks::document::{Expect, TestCase};
use blocks::value::Entries;
use blocks::{Program, Value, check, literal, text};
use codegen::Target;
use recall::Library;
use vm::Limits;

/// Formulas whose values or errors are not obvious.
const FORMULAS: &str = include_str!("../../codegen/tests/formulas.txt");

/// A module of the crate.
struct Module {
    name: String,
    code: String,
}

fn module(kind: &str, name: &str, program: &Program) -> Module {
    let checked = check(program);
    let plan = checked.plan.unwrap_or_else(|| panic!("{name}: {:#?}", checked.diagnostics));
    let files = codegen::generate(program, &plan, Target::Rust);
    let name = format!("{kind}_{}", name.replace(|c: char| !c.is_ascii_alphanumeric(), "_").to_lowercase());
    Module { name, code: files.into_iter().map(|file| file.content).collect() }
}

fn recipes() -> Vec<Module> {
    let library = Library::shipped();
    let plain = library.recipes().iter().filter(|recipe| recipe.document.is_none());
    plain.map(|recipe| module("recipe", &recipe.name, &recipe.program)).collect()
}

/// The programs of a folder, which pass their tests in the virtual machine.
fn folder(kind: &str, path: &str) -> Vec<Module> {
    let files = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let paths = files.flatten().map(|file| file.path());
    let mut modules = Vec::new();
    for path in paths.filter(|path| path.extension().is_some_and(|extension| extension == "blocks")) {
        let program = read(&std::fs::read_to_string(&path).unwrap());
        let checked = check(&program);
        let plan = checked.plan.unwrap_or_else(|| panic!("{path:?}: {:#?}", checked.diagnostics));
        let results = vm::testing::run_tests(&program, &Arc::new(vm::compile(&plan)), Limits::default());
        assert!(results.iter().all(|result| result.passed()), "{path:?}: {results:#?}");
        modules.push(module(kind, &path.file_stem().unwrap().to_string_lossy(), &program));
    }
    modules
}

fn page() -> Vec<Module> {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../blocks/LANGUAGE.md")).unwrap();
    let sources = page.split("```blocks\n").skip(1).filter_map(|rest| rest.split_once("```"));
    sources.enumerate().map(|(number, (source, _))| module("page", &number.to_string(), &read(source))).collect()
}

fn read(source: &str) -> Program {
    text::read(source).unwrap_or_else(|problems| panic!("{problems:#?}\n{source}"))
}

/// A formula as a program that expects what the virtual machine gives for it.
fn formula(kind: &str, name: &str, expression: &str) -> Module {
    let quoted = literal::write(&Value::text(expression));
    let source = |output: &str| format!("program 1 \"Probe\"\n{output}\nf: formula\n  expression = {quoted}\n");
    let types = check(&read(&source(""))).types;
    let ty = types.get(&("f".into(), "value".to_owned())).unwrap_or_else(|| panic!("{expression}"));
    let mut program = read(&source(&format!("output value: {ty} <- f.value\n")));
    let plan = check(&program).plan.unwrap_or_else(|| panic!("{expression}: {ty}"));
    let code = Arc::new(vm::compile(&plan));
    let run = vm::run(&code, Entries::default(), Limits::default(), &mut vm::host::Console::default());
    let expect = match run.result {
        Ok(outputs) => Expect::Outputs(outputs),
        Err(failure) => Expect::Error(failure.fault.code),
    };
    program.tests.push(TestCase {
        name: expression.to_owned(),
        inputs: Entries::default(),
        expect,
        answers: Vec::new(),
        extra: Vec::new(),
    });
    module(kind, name, &program)
}

fn formulas() -> Vec<Module> {
    let examples = blocks::builtins::all().map(|builtin| formula("example", builtin.name, builtin.example));
    let edges = FORMULAS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).enumerate();
    examples.chain(edges.map(|(number, line)| formula("edge", &number.to_string(), line))).collect()
}

fn run(folder: &Path, program: &str, arguments: &[&str]) {
    let output = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let tail: String = text.chars().rev().take(6000).collect::<String>().chars().rev().collect();
    let errors: String = String::from_utf8_lossy(&output.stderr).chars().take(6000).collect();
    assert!(output.status.success(), "{tail}\n{errors}");
}

/// What `rustfmt` makes of a file, away from the settings of this project.
fn formatted(folder: &Path, code: &str) -> String {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(code.as_bytes()).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

/// All modules, made once for both tests.
fn modules() -> &'static [Module] {
    static MODULES: OnceLock<Vec<Module>> = OnceLock::new();
    MODULES.get_or_init(|| {
        let mut modules = recipes();
        modules.extend(folder("kernel", "../vm/kernels"));
        modules.extend(folder("program", "../codegen/tests/programs"));
        modules.extend(page());
        modules.extend(formulas());
        modules
    })
}

#[test]
fn in_rust() {
    let folder = tempfile::tempdir().unwrap();
    let modules = modules();
    for module in modules {
        std::fs::write(folder.path().join(format!("{}.rs", module.name)), &module.code).unwrap();
    }
    let names: String = modules.iter().map(|module| format!("pub mod {};\n", module.name)).collect();
    std::fs::write(folder.path().join("lib.rs"), names).unwrap();
    if let Some(kept) = std::env::var_os("KEEP_GENERATED") {
        run(folder.path(), "cp", &["-r", ".", &kept.to_string_lossy()]);
        return;
    }
    let build = ["--edition", "2024", "--test", "-D", "warnings", "-C", "debuginfo=0", "lib.rs", "-o", "tests"];
    run(folder.path(), "rustc", &build);
    run(folder.path(), "./tests", &["-q"]);
}

/// One process for each file would take a minute; the files of one are told apart by a mark.
#[test]
fn rustfmt_leaves_it_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let others = [("template", "templates"), ("example", "examples"), ("library", "library")];
    let others: Vec<Module> =
        others.iter().flat_map(|(kind, path)| self::folder(kind, &format!("../blocks/{path}"))).collect();
    let modules = modules().iter().chain(&others);
    let whole: String = modules.map(|module| format!("// {}\n\n{}\n", module.name, module.code)).collect();
    let formatted = formatted(folder.path(), &whole);
    let first = whole.trim_end().lines().zip(formatted.trim_end().lines()).find(|(own, wanted)| own != wanted);
    assert_eq!(first, None);
    assert_eq!(whole.trim_end(), formatted.trim_end());
}
