//! Programs to code that a person would be glad to own: Python and JavaScript, with the program's tests.

/// A target language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Python 3.11.
    Python,
    /// JavaScript, ES2022 modules.
    JavaScript,
}

impl Target {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Python, Self::JavaScript];

    /// Its name in requests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::JavaScript => "javascript",
        }
    }
}

/// A generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path.
    pub path: String,
    /// Its content.
    pub content: String,
}

/// Generates the code of a program and its tests.
pub fn generate(_program: &blocks::Program, _plan: &blocks::Plan, _target: Target) -> Vec<File> {
    Vec::new()
}
