//! The machine as WebAssembly.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use blocks::text;

use super::code::{DRIVERS, answers};
use crate::case::Case;
use crate::outcome::Outcome;

/// Runs a batch in one Node process.
pub(super) fn run(cases: &[&Case]) -> Vec<Outcome> {
    let texts: Vec<String> = cases.iter().map(|case| text::write(&case.program)).collect();
    let mut command = Command::new("node");
    command.arg(Path::new(DRIVERS).join("module.mjs")).arg(built());
    let lines = answers(command, &serde_json::json!(texts).to_string(), cases.len());
    lines.iter().map(|line| read(line)).collect()
}

fn read(line: &str) -> Outcome {
    if line == Outcome::Limit.write() { Outcome::Limit } else { Outcome::read(line) }
}

/// Builds this crate as a module, once.
fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let built = Command::new(cargo)
            .args(["build", "--locked", "--quiet", "--lib", "--target", "wasm32-unknown-unknown"])
            .args(["--message-format", "json", "--manifest-path"])
            .arg(manifest)
            .output()
            .expect("cargo");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let messages = String::from_utf8_lossy(&built.stdout).into_owned();
        let artifacts = messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        let files = artifacts.flat_map(|message| message["filenames"].as_array().cloned().unwrap_or_default());
        let mut names = files.filter_map(|file| file.as_str().map(PathBuf::from));
        names.find(|file| file.ends_with("differential.wasm")).expect("a WebAssembly module")
    })
}
