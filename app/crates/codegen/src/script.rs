//! JavaScript (ES2022) and TypeScript (strict), which adds types.

mod coerce;
mod command;
mod expressions;
mod functions;
mod layout;
mod narrow;
mod statements;
mod tests_file;
mod types;

use blocks::catalog::Effect;
use blocks::formula::Typed;
use blocks::plan::Routine;
use blocks::{Type, Value};

use crate::code::{Code, Node, Piece, SUM, Statement, UNARY};
use crate::dialect::{Call, Change, Collected, Dialect};
use crate::layout::Line;
use crate::runtime::Runtime;

pub(crate) use command::command;
pub(crate) use tests_file::write as tests_file;

/// How JavaScript and TypeScript say things.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Script {
    /// Whether types are written.
    pub(crate) typed: bool,
}

/// What kind of function a routine becomes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    /// Whether other modules see it.
    pub(crate) public: bool,
    /// Whether it waits for answers from outside.
    pub(crate) waits: bool,
}

impl Dialect for Script {
    fn literal(&self, value: &Value, ty: &Type) -> Code {
        self.write_literal(value, ty)
    }

    fn formula(&self, formula: &Typed, names: &dyn Fn(&str) -> Code) -> Code {
        self.expression(formula, names)
    }

    fn builtin(&self, call: Call<'_>) -> Code {
        self.call(call)
    }

    fn coerce(&self, code: Code, from: &Type, to: &Type) -> Code {
        self.convert(code, from, to)
    }

    fn template(&self, pieces: Vec<Piece>) -> Code {
        match pieces.as_slice() {
            [] => Code::atom("\"\""),
            [Piece::Text(text)] => Code::atom(crate::quote::quote(text)),
            [Piece::Value(code)] => code.clone(),
            pieces if pieces.iter().all(|piece| matches!(piece, Piece::Value(_))) => {
                let values = pieces.iter().filter_map(|piece| match piece {
                    Piece::Value(code) => Some(code.clone()),
                    Piece::Text(_) => None,
                });
                values.reduce(|a, b| Code::binary("+", SUM, a, b)).unwrap_or_else(|| Code::atom("\"\""))
            }
            _ => Code::Template(pieces),
        }
    }

    fn not(&self, code: Code) -> Code {
        match code {
            Code::Unary("!", _, inner) => *inner,
            Code::Binary("===", level, a, b) => Code::Binary("!==", level, a, b),
            Code::Binary("!==", level, a, b) => Code::Binary("===", level, a, b),
            other => Code::Unary("!", UNARY, Box::new(other)),
        }
    }

    fn caught(&self, error: &str) -> Code {
        Code::call("_caught", vec![Code::atom(error)])
    }

    fn collect(&self, collected: Collected) -> Code {
        let Collected { items, ty, item, index, element, keeps } = collected;
        let unknown = self.typed && (ty.has_unknown() || coerce::is_anything(&items));
        let item = if unknown { format!("{item}: any") } else { item };
        let parameters = match index {
            Some(index) if unknown => format!("({item}, {index}: number)"),
            Some(index) => format!("({item}, {index})"),
            None => format!("({item})"),
        };
        items.method(if keeps { "filter" } else { "map" }, vec![Code::arrow(parameters, element)])
    }

    fn equal(&self, code: Code, ty: &Type, case: &Value) -> Code {
        if let (Type::Bool, Value::Bool(truth)) = (ty, case) {
            return if *truth { code } else { self.not(code) };
        }
        if matches!(case, Value::Number(number) if number.is_nan()) {
            return Code::atom("false");
        }
        let Some(case) = met(case) else { return Code::atom("false") };
        let other = Type::of(&case);
        let literal = self.write_literal(&case, &other);
        if types::is_scalar(ty) && types::is_scalar(&other) && !code.is_literal() && !code.is("NaN") {
            return Code::binary("===", 8, code, literal);
        }
        Code::call("_equal", vec![code, literal])
    }

    fn sorted_by(&self, keyed: Collected, _: &Type, descending: bool) -> Code {
        let items = keyed.items.clone();
        let keys = self.collect(keyed);
        self.sorted_by_keys(items, keys, descending)
    }

    fn sorted_by_keys(&self, items: Code, keys: Code, descending: bool) -> Code {
        let falling = descending.then(|| Code::atom("true"));
        Code::call("_sortedBy", [items, keys].into_iter().chain(falling).collect())
    }

    fn copy(&self, code: Code, ty: &Type) -> Code {
        if matches!(ty, Type::Map(_)) {
            return Code::call("new Map", vec![code]);
        }
        Code::List(vec![Code::prefix("...", code)])
    }

    fn change(&self, name: &str, change: Change) -> Statement {
        let own = |method: &str, arguments: Vec<Code>| Code::atom(name).method(method, arguments);
        match change {
            Change::Push(items) => Statement::Do(own("push", items)),
            // A call takes no more than some ten thousand arguments.
            Change::Extend(items, item) => {
                let push = Statement::Do(own("push", vec![Code::atom(item.as_str())]));
                Statement::Each { index: None, item, items, body: vec![Node { block: None, statement: push }] }
            }
            Change::Put(key, value) => Statement::Do(own("set", vec![key, value])),
            Change::Replace(at, item) => {
                let place = Code::call("_place", vec![at, Code::atom(name).member("length")]);
                Statement::Store(Code::atom(name).item(place), item)
            }
        }
    }

