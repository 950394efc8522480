//! `diff`, `merge-driver` and `textconv`.

use std::path::Path;

use blocks::{diff, git};

use super::load;
use super::{DiffArguments, MergeArguments};
use crate::command::Exit;

/// Prints what differs between two programs. As with `diff`, the exit code says whether anything does.
pub(super) fn diff(arguments: &DiffArguments) -> Result<Exit, Exit> {
    let unreadable = |_| Exit::USAGE;
    let (_, before) = load::parse(&arguments.before).map_err(unreadable)?;
    let (_, after) = load::parse(&arguments.after).map_err(unreadable)?;
    let changes = diff::diff(&before, &after);
    if arguments.json {
        let shown = serde_json::to_string_pretty(&changes).unwrap_or_default();
        println!("{shown}");
    } else {
        print!("{}", diff::render(&before, &after));
    }
    Ok(if changes.is_empty() { Exit::DONE } else { Exit::FAILED })
}

/// Merges as git's merge driver: the result is in our file, the exit code 0 only if nothing is left to decide.
pub(super) fn merge(arguments: &MergeArguments) -> Result<Exit, Exit> {
    let (base, ours) = (load::read(&arguments.base)?, load::read(&arguments.ours)?);
    let theirs = load::read(&arguments.theirs)?;
    let merged = git::merge_driver(&base, &ours, &theirs);
    load::write(&arguments.ours, &merged.text)?;
    let name = arguments.name.clone().unwrap_or_else(|| arguments.ours.display().to_string());
    for note in &merged.notes {
        eprintln!("{name}: {note}");
    }
    Ok(if merged.clean { Exit::DONE } else { Exit::FAILED })
}

/// Prints the canonical form, or the text itself if it is no program.
pub(super) fn textconv(file: &Path) -> Result<Exit, Exit> {
    print!("{}", git::textconv(&load::read(file)?));
    Ok(Exit::DONE)
}
