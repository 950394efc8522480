//! The tree of lines to a program.

use std::collections::HashSet;

use super::lines::{self, Line};
use super::statement::{self, Statement};
use crate::diagnostic::Diagnostic;
use crate::document::{
    Answer, Block, BlockId, Body, Carry, Expect, Extra, FORMAT, Function, INPUT, Input, Output, Place, Program, Reply,
    TestCase,
};
use crate::value::{Entries, Value};

/// The largest text that is read, in bytes.
const MAX_BYTES: usize = 128 * 1024 * 1024;

/// How many lines are read. What a line becomes takes many times the room of its text.
const MAX_LINES: usize = 500_000;

/// How many items the lists and maps of a text may have.
const MAX_ITEMS: usize = 8_000_000;

/// How many problems are told.
const MAX_PROBLEMS: usize = 1_000;

fn is_too_large(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let more = |what: &str, most: usize| Some(format!("the program has more than {most} {what}"));
    if text.len() > MAX_BYTES {
        return Some(format!("the program is larger than {MAX_BYTES} bytes"));
    }
    if bytes.iter().filter(|byte| **byte == b'\n').count() > MAX_LINES {
        return more("lines", MAX_LINES);
    }
    let opens = |byte: &&u8| matches!(**byte, b'[' | b'{' | b',');
    if bytes.iter().filter(opens).count() > MAX_ITEMS { more("commas and brackets", MAX_ITEMS) } else { None }
}

/// Reads a program.
///
/// # Errors
/// Everything that is not the text form, line by line. A program that reads may still be wrong: `check` says so.
pub fn read(text: &str) -> Result<Program, Vec<Diagnostic>> {
    if let Some(message) = is_too_large(text) {
        return Err(vec![Diagnostic::error("too_large", message)]);
    }
    let conflicts = lines::conflicts(text);
    if !conflicts.is_empty() {
        return Err(conflicts);
    }
    let mut reader = Reader::default();
    let lines = lines::tree(text, &mut reader.problems);
    let program = reader.program(&lines);
    if reader.problems.is_empty() { Ok(program) } else { Err(reader.problems) }
}

#[derive(Default)]
struct Reader {
    problems: Vec<Diagnostic>,
    ids: HashSet<String>,
}

