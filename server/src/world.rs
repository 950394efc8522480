//! The world outside, for a program that runs on this machine: the clock, files, the network and the person in front of
//! it, each only as far as it was granted.

mod files;
mod grants;
mod network;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use blocks::Value;
use blocks::catalog::Effect;
use blocks::value::Entries;
use services::Environment;
use tokio::sync::oneshot;
use tokio::task::{JoinError, JoinSet};
use vm::host::{Console, Outcome};
use vm::testing::Recording;
use vm::{Answer, Code, Failure, Fault, Limits, Machine, Request, Stop};

pub(crate) use grants::{Grant, Grants, option};

use crate::environment;

/// Fuel between two looks at what has been answered: a few milliseconds of work.
const SLICE: u64 = 200_000;
/// The longest that a program may wait, in seconds: a year.
const LONGEST_WAIT: f64 = 31_536_000.0;

/// Answers what programs ask of the world.
pub(crate) struct World {
    grants: Grants,
    files: Option<files::Files>,
    network: network::Network,
}

/// What a run gave.
pub(crate) struct Run {
    pub(crate) outcome: Outcome,
    /// What was asked and answered on the way.
    pub(crate) recording: Recording,
}

/// Requests that are being answered. Those on one resource wait for each other.
#[derive(Default)]
struct Pending {
    tasks: JoinSet<(Request, Answer)>,
    /// For each resource, what tells that its latest request is over.
    latest: HashMap<Resource, oneshot::Receiver<()>>,
}

/// What cannot do two things at once.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Resource {
    Files,
    Person,
}

impl Resource {
    fn of(effect: Effect) -> Option<Self> {
        match effect {
            Effect::ReadFile | Effect::WriteFile | Effect::AppendFile | Effect::ListFiles | Effect::DeleteFile => {
                Some(Self::Files)
            }
            Effect::Ask => Some(Self::Person),
            _ => None,
        }
    }
}

impl Pending {
    fn begin(&mut self, world: &Arc<World>, request: Request) {
        let world = Arc::clone(world);
        let (over, is_over) = oneshot::channel::<()>();
        let before = Resource::of(request.effect).and_then(|resource| self.latest.insert(resource, is_over));
        self.tasks.spawn(async move {
            if let Some(before) = before {
                // It ends with the task that had it, be it by an answer or by a panic.
                let _ = before.await;
            }
            let answer = world.answer(&request).await;
            drop(over);
            (request, answer)
        });
    }

    /// An answer that is there.
    fn answered(&mut self) -> Option<(Request, Answer)> {
        self.tasks.try_join_next().map(unwrap)
    }

    /// The next answer; `None` if nothing is asked.
    async fn next(&mut self) -> Option<(Request, Answer)> {
        self.tasks.join_next().await.map(unwrap)
    }
}

fn unwrap(done: Result<(Request, Answer), JoinError>) -> (Request, Answer) {
    done.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
}

impl World {
    /// A world in which no more can be done than is granted.
    ///
    /// # Errors
    /// A granted folder that cannot be opened, and an HTTP client that cannot be made.
    pub(crate) fn new(grants: Grants) -> anyhow::Result<Self> {
        let files = grants.files.as_deref().map(files::Files::open).transpose()?;
        let network = network::Network::new(grants.hosts.clone())?;
        Ok(Self { grants, files, network })
    }

    /// Runs a program to its end. Requests that do not depend on each other are answered at the same time; `on_print`
    /// gets each printed line at once.
    pub(crate) async fn run(
        self: &Arc<Self>,
        code: &Arc<Code>,
        inputs: Entries,
        limits: Limits,
        mut on_print: impl FnMut(&str),
    ) -> Run {
        let mut recording = Recording::default();
        let mut machine = match Machine::new(Arc::clone(code), inputs, limits) {
            Ok(machine) => machine,
            Err(fault) => {
                return Run {
                    outcome: Outcome { result: Err(Failure { fault, block: None }), fuel_used: 0 },
                    recording,
                };
            }
        };
        let mut console = Console::default();
        let mut pending = Pending::default();
        let result = loop {
            while let Some((request, answer)) = pending.answered() {
                recording.note(&request, &answer);
                machine.answer(request.token, answer);
            }
            match machine.step(SLICE) {
                Stop::Done(outputs) => break Ok(outputs),
                Stop::Failed(failure) => break Err(failure),
                Stop::OutOfFuel => tokio::task::yield_now().await,
                Stop::Wants(requests) if requests.is_empty() => {
                    if let Some((request, answer)) = pending.next().await {
                        recording.note(&request, &answer);
                        machine.answer(request.token, answer);
                    }
                }
                Stop::Wants(requests) => {
                    for request in requests {
                        if request.effect == Effect::Print {
                            let answer = console.print(&request);
                            console.lines.last().filter(|_| answer.is_ok()).into_iter().for_each(|line| on_print(line));
                            machine.answer(request.token, answer);
                        } else {
                            pending.begin(self, request);
                        }
                    }
                }
            }
        };
        // What was asked without anybody waiting for it happens all the same.
        while let Some((request, answer)) = pending.next().await {
            recording.note(&request, &answer);
        }
        Run { outcome: Outcome { result, fuel_used: machine.fuel_used() }, recording }
    }

