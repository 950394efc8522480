//! What was kept of the search for inputs that break something: every target takes it.

use std::path::{Path, PathBuf};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_target_takes_what_was_kept() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut folders = files(&corpus);
    for (name, target) in fuzz::TARGETS {
        let folder = corpus.join(name);
        let inputs = files(&folder);
        assert!(!inputs.is_empty(), "nothing was kept for {name}");
        for input in inputs {
            eprintln!("{}", input.display());
            target(&std::fs::read(&input).unwrap());
        }
        folders.retain(|have| *have != folder);
    }
    assert!(folders.is_empty(), "no target takes {folders:?}");
}

#[test]
fn every_target_takes_every_program_at_hand() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let folders = ["blocks/templates", "blocks/examples", "differential/found"].map(|folder| crates.join(folder));
    let programs = folders.iter().flat_map(|folder| files(folder));
    for path in programs.filter(|path| path.extension().is_some_and(|extension| extension == "blocks")) {
        eprintln!("{}", path.display());
        let program = std::fs::read(&path).unwrap();
        for (_, target) in fuzz::TARGETS {
            target(&program);
        }
    }
}
