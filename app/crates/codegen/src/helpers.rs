//! Helper functions that generated code brings along, only those that it needs.

mod javascript;
mod python;

use std::collections::BTreeSet;

use crate::Target;

/// What a module needs besides its own functions.
#[derive(Debug)]
pub(crate) struct Helpers {
    target: Target,
    needed: BTreeSet<&'static str>,
    imports: BTreeSet<&'static str>,
}

impl Helpers {
    pub(crate) fn new(target: Target) -> Self {
        Self { target, needed: BTreeSet::new(), imports: BTreeSet::new() }
    }

    fn sources(&self) -> &'static [(&'static str, &'static str)] {
        match self.target {
            Target::Python => python::ALL,
            Target::JavaScript => javascript::ALL,
        }
    }

    /// Brings a helper along, and those that it calls.
    pub(crate) fn need(&mut self, name: &str) {
        let found = self.sources().iter().find(|(have, _)| *have == name);
        let Some((name, source)) = found else { return };
        if !self.needed.insert(name) {
            return;
        }
        for (other, _) in self.sources() {
            if calls(source, other) {
                self.need(other);
            }
        }
        self.scan(source);
    }

    /// Imports the modules that some code names.
    pub(crate) fn scan(&mut self, code: &str) {
        if self.target == Target::Python {
            for module in
                ["base64", "csv", "datetime", "hashlib", "hmac", "html", "io", "json", "math", "random", "urllib.parse"]
            {
                let used = code
                    .match_indices(&format!("{module}."))
                    .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.'));
                if used {
                    self.imports.insert(module);
                }
            }
        }
    }

    /// The imports, one a line.
    pub(crate) fn imports(&self) -> String {
        match self.target {
            Target::Python => self.imports.iter().map(|module| format!("import {module}\n")).collect(),
            Target::JavaScript if self.needed.contains("_digest") || self.needed.contains("_hmac") => {
                let used = [("_digest", "createHash"), ("_hmac", "createHmac")];
                let names: Vec<&str> =
                    used.iter().filter(|(helper, _)| self.needed.contains(helper)).map(|(_, name)| *name).collect();
                format!("import {{ {} }} from \"node:crypto\";\n", names.join(", "))
            }
            Target::JavaScript => String::new(),
        }
    }

    /// The helpers' code, in the order of the table.
    pub(crate) fn code(&self) -> Vec<&'static str> {
        self.sources().iter().filter(|(name, _)| self.needed.contains(name)).map(|(_, source)| *source).collect()
    }
}

/// Whether code names a function.
fn calls(source: &str, name: &str) -> bool {
    source.match_indices(name).any(|(at, _)| {
        let boundary = |c: char| !c.is_alphanumeric() && c != '_';
        source[..at].chars().next_back().is_none_or(boundary)
            && source[at + name.len()..].chars().next().is_none_or(boundary)
    })
}
