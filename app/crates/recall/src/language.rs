//! The programming languages that a task may ask for.

use serde::{Deserialize, Serialize};

/// A target language of the code generator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Python 3.11.
    #[default]
    Python,
    /// JavaScript, ES2022 modules.
    JavaScript,
    /// TypeScript, strict.
    TypeScript,
    /// Rust, edition 2024.
    Rust,
}

impl Language {
    /// All of them, the default first.
    pub const ALL: [Self; 4] = [Self::Python, Self::JavaScript, Self::TypeScript, Self::Rust];

    /// The name in requests and answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::JavaScript => "javascript",
            Self::TypeScript => "typescript",
            Self::Rust => "rust",
        }
    }

    /// The language that a word names.
    pub fn of_word(word: &str) -> Option<Self> {
        match word {
            "python" | "python3" | "py" | "pythonic" => Some(Self::Python),
            "javascript" | "js" | "node" | "nodejs" | "node.js" | "ecmascript" => Some(Self::JavaScript),
            "typescript" | "ts" => Some(Self::TypeScript),
            "rust" => Some(Self::Rust),
            _ => None,
        }
    }
}

/// Whether a word names a language that this version does not write.
pub fn is_foreign(word: &str) -> bool {
    const WORDS: [&str; 21] = [
        "golang",
        "java",
        "kotlin",
        "swift",
        "c++",
        "cpp",
        "c#",
        "csharp",
        "php",
        "ruby",
        "perl",
        "scala",
        "haskell",
        "elixir",
        "erlang",
        "lua",
        "julia",
        "fortran",
        "cobol",
        "bash",
        "powershell",
    ];
    WORDS.contains(&word)
}

impl From<Language> for codegen::Target {
    fn from(language: Language) -> Self {
        match language {
            Language::Python => Self::Python,
            Language::JavaScript => Self::JavaScript,
            Language::TypeScript => Self::TypeScript,
            Language::Rust => Self::Rust,
        }
    }
}
