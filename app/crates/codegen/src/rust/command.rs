//! The command that runs a program with inputs and outputs in JSON.

use std::collections::{BTreeSet, HashMap};

use blocks::conform::conform;
use blocks::plan::{Parameter, Plan};
use blocks::{Type, Value};

use super::emitter::Emitter;
use super::helpers::{self, Helper, Needs};
use super::layout;
use super::literals::{has_large, quote};
use super::module::{Module, calls};
use super::names::Scope;
use super::syntax::{Body, Expr, Kind, Statement};
use super::types::{field_name, is_copy};
use super::uses::Uses;

/// `src/main.rs`
pub(crate) fn main_file(plan: &Plan, module: &mut Module, package: &str) -> String {
    let run = layout::statements(&run(plan, module, package), layout::TAB);
    let conversions = conversions(plan, module).join("\n");
    let types: BTreeSet<&str> = ["Json", "Map"]
        .into_iter()
        .chain(module.types.structs.iter().map(|own| own.name.as_str()))
        .filter(|name| calls(&without_texts(&format!("{run}{conversions}")).replace("json::Json", ""), name))
        .collect();
    let reads = conversions.contains("impl FromJson ").then_some("FromJson");
    let says = run.contains(".to_json()").then_some("ToJson");
    let uses = import(package, types) + &import("json", reads.into_iter().chain(says).collect());
    let conversions = if conversions.is_empty() { conversions } else { format!("\n{conversions}") };
    format!("{START}{uses}{MAIN}{READ}{run}{END}{conversions}")
}

const START: &str = "//! Reads the inputs as a JSON object, and prints the outputs as one.\n\nmod json;\n\n";
const MAIN: &str = r#"fn main() -> std::process::ExitCode {
    match run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            std::process::ExitCode::FAILURE
        }
    }
}

"#;
const READ: &str = r#"fn run() -> Result<(), Box<dyn std::error::Error>> {
    let text = match std::env::args().nth(1) {
        Some(text) => text,
        None => std::io::read_to_string(std::io::stdin())?,
    };
"#;
const END: &str = "    println!(\"{outputs}\");\n    Ok(())\n}\n";

/// `src/json.rs`
pub(crate) fn json_file(plan: &Plan, package: &str) -> String {
    let mut needed = BTreeSet::new();
    for input in &plan.main.inputs {
        need(if default(input).is_some() { "input" } else { "required" }, &mut needed);
        need_type("FromJson", &input.ty, &mut needed);
    }
    for output in &plan.main.outputs {
        need_type("ToJson", &output.ty, &mut needed);
    }
    let own = helpers::of_command().iter().filter(|helper| helper.name == "command" || needed.contains(helper.name));
    let shared = helpers::all()
        .iter()
        .filter(|helper| ["number_text", "push_json", "quote_json", "JsonReader"].contains(&helper.name));
    let sources: Vec<String> = own.chain(shared).map(|helper| format!("{}\n", helper.source)).collect();
    sources.join("\n").replace("program::", &format!("{package}::"))
}

fn need(name: &str, needed: &mut BTreeSet<&'static str>) {
    let found: Option<&Helper> = helpers::of_command().iter().find(|helper| helper.name == name);
    if let Some(helper) = found
        && needed.insert(helper.name)
    {
        helper.needs.iter().for_each(|other| need(other, needed));
    }
}

fn need_type(way: &str, ty: &Type, needed: &mut BTreeSet<&'static str>) {
    let kind = match ty {
        Type::Json => "json",
        Type::None => "none",
        Type::Unknown | Type::Parameter(_) => "unknown",
        Type::Bool => "bool",
        Type::Int => "int",
        Type::Number => "number",
        Type::Text => "text",
        Type::List(_) => "list",
        Type::Map(_) => "map",
        Type::Optional(_) => "optional",
        Type::Record(fields) => return need_record(way, fields, needed),
    };
    need(&format!("{way}::{kind}"), needed);
    if let Type::List(item) | Type::Map(item) | Type::Optional(item) = ty {
        need_type(way, item, needed);
    }
}

