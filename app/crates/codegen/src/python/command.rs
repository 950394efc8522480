//! The command that runs a program with inputs and outputs in JSON.

use blocks::Type;
use blocks::plan::Plan;

use super::layout::statement;
use crate::Dynamic;
use crate::code::Code;
use crate::emit::function_names;
use crate::names::Scope;
use crate::quote::quote;

/// `main.py`
pub(crate) fn command(plan: &Plan, module: &str) -> String {
    let names = function_names(plan, Dynamic::Python);
    let function = &names[0];
    let mut scope = Scope::new(Dynamic::Python, names.iter().cloned());
    let inputs = plan.main.inputs.iter().map(|input| {
        let parameter = scope.fresh(&input.name);
        let needed = if input.default.is_none() { "True" } else { "False" };
        let row = Code::List(vec![Code::atom(quote(&parameter)), shape(&input.ty), Code::atom(needed)]);
        (Some(Code::atom(quote(&input.name))), row)
    });
    let inputs = Code::Entries(inputs.collect());
    let outputs = Code::List(plan.main.outputs.iter().map(|output| Code::atom(quote(&output.name))).collect());
    let tables = [statement("INPUTS = ", &inputs, "", 0), statement("OUTPUTS = ", &outputs, "", 0)];
    let values = match plan.main.outputs.len() {
        0 => "()",
        1 => "(result,)",
        _ => "result",
    };
    // What the command itself has names for.
    let called = if ["main", "result", "text"].contains(&function.as_str()) { "program" } else { function };
    let body = format!(
        "# By name: the parameter, what its value must be, and whether it must be given.\n{}\n\ndef main() -> None:\n    \
         text = sys.argv[1] if len(sys.argv) > 1 else sys.stdin.read()\n    result = \
         {called}(**_arguments(text, INPUTS))\n    print(_to_json(dict(zip(OUTPUTS, {values})), 2))\n\n\n",
        crate::runtime::text_of(&tables)
    );
    let needed = super::runtime().needed(&body);
    let whole = format!("{body}{}", needed.concat());
    let renamed = if called == function { String::new() } else { format!(" as {called}") };
    let imports = super::imports(&whole).join("\n");
    format!(
        "\"\"\"Reads the inputs as a JSON object, and prints the outputs as one.\"\"\"\n\n{imports}\n\nfrom {module} import \
         {function}{renamed}\n\n{body}{}\n\n\nif __name__ == \"__main__\":\n    main()\n",
        needed.iter().map(|source| source.trim_end()).collect::<Vec<_>>().join("\n\n\n")
    )
}

/// A type as `_shaped` reads it.
fn shape(ty: &Type) -> Code {
    let plain = match ty {
        Type::Int => "int",
        Type::Number => "float",
        Type::Text => "str",
        Type::Bool => "bool",
        Type::None => "type(None)",
        Type::List(item) => return Code::List(vec![shape(item)]),
        Type::Map(item) => return Code::Entries(vec![(Some(Code::atom("None")), shape(item))]),
        Type::Optional(item) => return Code::List(vec![Code::atom("None"), shape(item)]),
        Type::Record(fields) => {
            let fields = fields.iter().map(|(name, ty)| (Some(Code::atom(quote(name))), shape(ty)));
            return Code::Entries(fields.collect());
        }
        Type::Json | Type::Unknown | Type::Parameter(_) => "object",
    };
    Code::atom(plain)
}
