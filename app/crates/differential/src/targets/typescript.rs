//! Generated TypeScript: compiled by `tsc`, strictly, and run on Node.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::Target;
use super::code::run_files;
use super::generated::Generated;
use crate::case::Case;
use crate::outcome::Outcome;

/// Where the journeys' Node modules are.
const MODULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../end2end/node_modules");

/// The compiler, if it is installed.
pub(super) fn compiler() -> Option<PathBuf> {
    let installed = Path::new(MODULES).join(".bin/tsc");
    if installed.exists() {
        return Some(installed);
    }
    let found = Command::new("tsc").arg("--version").output();
    found.is_ok_and(|output| output.status.success()).then(|| PathBuf::from("tsc"))
}

/// Compiles a batch with one process, and runs it with another.
pub(super) fn run(cases: &[&Case]) -> Vec<Outcome> {
    let folder = tempfile::tempdir().expect("a folder");
    let modules: Vec<Generated> = cases.iter().map(|case| Generated::new(Target::TypeScript, case)).collect();
    for (index, generated) in modules.iter().enumerate() {
        std::fs::write(folder.path().join(format!("case_{index}.ts")), &generated.source).expect("a written file");
    }
    let said = compile(folder.path());
    let mut outcomes = run_files(Target::TypeScript, cases, &modules, folder.path(), "js");
    for (index, outcome) in outcomes.iter_mut().enumerate() {
        // A type error is one even where the code runs.
        if let Some(error) = said.lines().find(|line| line.contains(&format!("case_{index}.ts"))) {
            *outcome = Outcome::Broken(format!("tsc: {error}"));
        }
    }
    outcomes
}

fn compile(folder: &Path) -> String {
    std::fs::write(folder.join("package.json"), "{ \"type\": \"module\" }\n").expect("a written file");
    let types = Path::new(MODULES).join("@types");
    let config = serde_json::json!({
        "compilerOptions": {
            "strict": true, "target": "es2022", "module": "nodenext", "skipLibCheck": true, "inlineSourceMap": true,
            "types": ["node"], "typeRoots": [types],
        },
        "include": ["*.ts"],
    });
    std::fs::write(folder.join("tsconfig.json"), config.to_string()).expect("a written file");
    let output = Command::new(compiler().expect("tsc is installed")).current_dir(folder).output().expect("an output");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
