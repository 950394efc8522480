//! The code of every shipped recipe passes the recipe's own tests, in Python and in JavaScript.

use std::path::Path;
use std::process::Command;

use codegen::Target;
use recall::Library;

/// Runs every test function of every test file; pytest itself need not be installed.
const PYTHON_RUNNER: &str = r#"
import contextlib, importlib.util, pathlib, sys, traceback, types

@contextlib.contextmanager
def raises(kind):
    try:
        yield
    except kind:
        return
    raise AssertionError("nothing was raised")

sys.modules["pytest"] = types.SimpleNamespace(raises=raises)
passed = failed = 0
for file in sorted(pathlib.Path(".").glob("*/test_*.py")):
    sys.path.insert(0, str(file.parent))
    try:
        spec = importlib.util.spec_from_file_location(f"{file.parent.name}_{file.stem}", file)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        tests = [(name, test) for name, test in vars(module).items() if name.startswith("test_")]
    except Exception:
        failed += 1
        print(file, traceback.format_exc(limit=2))
        tests = []
    for name, test in tests:
        try:
            test()
            passed += 1
        except Exception:
            failed += 1
            print(file, name, traceback.format_exc(limit=-2))
    sys.path.pop(0)
    for name in [name for name, module in sys.modules.items() if str(getattr(module, "__file__", "") or "").startswith(str(file.parent.resolve()))]:
        del sys.modules[name]
print(f"{passed} passed, {failed} failed")
sys.exit(bool(failed))
"#;

fn write_all(folder: &Path, target: Target) {
    for recipe in Library::shipped().recipes().iter().filter(|recipe| recipe.document.is_none()) {
        let plan = blocks::check(&recipe.program).plan.unwrap_or_else(|| panic!("{}", recipe.name));
        let own = folder.join(&recipe.name);
        std::fs::create_dir_all(&own).unwrap();
        std::fs::write(own.join("package.json"), "{\"type\": \"module\"}").unwrap();
        for file in codegen::generate(&recipe.program, &plan, target) {
            std::fs::write(own.join(file.path), file.content).unwrap();
        }
    }
}

fn run(folder: &Path, program: &str, arguments: &[&str]) {
    let output = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let tail: String = text.chars().rev().take(6000).collect::<String>().chars().rev().collect();
    assert!(output.status.success(), "{tail}\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn in_python() {
    let folder = tempfile::tempdir().unwrap();
    write_all(folder.path(), Target::Python);
    run(folder.path(), "python3", &["-c", PYTHON_RUNNER]);
}

#[test]
fn in_javascript() {
    let folder = tempfile::tempdir().unwrap();
    write_all(folder.path(), Target::JavaScript);
    // One process for all files: a process each would take minutes.
    let mut files: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(folder.path()).unwrap().flatten() {
        for file in std::fs::read_dir(entry.path()).unwrap().flatten() {
            let path = file.path().display().to_string();
            if path.ends_with(".test.js") {
                files.push(format!("await import({path:?});"));
            }
        }
    }
    std::fs::write(folder.path().join("all.mjs"), files.join("\n")).unwrap();
    run(folder.path(), "node", &["--test-reporter=spec", "all.mjs"]);
}