    fn push(&self, list: &str, item: Code) -> Code {
        Code::atom(list).method("push", vec![item])
    }

    fn awaited(&self, call: Code) -> Code {
        Code::prefix("await ", call)
    }

    fn effect(&self, effect: Effect, arguments: Vec<Code>) -> Code {
        let code = Code::atom("effects").method(&crate::names::camel(effect.name()), arguments);
        if crate::effects::waits(effect) { self.awaited(code) } else { code }
    }
}

/// A case as it can be met here, where integers end: a large one as the number that equals it. None if there is no such
/// number, so that no value can equal the case.
fn met(case: &Value) -> Option<Value> {
    Some(match case {
        Value::Int(_) | Value::Big(_) if crate::cases::is_large(case) => {
            blocks::conform::widen(case.clone()).ok().filter(|number| number == case)?
        }
        Value::List(items) => Value::list(items.iter().map(met).collect::<Option<_>>()?),
        Value::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| Some((key.clone(), met(value)?)));
            Value::Map(entries.collect::<Option<blocks::value::Entries>>()?.into())
        }
        other => other.clone(),
    })
}

impl Script {
    /// The functions that generated modules bring along.
    fn runtime(self) -> Runtime {
        Runtime { source: self.source(include_str!("runtime/script.ts")), gap: "\n\n" }
    }

    /// A source with or without its types.
    pub(crate) fn source(self, marked: &str) -> String {
        let mut source = String::new();
        let mut rest = marked;
        while let Some((before, tail)) = rest.split_once('«') {
            let (types, after) = tail.split_once('»').unwrap_or((tail, ""));
            source.push_str(before);
            if self.typed {
                source.push_str(types);
            }
            rest = after;
        }
        source.push_str(rest);
        if self.typed { source } else { with_short_heads(&source) }
    }

    /// A function.
    pub(crate) fn function(
        self,
        name: &str,
        parameters: &[String],
        routine: &Routine,
        body: &[Node],
        kind: Kind,
    ) -> Vec<Line> {
        let mut lines = statements::documentation(&routine.about);
        lines.extend(self.head(name, parameters, routine, kind));
        let body = if self.typed { &narrow::settled(body, &narrow::Names::default()) } else { body };
        let body = self.body(body, 1);
        if let (true, Some(head)) = (body.is_empty(), lines.last_mut()) {
            head.text.push('}');
            return lines;
        }
        lines.extend(body);
        lines.extend(crate::runtime::plain("}\n"));
        lines
    }

    /// The module of some functions, with what they need.
    pub(crate) fn module(self, functions: Vec<Vec<Line>>) -> Vec<Line> {
        let own = crate::runtime::text_of(&functions);
        let effects = crate::effects::object(&self.source(include_str!("runtime/effects.ts")), &own, "  ");
        let effects = effects.unwrap_or_default();
        let needed = self.runtime().needed(&format!("{own}{effects}"));
        let mut parts = Vec::new();
        let imports = imports(&format!("{effects}{}", needed.concat()));
        if !imports.is_empty() {
            parts.push(crate::runtime::plain(&imports));
        }
        parts.extend(functions);
        if !effects.is_empty() {
            parts.push(crate::runtime::plain(&effects));
        }
        parts.extend(needed.iter().map(|source| crate::runtime::plain(source)));
        parts.join(&Line::default())
    }
}

/// Heads of functions on one line where they fit without their types.
fn with_short_heads(source: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut head: Option<(usize, Vec<&str>)> = None;
    for line in source.lines() {
        let (start, parameters) = match head.take() {
            Some(head) => head,
            None => {
                let opens = line.ends_with('(') && !line.contains(['=', '.']);
                head = opens.then(|| (out.len(), Vec::new()));
                out.push(line.to_owned());
                continue;
            }
        };
        out.push(line.to_owned());
        let joined = format!("{}{}) {{", out[start], parameters.join(" ").trim_end_matches(','));
        if line.ends_with(',') {
            head = Some((start, parameters.into_iter().chain([line.trim()]).collect()));
        } else if line.trim() == ") {" && joined.len() <= 80 {
            out.truncate(start);
            out.push(joined);
        }
    }
    out.join("\n")
}

/// The imports of the functions that code calls.
fn imports(code: &str) -> String {
    const MODULES: [(&str, &[&str]); 4] = [
        ("node:crypto", &["createHash", "createHmac"]),
        ("node:fs", &["appendFileSync", "mkdirSync", "readFileSync", "readdirSync", "unlinkSync", "writeFileSync"]),
        ("node:path", &["dirname"]),
        ("node:readline/promises", &["createInterface"]),
    ];
    let mut imports = String::new();
    for (module, names) in MODULES {
        let used: Vec<&str> = names.iter().copied().filter(|name| code.contains(&format!("{name}("))).collect();
        if !used.is_empty() {
            imports.push_str(&format!("import {{ {} }} from \"{module}\";\n", used.join(", ")));
        }
    }
    imports
}
