//! Working on a task: route, solve, verify, answer, learn.

use model::{Answer, AnswerFile, Json, Millis, Ranked, Solver, Stage, Task, TaskState, TestCount};
use recall::solve::{Match, Solution};
use recall::{Request, Unsolved};
use store::{Store, StoreError};
use tokio_util::sync::CancellationToken;

use super::duration;
use crate::{ServiceError, Services, lock};

const CONNECT: &str = "connect a model on the Models page, or set AGENT_LIGHTNING_MODEL_URL and AGENT_LIGHTNING_MODEL before starting the server";

/// How the work on a task ended.
enum End {
    Answered(Box<Answer>),
    NeedsModel(String),
    Failed(String),
}

impl Services {
    /// Takes tasks from the queue until it is closed.
    pub(crate) async fn work(self) {
        while let Some((task, token)) = self.inner.queue.next().await {
            let id = task.id.clone();
            if let Err(error) = self.work_on(task, &token).await {
                tracing::error!(%error, task = id, "the work on a task could not be kept");
            }
            self.inner.queue.done(&id);
        }
    }

    async fn work_on(&self, task: Task, token: &CancellationToken) -> Result<(), ServiceError> {
        let mut progress = Progress::new(self, task);
        let request = Request::new(
            &progress.task.description,
            progress.task.language.as_deref(),
            progress.task.attachments.iter().map(|attachment| attachment.content.clone()).collect(),
        );
        let found = progress.stage(
            "retrieve",
            || recall::solve::retrieve(&self.inner.library, &request),
            |found| match found {
                Ok(found) => format!("the recipe \"{}\" fits", found.recipe.program.name),
                Err(unsolved) => reason(unsolved),
            },
        );
        self.route(&mut progress, &request, found.as_ref().ok());
        let before = progress.task.state;
        progress.task.state = TaskState::Running;
        progress.task.started_at = Some(self.now());
        if !self.keep(&progress.task, before, "started", None).await? {
            return Ok(());
        }
        let (progress, end) = tokio::task::spawn_blocking(move || {
            let end = match found {
                Ok(found) => recall_answer(&mut progress, &found, &request),
                Err(unsolved) => End::NeedsModel(reason(&unsolved)),
            };
            (progress, end)
        })
        .await
        .map_err(|error| ServiceError::Internal(error.to_string()))?;
        if token.is_cancelled() {
            return Ok(());
        }
        self.finish(progress.task, end).await
    }

    fn route(&self, progress: &mut Progress, request: &Request, found: Option<&Match>) {
        let owners = found.map(|found| found.recipe.agents.clone()).unwrap_or_default();
        let route = progress.stage(
            "route",
            || recall::router::route(request, &owners, |agent| self.standing(agent)),
            |route| format!("{} at {:.0} %", route.agent(), route.confidence * 100.0),
        );
        let task = &mut progress.task;
        task.ranking =
            route.ranking.iter().map(|(agent, score)| Ranked { agent: (*agent).to_owned(), score: *score }).collect();
        (task.agent, task.confidence, task.reasons) = match &task.requested_agent {
            Some(agent) => (Some(agent.clone()), Some(1.0), vec!["it was asked for".to_owned()]),
            None => (Some(route.agent().to_owned()), Some(route.confidence), route.reasons),
        };
    }

    async fn finish(&self, mut task: Task, end: End) -> Result<(), ServiceError> {
        let before = task.state;
        let agent = task.agent.clone().unwrap_or_default();
        let mut learned = None;
        match end {
            End::Answered(answer) => {
                task.state = TaskState::Succeeded;
                task.answer = Some(*answer);
                learned = Some(self.learn(&agent, |stats| stats.succeeded += 1));
            }
            End::NeedsModel(why) => {
                task.state = TaskState::NeedsModel;
                task.error = Some(format!(
                    "No verified recipe answers this: {why}. To have a language model answer it, {CONNECT}."
                ));
            }
            End::Failed(why) => {
                task.state = TaskState::Failed;
                task.error = Some(why);
                learned = Some(self.learn(&agent, |stats| stats.failed += 1));
            }
        }
        task.completed_at = Some(self.now());
        if self.keep(&task, before, task.state.name(), learned).await? {
            lock(&self.inner.metrics).ended(self.now(), duration(task.created_at, self.now()));
        }
        Ok(())
    }

