//! Kinds that ask something of the world outside.

use super::{Capability, Effect, Kind, Meaning, VALUE};
use crate::types::{self, Type};

/// A kind with an effect: its ports as text, `name: type` or `name?: type` where it may be left out.
struct Asking {
    effect: Effect,
    name: &'static str,
    category: &'static str,
    capability: Capability,
    inputs: &'static [&'static str],
    output: Option<&'static str>,
    about: &'static str,
    words: &'static str,
}

pub(super) fn kinds() -> Vec<Kind> {
    ALL.iter().map(kind).collect()
}

fn kind(asking: &Asking) -> Kind {
    let Asking { effect, name, category, capability, inputs, output, about, words } = *asking;
    let mut kind = Kind::new(name, category, Meaning::Effect(effect), about).needs(capability).words(words);
    for text in inputs {
        let (port, ty) = text.split_once(": ").unwrap_or((text, "?"));
        kind = match port.strip_suffix('?') {
            Some(port) => kind.optional_input(port, read(ty)),
            None => kind.input(port, read(ty)),
        };
    }
    match output {
        Some(ty) => kind.output(VALUE, read(ty)),
        None => kind,
    }
}

/// A test holds that every type here reads.
fn read(ty: &str) -> Type {
    types::read(ty).unwrap_or(Type::Unknown)
}

const REPLY: &str = "record{status: int, headers: map<text>, body: text}";