impl Reader {
    fn problem(&mut self, line: &Line<'_>, code: &str, message: impl Into<String>) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Diagnostic::error(code, message).line(line.number));
        }
    }

    /// What stands below a line that takes nothing would be lost when the program is written again.
    fn nothing_below(&mut self, line: &Line<'_>) {
        if let Some(below) = line.children.first() {
            let word = line.text.split_whitespace().next().unwrap_or_default();
            self.problem(
                below,
                "syntax",
                format!("nothing can stand below '{word} …'; indent this line as much as that one"),
            );
        }
    }

    fn statement<'a>(&mut self, line: &Line<'a>) -> Statement<'a> {
        statement::read(line.text).unwrap_or_else(|message| {
            self.problem(line, "syntax", message);
            Statement::Unknown
        })
    }

    fn program(&mut self, lines: &[Line<'_>]) -> Program {
        let mut program = Program::new("");
        let Some((first, rest)) = lines.split_first() else {
            self.problems
                .push(Diagnostic::error("no_program", "the text is empty; start with: program 1 \"Name\"").line(1));
            return program;
        };
        match self.statement(first) {
            Statement::Program { format, .. } if format > FORMAT => self.problem(
                first,
                "newer_format",
                format!(
                    "this program is of format {format}, and this version reads up to {FORMAT}; update Agent Lightning"
                ),
            ),
            Statement::Program { format, name } => (program.format, program.name) = (format, name),
            _ => self.problem(first, "no_program", "the first line must be: program 1 \"Name\""),
        }
        for line in first.children.iter().chain(rest) {
            self.program_line(&mut program, line);
        }
        program
    }

    fn program_line(&mut self, program: &mut Program, line: &Line<'_>) {
        let statement = self.statement(line);
        if matches!(statement, Statement::About(_) | Statement::Input { .. } | Statement::Output { .. }) {
            self.nothing_below(line);
        }
        match statement {
            Statement::About(about) => program.about = about,
            Statement::Input { name, ty, default, about } => {
                program.inputs.push(Input { name: name.to_owned(), ty, default, about });
            }
            Statement::Output { name, ty, from, about } => {
                program.outputs.push(Output { name: name.to_owned(), ty, from, about });
            }
            Statement::Function(name) => {
                let function = self.function(name, line);
                program.functions.push(function);
            }
            Statement::Test(name) => {
                let test = self.test(name, line);
                program.tests.push(test);
            }
            Statement::Layout => self.layout(program, line),
            Statement::Block { .. } => self.body_line(&mut program.body, line),
            // Written again, it would stand at the left edge.
            _ if lines::is_marker(line.text) => {
                self.problem(line, "syntax", format!("unresolved merge conflict at line {}", line.number));
            }
            _ => program.extra.push(extra(line)),
        }
    }

    fn function(&mut self, name: &str, line: &Line<'_>) -> Function {
        let mut function = Function {
            name: name.to_owned(),
            about: String::new(),
            inputs: Vec::new(),
            outputs: Vec::new(),
            body: Body::default(),
            extra: Vec::new(),
        };
        for child in &line.children {
            let statement = self.statement(child);
            if matches!(statement, Statement::About(_) | Statement::Input { .. } | Statement::Output { .. }) {
                self.nothing_below(child);
            }
            match statement {
                Statement::About(about) => function.about = about,
                Statement::Input { name, ty, default, about } => {
                    function.inputs.push(Input { name: name.to_owned(), ty, default, about });
                }
                Statement::Output { name, ty, from, about } => {
                    function.outputs.push(Output { name: name.to_owned(), ty, from, about });
                }
                Statement::Block { .. } => self.body_line(&mut function.body, child),
                _ => function.extra.push(extra(child)),
            }
        }
        function
    }

    fn body(&mut self, lines: &[Line<'_>]) -> Body {
        let mut body = Body::default();
        for line in lines {
            self.body_line(&mut body, line);
        }
        body
    }

    fn body_line(&mut self, body: &mut Body, line: &Line<'_>) {
        match self.statement(line) {
            Statement::Block { id, kind, title } => {
                if id == INPUT {
                    self.problem(line, "reserved_id", "the id 'input' stands for the program's inputs; choose another");
                }
                if !self.ids.insert(id.to_owned()) {
                    self.problem(
                        line,
                        "duplicate_id",
                        format!("the id '{id}' is used twice; ids are unique in a program"),
                    );
                }
                let block = self.block(Block { title, ..Block::new(id, kind) }, line);
                body.blocks.push(block);
            }
            Statement::Yield { name, from } => {
                self.nothing_below(line);
                if body.yields.insert(name.to_owned(), from).is_some() {
                    self.problem(line, "duplicate_yield", format!("'{name}' is yielded twice"));
                }
            }
            _ => body.extra.push(extra(line)),
        }
    }

    fn block(&mut self, mut block: Block, line: &Line<'_>) -> Block {
        for child in &line.children {
            let statement = self.statement(child);
            if matches!(
                statement,
                Statement::Setting { value: Some(_), .. } | Statement::Wire { .. } | Statement::Carry { .. }
            ) {
                self.nothing_below(child);
            }
            match statement {
                Statement::Setting { name, value } => {
                    let value = value.unwrap_or_else(|| Value::text(block_text(child)));
                    if block.config.insert(name.to_owned(), value).is_some() {
                        self.problem(child, "duplicate_setting", format!("'{name}' is set twice"));
                    }
                }
                Statement::Wire { port, from } => {
                    if block.inputs.insert(port.to_owned(), from).is_some() {
                        self.problem(
                            child,
                            "duplicate_wire",
                            format!("the port '{port}' has two wires; an input takes one"),
                        );
                    }
                }
                Statement::Carry { name, ty, from } => block.carries.push(Carry { name: name.to_owned(), ty, from }),
                Statement::Body(name) => {
                    let body = self.body(&child.children);
                    if block.bodies.insert(name.to_owned(), body).is_some() {
                        self.problem(child, "duplicate_body", format!("the body '{name}' is there twice"));
                    }
                }
                _ => block.extra.push(extra(child)),
            }
        }
        block
    }

    fn test(&mut self, name: String, line: &Line<'_>) -> TestCase {
        let mut test = TestCase {
            name,
            inputs: Entries::default(),
            answers: Vec::new(),
            expect: Expect::Outputs(Entries::default()),
            extra: Vec::new(),
        };
        for child in &line.children {
            let statement = self.statement(child);
            if matches!(
                statement,
                Statement::Setting { value: Some(_), .. }
                    | Statement::Answer { value: Some(_), .. }
                    | Statement::Expect { value: Some(_), .. }
                    | Statement::AnswerFails { .. }
                    | Statement::Fails(_)
            ) {
                self.nothing_below(child);
            }
            match statement {
                Statement::Setting { name, value } => {
                    test.inputs.insert(name.to_owned(), value.unwrap_or_else(|| Value::text(block_text(child))));
                }
                Statement::Answer { block, value } => {
                    let value = value.unwrap_or_else(|| Value::text(block_text(child)));
                    test.answers.push(Answer { block: BlockId::from(block), reply: Reply::Value(value) });
                }
                Statement::AnswerFails { block, code } => {
                    test.answers.push(Answer { block: BlockId::from(block), reply: Reply::Error(code) });
                }
                Statement::Expect { name, value } => {
                    let value = value.unwrap_or_else(|| Value::text(block_text(child)));
                    match &mut test.expect {
                        Expect::Outputs(outputs) => {
                            outputs.insert(name.to_owned(), value);
                        }
                        Expect::Error(_) => {
                            self.problem(child, "syntax", "a test expects outputs or a failure, not both")
                        }
                    }
                }
                Statement::Fails(code) => {
                    if matches!(&test.expect, Expect::Outputs(outputs) if !outputs.is_empty()) {
                        self.problem(child, "syntax", "a test expects outputs or a failure, not both");
                    }
                    test.expect = Expect::Error(code);
                }
                _ => test.extra.push(extra(child)),
            }
        }
        test
    }

    fn layout(&mut self, program: &mut Program, line: &Line<'_>) {
        for child in &line.children {
            match self.statement(child) {
                Statement::Place { id, x, y, folded } => {
                    self.nothing_below(child);
                    program.layout.insert(BlockId::from(id), Place { x, y, folded });
                }
                _ => self.problem(child, "syntax", "expected a place such as: sum at 120 80"),
            }
        }
    }
}

/// The text of `|` lines below a setting.
fn block_text(line: &Line<'_>) -> String {
    let parts: Vec<&str> = line
        .children
        .iter()
        .map(|child| {
            let text = child.text.strip_prefix('|').unwrap_or(child.text);
            text.strip_prefix(' ').unwrap_or(text)
        })
        .collect();
    parts.join("\n")
}

fn extra(line: &Line<'_>) -> Extra {
    Extra { line: line.text.to_owned(), children: line.children.iter().map(extra).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Regression: such lines were dropped without a word when the program was written again.
    #[test]
    fn lines_below_a_statement_that_takes_none_are_refused() {
        let whole = "program 1 \"x\"\nabout \"a\"\ninput n: int = 5\noutput o: int <- f.value\n\nf: formula\n  \
                     expression = \"n\"\n  n <- input.n\n\ntest \"t\"\n  n = 2\n  expect o = 2\n\nlayout\n  f at 1 2\n";
        assert!(read(whole).is_ok());
        for statement in [
            "about \"a\"",
            "input n: int = 5",
            "output o: int <- f.value",
            "  expression = \"n\"",
            "  n <- input.n",
            "  n = 2",
            "  expect o = 2",
            "  f at 1 2",
        ] {
            let indent = statement.len() - statement.trim_start().len() + 2;
            let below =
                whole.replace(&format!("{statement}\n"), &format!("{statement}\n{}newer = 1\n", " ".repeat(indent)));
            assert_ne!(below, whole);
            let problems = read(&below).unwrap_err();
            assert_eq!(problems.len(), 1, "{statement}: {problems:?}");
            assert!(problems[0].message.starts_with("nothing can stand below"), "{problems:?}");
        }
        let both = whole.replace("expect o = 2\n", "expect o = 2\n  fails \"raised\"\n");
        assert!(read(&both).unwrap_err()[0].message.contains("not both"));
    }
}
