//! Running, testing and translating programs.

use std::sync::Arc;

use blocks::value::Entries;
use blocks::{Plan, Value, json};
use model::{DiagnosticView, GeneratedFile, RunReport, TestCount, TestReport, TestView};
use vm::host::Console;
use vm::{Limits, Outcome};

use super::text::{plan_of, stored};
use crate::{Caller, ServiceError, Services};

impl Services {
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
        let program = stored(&record.text)?;
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
        let program = stored(&record.text)?;
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
