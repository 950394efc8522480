//! Programs in folders.

use std::path::{Path, PathBuf};

use blocks::{Program, text};

/// The programs of a folder of this crate, by their file names in order.
///
/// # Panics
/// If one of them is no program.
pub fn programs(folder: &str) -> Vec<(PathBuf, Program)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder")
        .flatten()
        .map(|file| file.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "blocks"))
        .collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), read(&path))).collect()
}

/// The program of a file.
///
/// # Panics
/// If it is none.
pub fn read(path: &Path) -> Program {
    let source = std::fs::read_to_string(path).expect("a file");
    text::read(&source).unwrap_or_else(|problems| panic!("{}: {problems:#?}", path.display()))
}

/// The name of a file without folder and extension.
pub fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
