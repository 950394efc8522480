//! Nouns shared by browser and server: tasks, agents, knowledge, programs, models, people, events.
//!
//! They are plain data with the shapes of the REST interface. Rules live in the services.

mod agent;
mod edits;
mod event;
mod json;
mod knowledge;
mod overview;
mod people;
mod problem;
mod program;
mod provider;
mod share;
mod task;
mod version;

pub use agent::{Agent, AgentRecipe, AgentStats};
pub use edits::{EditsKept, EditsSent, LoggedEdit, ProgramLog};
pub use event::{Event, Subject};
pub use json::Json;
pub use knowledge::{
    ImportReport, KnowledgeDraft, KnowledgeItem, KnowledgePage, KnowledgeQuery, Rejected, SearchHit, SearchQuery,
    SearchResult,
};
pub use overview::{Health, Overview, Point, SubsystemHealth};
pub use people::{NewToken, Person, SignInLink, TokenCreated, TokenInfo};
pub use problem::Problem;
pub use program::{
    DiagnosticView, GeneratedFile, ProgramDraft, ProgramPage, ProgramRecord, ProgramSummary, RunReport, RunRequest,
    TestReport,
};
pub use provider::{ProviderDraft, ProviderInfo, ProviderKind};
pub use share::{ShareCreated, ShareDraft, ShareInfo, SharedProgram};
pub use task::{
    Answer, AnswerFile, Attachment, Feedback, NewTask, Priority, Ranked, Solver, Stage, Task, TaskPage, TaskQuery,
    TaskState, TestCount, TestView, Usage,
};
pub use version::{ConflictView, MergeDraft, MergeReport, Origin, ProgramVersion, VersionDraft};

/// Milliseconds since 1970-01-01 in UTC.
pub type Millis = i64;