fn need_record(way: &str, fields: &[(String, Type)], needed: &mut BTreeSet<&'static str>) {
    need(way, needed);
    if way == "FromJson" && !fields.is_empty() {
        need("field", needed);
    }
    fields.iter().for_each(|(_, field)| need_type(way, field, needed));
}

/// The default of an input, if integers of 64 bits can say it.
fn default(input: &Parameter) -> Option<Value> {
    let value = conform(input.default.clone()?, &input.ty).ok()?;
    if has_large(&value) { None } else { Some(value) }
}

/// Reads the inputs, calls the program and makes JSON of what it gives.
fn run(plan: &Plan, module: &mut Module, package: &str) -> Body {
    let inputs = &plan.main.inputs;
    let names = inputs.iter().map(|input| Expr::Raw(quote(&input.name))).collect();
    let names = Expr::unary("&", Expr::Array("", names));
    let given = Expr::call("json::read_inputs", vec![Expr::raw("&text"), names]).attempt();
    let mut kinds = vec![if inputs.is_empty() { Kind::Expr(given) } else { bind("given", given) }];
    let mut scope = Scope::new(["given", "json", "outputs", "result", "text"].map(str::to_owned));
    let mut arguments = Vec::new();
    for input in inputs {
        let name = scope.fresh(&input.name);
        let value = read(plan, input, module);
        kinds.push(Kind::Let(name.clone(), Some(module.types.owned(&input.ty)), value));
        arguments.push(if is_copy(&input.ty) { Expr::Raw(name) } else { Expr::unary("&", Expr::Raw(name)) });
    }
    let call = Expr::call(format!("{package}::{}", module.function.name), arguments);
    let call = if module.function.fails { call.attempt() } else { call };
    let outputs = &plan.main.outputs;
    kinds.push(if outputs.is_empty() { Kind::Expr(call) } else { bind("result", call) });
    let entries = outputs.iter().enumerate().map(|(place, output)| {
        let result = Expr::raw("result");
        let value = if outputs.len() == 1 { result } else { result.field(place.to_string()) };
        Expr::Tuple(vec![Expr::Raw(quote(&output.name)), value.method("to_json", Vec::new())])
    });
    kinds.push(bind("outputs", Expr::call("json::write_outputs", vec![Expr::Array("", entries.collect())]).attempt()));
    let statements = kinds.into_iter().map(|kind| Statement { kind, blocks: Vec::new() }).collect();
    Body { statements, ..Body::default() }
}

fn bind(name: &str, value: Expr) -> Kind {
    Kind::Let(name.to_owned(), None, value)
}

/// The value of an input, or its default.
fn read(plan: &Plan, input: &Parameter, module: &mut Module) -> Expr {
    let arguments = vec![Expr::raw("&given"), Expr::Raw(quote(&input.name))];
    let Some(value) = default(input) else { return Expr::call("json::required", arguments).attempt() };
    let given = Expr::call("json::input", arguments).attempt();
    match literal(plan, &value, &input.ty, module) {
        Expr::Call(name, none) if none.is_empty() && name == "Vec::new" => given.method("unwrap_or_default", none),
        Expr::Call(name, none) if none.is_empty() => given.method("unwrap_or_else", vec![Expr::Raw(name)]),
        value if is_copy(&input.ty) => given.method("unwrap_or", vec![value]),
        value => given.method("unwrap_or_else", vec![Expr::closure("", value)]),
    }
}

fn literal(plan: &Plan, value: &Value, ty: &Type, module: &mut Module) -> Expr {
    let mut emitter = Emitter {
        plan,
        functions: std::slice::from_ref(&module.function),
        types: &mut module.types,
        needs: &mut Needs::default(),
        scope: Scope::new([]),
        uses: Uses::default(),
        ports: HashMap::new(),
        fails: vec![false],
        bodies: Vec::new(),
        touched: Vec::new(),
    };
    let piece = emitter.literal(value, ty);
    emitter.own(piece)
}

