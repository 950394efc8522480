//! A program to its canonical text.

use crate::document::{
    Answer, Block, Body, Carry, Expect, Extra, Function, Input, Output, Program, Reply, Source, TestCase,
};
use crate::edit::Item;
use crate::literal;
use crate::value::Value;

/// Writes the canonical text of a program.
pub fn write(program: &Program) -> String {
    let mut writer = Writer::default();
    writer.program(program);
    writer.out
}

/// Writes a source: `sum.value` or a literal.
pub fn write_source(source: &Source) -> String {
    match source {
        Source::Wire { block, port } => format!("{block}.{port}"),
        Source::Literal(value) => literal::write(value),
    }
}

/// Writes a part of a program as it stands in the text, without indentation.
pub fn write_item(item: &Item) -> String {
    let mut writer = Writer::default();
    match item {
        Item::Function { function } => writer.function(function),
        Item::Input { input } => writer.header("", std::slice::from_ref(input), &[]),
        Item::Output { output } => writer.header("", &[], std::slice::from_ref(output)),
        Item::Block { block } => writer.block(block),
        Item::Carry { carry } => writer.carry(carry),
        Item::Body { name, body } => writer.named_body(name, body),
        Item::Yield { name, from } => writer.yielded(name, from),
        Item::Test { test } => writer.test(test),
    }
    writer.out
}

#[derive(Default)]
struct Writer {
    out: String,
    depth: usize,
}

impl Writer {
    fn line(&mut self, text: &str) {
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn blank(&mut self) {
        self.out.push('\n');
    }

    fn below(&mut self, write: impl FnOnce(&mut Self)) {
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    fn program(&mut self, program: &Program) {
        self.line(&format!("program {} {}", program.format, quoted(&program.name)));
        self.header(&program.about, &program.inputs, &program.outputs);
        self.extras(&program.extra);
        for block in &program.body.blocks {
            self.blank();
            self.block(block);
        }
        for function in &program.functions {
            self.blank();
            self.function(function);
        }
        for test in &program.tests {
            self.blank();
            self.test(test);
        }
        if !program.layout.is_empty() {
            self.blank();
            self.line("layout");
            self.below(|writer| writer.layout(program));
        }
    }

    fn header(&mut self, about: &str, inputs: &[Input], outputs: &[Output]) {
        if !about.is_empty() {
            self.line(&format!("about {}", quoted(about)));
        }
        for input in inputs {
            let default = input.default.as_ref().map(|value| format!(" = {value}")).unwrap_or_default();
            self.line(&format!("input {}: {}{default}{}", input.name, input.ty, trailing(&input.about)));
        }
        for output in outputs {
            let from = write_source(&output.from);
            self.line(&format!("output {}: {} <- {from}{}", output.name, output.ty, trailing(&output.about)));
        }
    }

    fn layout(&mut self, program: &Program) {
        for (id, place) in &program.layout {
            let folded = if place.folded { " folded" } else { "" };
            self.line(&format!("{id} at {} {}{folded}", place.x, place.y));
        }
    }

    fn function(&mut self, function: &Function) {
        self.line(&format!("function {}", function.name));
        self.below(|writer| {
            writer.header(&function.about, &function.inputs, &function.outputs);
            writer.extras(&function.extra);
            writer.body(&function.body);
        });
    }

    fn body(&mut self, body: &Body) {
        for block in &body.blocks {
            self.block(block);
        }
        for (name, from) in &body.yields {
            self.yielded(name, from);
        }
        self.extras(&body.extra);
    }

    fn named_body(&mut self, name: &str, body: &Body) {
        self.line(&format!("{name}:"));
        self.below(|writer| writer.body(body));
    }

    fn yielded(&mut self, name: &str, from: &Source) {
        self.line(&format!("yield {name} <- {}", write_source(from)));
    }

    fn carry(&mut self, carry: &Carry) {
        self.line(&format!("carry {}: {} <- {}", carry.name, carry.ty, write_source(&carry.from)));
    }

    fn block(&mut self, block: &Block) {
        self.line(&format!("{}: {}{}", block.id, block.kind, trailing(&block.title)));
        self.below(|writer| {
            for (name, value) in &block.config {
                writer.setting(name, value);
            }
            for (port, from) in &block.inputs {
                writer.line(&format!("{port} <- {}", write_source(from)));
            }
            for carry in &block.carries {
                writer.carry(carry);
            }
            writer.extras(&block.extra);
            for (name, body) in &block.bodies {
                writer.named_body(name, body);
            }
        });
    }

    fn test(&mut self, test: &TestCase) {
        self.line(&format!("test {}", quoted(&test.name)));
        self.below(|writer| {
            for (name, value) in &test.inputs {
                writer.setting(name, value);
            }
            for Answer { block, reply } in &test.answers {
                match reply {
                    Reply::Value(value) => writer.setting(&format!("answer {block}"), value),
                    Reply::Error(code) => writer.line(&format!("answer {block} fails {}", quoted(code))),
                }
            }
            match &test.expect {
                Expect::Outputs(outputs) => {
                    for (name, value) in outputs {
                        writer.setting(&format!("expect {name}"), value);
                    }
                }
                Expect::Error(code) => writer.line(&format!("fails {}", quoted(code))),
            }
            writer.extras(&test.extra);
        });
    }

    /// Text of several lines stands below its name, line for line; anything else beside it.
    fn setting(&mut self, name: &str, value: &Value) {
        match value {
            Value::Text(text) if is_block_text(text) => {
                self.line(&format!("{name} ="));
                self.below(|writer| {
                    for line in text.split('\n') {
                        writer.line(if line.is_empty() { "|".to_owned() } else { format!("| {line}") }.as_str());
                    }
                });
            }
            _ => self.line(&format!("{name} = {value}")),
        }
    }

    fn extras(&mut self, extras: &[Extra]) {
        for extra in extras {
            self.line(&extra.line);
            self.below(|writer| writer.extras(&extra.children));
        }
    }
}

fn is_block_text(text: &str) -> bool {
    text.contains('\n') && text.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{2028}' && c != '\u{2029}')
}

fn quoted(text: &str) -> String {
    let mut out = String::new();
    literal::write_text(text, &mut out);
    out
}

fn trailing(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" {}", quoted(text)) }
}
