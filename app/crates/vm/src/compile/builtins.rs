//! Functions of the language. Those that programs call in loops have instructions of their own; all others take their
//! arguments from a row of value registers.

use blocks::formula::{Typed, TypedNode};
use blocks::plan::Feed;

use super::{Names, RoutineCompiler};
use crate::op::{Class, Op, Register};

/// What a function is given: parts of a formula, or feeds of a block.
enum Arguments<'e> {
    Parts(&'e [Typed], &'e Names),
    Feeds(&'e [Feed]),
}

impl Arguments<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Parts(parts, _) => parts.len(),
            Self::Feeds(feeds) => feeds.len(),
        }
    }

    fn class(&self, place: usize) -> Class {
        match self {
            Self::Parts(parts, _) => Class::of(&parts[place].ty),
            Self::Feeds(feeds) => Class::of(&feeds[place].ty),
        }
    }

    /// Whether an argument becomes one of another type on its way.
    fn widens(&self, place: usize) -> bool {
        match self {
            Self::Parts(..) => false,
            Self::Feeds(feeds) => feeds[place].widen,
        }
    }
}

impl RoutineCompiler<'_, '_> {
    pub(super) fn builtin(
        &mut self,
        name: &str,
        signature: usize,
        arguments: &[Typed],
        names: &Names,
        class: Class,
        to: Register,
    ) {
        self.function(name, signature, &Arguments::Parts(arguments, names), class, to);
    }

    pub(super) fn builtin_of_feeds(
        &mut self,
        name: &str,
        signature: usize,
        arguments: &[Feed],
        class: Class,
        to: Register,
    ) {
        let mark = self.next;
        self.function(name, signature, &Arguments::Feeds(arguments), class, to);
        self.next = mark;
    }

    fn function(&mut self, name: &str, signature: usize, arguments: &Arguments<'_>, class: Class, to: Register) {
        if self.own_instruction(name, arguments, class, to) {
            return;
        }
        let count = arguments.len();
        let first = self.row(count);
        for place in 0..count {
            self.argument_into(arguments, place, Class::Value, first + place as u32);
        }
        let function = self.pool.function(name);
        let result = if class == Class::Value { to } else { self.register(Class::Value) };
        self.emit(Op::Builtin { function, signature: signature as u8, count: count as u8, to: result, first });
        self.convert(Class::Value, result, class, to);
    }

    fn argument(&mut self, arguments: &Arguments<'_>, place: usize, class: Class) -> Register {
        match arguments {
            Arguments::Parts(parts, names) => self.operand(&parts[place], names, class),
            Arguments::Feeds(feeds) => self.read(&feeds[place], class),
        }
    }

    fn argument_into(&mut self, arguments: &Arguments<'_>, place: usize, class: Class, to: Register) {
        match arguments {
            Arguments::Parts(parts, names) => self.compute(&parts[place], names, class, to),
            Arguments::Feeds(feeds) => self.load(&feeds[place], class, to),
        }
    }

    /// Emits a function's own instruction, if it has one for these arguments.
    fn own_instruction(&mut self, name: &str, arguments: &Arguments<'_>, class: Class, to: Register) -> bool {
        match (name, class) {
            ("abs" | "sqrt", Class::Int | Class::Number) => self.of_one(name, arguments, class, to),
            ("min" | "max", Class::Int | Class::Number) => {
                let (a, b) = (self.argument(arguments, 0, class), self.argument(arguments, 1, class));
                let largest = name == "max";
                self.emit(if class == Class::Int {
                    Op::PickInt { largest, to, a, b }
                } else {
                    Op::PickNumber { largest, to, a, b }
                });
            }
            ("number", Class::Number) if arguments.class(0) == Class::Int => {
                let from = self.argument(arguments, 0, Class::Int);
                self.emit(Op::IntToNumber { to, from });
            }
            ("len", Class::Int) => {
                let of = self.argument(arguments, 0, Class::Value);
                self.emit(Op::Length { to, of });
            }
            ("get", _) => {
                let map = self.argument(arguments, 0, Class::Value);
                let key = self.argument(arguments, 1, Class::Value);
                let found = if class == Class::Value { self.register(class) } else { to };
                self.argument_into(arguments, 2, class, found);
                self.emit(Op::Get { class, to: found, map, key });
                self.carry_over(class, to, found);
            }
            ("append" | "put" | "set_item", Class::Value) => self.changed(name, arguments, to),
            _ => return false,
        }
        true
    }

    fn of_one(&mut self, name: &str, arguments: &Arguments<'_>, class: Class, to: Register) {
        let from = self.argument(arguments, 0, class);
        self.emit(match (name, class) {
            ("abs", Class::Int) => Op::AbsoluteInt { to, from },
            ("abs", _) => Op::AbsoluteNumber { to, from },
            _ => Op::SquareRoot { to, from },
        });
    }

    /// A list or map with one change: in place where nobody else reads it.
    fn changed(&mut self, name: &str, arguments: &Arguments<'_>, to: Register) {
        let stands = self.stands_in(arguments, to);
        let whole = if stands { to } else { self.register(Class::Value) };
        self.argument_into(arguments, 0, Class::Value, whole);
        match name {
            "append" => {
                let (class, item) = self.given(arguments, 1);
                self.emit(Op::Push { class, list: whole, item });
            }
            "set_item" => {
                let index = self.argument(arguments, 1, Class::Int);
                let (class, item) = self.given(arguments, 2);
                self.emit(Op::SetItem { class, list: whole, index, item });
            }
            _ => {
                let key = self.argument(arguments, 1, Class::Value);
                let (class, item) = self.given(arguments, 2);
                self.emit(Op::Put { class, map: whole, key, item });
            }
        }
        self.carry_over(Class::Value, to, whole);
    }

    /// An argument in a register of its own class, or in one that may be emptied.
    fn given(&mut self, arguments: &Arguments<'_>, place: usize) -> (Class, Register) {
        let class = arguments.class(place);
        if class != Class::Value && !arguments.widens(place) {
            return (class, self.argument(arguments, place, class));
        }
        let item = self.register(Class::Value);
        self.argument_into(arguments, place, Class::Value, item);
        (Class::Value, item)
    }

    /// Whether the first argument stands in the register where the result is wanted, and nothing else reads it.
    fn stands_in(&self, arguments: &Arguments<'_>, to: Register) -> bool {
        match arguments {
            Arguments::Feeds(feeds) => self.last_read_in(&feeds[0], to),
            Arguments::Parts(parts, names) => match &parts[0].node {
                TypedNode::Name(name) => names.get(name).is_some_and(|feed| self.last_read_in(feed, to)),
                _ => false,
            },
        }
    }
}
