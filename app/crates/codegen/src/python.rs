//! Python 3.11.

mod command;
mod expressions;
mod functions;
mod layout;
mod statements;
mod tests_file;
mod types;

use blocks::catalog::Effect;
use blocks::formula::Typed;
use blocks::plan::Routine;
use blocks::{Type, Value};

use expressions::literal as literal_of;

use crate::code::{ATOM, Code, Comprehension, NOT, Node, Piece, Statement};
use crate::dialect::{Call, Change, Collected, Dialect};
use crate::layout::Line;
use crate::quote::escape;
use crate::runtime::Runtime;

pub(crate) use command::command;
pub(crate) use tests_file::write as tests_file;

/// The functions that generated modules bring along.
fn runtime() -> Runtime {
    Runtime { source: include_str!("runtime/python.py").to_owned(), gap: "\n\n\n" }
}

/// The errors that stand for codes of the language.
pub(crate) const ERRORS: [(&str, &str); 7] = [
    ("division_by_zero", "ZeroDivisionError"),
    ("index_out_of_range", "IndexError"),
    ("missing_key", "KeyError"),
    ("overflow", "OverflowError"),
    ("assertion", "AssertionError"),
    ("wrong_type", "TypeError"),
    ("invalid_argument", "ValueError"),
];

/// How Python says things.
#[derive(Debug)]
pub(crate) struct Python;

impl Dialect for Python {
    fn literal(&self, value: &Value, ty: &Type) -> Code {
        expressions::literal(value, ty)
    }

    fn formula(&self, formula: &Typed, names: &dyn Fn(&str) -> Code) -> Code {
        expressions::write(formula, names)
    }

    fn builtin(&self, call: Call<'_>) -> Code {
        functions::call(call)
    }

    fn coerce(&self, code: Code, from: &Type, to: &Type) -> Code {
        expressions::widen(code, from, to)
    }

    fn template(&self, pieces: Vec<Piece>) -> Code {
        template(pieces)
    }

    fn not(&self, code: Code) -> Code {
        match code {
            Code::Unary("not ", _, inner) => *inner,
            Code::Binary("in", level, a, b) => Code::Binary("not in", level, a, b),
            other => Code::Unary("not ", NOT, Box::new(other)),
        }
    }

    fn caught(&self, error: &str) -> Code {
        Code::call("_caught", vec![Code::atom(error)])
    }

    fn collect(&self, collected: Collected) -> Code {
        let Collected { items, item, index, element, keeps, .. } = collected;
        let (target, items) = match index {
            Some(index) => (format!("{index}, {item}"), Code::call("enumerate", vec![items])),
            None => (item.clone(), items),
        };
        let (element, condition) = if keeps { (Code::atom(item), Some(element)) } else { (element, None) };
        let loops = vec![(target, items)];
        Code::Comprehension(Box::new(Comprehension { brackets: ['[', ']'], key: None, element, loops, condition }))
    }

    fn equal(&self, code: Code, ty: &Type, case: &Value) -> Code {
        let other = Type::of(case);
        expressions::equal(code, ty, literal_of(case, &other), &other)
    }

    fn sorted_by(&self, keyed: Collected, key: &Type, descending: bool) -> Code {
        if keyed.index.is_none() && *key != Type::Number {
            let lambda = Code::arrow(keyed.item, keyed.element);
            let mut arguments = vec![keyed.items, Code::prefix("key=", lambda)];
            if descending {
                arguments.push(Code::prefix("reverse=", Code::atom("True")));
            }
            return Code::call("sorted", arguments);
        }
        let items = keyed.items.clone();
        let keys = self.collect(keyed);
        self.sorted_by_keys(items, keys, descending)
    }

    fn sorted_by_keys(&self, items: Code, keys: Code, descending: bool) -> Code {
        let falling = descending.then(|| Code::prefix("descending=", Code::atom("True")));
        Code::call("_sorted_by", [items, keys].into_iter().chain(falling).collect())
    }

    fn copy(&self, code: Code, ty: &Type) -> Code {
        Code::call(if matches!(ty, Type::Map(_)) { "dict" } else { "list" }, vec![code])
    }

    fn change(&self, name: &str, change: Change) -> Statement {
        let place = |at: Code| Code::atom(name).item(at);
        match change {
            Change::Push(mut items) if items.len() == 1 => {
                Statement::Do(Code::atom(name).method("append", items.split_off(0)))
            }
            Change::Push(items) => Statement::Do(Code::atom(name).method("extend", vec![Code::List(items)])),
            Change::Extend(list, _) => Statement::Do(Code::atom(name).method("extend", vec![list])),
            Change::Put(at, value) | Change::Replace(at, value) => Statement::Store(place(at), value),
        }
    }

    fn push(&self, list: &str, item: Code) -> Code {
        Code::atom(list).method("append", vec![item])
    }

    fn awaited(&self, call: Code) -> Code {
        call
    }

    fn effect(&self, effect: Effect, arguments: Vec<Code>) -> Code {
        Code::atom("effects").method(effect.name(), arguments)
    }
}

