//! `generate`.

use std::path::{Component, Path};

use codegen::{File, ProjectOptions, Target};

use super::GenerateArguments;
use super::load;
use crate::command::Exit;

/// Prints a program's code, or writes a project.
pub(super) fn generate(arguments: &GenerateArguments) -> Result<Exit, Exit> {
    let Some(target) = Target::find(&arguments.language) else {
        eprintln!("code comes in python, javascript, typescript and rust, not in '{}'", arguments.language);
        return Err(Exit::USAGE);
    };
    let (program, plan) = load::load_sound(&arguments.file)?;
    let Some(folder) = &arguments.project else {
        for file in codegen::generate(&program, &plan, target) {
            eprintln!("--- {}", file.path);
            println!("{}", file.content);
        }
        return Ok(Exit::DONE);
    };
    let options = ProjectOptions { docker: arguments.docker, kubernetes: arguments.kubernetes };
    let files = codegen::generate_project(&program, &plan, target, options);
    write(folder, &files, arguments.force)?;
    eprintln!("{} files written to {}; its README.md says how to test and run it", files.len(), folder.display());
    Ok(Exit::DONE)
}

fn write(folder: &Path, files: &[File], force: bool) -> Result<(), Exit> {
    let is_used = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if is_used && !force {
        eprintln!("{} is not empty; add --force to write into it", folder.display());
        return Err(Exit::USAGE);
    }
    for file in files {
        let inside = Path::new(&file.path).components().all(|part| matches!(part, Component::Normal(_)));
        assert!(inside, "generated paths stay in the project: {}", file.path);
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|error| {
                eprintln!("cannot make {}: {error}", parent.display());
                Exit::USAGE
            })?;
        }
        load::write(&path, &file.content)?;
    }
    Ok(())
}
