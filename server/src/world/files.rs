//! Files of one folder. Paths lead nowhere else, be it by `..`, from the root, or through links.

use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use anyhow::Context;
use blocks::Value;
use blocks::catalog::Effect;
use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};
use vm::{Answer, Fault};

use super::Arguments;

/// The longest file that is read, in bytes; a longer text would be refused by the run's limits anyway.
const LONGEST: u64 = 64 * 1024 * 1024;

/// A folder that programs may use.
pub(super) struct Files {
    folder: Dir,
}

impl Files {
    /// # Errors
    /// A folder that is not there, or may not be opened.
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        let folder = Dir::open_ambient_dir(path, ambient_authority())
            .with_context(|| format!("the granted folder {} cannot be opened", path.display()))?;
        Ok(Self { folder })
    }

    pub(super) fn answer(&self, effect: Effect, arguments: &Arguments<'_>) -> Answer {
        let path = arguments.text(0);
        let done = match effect {
            Effect::ReadFile => self.read(path)?,
            Effect::WriteFile => self.write(path, arguments.text(1), OpenOptions::new().create(true).truncate(true)),
            Effect::AppendFile => self.write(path, arguments.text(1), OpenOptions::new().create(true).append(true)),
            Effect::ListFiles => self.list(path),
            _ => self.folder.remove_file(path).map(|()| Value::None),
        };
        done.map_err(|error| fault(path, &error))
    }

    /// The text of a file; a fault where it is there but no text that could be taken.
    fn read(&self, path: &str) -> Result<std::io::Result<Value>, Fault> {
        let mut bytes = Vec::new();
        let read = self.folder.open(path).and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes));
        if let Err(error) = read {
            return Ok(Err(error));
        }
        if bytes.len() as u64 > LONGEST {
            return Err(Fault::new("size", format!("{path} is longer than {} MiB", LONGEST >> 20)));
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Ok(Value::text(text))),
            Err(_) => Err(Fault::new("invalid_argument", format!("{path} is not UTF-8"))),
        }
    }

    fn write(&self, path: &str, text: &str, options: &mut OpenOptions) -> std::io::Result<Value> {
        if let Some(parent) = Path::new(path).parent().filter(|parent| !parent.as_os_str().is_empty()) {
            self.folder.create_dir_all(parent)?;
        }
        self.folder.open_with(path, options.write(true))?.write_all(text.as_bytes())?;
        Ok(Value::None)
    }

    fn list(&self, path: &str) -> std::io::Result<Value> {
        let mut names = Vec::new();
        for entry in self.folder.read_dir(if path.is_empty() { "." } else { path })? {
            let entry = entry?;
            let slash = if entry.file_type()?.is_dir() { "/" } else { "" };
            names.push(format!("{}{slash}", entry.file_name().to_string_lossy()));
        }
        names.sort();
        Ok(Value::list(names.into_iter().map(Value::text).collect()))
    }
}

fn fault(path: &str, error: &std::io::Error) -> Fault {
    let code = match error.kind() {
        ErrorKind::NotFound => "not_found",
        // Also what leads out of the folder.
        ErrorKind::PermissionDenied => "not_granted",
        _ => "files",
    };
    Fault::new(code, format!("{path}: {error}"))
}