const ALL: &[Asking] = &[
    Asking {
        effect: Effect::Print,
        name: "print",
        category: "basics",
        capability: Capability::Console,
        inputs: &["value: T"],
        output: None,
        about: "Writes a line to the console: a text as it is, anything else as a literal.",
        words: "output show log write display",
    },
    Asking {
        effect: Effect::Ask,
        name: "ask",
        category: "basics",
        capability: Capability::People,
        inputs: &["question: text"],
        output: Some("text"),
        about: "Asks the person who runs the program, and waits for the answer.",
        words: "input prompt question read line approval human",
    },
    Asking {
        effect: Effect::Now,
        name: "now",
        category: "basics",
        capability: Capability::Clock,
        inputs: &[],
        output: Some("text"),
        about: "The time now in UTC, such as 2024-02-29T12:00:00Z.",
        words: "time clock timestamp current",
    },
    Asking {
        effect: Effect::Today,
        name: "today",
        category: "basics",
        capability: Capability::Clock,
        inputs: &[],
        output: Some("text"),
        about: "Today's date in UTC, such as 2024-02-29.",
        words: "date clock current",
    },
    Asking {
        effect: Effect::Wait,
        name: "wait",
        category: "control",
        capability: Capability::Clock,
        inputs: &["seconds: number"],
        output: None,
        about: "Waits so many seconds before what stands behind it goes on.",
        words: "sleep delay pause timer",
    },
    Asking {
        effect: Effect::RandomInt,
        name: "random_int",
        category: "basics",
        capability: Capability::Random,
        inputs: &["low: int", "high: int"],
        output: Some("int"),
        about: "A random integer from low to high, both included. Fails with invalid_argument if high is below low.",
        words: "dice chance random number",
    },
    Asking {
        effect: Effect::ReadFile,
        name: "read_file",
        category: "files",
        capability: Capability::Files,
        inputs: &["path: text"],
        output: Some("text"),
        about: "The text of a file. Fails with not_found if there is none, and with invalid_argument if it is not UTF-8.",
        words: "open load input",
    },
    Asking {
        effect: Effect::WriteFile,
        name: "write_file",
        category: "files",
        capability: Capability::Files,
        inputs: &["path: text", "text: text"],
        output: None,
        about: "Writes a text as a file, in place of what was there; folders on the way are made.",
        words: "save store output",
    },
    Asking {
        effect: Effect::AppendFile,
        name: "append_file",
        category: "files",
        capability: Capability::Files,
        inputs: &["path: text", "text: text"],
        output: None,
        about: "Adds a text to the end of a file, which is made if there is none.",
        words: "log add save",
    },
    Asking {
        effect: Effect::ListFiles,
        name: "list_files",
        category: "files",
        capability: Capability::Files,
        inputs: &["path: text"],
        output: Some("list<text>"),
        about: "The names in a folder in the order of their scalars, folders with a slash at the end. Fails with not_found.",
        words: "directory folder glob",
    },
    Asking {
        effect: Effect::DeleteFile,
        name: "delete_file",
        category: "files",
        capability: Capability::Files,
        inputs: &["path: text"],
        output: None,
        about: "Removes a file. Fails with not_found if there is none.",
        words: "remove unlink",
    },
    Asking {
        effect: Effect::HttpGet,
        name: "http_get",
        category: "network",
        capability: Capability::Network,
        inputs: &["url: text", "headers?: map<text>?"],
        output: Some(REPLY),
        about: "Asks a server for what is at an address. Fails with network if no answer comes.",
        words: "fetch request api download rest",
    },
    Asking {
        effect: Effect::HttpPost,
        name: "http_post",
        category: "network",
        capability: Capability::Network,
        inputs: &["url: text", "body: text", "headers?: map<text>?"],
        output: Some(REPLY),
        about: "Sends a body to an address. Fails with network if no answer comes.",
        words: "send request api webhook rest",
    },
    Asking {
        effect: Effect::HttpRequest,
        name: "http_request",
        category: "network",
        capability: Capability::Network,
        inputs: &["method: text", "url: text", "body?: text?", "headers?: map<text>?", "seconds?: number?"],
        output: Some(REPLY),
        about: "Sends a request of any method, and waits at most so many seconds, 30 if not said. Fails with network if no \
                answer comes.",
        words: "api call put delete patch rest",
    },
    Asking {
        effect: Effect::SqlQuery,
        name: "sql_query",
        category: "databases",
        capability: Capability::Database,
        inputs: &["connection: text", "query: text", "parameters?: list<json>?"],
        output: Some("list<map<json>>"),
        about: "The rows that a query gives, by column names. Fails with database.",
        words: "select database rows table",
    },
    Asking {
        effect: Effect::SqlExecute,
        name: "sql_execute",
        category: "databases",
        capability: Capability::Database,
        inputs: &["connection: text", "statement: text", "parameters?: list<json>?"],
        output: Some("int"),
        about: "Runs a statement, and gives how many rows it changed. Fails with database.",
        words: "insert update delete database migration",
    },
    Asking {
        effect: Effect::AskModel,
        name: "ask_model",
        category: "AI and agents",
        capability: Capability::Model,
        inputs: &["prompt: text", "system?: text?", "model?: text?", "temperature?: number?", "max_tokens?: int?"],
        output: Some("text"),
        about: "The answer of a language model. Fails with model.",
        words: "prompt llm chat completion ai generate",
    },
    Asking {
        effect: Effect::Embed,
        name: "embed",
        category: "AI and agents",
        capability: Capability::Model,
        inputs: &["text: text", "model?: text?"],
        output: Some("list<number>"),
        about: "The vector of a text's meaning. Fails with model.",
        words: "embedding vector similarity semantic",
    },
    Asking {
        effect: Effect::Classify,
        name: "classify",
        category: "AI and agents",
        capability: Capability::Model,
        inputs: &["text: text", "labels: list<text>", "model?: text?"],
        output: Some("text"),
        about: "The label that fits a text best, by a language model. Fails with model.",
        words: "classifier category label sentiment",
    },
    Asking {
        effect: Effect::AskAgent,
        name: "ask_agent",
        category: "AI and agents",
        capability: Capability::Agents,
        inputs: &["task: text", "agent?: text?"],
        output: Some("record{state: text, text: text, verified: bool}"),
        about: "Gives a task to an agent, or to the one that fits best, and waits for its end.",
        words: "delegate task agent crew",
    },
    Asking {
        effect: Effect::SearchKnowledge,
        name: "search_knowledge",
        category: "knowledge",
        capability: Capability::Knowledge,
        inputs: &["query: text", "agent?: text?", "limit?: int?"],
        output: Some("list<record{id: text, title: text, content: text, score: number}>"),
        about: "The knowledge items that match best, at most so many, 10 if not said.",
        words: "retrieve rag find memory context",
    },
    Asking {
        effect: Effect::AddKnowledge,
        name: "add_knowledge",
        category: "knowledge",
        capability: Capability::Knowledge,
        inputs: &["title: text", "content: text", "category?: text?", "agent?: text?"],
        output: Some("text"),
        about: "Adds a knowledge item, and gives its id.",
        words: "remember store learn memory",
    },
    Asking {
        effect: Effect::EnvironmentVariable,
        name: "environment_variable",
        category: "integration",
        capability: Capability::Environment,
        inputs: &["name: text"],
        output: Some("text?"),
        about: "A setting of the machine that runs the program; none if it is not set.",
        words: "env config setting",
    },
    Asking {
        effect: Effect::RunProgram,
        name: "run_program",
        category: "integration",
        capability: Capability::Programs,
        inputs: &["program: text", "inputs: json"],
        output: Some("json"),
        about: "Runs another program of the workspace, and gives its outputs by name. Fails as that program fails.",
        words: "import call subflow module workflow",
    },
    Asking {
        effect: Effect::SendEvent,
        name: "send_event",
        category: "integration",
        capability: Capability::Programs,
        inputs: &["name: text", "data: json"],
        output: None,
        about: "Tells the workspace that something happened; what listens to that name starts.",
        words: "emit publish trigger message queue",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_port_has_a_type() {
        for asking in ALL {
            for text in asking.inputs {
                let (_, ty) = text.split_once(": ").expect("name: type");
                assert!(types::read(ty).is_ok(), "{}: {text}", asking.name);
            }
            assert!(asking.output.is_none_or(|ty| types::read(ty).is_ok()), "{}", asking.name);
        }
    }
}
