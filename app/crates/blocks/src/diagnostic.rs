//! What the reader and the checker have to say about a program.

use serde::{Deserialize, Serialize};

use crate::document::BlockId;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The program runs, but something looks wrong.
    Warning,
    /// The program cannot run.
    Error,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// A stable code, for example `unknown_kind`; `LANGUAGE.md` lists them.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// A sentence that says what is wrong and what to do.
    pub message: String,
    /// The block it is about.
    pub block: Option<BlockId>,
    /// The port, setting, carry or body it is about.
    pub port: Option<String>,
    /// The line of the text it is about, from 1, where the program came from text.
    pub line: Option<usize>,
}

impl Diagnostic {
    /// An error without a place.
    pub fn error(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            severity: Severity::Error,
            message: message.into(),
            block: None,
            port: None,
            line: None,
        }
    }

    /// A warning without a place.
    pub fn warning(code: &str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// The same, about a block.
    #[must_use]
    pub fn at(mut self, block: &BlockId) -> Self {
        self.block = Some(block.clone());
        self
    }

    /// The same, about a port of the block.
    #[must_use]
    pub fn port(mut self, port: impl Into<String>) -> Self {
        self.port = Some(port.into());
        self
    }

    /// The same, about a line of text.
    #[must_use]
    pub fn line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }
}
