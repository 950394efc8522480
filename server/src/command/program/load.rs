//! Reading and writing program files, and printing what is wrong with them.

use std::path::{Path, PathBuf};

use blocks::{Checked, Diagnostic, Program, Severity};

use crate::command::Exit;

/// A program from a file, and what the checker says of it.
pub(super) struct Loaded {
    pub(super) program: Program,
    pub(super) checked: Checked,
}

/// Reads a file.
pub(super) fn read(file: &Path) -> Result<String, Exit> {
    std::fs::read_to_string(file).map_err(|error| {
        eprintln!("cannot read {}: {error}", file.display());
        Exit::USAGE
    })
}

/// Writes a file so that it is there whole or not at all.
pub(super) fn write(file: &Path, content: &str) -> Result<(), Exit> {
    let failed = |error: &dyn std::fmt::Display| {
        eprintln!("cannot write {}: {error}", file.display());
        Exit::USAGE
    };
    // What a link points to is replaced, not the link.
    let file = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut name = std::ffi::OsString::from(".");
    name.push(file.file_name().unwrap_or_default());
    name.push(format!(".{}", std::process::id()));
    let beside = folder.join(name);
    let written = std::fs::write(&beside, content).and_then(|()| {
        if let Ok(before) = std::fs::metadata(&file) {
            std::fs::set_permissions(&beside, before.permissions())?;
        }
        std::fs::rename(&beside, &file)
    });
    written.map_err(|error| {
        let _ = std::fs::remove_file(&beside);
        failed(&error)
    })
}

/// Reads a program; what is wrong with its text is printed.
pub(super) fn parse(file: &Path) -> Result<(String, Program), Exit> {
    let source = read(file)?;
    let program = blocks::text::read(&source).map_err(|problems| {
        problems.iter().for_each(|problem| print(file, problem));
        Exit::FAILED
    })?;
    Ok((source, program))
}

/// Reads and checks a program; what is wrong is printed.
pub(super) fn load(file: &Path) -> Result<Loaded, Exit> {
    let (_, program) = parse(file)?;
    let checked = blocks::check(&program);
    checked.diagnostics.iter().for_each(|found| print(file, found));
    Ok(Loaded { program, checked })
}

/// Reads and checks a program, which must be sound.
pub(super) fn load_sound(file: &Path) -> Result<(Program, blocks::Plan), Exit> {
    let Loaded { program, checked } = load(file)?;
    Ok((program, checked.plan.ok_or(Exit::FAILED)?))
}

/// The files that are named, and the .blocks files of the folders that are named, in the order of their names.
pub(super) fn files(named: &[PathBuf]) -> Result<Vec<PathBuf>, Exit> {
    let mut files = Vec::new();
    for path in named {
        if path.is_dir() {
            let before = files.len();
            collect(path, &mut files)?;
            if files.len() == before {
                eprintln!("{} has no .blocks files", path.display());
                return Err(Exit::USAGE);
            }
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Exit> {
    let failed = |error: std::io::Error| {
        eprintln!("cannot read {}: {error}", folder.display());
        Exit::USAGE
    };
    let entries = std::fs::read_dir(folder).map_err(failed)?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>().map_err(failed)?;
    paths.sort();
    for path in paths {
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_dir() && !path.is_symlink() && !is_hidden {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "blocks") {
            files.push(path);
        }
    }
    Ok(())
}

/// Prints a diagnostic as compilers do, so that editors find the place.
pub(super) fn print(file: &Path, found: &Diagnostic) {
    let severity = if found.severity == Severity::Error { "error" } else { "warning" };
    let line = found.line.map(|line| format!(":{line}")).unwrap_or_default();
    let place = [found.block.as_ref().map(ToString::to_string), found.port.clone()];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(".");
    let place = if place.is_empty() { place } else { format!(" {place}") };
    eprintln!("{}{line}: {severity} {}{place}: {}", file.display(), found.code, found.message);
}