    async fn answer(self: &Arc<Self>, request: &Request) -> Answer {
        self.grants.check(request.effect)?;
        let arguments = Arguments(&request.arguments);
        match request.effect {
            Effect::Now => Ok(Value::text(now())),
            Effect::Today => Ok(Value::text(now().get(..10).unwrap_or_default())),
            Effect::Wait => {
                let seconds = arguments.number(0).unwrap_or(0.0);
                tokio::time::sleep(Duration::from_secs_f64(seconds.clamp(0.0, LONGEST_WAIT))).await;
                Ok(Value::None)
            }
            Effect::RandomInt => random_int(arguments.integer(0), arguments.integer(1)),
            Effect::EnvironmentVariable => self.variable(arguments.text(0)),
            Effect::HttpGet | Effect::HttpPost | Effect::HttpRequest => {
                self.network.ask(request.effect, &arguments).await
            }
            Effect::Ask
            | Effect::ReadFile
            | Effect::WriteFile
            | Effect::AppendFile
            | Effect::ListFiles
            | Effect::DeleteFile => {
                let (world, request) = (Arc::clone(self), request.clone());
                let answered = tokio::task::spawn_blocking(move || world.answer_blocking(&request)).await;
                answered.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
            }
            other => Err(grants::unanswered(other)),
        }
    }

    fn answer_blocking(&self, request: &Request) -> Answer {
        let arguments = Arguments(&request.arguments);
        if request.effect == Effect::Ask {
            return ask(arguments.text(0));
        }
        match &self.files {
            Some(files) => files.answer(request.effect, &arguments),
            None => Err(grants::unanswered(request.effect)),
        }
    }

    fn variable(&self, name: &str) -> Answer {
        self.grants.check_variable(name)?;
        match std::env::var(name) {
            Ok(value) => Ok(Value::text(value)),
            Err(std::env::VarError::NotPresent) => Ok(Value::None),
            Err(std::env::VarError::NotUnicode(_)) => {
                Err(Fault::new("invalid_argument", format!("the variable {name} is not UTF-8")))
            }
        }
    }
}

/// The arguments of a request; the checker has seen to it that they fit.
pub(crate) struct Arguments<'a>(&'a [Value]);

impl Arguments<'_> {
    pub(crate) fn text(&self, place: usize) -> &str {
        self.0.get(place).and_then(Value::as_text).unwrap_or_default()
    }

    pub(crate) fn optional_text(&self, place: usize) -> Option<&str> {
        self.0.get(place).and_then(Value::as_text)
    }

    pub(crate) fn number(&self, place: usize) -> Option<f64> {
        match self.0.get(place)? {
            Value::Number(number) => Some(*number),
            other => other.as_i64().map(|integer| integer as f64),
        }
    }

    pub(crate) fn value(&self, place: usize) -> Option<&Value> {
        self.0.get(place)
    }

    fn integer(&self, place: usize) -> Option<i64> {
        self.0.get(place).and_then(Value::as_i64)
    }
}

/// The time in UTC, in whole seconds: 2024-02-29T12:00:00Z.
fn now() -> String {
    let seconds = environment::Machine.now().div_euclid(1000);
    jiff::Timestamp::from_second(seconds).unwrap_or_default().to_string()
}

fn random_int(low: Option<i64>, high: Option<i64>) -> Answer {
    match (low, high) {
        (Some(low), Some(high)) if low <= high => Ok(Value::Int(environment::Machine.random_int(low, high))),
        (Some(_), Some(_)) => Err(Fault::new("invalid_argument", "the highest is below the lowest")),
        _ => Err(Fault::new("invalid_argument", "random integers end at 64 bits")),
    }
}

/// Asks the person at the terminal, or whatever the standard input holds.
fn ask(question: &str) -> Answer {
    eprint!("{question} ");
    let mut line = String::new();
    match std::io::stdin().read_line(&mut line) {
        Ok(0) => Err(Fault::new("no_answer", "the standard input has ended")),
        Ok(_) => Ok(Value::text(line.trim_end_matches(['\n', '\r']))),
        Err(error) => Err(Fault::new("no_answer", error.to_string())),
    }
}

#[cfg(test)]
mod tests;
