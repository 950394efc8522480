//! One line to one statement.

use crate::document::{BlockId, Source};
use crate::literal;
use crate::types::{self, Type};
use crate::value::Value;

/// What a line says; what it belongs to decides which statements may stand there.
#[derive(Debug)]
pub(super) enum Statement<'a> {
    /// `program 1 "Name"`
    Program { format: u32, name: String },
    /// `about "…"`
    About(String),
    /// `input n: int = 10 "which one"`
    Input { name: &'a str, ty: Type, default: Option<Value>, about: String },
    /// `output value: int <- sum.value "the sum"`
    Output { name: &'a str, ty: Type, from: Source, about: String },
    /// `function square`
    Function(&'a str),
    /// `test "name"`
    Test(String),
    /// `layout`
    Layout,
    /// `sum at 120 80 folded`
    Place { id: &'a str, x: i32, y: i32, folded: bool },
    /// `sum: formula "Title"`
    Block { id: &'a str, kind: &'a str, title: String },
    /// `body:`
    Body(&'a str),
    /// `yield a <- loop.b`
    Yield { name: &'a str, from: Source },
    /// `carry a: int <- 0`
    Carry { name: &'a str, ty: Type, from: Source },
    /// `expression = "a + b"`; the value is `None` where it stands below as block text
    Setting { name: &'a str, value: Option<Value> },
    /// `a <- loop.a`
    Wire { port: &'a str, from: Source },
    /// `expect value = 55`
    Expect { name: &'a str, value: Option<Value> },
    /// `fails "invalid_argument"`
    Fails(String),
    /// `answer fetch = {"status": 200}`
    Answer { block: &'a str, value: Option<Value> },
    /// `answer fetch fails "network"`
    AnswerFails { block: &'a str, code: String },
    /// A statement of a newer version.
    Unknown,
}

/// Reads a line.
///
/// Only a line that starts like a known statement and then breaks off is an error; any other is [`Statement::Unknown`].
pub(super) fn read(line: &str) -> Result<Statement<'_>, String> {
    let (word, rest) = split_word(line);
    // A block may be called like a statement: `answer at 120 80` is a place.
    if let Some(place) = rest.strip_prefix("at ").filter(|_| is_name(word)).and_then(|rest| place(word, rest)) {
        return Ok(place);
    }
    match (word, rest.chars().next()) {
        ("program", Some(c)) if c.is_ascii_digit() => program(rest),
        ("about", Some('"')) => Ok(Statement::About(quoted(rest)?)),
        ("input", Some(c)) if is_name_start(c) => input(rest),
        ("output", Some(c)) if is_name_start(c) => output(rest),
        ("function", Some(c)) if is_name_start(c) => Ok(Statement::Function(whole_name(rest)?)),
        ("test", Some('"')) => Ok(Statement::Test(quoted(rest)?)),
        ("fails", Some('"')) => Ok(Statement::Fails(quoted(rest)?)),
        ("layout", None) => Ok(Statement::Layout),
        ("yield", Some(c)) if is_name_start(c) => {
            let (name, rest) = split_word(rest);
            Ok(Statement::Yield { name, from: arrow(rest)? })
        }
        ("carry", Some(c)) if is_name_start(c) => carry(rest),
        ("expect", Some(c)) if is_name_start(c) => {
            let (name, rest) = split_word(rest);
            Ok(Statement::Expect { name, value: setting(rest)? })
        }
        ("answer", Some(c)) if is_name_start(c) => answer(rest),
        (_, Some(':')) if is_name(word) => block_or_body(word, rest[1..].trim_start()),
        (_, Some('=')) if is_name(word) => Ok(Statement::Setting { name: word, value: setting(rest)? }),
        (_, Some('<')) if is_name(word) && rest.starts_with("<-") => {
            Ok(Statement::Wire { port: word, from: arrow(rest)? })
        }
        _ => Ok(Statement::Unknown),
    }
}

/// Whether a text can be the name of a block, port, input or function.
pub(crate) fn is_name(text: &str) -> bool {
    text.chars().next().is_some_and(is_name_start) && text.chars().all(|c| c.is_alphanumeric() || c == '_')
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn split_word(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    (&text[..end], text[end..].trim_start())
}

fn whole_name(text: &str) -> Result<&str, String> {
    if is_name(text) { Ok(text) } else { Err(format!("'{text}' is not a name; use letters, digits and '_'")) }
}

fn quoted(text: &str) -> Result<String, String> {
    match literal::read(text) {
        Ok(Value::Text(text)) => Ok((*text).clone()),
        Ok(_) => Err("expected a quoted text".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn value(text: &str) -> Result<Value, String> {
    literal::read(text).map_err(|error| error.to_string())
}

/// Reads `= value`, or a lone `=` before block text.
fn setting(rest: &str) -> Result<Option<Value>, String> {
    let text = rest.strip_prefix('=').ok_or("expected '=' and a value")?.trim_start();
    if text.is_empty() { Ok(None) } else { value(text).map(Some) }
}

fn arrow(rest: &str) -> Result<Source, String> {
    source(rest.strip_prefix("<-").ok_or("expected '<-' and where the value comes from")?.trim())
}

/// Reads `block.port` or a literal.
pub(super) fn source(text: &str) -> Result<Source, String> {
    if let Some((block, port)) = text.split_once('.')
        && is_name(block)
        && is_name(port)
    {
        return Ok(Source::Wire { block: BlockId::from(block), port: port.to_owned() });
    }
    literal::read(text)
        .map(Source::Literal)
        .map_err(|_| format!("'{text}' is neither a wire such as sum.value nor a value such as 12, \"text\" or [1, 2]"))
}

fn program(rest: &str) -> Result<Statement<'_>, String> {
    let (format, name) = split_word(rest);
    let format = format.parse().map_err(|_| format!("'{format}' is not a format version"))?;
    Ok(Statement::Program { format, name: quoted(name)? })
}

/// Splits off a quoted text at the end: what an input or output is about.
fn split_about(text: &str) -> Result<(&str, String), String> {
    if !text.ends_with('"') {
        return Ok((text, String::new()));
    }
    // The text starts at the last quote before which the rest is complete, that is, at the first ` "` from which
    // the remainder is one whole literal.
    for (index, _) in text.match_indices(" \"") {
        if !ends_with_quote(&text[index + 2..]) {
            continue;
        }
        if let Ok(Value::Text(about)) = literal::read(&text[index + 1..]) {
            let head = text[..index].trim_end();
            if !head.ends_with('=') && !head.ends_with("<-") {
                return Ok((head, (*about).clone()));
            }
        }
    }
    Ok((text, String::new()))
}

/// Whether the first quote that is not escaped is the end.
fn ends_with_quote(text: &str) -> bool {
    let mut escaped = false;
    let quote = text.bytes().position(|byte| {
        let found = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        found
    });
    quote.is_some_and(|quote| quote + 1 == text.len())
}

fn input(rest: &str) -> Result<Statement<'_>, String> {
    let (rest, about) = split_about(rest)?;
    let (name, rest) = split_word(rest);
    let rest = rest.strip_prefix(':').ok_or("expected ':' and a type after the input's name")?;
    let (ty, default) = match rest.split_once('=') {
        Some((ty, default)) => (ty, Some(value(default.trim())?)),
        None => (rest, None),
    };
    Ok(Statement::Input { name, ty: types::read(ty)?, default, about })
}

fn output(rest: &str) -> Result<Statement<'_>, String> {
    let (rest, about) = split_about(rest)?;
    let (name, ty, from) = typed_source(rest)?;
    Ok(Statement::Output { name, ty, from, about })
}

fn carry(rest: &str) -> Result<Statement<'_>, String> {
    let (name, ty, from) = typed_source(rest)?;
    Ok(Statement::Carry { name, ty, from })
}

fn typed_source(text: &str) -> Result<(&str, Type, Source), String> {
    let (name, rest) = split_word(text);
    let rest = rest.strip_prefix(':').ok_or("expected ':' and a type after the name")?;
    let (ty, from) = rest.split_once("<-").ok_or("expected '<-' and where the value comes from")?;
    Ok((name, types::read(ty)?, source(from.trim())?))
}

fn answer(rest: &str) -> Result<Statement<'_>, String> {
    let (block, rest) = split_word(rest);
    match rest.strip_prefix("fails") {
        Some(code) => Ok(Statement::AnswerFails { block, code: quoted(code.trim_start())? }),
        None => Ok(Statement::Answer { block, value: setting(rest)? }),
    }
}

fn block_or_body<'a>(id: &'a str, rest: &'a str) -> Result<Statement<'a>, String> {
    if rest.is_empty() {
        return Ok(Statement::Body(id));
    }
    let (kind, title) = split_word(rest);
    if !is_name(kind) {
        return Err(format!("expected a kind after '{id}:'"));
    }
    let title = if title.is_empty() { String::new() } else { quoted(title)? };
    Ok(Statement::Block { id, kind, title })
}

fn place<'a>(id: &'a str, rest: &str) -> Option<Statement<'a>> {
    let mut words = rest.split(' ');
    let x = words.next()?.parse().ok()?;
    let y = words.next()?.parse().ok()?;
    let folded = match words.next() {
        None => false,
        Some("folded") => true,
        Some(_) => return None,
    };
    words.next().is_none().then_some(Statement::Place { id, x, y, folded })
}