    /// Commits a task's progress; `false` if it has ended meanwhile.
    async fn keep(
        &self,
        task: &Task,
        before: TaskState,
        what: &str,
        also: Option<store::Write>,
    ) -> Result<bool, ServiceError> {
        let mut write = Store::update_task(self.now(), task, what);
        if let Some(also) = also {
            write = write.and(also);
        }
        match self.store().write(write).await {
            Ok(_) => {
                lock(&self.inner.metrics).moved(Some(before), task.state);
                Ok(true)
            }
            Err(StoreError::Stale(_)) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

/// A task with the stages of the work on it.
struct Progress {
    task: Task,
    environment: std::sync::Arc<dyn crate::Environment>,
}

impl Progress {
    fn new(services: &Services, mut task: Task) -> Self {
        task.stages.clear();
        Self { task, environment: std::sync::Arc::clone(&services.inner.environment) }
    }

    /// Does a stage of the work and keeps how long it took.
    fn stage<T>(&mut self, name: &str, work: impl FnOnce() -> T, detail: impl FnOnce(&T) -> String) -> T {
        let (started, moment): (Millis, f64) = (self.environment.now(), self.environment.moment());
        let done = work();
        let ms = ((self.environment.moment() - moment) * 1000.0).round() / 1000.0;
        self.task.stages.push(Stage { name: name.to_owned(), detail: detail(&done), started, ms });
        done
    }
}

fn reason(unsolved: &Unsolved) -> String {
    match unsolved {
        Unsolved::NoRecipe(why) | Unsolved::Failed(why) => why.clone(),
    }
}

fn recall_answer(progress: &mut Progress, found: &Match, request: &Request) -> End {
    let verified = progress.stage(
        "verify",
        || recall::solve::verify(&found.recipe),
        |verified| match verified {
            Ok((_, tests)) => format!("{} tests passed", tests.len()),
            Err(unsolved) => reason(unsolved),
        },
    );
    let (code, tests) = match verified {
        Ok(verified) => verified,
        Err(unsolved) => return End::Failed(reason(&unsolved)),
    };
    let answered = progress.stage(
        "answer",
        || recall::solve::answer(found, request, &code, tests),
        |answered| match answered {
            Ok(solution) => solution.outputs.as_ref().map_or("code written", |_| "run and written").to_owned(),
            Err(unsolved) => reason(unsolved),
        },
    );
    match answered {
        Ok(solution) => End::Answered(Box::new(answer(solution))),
        Err(unsolved) => End::Failed(reason(&unsolved)),
    }
}

fn answer(solution: Solution) -> Answer {
    let passed = solution.tests.iter().filter(|test| test.passed()).count() as u32;
    let value = solution.outputs.as_ref().and_then(|outputs| outputs.values().next()).map(blocks::json::write_lossy);
    let inputs = blocks::json::write_lossy(&blocks::Value::map(solution.inputs));
    let report = crate::programs::report(solution.tests);
    Answer {
        text: solution.text,
        value: value.and_then(|value| Json::new(value).ok()),
        files: solution
            .files
            .into_iter()
            .map(|file| AnswerFile { path: file.path, content: file.content, language: file.language })
            .collect(),
        verified: true,
        tests: TestCount { passed, failed: report.count.failed },
        test_results: report.tests,
        solver: Solver::Recall,
        program: Some(format!("recipe-{}", solution.recipe)),
        recipe: Some(solution.recipe),
        inputs: Json::new(inputs).ok(),
        model: None,
        usage: None,
    }
}
