//! Answering.

use std::sync::Arc;

use blocks::check::Rechecker;
use blocks::value::Entries;
use blocks::{Diagnostic, Plan, Program, Severity, Type, Value, json, literal, text, types};
use vm::host::{Console, Host};
use vm::{Answer, Code, Limits};

use crate::assistant::Assistant;
use crate::outline::outline;
use crate::protocol::{Field, File, Finding, Opened, Ran, Reply, Request, Written};

/// Answers requests. It keeps the program that it compiled last, as that is the one that runs next, and what it found of
/// the one that it checked last, as the next is mostly that one after an edit.
#[derive(Default)]
pub struct Service {
    rechecker: Rechecker,
    compiled: Option<(String, Arc<Code>)>,
    assistant: Assistant,
}

impl Service {
    /// Answers a request: `reply` gets one answer or, while a program runs, several.
    pub fn answer(&mut self, request: Request, reply: &mut dyn FnMut(Reply)) {
        match request {
            Request::Open { text } => reply(self.open(text)),
            Request::Check { text } => reply(Reply::Checked(match text::read(&text) {
                Ok(program) => findings(&self.rechecker.check(&program).diagnostics),
                Err(problems) => findings(&problems),
            })),
            Request::Inputs { inputs } => reply(Reply::Inputs(json::write_lossy(&Value::map(values(&inputs))))),
            Request::Run { text, inputs } => match self.compile(&text) {
                Ok(code) => {
                    let ran = run(&code, values(&inputs), reply);
                    reply(Reply::Ran(ran));
                }
                Err(problems) => reply(Reply::Checked(findings(&problems))),
            },
            Request::Assist(question) => {
                let answer = self.assistant.answer(question);
                reply(answer.unwrap_or_else(|problems| Reply::Checked(findings(&problems))));
            }
        }
    }

    fn open(&mut self, source: String) -> Reply {
        let program = match text::read(&source) {
            Ok(program) => program,
            Err(problems) => return Reply::Checked(findings(&problems)),
        };
        let checked = self.rechecker.check(&program);
        let (mut inputs, mut files) = (None, Vec::new());
        if let Some(plan) = &checked.plan {
            inputs = Some(fields(plan));
            files = code_of(&program, plan, &source);
            self.compiled = Some((source, Arc::new(vm::compile(plan))));
        }
        Reply::Opened(Box::new(Opened {
            about: program.about.clone(),
            findings: findings(&checked.diagnostics),
            outline: outline(&program),
            inputs,
            files,
        }))
    }

    /// The code of a program; what is wrong with it if it has none.
    fn compile(&mut self, source: &str) -> Result<Arc<Code>, Vec<Diagnostic>> {
        if let Some((text, code)) = &self.compiled
            && text == source
        {
            return Ok(Arc::clone(code));
        }
        let checked = self.rechecker.check(&text::read(source)?);
        let plan = checked.plan.as_ref().ok_or_else(|| checked.diagnostics.clone())?;
        let code = Arc::new(vm::compile(plan));
        self.compiled = Some((source.to_owned(), Arc::clone(&code)));
        Ok(code)
    }
}

fn findings(diagnostics: &[Diagnostic]) -> Vec<Finding> {
    let finding = |found: &Diagnostic| Finding {
        line: found.line,
        block: found.block.as_ref().map(ToString::to_string),
        is_warning: found.severity == Severity::Warning,
        message: found.message.clone(),
    };
    diagnostics.iter().map(finding).collect()
}

fn fields(plan: &Plan) -> Vec<Field> {
    let written = |value: &Value| value.as_text().map_or_else(|| literal::write(value), str::to_owned);
    let inputs = plan.main.inputs.iter().map(|input| Field {
        name: input.name.clone(),
        ty: input.ty.to_string(),
        about: input.about.clone(),
        default: input.default.as_ref().map(written).unwrap_or_default(),
    });
    inputs.collect()
}

/// The code in every language, and the program's own text.
fn code_of(program: &Program, plan: &Plan, source: &str) -> Vec<File> {
    let own = File { path: "program.blocks".to_owned(), content: source.to_owned(), language: "blocks".to_owned() };
    let generated = codegen::Target::ALL.into_iter().flat_map(|target| {
        codegen::generate(program, plan, target).into_iter().map(move |file| File {
            path: file.path,
            content: file.content,
            language: target.name().to_owned(),
        })
    });
    generated.chain(std::iter::once(own)).collect()
}

fn values(inputs: &[Written]) -> Entries {
    inputs.iter().map(|input| (input.name.clone(), value(input))).collect()
}

/// A literal, or the text itself where a text is wanted or nothing else can be read.
fn value(input: &Written) -> Value {
    match types::read(&input.ty) {
        Ok(Type::Text) => Value::text(input.text.as_str()),
        _ => literal::read(&input.text).unwrap_or_else(|_| Value::text(input.text.as_str())),
    }
}

/// Passes on what is printed as it is printed.
struct Telling<'a> {
    console: Console,
    reply: &'a mut dyn FnMut(Reply),
}

impl Host for Telling<'_> {
    fn answer(&mut self, request: &vm::Request) -> Answer {
        let before = self.console.lines.len();
        let answer = self.console.answer(request);
        self.console.lines[before..].iter().for_each(|line| (self.reply)(Reply::Printed(line.clone())));
        answer
    }
}

fn run(code: &Arc<Code>, inputs: Entries, reply: &mut dyn FnMut(Reply)) -> Ran {
    let mut host = Telling { console: Console::default(), reply };
    match vm::run(code, inputs, Limits::default(), &mut host).result {
        Ok(outputs) => Ran::Done(json::write_lossy(&Value::map(outputs))),
        Err(failure) => Ran::Failed {
            code: failure.fault.code,
            block: failure.block.map(|block| block.to_string()),
            message: failure.fault.detail,
        },
    }
}

#[cfg(test)]
mod tests;
