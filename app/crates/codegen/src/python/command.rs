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
        let pair = Code::Grouped(Box::new(Code::atom(format!("{}, {}", quote(&parameter), shape(&input.ty)))));
        (Some(Code::atom(quote(&input.name))), pair)
    });
    let inputs = Code::Entries(inputs.collect());
    let outputs = Code::List(plan.main.outputs.iter().map(|output| Code::atom(quote(&output.name))).collect());
    let tables = [statement("INPUTS = ", &inputs, "", 0), statement("OUTPUTS = ", &outputs, "", 0)];
    let values = match plan.main.outputs.len() {
        0 => "()",
        1 => "(result,)",
        _ => "result",
    };
    let body = format!(
        "# The inputs by name: the parameters that they are, and what their values must be.\n{}\n\ndef main() -> None:\n    \
         text = sys.argv[1] if len(sys.argv) > 1 else sys.stdin.read()\n    arguments = {{}}\n    \
         for name, value in _as_type(_parse_json(text), dict).items():\n        if name not in INPUTS:\n            \
         raise ProgramError(\"input\", f\"there is no input {{name}}\")\n        parameter, shape = INPUTS[name]\n        \
         arguments[parameter] = _shaped(value, shape, name)\n    result = {function}(**arguments)\n    \
         print(_to_json(dict(zip(OUTPUTS, {values})), 2))\n\n\n",
        crate::runtime::text_of(&tables)
    );
    let needed = super::runtime().needed(&body);
    let whole = format!("{body}{}", needed.concat());
    let imports = super::imports(&whole).join("\n");
    format!(
        "\"\"\"Reads the inputs as a JSON object, and prints the outputs as one.\"\"\"\n\n{imports}\n\nfrom {module} import \
         {function}\n\n{body}{}\n\n\nif __name__ == \"__main__\":\n    main()\n",
        needed.iter().map(|source| source.trim_end()).collect::<Vec<_>>().join("\n\n\n")
    )
}

/// A type as `_shaped` reads it.
fn shape(ty: &Type) -> String {
    match ty {
        Type::Int => "int".to_owned(),
        Type::Number => "float".to_owned(),
        Type::Text => "str".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::None => "type(None)".to_owned(),
        Type::List(item) => format!("[{}]", shape(item)),
        Type::Map(item) => format!("{{None: {}}}", shape(item)),
        Type::Optional(item) => format!("({},)", shape(item)),
        Type::Record(fields) => {
            let fields: Vec<String> =
                fields.iter().map(|(name, ty)| format!("{}: {}", quote(name), shape(ty))).collect();
            format!("{{{}}}", fields.join(", "))
        }
        Type::Json | Type::Unknown | Type::Parameter(_) => "object".to_owned(),
    }
}
