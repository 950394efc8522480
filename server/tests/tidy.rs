//! The structure is as the documents say: who may depend on whom, and habits that no lint knows.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Each own crate with the own crates that it may depend on.
const ARROWS: &[(&str, &[&str])] = &[
    ("blocks", &[]),
    ("vm", &["blocks"]),
    ("codegen", &["blocks"]),
    ("differential", &["blocks", "codegen", "vm"]),
    ("editor", &["blocks"]),
    ("fuzz", &["blocks", "codegen", "vm"]),
    ("kernels", &["blocks", "codegen", "vm"]),
    ("recall", &["blocks", "vm", "codegen"]),
    ("language", &["blocks", "vm", "codegen"]),
    ("model", &["blocks"]),
    ("store", &["model"]),
    ("agents", &["model", "recall", "vm", "codegen", "blocks"]),
    ("knowledge", &["model", "recall", "vm", "codegen", "blocks"]),
    ("services", &["agents", "blocks", "codegen", "knowledge", "model", "recall", "store", "vm"]),
    ("app", &["language", "model", "recall", "services"]),
    ("server", &["agents", "app", "blocks", "codegen", "model", "recall", "services", "store", "vm"]),
    ("frontend", &["app"]),
    ("worker", &["language"]),
    ("bundle", &[]),
];

/// Crates that see no clock, no randomness, no I/O of their own.
const PURE: &[&str] = &["blocks", "vm", "codegen", "recall", "language", "editor", "model"];

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn dependencies() -> BTreeMap<String, Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--locked"])
        .current_dir(top())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages
        .map(|package| {
            let dependencies = package["dependencies"].as_array().unwrap().iter();
            let normal = dependencies.filter(|dependency| dependency["kind"].is_null());
            let names = normal.map(|dependency| dependency["name"].as_str().unwrap().to_owned()).collect();
            (package["name"].as_str().unwrap().to_owned(), names)
        })
        .collect()
}

#[test]
fn arrows_point_as_drawn() {
    let all = dependencies();
    assert_eq!(all.len(), ARROWS.len(), "a crate is missing in the table: {:?}", all.keys());
    for (name, allowed) in ARROWS {
        let own = all[*name].iter().filter(|dependency| all.contains_key(*dependency));
        let wrong: Vec<&String> = own.filter(|dependency| !allowed.contains(&dependency.as_str())).collect();
        assert!(wrong.is_empty(), "{name} must not depend on {wrong:?}");
    }
}

#[test]
fn pure_crates_stay_pure_and_the_database_behind_the_store() {
    for (name, dependencies) in dependencies() {
        let has = |wanted: &str| dependencies.iter().any(|dependency| dependency.starts_with(wanted));
        if PURE.contains(&name.as_str()) {
            for foreign in ["tokio", "leptos", "axum", "surrealdb", "rand", "reqwest"] {
                assert!(!has(foreign), "{name} is pure and must not depend on {foreign}");
            }
        }
        assert!(name == "store" || !has("surrealdb"), "{name} names the database");
        assert!(matches!(name.as_str(), "server") || !has("axum"), "{name} names axum");
    }
}

/// The code of the project; what generated Rust brings along is text.
fn sources() -> Vec<(PathBuf, String)> {
    let output = Command::new("git").args(["ls-files", "*.rs"]).current_dir(top()).output().unwrap();
    let names = String::from_utf8(output.stdout).unwrap();
    names
        .lines()
        .filter(|name| !name.starts_with("app/crates/codegen/src/rust/helpers/"))
        .filter_map(|name| Some((PathBuf::from(name), std::fs::read_to_string(top().join(name)).ok()?)))
        .collect()
}

#[test]
fn every_file_says_what_it_is_for() {
    for (path, text) in sources() {
        let is_test = path.file_name().is_some_and(|name| name == "tests.rs");
        assert!(is_test || text.starts_with("//!"), "{} opens without //!", path.display());
    }
}

#[test]
fn nothing_is_silenced_or_left_undone() {
    // Put together, so that this file does not find itself.
    let words = [
        ["to", "do!("].concat(),
        ["unimple", "mented!("].concat(),
        ["#[all", "ow("].concat(),
        ["#[ig", "nore"].concat(),
    ];
    for (path, text) in sources() {
        for word in &words {
            // An attribute stands at the start of its line; elsewhere it is text that a generator writes.
            let found = |line: &str| {
                if word.starts_with('#') {
                    line.trim_start().starts_with(word.as_str())
                } else {
                    line.contains(word.as_str())
                }
            };
            assert!(!text.lines().any(found), "{} contains {word}", path.display());
        }
    }
}
