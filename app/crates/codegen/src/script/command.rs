//! The command that runs a program with inputs and outputs in JSON.

use blocks::Type;
use blocks::plan::Plan;

use super::Script;
use super::layout::{STYLE, assignment, expression};
use super::types::{is_map, property};
use crate::Dynamic;
use crate::code::Code;
use crate::emit::function_names;
use crate::layout::{concat, lay_out, text};
use crate::quote::quote;

/// `main.js` or `main.ts`
pub(crate) fn command(plan: &Plan, module: &str, typed: bool) -> String {
    let script = Script { typed };
    let function = function_names(plan, Dynamic::JavaScript).swap_remove(0);
    let arguments = plan.main.inputs.iter().map(|input| {
        let mut arguments = vec![Code::atom("given"), Code::atom(quote(&input.name)), shape(&input.ty)];
        if input.default.is_some() {
            arguments.push(Code::atom("true"));
        }
        Code::call("_input", arguments)
    });
    let names = plan.main.inputs.iter().map(|input| Code::atom(quote(&input.name))).collect();
    let given = Code::call("_given", vec![Code::atom("text"), Code::List(names)]);
    let call = Code::prefix("await ", Code::call(function.clone(), arguments.collect()));
    let one = plan.main.outputs.len() == 1;
    let outputs = plan.main.outputs.iter().enumerate().map(|(place, output)| {
        let result = Code::atom("result");
        let value = if one { result } else { result.item(Code::atom(place.to_string())) };
        Code::List(vec![Code::atom(quote(&output.name)), value])
    });
    let map = if typed { "new Map<string, unknown>" } else { "new Map" };
    let outputs: Vec<Code> = outputs.collect();
    let map = Code::call(map, if outputs.is_empty() { Vec::new() } else { vec![Code::List(outputs)] });
    let print = Code::call("console.log", vec![Code::call("_toJson", vec![map, Code::atom("2")])]);
    let statements = [
        lay_out(&concat([assignment(text("const given ="), &given), text(";")]), 0, STYLE),
        lay_out(&concat([assignment(text("const result ="), &call), text(";")]), 0, STYLE),
        lay_out(&concat([expression(&print), text(";")]), 0, STYLE),
    ];
    let body =
        format!("const text = process.argv[2] ?? readFileSync(0, \"utf8\");\n{}", crate::runtime::text_of(&statements));
    let needed = script.runtime().needed(&body);
    // Classes and constants must stand before they are used.
    format!(
        "// Reads the inputs as a JSON object, and prints the outputs as one.\n\nimport {{ readFileSync }} from \"node:fs\";\n\n\
         import {{ {function} }} from \"./{module}.js\";\n\n{}\n{body}",
        needed.join("\n")
    )
}

/// A type as `_shaped` reads it.
fn shape(ty: &Type) -> Code {
    let of = |kind: &str, item: &Type| Code::List(vec![Code::atom(quote(kind)), shape(item)]);
    match ty {
        Type::List(item) => of("list", item),
        Type::Map(item) => of("map", item),
        Type::Optional(item) => of("optional", item),
        Type::Record(fields) if !is_map(fields) => {
            Code::Entries(fields.iter().map(|(name, ty)| (Some(Code::atom(property(name))), shape(ty))).collect())
        }
        Type::Int | Type::Number | Type::Text | Type::Bool | Type::None => Code::atom(quote(&ty.to_string())),
        _ => Code::atom("\"json\""),
    }
}
