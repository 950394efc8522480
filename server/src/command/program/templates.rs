//! `template`.

use blocks::{templates, text};

use super::TemplateArguments;
use crate::command::Exit;

/// Lists the templates, or prints one.
pub(super) fn show(arguments: &TemplateArguments) -> Result<Exit, Exit> {
    let Some(name) = &arguments.name else {
        for template in templates::all() {
            println!("{:28} {}", template.slug, template.title());
        }
        return Ok(Exit::DONE);
    };
    let Some(template) = templates::find(name) else {
        eprintln!("there is no template '{name}'; `agent-lightning template` lists them");
        return Err(Exit::USAGE);
    };
    print!("{}", text::write(template.program()));
    Ok(Exit::DONE)
}
