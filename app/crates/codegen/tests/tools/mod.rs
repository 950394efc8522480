//! Running generated code and the tools of its languages.
//!
//! A tool that is missing fails the tests where `CI` is set; elsewhere they say so and go on.

use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::File;

/// Runs every test function of every test file; pytest itself need not be installed.
pub(crate) const PYTHON_RUNNER: &str = r#"
import contextlib, importlib.util, pathlib, sys, traceback, types

@contextlib.contextmanager
def raises(kind):
    caught = types.SimpleNamespace(value=None)
    try:
        yield caught
    except kind as error:
        caught.value = error
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

/// A tool that need not be there.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Tool {
    /// The compiler of TypeScript.
    Tsc,
    /// The formatter of JavaScript and TypeScript.
    Prettier,
    /// The formatter of Python.
    Ruff,
}

impl Tool {
    /// Where it is.
    pub(crate) fn find(self) -> Option<String> {
        let found = match self {
            Self::Tsc => modules().join(".bin/tsc"),
            Self::Prettier => modules().join(".bin/prettier"),
            Self::Ruff => cache().join("agent-lightning/python/bin/ruff"),
        };
        if found.exists() {
            return Some(found.display().to_string());
        }
        let name = format!("{self:?}").to_lowercase();
        if Command::new(&name).arg("--version").output().is_ok() {
            return Some(name);
        }
        assert!(std::env::var_os("CI").is_none(), "{name} is missing; `make tools` installs it");
        println!("{name} is missing, so its part of this test is left out; `make tools` installs it");
        None
    }
}

pub(crate) fn modules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../end2end/node_modules")
}

fn cache() -> PathBuf {
    let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or(home).unwrap_or_default()
}

/// Writes files below a folder of their own.
pub(crate) fn write(folder: &Path, files: Vec<File>) {
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(folder.join("package.json"), "{ \"type\": \"module\" }\n").unwrap();
    for file in files {
        std::fs::write(folder.join(file.path), file.content).unwrap();
    }
}

/// Runs a program, and shows what it says if it fails.
pub(crate) fn run(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let tail: String = text.chars().rev().take(6000).collect::<Vec<_>>().into_iter().rev().collect();
    assert!(output.status.success(), "{tail}\n{}", String::from_utf8_lossy(&output.stderr));
    text
}

/// Writes `all.mjs`, which imports every file of that ending: one process for all, as one for each would take minutes.
pub(crate) fn import_all(folder: &Path, ending: &str) {
    std::fs::write(folder.join("package.json"), "{ \"type\": \"module\" }\n").unwrap();
    let mut imports: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten().filter(|entry| entry.path().is_dir()) {
        for file in std::fs::read_dir(entry.path()).unwrap().flatten() {
            let path = file.path().display().to_string();
            if path.ends_with(ending) {
                imports.push(format!("await import({path:?});"));
            }
        }
    }
    assert!(!imports.is_empty());
    std::fs::write(folder.join("all.mjs"), imports.join("\n")).unwrap();
}

/// Writes a strict `tsconfig.json` that compiles everything below a folder into `out`.
pub(crate) fn write_tsconfig(folder: &Path) {
    std::fs::write(folder.join("package.json"), "{ \"type\": \"module\" }\n").unwrap();
    let roots = modules().join("@types").canonicalize().unwrap();
    let config = format!(
        "{{\"compilerOptions\": {{\"strict\": true, \"target\": \"es2022\", \"module\": \"nodenext\", \"types\": \
         [\"node\"], \"typeRoots\": [{roots:?}], \"skipLibCheck\": true, \"outDir\": \"out\", \"rootDir\": \".\"}}, \
         \"include\": [\"**/*.ts\"], \"exclude\": [\"out\"]}}"
    );
    std::fs::write(folder.join("tsconfig.json"), config).unwrap();
}

/// `ruff format` would change nothing.
pub(crate) fn assert_ruff_agrees(folder: &Path) {
    if let Some(ruff) = Tool::Ruff.find() {
        run(folder, &ruff, &["format", "--isolated", "--quiet", "--diff", "."]);
    }
}

/// `prettier` would change nothing.
pub(crate) fn assert_prettier_agrees(folder: &Path) {
    if let Some(prettier) = Tool::Prettier.find() {
        let different = Command::new(&prettier)
            .args(["--no-config", "--no-editorconfig", "--list-different", "{,*/}*.{js,ts}"])
            .current_dir(folder)
            .output()
            .unwrap();
        for path in String::from_utf8_lossy(&different.stdout).lines() {
            let wanted = Command::new(&prettier).args(["--no-config", path]).current_dir(folder).output().unwrap();
            let have = std::fs::read_to_string(folder.join(path)).unwrap();
            let wanted = String::from_utf8_lossy(&wanted.stdout).into_owned();
            if let Some((have, wanted)) = have.lines().zip(wanted.lines()).find(|(a, b)| a != b) {
                panic!("{path}: {have:?} would be {wanted:?}");
            }
        }
    }
}
