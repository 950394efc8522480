//! Instructions.

use blocks::formula::BinaryOperator;

/// A register of the current routine.
pub(crate) type Register = u32;

/// An instruction. Registers that an instruction reads come last; `first` and `count` name registers in a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Op {
    /// Sets a register to a constant.
    Constant { to: Register, constant: u32 },
    /// Copies a register.
    Copy { to: Register, from: Register },
    /// Moves a register whose value is not read again, so that its new owner may change it in place.
    Move { to: Register, from: Register },
    /// Widens integers to numbers as a type says.
    Widen { to: Register, from: Register, ty: u32 },
    /// An operator.
    Binary { operator: BinaryOperator, to: Register, a: Register, b: Register },
    /// The negative.
    Negate { to: Register, from: Register },
    /// The opposite of a bool.
    Not { to: Register, from: Register },
    /// Goes on elsewhere.
    Jump { to: u32 },
    /// Goes on elsewhere if the condition holds.
    JumpIf { condition: Register, to: u32 },
    /// Goes on elsewhere unless the condition holds.
    JumpUnless { condition: Register, to: u32 },
    /// Calls a function of the language; its arguments are used up.
    Builtin { function: u32, signature: u32, to: Register, first: Register, count: u32 },
    /// Makes a list of registers, which are used up.
    MakeList { to: Register, first: Register, count: u32 },
    /// Makes a record of registers, which are used up; the constant is the list of its field names.
    MakeRecord { to: Register, names: u32, first: Register, count: u32 },
    /// Joins the texts of registers.
    Join { to: Register, first: Register, count: u32 },
    /// An item of a list, text, map or json.
    Index { to: Register, whole: Register, index: Register },
    /// A part of a list or text; a bound that is left out is `none`.
    Slice { to: Register, whole: Register, from: Register, until: Register },
    /// A field of a record, map or json; the constant is its name.
    Field { to: Register, whole: Register, name: u32 },
    /// An item of a list by a position that is known to exist.
    Item { to: Register, list: Register, index: Register },
    /// How many items a list has.
    Length { to: Register, list: Register },
    /// Adds an item to a list in place.
    Push { list: Register, item: Register },
    /// Sorts a list by keys in rising order, or in falling order; equal keys keep their order. The keys are used up.
    SortBy { list: Register, keys: Register, descending: bool },
    /// Adds one to an integer in place.
    Increment { register: Register },
    /// Calls a routine with registers, which are used up; its outputs go to `to` and the registers behind it.
    Call { routine: u32, to: Register, first: Register },
    /// Ends the routine.
    Return,
    /// From here on a failure goes on at `handler`, with the error in a register.
    EnterTry { handler: u32, error: Register },
    /// Ends the latest such part.
    LeaveTry,
    /// Fails with a message; the constant is the code.
    Fail { code: u32, message: Register },
    /// Fails with `assertion` unless the condition holds.
    Assert { condition: Register, message: Register },
    /// Asks the world outside; the answer will be in `to`. Its arguments are used up.
    Effect { effect: u32, to: Register, first: Register, count: u32 },
    /// Waits for the answer that will be in a register, if one is awaited there.
    Await { register: Register },
    /// Waits for all answers that are awaited.
    Settle,
}