/// How the program's records are read and said.
fn conversions(plan: &Plan, module: &mut Module) -> Vec<String> {
    let (mut read, mut said) = (Vec::new(), Vec::new());
    plan.main.inputs.iter().for_each(|input| find_records(&input.ty, &mut read));
    plan.main.outputs.iter().for_each(|output| find_records(&output.ty, &mut said));
    let mut name = |fields: &[(String, Type)]| module.types.structure(fields, "record");
    let mut parts: Vec<String> = read.into_iter().map(|fields| from_json(&name(fields), fields)).collect();
    parts.extend(said.into_iter().map(|fields| to_json(&name(fields), fields)));
    parts
}

fn find_records<'t>(ty: &'t Type, found: &mut Vec<&'t [(String, Type)]>) {
    match ty {
        Type::List(item) | Type::Map(item) | Type::Optional(item) => find_records(item, found),
        Type::Record(fields) if !found.contains(&fields.as_slice()) => {
            found.push(fields);
            fields.iter().for_each(|(_, field)| find_records(field, found));
        }
        _ => {}
    }
}

fn from_json(name: &str, fields: &[(String, Type)]) -> String {
    let values = fields.iter().map(|(field, _)| {
        let value = Expr::call("json::field", vec![Expr::raw("value"), Expr::Raw(quote(field))]).attempt();
        (field_name(fields, field), value)
    });
    let value = if fields.is_empty() {
        let is_map = Expr::Macro("matches", vec![Expr::raw("value"), Expr::raw("json::Json::Map(_)")]);
        is_map.method("then_some", vec![Expr::raw("Self {}")])
    } else {
        Expr::call("Some", vec![Expr::Struct("Self".to_owned(), values.collect())])
    };
    let body = layout::statements(&Body::of(value), 2 * layout::TAB);
    format!("impl FromJson for {name} {{\n    fn from_json(value: &json::Json) -> Option<Self> {{\n{body}    }}\n}}\n")
}

fn to_json(name: &str, fields: &[(String, Type)]) -> String {
    let entries = fields.iter().map(|(field, _)| {
        let value = Expr::raw("self").field(field_name(fields, field)).method("to_json", Vec::new());
        Expr::Tuple(vec![Expr::Raw(quote(field)), value])
    });
    let value = Expr::call("json::object", vec![Expr::Array("", entries.collect())]);
    let body = layout::statements(&Body::of(value), 2 * layout::TAB);
    format!("impl ToJson for {name} {{\n    fn to_json(&self) -> json::Json {{\n{body}    }}\n}}\n")
}

/// Code without what stands in its quotes.
fn without_texts(code: &str) -> String {
    let (mut out, mut inside, mut escaped) = (String::new(), false, false);
    for character in code.chars() {
        let quote = character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
        inside ^= quote;
        if !inside {
            out.push(character);
        }
    }
    out
}

/// An import as `rustfmt` sorts and breaks it, with an empty line after it.
fn import(from: &str, names: BTreeSet<&str>) -> String {
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_by_key(|name| {
        let base = name.trim_end_matches(|c: char| c.is_ascii_digit());
        (base, name[base.len()..].parse::<u64>().unwrap_or(0))
    });
    let line = match names.as_slice() {
        [] => return String::new(),
        [one] => format!("use {from}::{one};\n\n"),
        _ => format!("use {from}::{{{}}};\n\n", names.join(", ")),
    };
    if layout::columns(line.trim_end()) <= layout::MAX_WIDTH {
        return line;
    }
    let items: Vec<String> = names.into_iter().map(str::to_owned).collect();
    format!("use {from}::{{{}\n}};\n\n", layout::filled(&items, layout::TAB))
}
