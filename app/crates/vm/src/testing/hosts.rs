//! Hosts for tests: one that answers from a test case, and one that writes down what another host answers.

use std::collections::{HashMap, VecDeque};

use blocks::BlockId;
use blocks::catalog::Effect;
use blocks::document::{Answer, Expect, Reply, TestCase};
use blocks::value::Entries;

use crate::failure::Fault;
use crate::host::{Console, Host, Outcome};
use crate::machine::{self, Request};

/// Answers each block with what a test case says, in order. What gives no value back is taken as done.
#[derive(Debug, Default)]
pub struct Fixtures {
    answers: HashMap<BlockId, VecDeque<Reply>>,
    /// The lines that were printed.
    pub console: Console,
}

impl Fixtures {
    /// The answers of a test case.
    pub fn of(test: &TestCase) -> Self {
        let mut answers: HashMap<BlockId, VecDeque<Reply>> = HashMap::new();
        for Answer { block, reply } in &test.answers {
            answers.entry(block.clone()).or_default().push_back(reply.clone());
        }
        Self { answers, console: Console::default() }
    }
}

impl Host for Fixtures {
    fn answer(&mut self, request: &Request) -> machine::Answer {
        if request.effect == Effect::Print {
            return self.console.print(request);
        }
        let reply = request.block.as_ref().and_then(|block| self.answers.get_mut(block)).and_then(VecDeque::pop_front);
        match reply {
            Some(Reply::Value(value)) => Ok(value),
            Some(Reply::Error(code)) => Err(Fault::new(code, "the test says that this fails")),
            None if request.effect.gives_nothing() => Ok(blocks::Value::None),
            None => Err(unanswered(request)),
        }
    }
}

fn unanswered(request: &Request) -> Fault {
    let block = request.block.as_ref().map(ToString::to_string).unwrap_or_default();
    let detail = format!("the test has no answer left for '{block}'; add a line: answer {block} = …");
    Fault::new("no_answer", detail)
}

/// What was asked and answered in a run, so that the run becomes a test case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recording {
    answers: Vec<Answer>,
}

impl Recording {
    /// Writes down an answer. What is printed is left out, and what gives nothing back unless it failed: tests take
    /// these as done.
    pub fn note(&mut self, request: &Request, answer: &machine::Answer) {
        if let (Some(block), false) = (&request.block, request.effect == Effect::Print) {
            let reply = match answer {
                Ok(value) => Some(Reply::Value(value.clone())).filter(|_| !request.effect.gives_nothing()),
                Err(fault) => Some(Reply::Error(fault.code.clone())),
            };
            self.answers.extend(reply.map(|reply| Answer { block: block.clone(), reply }));
        }
    }

    /// The test case that repeats the run: its inputs, the answers that it got, and what came of it.
    pub fn into_test(self, name: &str, inputs: Entries, outcome: &Outcome) -> TestCase {
        let expect = match &outcome.result {
            Ok(outputs) => Expect::Outputs(outputs.clone()),
            Err(failure) => Expect::Error(failure.fault.code.clone()),
        };
        TestCase { name: name.to_owned(), inputs, answers: self.answers, expect, extra: Vec::new() }
    }
}

/// Passes requests on to another host, and writes down its answers.
pub struct Recorder<'a> {
    host: &'a mut dyn Host,
    recording: Recording,
}

impl<'a> Recorder<'a> {
    /// Records what a host answers.
    pub fn new(host: &'a mut dyn Host) -> Self {
        Self { host, recording: Recording::default() }
    }

    /// What was recorded.
    pub fn into_recording(self) -> Recording {
        self.recording
    }
}

impl Host for Recorder<'_> {
    fn answer(&mut self, request: &Request) -> machine::Answer {
        let answer = self.host.answer(request);
        self.recording.note(request, &answer);
        answer
    }

    fn is_cancelled(&self) -> bool {
        self.host.is_cancelled()
    }
}
