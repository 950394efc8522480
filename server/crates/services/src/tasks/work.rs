//! Working on a task: route, solve, verify, answer, learn.

use model::{Answer, AnswerFile, Event, Json, Millis, Ranked, Solver, Stage, Subject, Task, TaskState, TestCount};
use recall::solve::{Match, Solution};
use recall::{Request, Unsolved};
use store::{Store, StoreError};
use tokio_util::sync::CancellationToken;

use super::duration;
use crate::models::Provider;
use crate::{ServiceError, Services, lock};

/// The stage in which a model is asked.
pub(super) const MODEL: &str = "model";

const CONNECT: &str = "connect one on the Models page, or set AGENT_LIGHTNING_MODEL_URL and AGENT_LIGHTNING_MODEL before starting the server";

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
            match self.work_on(task, &token).await {
                // A model takes its time; the worker goes on with what recipes answer.
                Ok(Some((progress, provider))) => {
                    let services = self.clone();
                    tokio::spawn(async move {
                        let worked = services.ask_model(progress, &provider, &token).await;
                        services.worked(&id, worked);
                    });
                }
                worked => self.worked(&id, worked.map(|_| ())),
            }
        }
    }

    fn worked(&self, id: &str, worked: Result<(), ServiceError>) {
        if let Err(error) = worked {
            tracing::error!(%error, task = id, "the work on a task could not be kept");
        }
        self.inner.queue.done(id);
    }

    /// Answers a task by a recipe, or gives it back with the model that is to be asked.
    async fn work_on(
        &self,
        task: Task,
        token: &CancellationToken,
    ) -> Result<Option<(Progress, Provider)>, ServiceError> {
        let mut progress = Progress::new(self, task);
        let request = Request::new(
            &progress.task.description,
            progress.task.language.as_deref(),
            progress.task.attachments.iter().map(|attachment| attachment.content.clone()).collect(),
        );
        let found = progress.stage(
            "retrieve",
            || recall::solve::retrieve(self.inner.library, &request),
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
            return Ok(None);
        }
        let (progress, end) = match found {
            Ok(found) => tokio::task::spawn_blocking(move || {
                let end = recall_answer(&mut progress, &found, &request);
                (progress, end)
            })
            .await
            .map_err(|error| ServiceError::Internal(error.to_string()))?,
            Err(unsolved) => (progress, End::NeedsModel(reason(&unsolved))),
        };
        if matches!(end, End::NeedsModel(_))
            && let Some(provider) = self.provider().await?
        {
            return Ok(Some((progress, provider)));
        }
        if !token.is_cancelled() {
            self.finish(progress.task, end).await?;
        }
        Ok(None)
    }

    /// Has a model answer a task, when it is its turn among the calls of models.
    async fn ask_model(
        &self,
        mut progress: Progress,
        provider: &Provider,
        token: &CancellationToken,
    ) -> Result<(), ServiceError> {
        let turn = tokio::select! {
            turn = self.inner.model_calls.acquire() => turn,
            () = token.cancelled() => return Ok(()),
        };
        let _turn = turn.map_err(|_| ServiceError::Internal("the calls of models are closed".to_owned()))?;
        match self.model_answer(&mut progress, provider, token).await? {
            Some(end) if !token.is_cancelled() => self.finish(progress.task, end).await,
            _ => Ok(()),
        }
    }

    /// Has a model answer. What it costs is not asked for twice: the stage is committed before the call, and a stop in
    /// the middle of it ends the task as interrupted. `None` if the task was cancelled.
    async fn model_answer(
        &self,
        progress: &mut Progress,
        provider: &Provider,
        token: &CancellationToken,
    ) -> Result<Option<End>, ServiceError> {
        let knowledge = self.helpful_knowledge(&progress.task).await?;
        let (started, moment) = (self.now(), self.inner.environment.moment());
        let detail = match knowledge.len() {
            0 => String::new(),
            1 => ", with an item of knowledge".to_owned(),
            count => format!(", with {count} items of knowledge"),
        };
        let detail = format!("{} of {}{detail}", provider.target.model, provider.name);
        progress.task.stages.push(Stage { name: MODEL.to_owned(), detail, started, ms: 0.0 });
        if !self.keep(&progress.task, TaskState::Running, "asked a model", None).await? {
            return Ok(None);
        }
        let prompt = crate::models::prompt(&progress.task, &knowledge);
        let id = progress.task.id.clone();
        let mut on_text = |text: &str| self.announce_delta(&id, text);
        let called = tokio::select! {
            called = agents::chat_with_retry(&*self.inner.models.chat, &provider.target, &prompt, &mut on_text) => called,
            () = token.cancelled() => return Ok(None),
        };
        if let Some(stage) = progress.task.stages.last_mut() {
            stage.ms = self.inner.environment.moment() - moment;
        }
        Ok(Some(match called {
            Ok(reply) => End::Answered(Box::new(crate::models::answer(provider, reply))),
            Err(error) => End::Failed(format!("{}: {error}", provider.name)),
        }))
    }

    fn announce_delta(&self, id: &str, text: &str) {
        let body = serde_json::to_string(text).ok().and_then(|text| Json::new(text).ok()).unwrap_or_default();
        let (at, what) = (self.now(), "delta".to_owned());
        self.store().announce(Event { seq: 0, at, subject: Subject::TaskDelta, id: id.to_owned(), what, body });
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
        // The recipe is about this, but not with these values.
        Err(Unsolved::NoRecipe(why)) => End::NeedsModel(why),
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
