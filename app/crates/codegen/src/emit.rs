//! A module: its functions, its helpers, its imports.

use blocks::plan::{Plan, Routine};
use blocks::{BlockId, Type};

use crate::Target;
use crate::helpers::Helpers;
use crate::names::Scope;
use crate::statements::Statements;

/// The module of a program.
pub(crate) fn module(plan: &Plan, target: Target) -> String {
    let mut helpers = Helpers::new(target);
    let names = function_names(plan, target);
    let routines = std::iter::once(&plan.main).chain(&plan.functions);
    let mut parts: Vec<String> =
        routines.enumerate().map(|(index, own)| routine(plan, own, &names, index, target, &mut helpers)).collect();
    let own: String = parts.concat();
    helpers.scan(&own);
    parts.extend(helpers.code().into_iter().map(|source| format!("{source}\n")));
    let imports = helpers.imports();
    let gap = if target == Target::Python { "\n\n" } else { "\n" };
    let body = parts.join(gap);
    if imports.is_empty() { body } else { format!("{imports}{gap}{body}") }
}

/// The names of the functions that the routines become, the program's own first; no two are alike.
pub(crate) fn function_names(plan: &Plan, target: Target) -> Vec<String> {
    let mut scope = Scope::new(target, []);
    let functions = plan.functions.iter().map(|function| &function.name);
    std::iter::once(&plan.name).chain(functions).map(|name| scope.fresh(name)).collect()
}

fn routine(
    plan: &Plan,
    routine: &Routine,
    names: &[String],
    index: usize,
    target: Target,
    helpers: &mut Helpers,
) -> String {
    let taken = names.iter().cloned();
    let mut scope = Scope::new(target, taken);
    let input = BlockId::input();
    let parameters: Vec<(String, &blocks::plan::Parameter)> = routine
        .inputs
        .iter()
        .map(|parameter| (scope.declare(&input, &parameter.name, &parameter.name), parameter))
        .collect();
    let (name, public) = (&names[index], index == 0);
    let mut statements = Statements::new(plan, target, scope, helpers, names);
    statements.routine(routine);
    let body = statements.finish();
    let head = match target {
        Target::Python => python_head(name, &parameters, routine, helpers),
        Target::JavaScript => javascript_head(name, &parameters, routine, public, helpers),
    };
    let end = if target == Target::JavaScript { "}\n" } else { "" };
    format!("{head}{body}{end}")
}

type Parameters<'a> = [(String, &'a blocks::plan::Parameter)];

fn python_head(name: &str, parameters: &Parameters<'_>, routine: &Routine, _helpers: &mut Helpers) -> String {
    let parameters: Vec<String> = parameters
        .iter()
        .map(|(name, parameter)| {
            let hint = python_type(&parameter.ty);
            // Lists and maps as defaults would be shared between calls.
            match parameter.default.as_ref() {
                Some(value) => {
                    let value = crate::literals::write(value, &parameter.ty, Target::Python);
                    format!("{name}: {hint} = {value}")
                }
                None => format!("{name}: {hint}"),
            }
        })
        .collect();
    let result = match routine.outputs.as_slice() {
        [] => "None".to_owned(),
        [output] => python_type(&output.ty),
        outputs => {
            format!("tuple[{}]", outputs.iter().map(|output| python_type(&output.ty)).collect::<Vec<_>>().join(", "))
        }
    };
    let doc = if routine.about.is_empty() {
        String::new()
    } else {
        format!("    \"\"\"{}\"\"\"\n", routine.about.replace('\\', "\\\\").replace('"', "'"))
    };
    format!("def {name}({}) -> {result}:\n{doc}", parameters.join(", "))
}

fn javascript_head(
    name: &str,
    parameters: &Parameters<'_>,
    routine: &Routine,
    public: bool,
    _helpers: &mut Helpers,
) -> String {
    let names: Vec<String> = parameters
        .iter()
        .map(|(name, parameter)| match &parameter.default {
            Some(value) => {
                format!("{name} = {}", crate::literals::write(value, &parameter.ty, Target::JavaScript))
            }
            None => name.clone(),
        })
        .collect();
    let doc = if routine.about.is_empty() {
        String::new()
    } else {
        format!("/** {} */\n", routine.about.replace("*/", "* /"))
    };
    let export = if public { "export " } else { "" };
    format!("{doc}{export}function {name}({}) {{\n", names.join(", "))
}

/// The type hint.
fn python_type(ty: &Type) -> String {
    match ty {
        Type::Int => "int".to_owned(),
        Type::Number => "float".to_owned(),
        Type::Text => "str".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::None => "None".to_owned(),
        Type::List(item) => format!("list[{}]", python_type(item)),
        Type::Map(item) => format!("dict[str, {}]", python_type(item)),
        Type::Optional(item) => format!("{} | None", python_type(item)),
        Type::Record(_) => "dict".to_owned(),
        Type::Json | Type::Unknown | Type::Parameter(_) => "object".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The program `Fibonacci` with a function `fibonacci` became two functions of one name, and called itself.
    #[test]
    fn a_function_that_is_named_as_the_program_gets_a_name_of_its_own() {
        let program = blocks::text::read(include_str!("../../vm/kernels/fibonacci.blocks")).unwrap();
        let plan = blocks::check(&program).plan.unwrap();
        let code = module(&plan, Target::Python);
        assert!(code.contains("def fibonacci(n: int = 22) -> int:\n"), "{code}");
        assert!(code.contains("def fibonacci2(n: int) -> int:\n") && code.contains(" = fibonacci2(n)"), "{code}");
    }
}
