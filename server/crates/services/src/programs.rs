//! Programs: keeping, checking, running, testing and translating them.

use std::sync::Arc;

use blocks::value::Entries;
use blocks::{Diagnostic, Plan, Program, Severity, Value, check, json, text};
use model::{
    DiagnosticView, GeneratedFile, ProgramDraft, ProgramPage, ProgramRecord, ProgramSummary, RunReport, TestCount,
    TestReport, TestView,
};
use store::Store;
use vm::host::Console;
use vm::{Limits, Outcome};

use crate::{Caller, ServiceError, Services, page};

/// The largest program that is kept, in bytes.
const MAX_TEXT: usize = 1 << 20;
/// Ids of the programs of recipes, which are read only.
const RECIPE: &str = "recipe-";

impl Services {
    /// Keeps a new program. A program with errors is kept, too: people work on broken programs.
    ///
    /// # Errors
    /// `Invalid` if the text cannot be read at all.
    pub async fn create_program(&self, _caller: &Caller, draft: &ProgramDraft) -> Result<ProgramRecord, ServiceError> {
        let (program, diagnostics) = read(&draft.text)?;
        let now = self.now();
        let record = ProgramRecord {
            id: self.new_id(),
            name: program.name.clone(),
            text: text::write(&program),
            version: 1,
            created_at: now,
            updated_at: now,
            diagnostics,
        };
        self.store().write(Store::create_program(&record)).await?;
        Ok(record)
    }

    /// A program; recipes' programs have ids of the form `recipe-NAME`.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn program(&self, _caller: &Caller, id: &str) -> Result<ProgramRecord, ServiceError> {
        let missing = || ServiceError::NotFound { what: "program", id: id.to_owned() };
        if let Some(name) = id.strip_prefix(RECIPE) {
            let recipe = self.inner.library.recipe(name).ok_or_else(missing)?;
            return Ok(ProgramRecord {
                id: id.to_owned(),
                name: recipe.program.name.clone(),
                text: text::write(&recipe.program),
                version: 1,
                created_at: 0,
                updated_at: 0,
                diagnostics: Vec::new(),
            });
        }
        self.store().program(id).await?.ok_or_else(missing)
    }

    /// Changes a program.
    ///
    /// # Errors
    /// `Conflict` if it was changed since the version that the draft names; `Invalid`; `NotFound`.
    pub async fn update_program(
        &self,
        caller: &Caller,
        id: &str,
        draft: &ProgramDraft,
    ) -> Result<ProgramRecord, ServiceError> {
        if id.starts_with(RECIPE) {
            return Err(ServiceError::Conflict("the program of a recipe is read only; make a copy".to_owned()));
        }
        let before = self.program(caller, id).await?;
        if draft.version.is_some_and(|version| version != before.version) {
            return Err(ServiceError::Conflict(format!(
                "the program is at version {} now; read it again and repeat the change",
                before.version
            )));
        }
        let (program, diagnostics) = read(&draft.text)?;
        let record = ProgramRecord {
            name: program.name.clone(),
            text: text::write(&program),
            version: before.version + 1,
            updated_at: self.now(),
            diagnostics,
            ..before
        };
        self.store().write(Store::update_program(&record)).await?;
        Ok(record)
    }

    /// Deletes a program.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` for a recipe's.
    pub async fn delete_program(&self, caller: &Caller, id: &str) -> Result<(), ServiceError> {
        self.program(caller, id).await?;
        if id.starts_with(RECIPE) {
            return Err(ServiceError::Conflict("the program of a recipe cannot be deleted".to_owned()));
        }
        self.store().write(Store::delete_program(self.now(), id)).await?;
        Ok(())
    }

    /// Programs, the newest first.
    ///
    /// # Errors
    /// `Invalid` for a limit out of range.
    pub async fn list_programs(
        &self,
        _caller: &Caller,
        limit: Option<u32>,
        cursor: Option<&str>,
    ) -> Result<ProgramPage, ServiceError> {
        let limit = page::limit(limit)?;
        let mut records = self.store().programs(page::cursor(cursor)?, limit + 1).await?;
        let more = records.len() > limit as usize;
        records.truncate(limit as usize);
        let next_cursor = more.then(|| records.last().map(|record| record.id.clone())).flatten();
        let summary = |record: ProgramRecord| ProgramSummary {
            id: record.id,
            name: record.name,
            version: record.version,
            updated_at: record.updated_at,
        };
        Ok(ProgramPage { items: records.into_iter().map(summary).collect(), next_cursor })
    }

    /// Runs a program with inputs, a JSON object.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` for inputs that are no object, or a program with errors.
    pub async fn run_program(&self, caller: &Caller, id: &str, inputs: &str) -> Result<RunReport, ServiceError> {
        let record = self.program(caller, id).await?;
        let plan = plan_of(&record)?;
        let inputs = read_inputs(inputs)?;
        in_background(move || run(&plan, inputs)).await
    }

    /// Runs a program's tests.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` for a program with errors.
    pub async fn test_program(&self, caller: &Caller, id: &str) -> Result<TestReport, ServiceError> {
        let record = self.program(caller, id).await?;
        let plan = plan_of(&record)?;
        let (program, _) = read(&record.text)?;
        in_background(move || {
            let code = Arc::new(vm::compile(&plan));
            report(vm::testing::run_tests(&program, &code, Limits::default()))
        })
        .await
    }

    /// The code of a program in a language.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` for another language, or a program with errors.
    pub async fn program_code(
        &self,
        caller: &Caller,
        id: &str,
        language: &str,
    ) -> Result<Vec<GeneratedFile>, ServiceError> {
        let record = self.program(caller, id).await?;
        let plan = plan_of(&record)?;
        let (program, _) = read(&record.text)?;
        let target = codegen::Target::find(language).ok_or_else(|| {
            ServiceError::Invalid(format!("code comes in python, javascript, typescript and rust, not in '{language}'"))
        })?;
        let files = codegen::generate(&program, &plan, target);
        Ok(files.into_iter().map(|file| GeneratedFile { path: file.path, content: file.content }).collect())
    }
}

