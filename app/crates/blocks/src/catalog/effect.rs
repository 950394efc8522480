//! What a program can ask of the world outside.

use super::find;

/// Requests to the world outside the VM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Writes a line to the console.
    Print,
    /// Asks a person.
    Ask,
    /// Reads the clock: an RFC 3339 text in UTC.
    Now,
    /// Reads today's date in UTC.
    Today,
    /// Waits some seconds.
    Wait,
    /// Draws an integer.
    RandomInt,
    /// Reads a file.
    ReadFile,
    /// Writes a file.
    WriteFile,
    /// Adds to a file.
    AppendFile,
    /// Lists a folder.
    ListFiles,
    /// Removes a file.
    DeleteFile,
    /// An HTTP request without a body.
    HttpGet,
    /// An HTTP request with a body.
    HttpPost,
    /// An HTTP request of any method.
    HttpRequest,
    /// Reads rows of a database.
    SqlQuery,
    /// Changes a database.
    SqlExecute,
    /// Asks a language model.
    AskModel,
    /// Asks a model for a vector.
    Embed,
    /// Asks a model for a label.
    Classify,
    /// Gives a task to an agent.
    AskAgent,
    /// Searches the knowledge.
    SearchKnowledge,
    /// Adds to the knowledge.
    AddKnowledge,
    /// Reads a setting of the machine.
    EnvironmentVariable,
    /// Runs another program.
    RunProgram,
    /// Tells what happened.
    SendEvent,
}

impl Effect {
    /// The name of the kind that asks for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Print => "print",
            Self::Ask => "ask",
            Self::Now => "now",
            Self::Today => "today",
            Self::Wait => "wait",
            Self::RandomInt => "random_int",
            Self::ReadFile => "read_file",
            Self::WriteFile => "write_file",
            Self::AppendFile => "append_file",
            Self::ListFiles => "list_files",
            Self::DeleteFile => "delete_file",
            Self::HttpGet => "http_get",
            Self::HttpPost => "http_post",
            Self::HttpRequest => "http_request",
            Self::SqlQuery => "sql_query",
            Self::SqlExecute => "sql_execute",
            Self::AskModel => "ask_model",
            Self::Embed => "embed",
            Self::Classify => "classify",
            Self::AskAgent => "ask_agent",
            Self::SearchKnowledge => "search_knowledge",
            Self::AddKnowledge => "add_knowledge",
            Self::EnvironmentVariable => "environment_variable",
            Self::RunProgram => "run_program",
            Self::SendEvent => "send_event",
        }
    }
}

impl Effect {
    /// Whether nothing comes back but that it is done.
    pub fn gives_nothing(self) -> bool {
        find(self.name()).is_some_and(|kind| kind.outputs.is_empty())
    }
}