/// An f-string where that reads well, else texts joined by `+`.
fn template(pieces: Vec<Piece>) -> Code {
    let fits = pieces.iter().all(|piece| match piece {
        Piece::Text(text) => !text.contains('"'),
        Piece::Value(code) => {
            let flat = crate::layout::flat(&layout::expression(code));
            !flat.contains(['"', '\'', '\\', '{', '#'])
        }
    });
    let texts = pieces.iter().filter(|piece| matches!(piece, Piece::Text(_))).count();
    match pieces.as_slice() {
        [] => Code::atom("\"\""),
        [Piece::Text(text)] => Code::atom(crate::quote::quote(text)),
        [Piece::Value(code)] => code.clone(),
        _ if fits && texts > 0 => Code::Template(pieces),
        _ => {
            let parts = pieces.into_iter().map(|piece| match piece {
                Piece::Text(text) => Code::atom(crate::quote::quote(&text)),
                Piece::Value(code) => code,
            });
            parts.reduce(|a, b| Code::binary("+", crate::code::SUM, a, b)).unwrap_or_else(|| Code::atom("\"\""))
        }
    }
}

/// The text of an f-string.
fn f_string(pieces: &[Piece]) -> String {
    let mut out = String::from("f\"");
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(&escape(&text.replace('{', "{{").replace('}', "}}"), '"')),
            Piece::Value(code) => {
                // `str` is what an f-string does by itself.
                let shown = match code.bare() {
                    Code::Call(function, arguments) if function.is("str") && arguments.len() == 1 => &arguments[0],
                    other => other,
                };
                let code = if shown.level() < ATOM { Code::Grouped(Box::new(shown.clone())) } else { shown.clone() };
                let bare = crate::layout::flat(&layout::expression(shown));
                let text = if matches!(shown, Code::Choice(_) | Code::Arrow(..)) {
                    crate::layout::flat(&layout::expression(&code))
                } else {
                    bare
                };
                out.push_str(&format!("{{{text}}}"));
            }
        }
    }
    out.push('"');
    out
}

/// A function.
pub(crate) fn function(name: &str, parameters: &[String], routine: &Routine, body: &[Node], public: bool) -> Vec<Line> {
    let mut lines = statements::head(name, parameters, routine, public);
    if !routine.about.is_empty() {
        lines.extend(statements::documentation(&routine.about));
    }
    lines.extend(statements::body(body, 1));
    lines
}

/// The module of some functions, with what they need.
pub(crate) fn module(functions: Vec<Vec<Line>>, recursive: bool) -> Vec<Line> {
    let text = crate::runtime::text_of(&functions);
    let effects = crate::effects::object(include_str!("runtime/effects.py"), &text, "    ");
    let effects = effects.map(|class| format!("{}\n\n\neffects = Effects()\n", class.trim_end())).unwrap_or_default();
    let needed = runtime().needed(&format!("{text}{effects}"));
    let mut parts = functions;
    if !effects.is_empty() {
        parts.push(crate::runtime::plain(&effects));
    }
    let whole = format!("{text}{effects}{}", needed.concat());
    let mut settings = Vec::new();
    if recursive {
        settings.push("# Calls may be nested as deep as in the block language.\nsys.setrecursionlimit(5_000)\n");
    }
    if whole.contains("str(") && ["**", " * ", "math.prod"].iter().any(|growing| text.contains(growing)) {
        settings.push("# Integers of any length can be written and read.\nsys.set_int_max_str_digits(0)\n");
    }
    let head = imports(&format!("{whole}{}", settings.concat()));
    if !settings.is_empty() {
        parts.insert(0, crate::runtime::plain(&settings.concat()));
    }
    parts.extend(needed.iter().map(|source| crate::runtime::plain(source)));
    let mut lines = Vec::new();
    if !head.is_empty() {
        lines.extend(crate::runtime::plain(&(head.join("\n") + "\n")));
    }
    for part in parts {
        if !lines.is_empty() {
            let gap =
                if statements::is_definition(&part) || lines.iter().any(|line: &Line| line.text.starts_with("def ")) {
                    2
                } else {
                    1
                };
            lines.extend(std::iter::repeat_n(Line::default(), gap));
        }
        lines.extend(part);
    }
    lines
}

/// The imports of the modules that code names.
fn imports(code: &str) -> Vec<String> {
    const MODULES: [&str; 19] = [
        "base64",
        "calendar",
        "datetime",
        "hashlib",
        "hmac",
        "html",
        "json",
        "math",
        "os",
        "pathlib",
        "random",
        "re",
        "sqlite3",
        "sys",
        "time",
        "unicodedata",
        "urllib.error",
        "urllib.parse",
        "urllib.request",
    ];
    let names = |module: &&&str| {
        code.match_indices(&format!("{module}."))
            .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.' || c == '"'))
    };
    MODULES.iter().filter(names).map(|module| format!("import {module}")).collect()
}