/// Runs something that may take a while off the threads that serve requests.
async fn in_background<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ServiceError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| ServiceError::Internal(error.to_string()))
}

fn read(source: &str) -> Result<(Program, Vec<DiagnosticView>), ServiceError> {
    if source.len() > MAX_TEXT {
        return Err(ServiceError::Invalid(format!("a program has at most {MAX_TEXT} bytes")));
    }
    let program = text::read(source).map_err(|problems| {
        let lines: Vec<String> = problems
            .iter()
            .take(10)
            .map(|found| format!("line {}: {}", found.line.unwrap_or(0), found.message))
            .collect();
        ServiceError::Invalid(format!("the program cannot be read: {}", lines.join("; ")))
    })?;
    if program.name.chars().count() > 200 {
        return Err(ServiceError::Invalid("a program's name has at most 200 characters".to_owned()));
    }
    let diagnostics = check(&program).diagnostics.iter().map(view).collect();
    Ok((program, diagnostics))
}

fn plan_of(record: &ProgramRecord) -> Result<Plan, ServiceError> {
    let program =
        text::read(&record.text).map_err(|_| ServiceError::Internal("a stored program cannot be read".to_owned()))?;
    let checked = check(&program);
    let first = checked.errors().next().map(|found| found.message.clone());
    checked.plan.ok_or_else(|| {
        ServiceError::Invalid(format!("the program has errors and cannot run: {}", first.unwrap_or_default()))
    })
}

fn read_inputs(inputs: &str) -> Result<Entries, ServiceError> {
    match json::read(inputs) {
        Ok(Value::Map(entries)) => Ok(Arc::unwrap_or_clone(entries)),
        Ok(Value::None) => Ok(Entries::default()),
        Ok(_) => Err(ServiceError::Invalid("inputs must be a JSON object".to_owned())),
        Err(error) => Err(ServiceError::Invalid(format!("inputs are not JSON: {error}"))),
    }
}

fn run(plan: &Plan, inputs: Entries) -> RunReport {
    let mut console = Console::default();
    let Outcome { result, fuel_used } = vm::run(&Arc::new(vm::compile(plan)), inputs, Limits::default(), &mut console);
    let (outputs, error) = match result {
        Ok(outputs) => (model::Json::new(json::write_lossy(&Value::map(outputs))).ok(), None),
        Err(failure) => {
            let error = DiagnosticView {
                code: failure.fault.code,
                severity: "error".to_owned(),
                message: failure.fault.detail,
                block: failure.block.map(|block| block.0),
                port: None,
                line: None,
            };
            (None, Some(error))
        }
    };
    RunReport { ok: error.is_none(), outputs, error, console: console.lines, steps: fuel_used }
}

pub(crate) fn report(results: Vec<vm::testing::TestResult>) -> TestReport {
    let passed = results.iter().filter(|result| result.passed()).count() as u32;
    let count = TestCount { passed, failed: results.len() as u32 - passed };
    let tests = results.into_iter().map(|result| TestView { name: result.name, problem: result.problem }).collect();
    TestReport { count, tests }
}

fn view(found: &Diagnostic) -> DiagnosticView {
    DiagnosticView {
        code: found.code.clone(),
        severity: if found.severity == Severity::Error { "error" } else { "warning" }.to_owned(),
        message: found.message.clone(),
        block: found.block.as_ref().map(|block| block.0.clone()),
        port: found.port.clone(),
        line: found.line.map(|line| line as u64),
    }
}
