//! A module: its functions, its helpers, its imports.

use blocks::plan::{Plan, Routine};
use blocks::{BlockId, Type};

use crate::Target;
use crate::helpers::Helpers;
use crate::names::{Scope, styled};
use crate::statements::Statements;

/// The module of a program.
pub(crate) fn module(plan: &Plan, target: Target) -> String {
    let mut helpers = Helpers::new(target);
    let mut parts = vec![routine(plan, &plan.main, &plan.name, true, target, &mut helpers)];
    for function in &plan.functions {
        parts.push(routine(plan, function, &function.name, false, target, &mut helpers));
    }
    let own: String = parts.concat();
    helpers.scan(&own);
    parts.extend(helpers.code().into_iter().map(|source| format!("{source}\n")));
    let imports = helpers.imports();
    let gap = if target == Target::Python { "\n\n" } else { "\n" };
    let body = parts.join(gap);
    if imports.is_empty() { body } else { format!("{imports}{gap}{body}") }
}

/// The name of the function that a routine becomes.
pub(crate) fn function_name(name: &str, target: Target) -> String {
    styled(name, target)
}

fn routine(plan: &Plan, routine: &Routine, name: &str, public: bool, target: Target, helpers: &mut Helpers) -> String {
    let taken = plan.functions.iter().map(|function| function_name(&function.name, target));
    let taken: Vec<String> = taken.chain([function_name(&plan.name, target)]).collect();
    let mut scope = Scope::new(target, taken);
    let input = BlockId::input();
    let parameters: Vec<(String, &blocks::plan::Parameter)> = routine
        .inputs
        .iter()
        .map(|parameter| (scope.declare(&input, &parameter.name, &parameter.name), parameter))
        .collect();
    let name = function_name(name, target);
    let mut statements = Statements::new(plan, target, scope, helpers);
    statements.routine(routine);
    let body = statements.finish();
    let head = match target {
        Target::Python => python_head(&name, &parameters, routine, helpers),
        Target::JavaScript => javascript_head(&name, &parameters, routine, public, helpers),
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
