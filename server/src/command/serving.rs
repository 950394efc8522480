//! Commands that need the data folder, or the server that has it.

use std::future::Future;

use anyhow::Context;
use model::{KnowledgeQuery, NewTask, Task, TaskState};
use store::StoreError;
use store::guard::damage::Damage;

use super::backend::Backend;
use super::{
    DataArguments, Exit, ExportArguments, ImportArguments, ServerArguments, TaskArguments, TokenArguments, TokenCommand,
};
use crate::logging;
use crate::serve::{self, Options};

/// Serves until told to stop.
pub(super) fn serve(options: &Options) -> Exit {
    logging::start(&options.damage);
    block_on(async {
        match serve::serve(options).await {
            Ok(()) => Exit::DONE,
            Err(error) => refused(&error),
        }
    })
}

/// Asks a task and waits for its end.
pub(super) fn task(arguments: &TaskArguments) -> Exit {
    with_backend(&arguments.data, &arguments.server, async |backend| {
        let new = NewTask {
            description: arguments.description.clone(),
            agent: Some(arguments.agent.clone()),
            language: arguments.language.clone(),
            ..NewTask::default()
        };
        let mut task = backend.create_task(new).await?;
        let mut shown = 0;
        while !task.state.is_final() {
            backend.wait(&task.id).await;
            task = backend.task(&task.id).await?;
            for stage in &task.stages[shown.min(task.stages.len())..] {
                eprintln!("{:>9}  {} ({} ms)", stage.name, stage.detail, stage.ms);
            }
            shown = task.stages.len();
        }
        if arguments.json {
            println!("{}", serde_json::to_string_pretty(&task)?);
        } else {
            print(&task);
        }
        Ok(match task.state {
            TaskState::Succeeded => Exit::DONE,
            TaskState::NeedsModel => Exit::NEEDS_MODEL,
            _ => Exit::FAILED,
        })
    })
}

fn print(task: &Task) {
    if let Some(answer) = &task.answer {
        println!("{}", answer.text);
        let wanted = task.language.as_deref();
        let first = answer.files.first().map(|file| file.language.as_str());
        for file in answer.files.iter().filter(|file| Some(file.language.as_str()) == wanted.or(first)) {
            println!("\n--- {}\n{}", file.path, file.content);
        }
        let verified = if answer.verified { "verified" } else { "not verified" };
        eprintln!("{verified}: {} tests passed, {} failed", answer.tests.passed, answer.tests.failed);
    }
    if let Some(error) = &task.error {
        eprintln!("{error}");
    }
}

/// Imports knowledge.
pub(super) fn import(arguments: &ImportArguments) -> Exit {
    with_backend(&arguments.data, &arguments.server, async |backend| {
        let body = std::fs::read(&arguments.file).with_context(|| arguments.file.display().to_string())?;
        let stem = arguments.file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let agent = arguments.agent.clone().or(stem).unwrap_or_default();
        let report = backend.import(&agent, body).await?;
        for entry in &report.rejected {
            eprintln!("entry {}: {}", entry.index, entry.error);
        }
        println!("{} imported, {} rejected", report.imported, report.rejected.len());
        Ok(if report.rejected.is_empty() { Exit::DONE } else { Exit::FAILED })
    })
}

/// Prints an agent's knowledge in the form that `import` reads.
pub(super) fn export(arguments: &ExportArguments) -> Exit {
    with_backend(&arguments.data, &arguments.server, async |backend| {
        let mut entries = Vec::new();
        let mut query =
            KnowledgeQuery { agent: Some(arguments.agent.clone()), limit: Some(200), ..KnowledgeQuery::default() };
        loop {
            let page = backend.knowledge(&query).await?;
            entries.extend(page.items.into_iter().filter(|item| item.agent == arguments.agent).map(|item| {
                serde_json::json!({
                    "id": item.id, "category": item.category, "title": item.title, "content": item.content,
                    "source": item.source, "metadata": item.metadata, "usage_count": item.usage,
                    "relevance_score": item.relevance,
                })
            }));
            match page.next_cursor {
                Some(cursor) => query.cursor = Some(cursor),
                None => break,
            }
        }
        println!("{}", serde_json::to_string_pretty(&entries)?);
        Ok(Exit::DONE)
    })
}

/// Makes tokens and sign-in links.
pub(super) fn token(arguments: &TokenArguments) -> Exit {
    with_backend(&arguments.data, &arguments.server, async |backend| {
        match &arguments.command {
            TokenCommand::Create { name } => println!("{}", backend.create_token(name).await?),
            TokenCommand::SignIn => println!("{}", backend.create_link().await?),
        }
        Ok(Exit::DONE)
    })
}

/// Has a server do something, or opens the data folder, does it as its owner, and closes it.
fn with_backend(
    data: &DataArguments,
    server: &ServerArguments,
    act: impl AsyncFnOnce(&mut Backend) -> anyhow::Result<Exit>,
) -> Exit {
    logging::start(&Damage::default());
    block_on(async {
        let mut backend = match Backend::open(data, server).await {
            Ok(backend) => backend,
            Err(error) => return refused(&error),
        };
        let exit = match act(&mut backend).await {
            Ok(exit) => exit,
            Err(error) => {
                eprintln!("agent-lightning: {error:#}");
                Exit::USAGE
            }
        };
        backend.close().await;
        exit
    })
}

/// Says why the data folder or the address cannot be used.
fn refused(error: &anyhow::Error) -> Exit {
    eprintln!("agent-lightning: {error:#}");
    match error.downcast_ref::<StoreError>() {
        Some(StoreError::Locked(_)) => Exit::LOCKED,
        _ => Exit::USAGE,
    }
}

/// The database's planner needs deep stacks.
fn block_on<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(10 << 20).build();

    runtime.expect("threads can be started").block_on(work)
}
