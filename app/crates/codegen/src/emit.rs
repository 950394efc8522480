//! A module: its functions and what they need.

use blocks::BlockId;
use blocks::plan::{Plan, Routine};

use crate::Dynamic;
use crate::dialect::Dialect;
use crate::layout::Line;
use crate::names::Scope;
use crate::python::{self, Python};
use crate::script::{Kind, Script};

/// The module of a program.
pub(crate) fn module(plan: &Plan, target: Dynamic) -> Vec<Line> {
    let names = function_names(plan, target);
    let waiting = crate::effects::waiting(plan);
    let routines = std::iter::once(&plan.main).chain(&plan.functions);
    let functions =
        routines.enumerate().map(|(place, routine)| function(plan, routine, &names, &waiting, place, target));
    let functions: Vec<Vec<Line>> = functions.collect();
    match script(target) {
        Some(script) => script.module(functions),
        None => python::module(functions, is_recursive(plan)),
    }
}

/// Whether a function of the program calls itself, directly or through others.
fn is_recursive(plan: &Plan) -> bool {
    let calls: Vec<Vec<usize>> = plan.functions.iter().map(|function| function.body.calls()).collect();
    (0..calls.len()).any(|start| {
        let mut reached = vec![false; calls.len()];
        let mut pending = calls[start].clone();
        while let Some(next) = pending.pop() {
            if next < reached.len() && !std::mem::replace(&mut reached[next], true) {
                pending.extend(&calls[next]);
            }
        }
        reached[start]
    })
}

/// The dialect of JavaScript and TypeScript.
pub(crate) fn script(target: Dynamic) -> Option<Script> {
    match target {
        Dynamic::Python => None,
        Dynamic::JavaScript => Some(Script { typed: false }),
        Dynamic::TypeScript => Some(Script { typed: true }),
    }
}

/// The names of the functions that the routines become, the program's own first; no two are alike.
pub(crate) fn function_names(plan: &Plan, target: Dynamic) -> Vec<String> {
    let mut scope = Scope::new(target, []);
    let functions = plan.functions.iter().map(|function| &function.name);
    std::iter::once(&plan.name).chain(functions).map(|name| scope.fresh(name)).collect()
}

fn function(
    plan: &Plan,
    routine: &Routine,
    names: &[String],
    waiting: &[bool],
    place: usize,
    target: Dynamic,
) -> Vec<Line> {
    let mut scope = Scope::new(target, names.iter().cloned());
    let input = BlockId::input();
    let inputs = routine.inputs.iter();
    let parameters: Vec<String> =
        inputs.map(|parameter| scope.declare(&input, &parameter.name, &parameter.name)).collect();
    let script = script(target);
    let dialect: &dyn Dialect = script.as_ref().map_or(&Python, |script| script);
    let body = crate::lower::routine(plan, routine, dialect, scope, names, waiting);
    let kind = Kind { public: place == 0, waits: waiting[place] };
    let mut lines = match script {
        Some(script) => script.function(&names[place], &parameters, routine, &body, kind),
        None => python::function(&names[place], &parameters, routine, &body, kind.public),
    };
    if routine.library {
        // What fails there failed at the block that calls it.
        lines.iter_mut().for_each(|line| line.blocks.clear());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The program `Fibonacci` with a function `fibonacci` became two functions of one name, and called itself.
    #[test]
    fn a_function_that_is_named_as_the_program_gets_a_name_of_its_own() {
        let program = blocks::text::read(include_str!("../../vm/kernels/fibonacci.blocks")).unwrap();
        let plan = blocks::check(&program).plan.unwrap();
        let code = crate::runtime::text_of(&[module(&plan, Dynamic::Python)]);
        assert!(code.contains("def fibonacci(n: int = 22) -> int:\n"), "{code}");
        assert!(code.contains("def fibonacci2(n: int) -> int:\n") && code.contains(" = fibonacci2(n)"), "{code}");
    }
}
