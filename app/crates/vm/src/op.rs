//! Instructions.
//!
//! A routine has two files of registers. The *plain* file holds integers, numbers and bools as 64 bits without a tag;
//! the checker knows which is which, so no instruction asks. The *value* file holds everything else as a [`Value`].
//! An integer that does not fit its 63 bits and sign stands beside the plain file, and its register says so
//! ([`crate::machine::integers`]).
//!
//! [`Value`]: blocks::Value

mod jumps;

use blocks::Type;
use blocks::formula::BinaryOperator;

/// A register of the current routine, in the file that the instruction says.
pub(crate) type Register = u32;

/// What a register holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub(crate) enum Class {
    /// An integer, in the plain file.
    Int,
    /// A number, in the plain file.
    Number,
    /// A bool, in the plain file.
    Bool,
    /// Anything, in the value file.
    Value,
}

impl Class {
    /// Where values of a type are kept.
    pub(crate) fn of(ty: &Type) -> Self {
        match ty {
            Type::Int => Self::Int,
            Type::Number => Self::Number,
            Type::Bool => Self::Bool,
            _ => Self::Value,
        }
    }
}

/// How two integers or numbers are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    pub(crate) fn of(operator: BinaryOperator) -> Option<Self> {
        Some(match operator {
            BinaryOperator::Equal => Self::Equal,
            BinaryOperator::NotEqual => Self::NotEqual,
            BinaryOperator::Less => Self::Less,
            BinaryOperator::LessOrEqual => Self::LessOrEqual,
            BinaryOperator::Greater => Self::Greater,
            BinaryOperator::GreaterOrEqual => Self::GreaterOrEqual,
            _ => return None,
        })
    }

    /// Whether it holds.
    #[inline(always)]
    pub(crate) fn holds<T: PartialOrd>(self, a: T, b: T) -> bool {
        match self {
            Self::Equal => a == b,
            Self::NotEqual => a != b,
            Self::Less => a < b,
            Self::LessOrEqual => a <= b,
            Self::Greater => a > b,
            Self::GreaterOrEqual => a >= b,
        }
    }
}

/// A step from a value to one inside.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Stride {
    /// The item at the position in a plain register.
    Item(Register),
    /// The item of a list or json at a position.
    At(i32),
    /// The entry at a key that is a value, or the item at such a position.
    Entry(Register),
    /// The entry at a key that is a constant.
    Key(u32),
    /// A field of a map or json; the constant is its name.
    Field(u32),
    /// A field of a record; the constant is a record with its keys, and the place where it stands there.
    RecordField { shape: u32, place: u16 },
}

/// A piece of a text that is put together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Piece {
    /// A constant text.
    Constant(u32),
    /// The text of what a register of a class holds.
    Shown(Class, Register),
}

/// An instruction. `first` and `count` name value registers in a row, which are used up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Op {
    // Plain registers.
    SmallInt {
        to: Register,
        value: i32,
    },
    Plain {
        to: Register,
        constant: u32,
    },
    BigInt {
        to: Register,
        constant: u32,
    },
    CopyInt {
        to: Register,
        from: Register,
    },
    CopyPlain {
        to: Register,
        from: Register,
    },
    AddInt {
        to: Register,
        a: Register,
        b: Register,
    },
    SubtractInt {
        to: Register,
        a: Register,
        b: Register,
    },
    MultiplyInt {
        to: Register,
        a: Register,
        b: Register,
    },
    FloorDivideInt {
        to: Register,
        a: Register,
        b: Register,
    },
    ModuloInt {
        to: Register,
        a: Register,
        b: Register,
    },
    AddIntBy {
        to: Register,
        a: Register,
        by: i32,
    },
    MultiplyIntBy {
        to: Register,
        a: Register,
        by: i32,
    },
    /// `by` is above zero.
    FloorDivideIntBy {
        to: Register,
        a: Register,
        by: i32,
    },
    /// `by` is above zero.
    ModuloIntBy {
        to: Register,
        a: Register,
        by: i32,
    },
    /// The quotient by a power of two, rounded down.
    ShiftInt {
        to: Register,
        a: Register,
        bits: u32,
    },
    /// The remainder of a division by a power of two; the mask is one less.
    MaskInt {
        to: Register,
        a: Register,
        mask: i32,
    },
    PowerInt {
        to: Register,
        a: Register,
        b: Register,
    },
    /// The quotient of integers, a number.
    DivideInt {
        to: Register,
        a: Register,
        b: Register,
    },
    NegateInt {
        to: Register,
        from: Register,
    },
    AbsoluteInt {
        to: Register,
        from: Register,
    },
    PickInt {
        largest: bool,
        to: Register,
        a: Register,
        b: Register,
    },
    AddNumber {
        to: Register,
        a: Register,
        b: Register,
    },
    SubtractNumber {
        to: Register,
        a: Register,
        b: Register,
    },
    MultiplyNumber {
        to: Register,
        a: Register,
        b: Register,
    },
    DivideNumber {
        to: Register,
        a: Register,
        b: Register,
    },
    OtherNumber {
        operator: BinaryOperator,
        to: Register,
        a: Register,
        b: Register,
    },
    NegateNumber {
        to: Register,
        from: Register,
    },
    AbsoluteNumber {
        to: Register,
        from: Register,
    },
    PickNumber {
        largest: bool,
        to: Register,
        a: Register,
        b: Register,
    },
    SquareRoot {
        to: Register,
        from: Register,
    },
    IntToNumber {
        to: Register,
        from: Register,
    },
    CompareInt {
        how: Comparison,
        to: Register,
        a: Register,
        b: Register,
    },
    CompareNumber {
        how: Comparison,
        to: Register,
        a: Register,
        b: Register,
    },

    // Jumps: those with a condition go on elsewhere if it holds.
    Jump {
        to: u32,
    },
    JumpTrue {
        condition: Register,
        to: u32,
    },
    JumpFalse {
        condition: Register,
        to: u32,
    },
    JumpIntLess {
        a: Register,
        b: Register,
        to: u32,
    },
    JumpIntAtMost {
        a: Register,
        b: Register,
        to: u32,
    },
    JumpIntEqual {
        a: Register,
        b: Register,
        to: u32,
    },
    JumpIntUnequal {
        a: Register,
        b: Register,
        to: u32,
    },
    JumpIntAtMostBy {
        a: Register,
        by: i32,
        to: u32,
    },
    JumpIntMoreBy {
        a: Register,
        by: i32,
        to: u32,
    },
    JumpIntEqualBy {
        a: Register,
        by: i32,
        to: u32,
    },
    JumpIntUnequalBy {
        a: Register,
        by: i32,
        to: u32,
    },
    JumpNumberLess {
        a: Register,
        b: Register,
        to: u32,
    },
    JumpNumberNotLess {
        a: Register,
        b: Register,
        to: u32,
    },
    JumpNumberAtMost {
        a: Register,
        b: Register,
        to: u32,
    },
    JumpNumberNotAtMost {
        a: Register,
        b: Register,
        to: u32,
    },
    JumpNumberEqual {
        a: Register,
        b: Register,
        to: u32,
    },
    JumpNumberUnequal {
        a: Register,
        b: Register,
        to: u32,
    },
    /// Adds one to a counter, and goes on elsewhere as long as it is below a limit; neither is large.
    CountBelow {
        counter: Register,
        limit: Register,
        to: u32,
    },

    // Between the files. What is unboxed may be of another type only where it came out of json.
    BoxInt {
        to: Register,
        from: Register,
    },
    BoxNumber {
        to: Register,
        from: Register,
    },
    BoxBool {
        to: Register,
        from: Register,
    },
    UnboxInt {
        to: Register,
        from: Register,
    },
    UnboxNumber {
        to: Register,
        from: Register,
    },
    UnboxBool {
        to: Register,
        from: Register,
    },

    // Value registers.
    Constant {
        to: Register,
        constant: u32,
    },
    Copy {
        to: Register,
        from: Register,
    },
    /// Moves a value that is not read again, so that its new owner may change it in place.
    Move {
        to: Register,
        from: Register,
    },
    /// Widens integers to numbers, and numbers to json, as a type says.
    Widen {
        to: Register,
        from: Register,
        ty: u32,
    },
    Binary {
        operator: BinaryOperator,
        to: Register,
        a: Register,
        b: Register,
    },
    /// An operator whose result is a bool, in the plain file.
    Test {
        operator: BinaryOperator,
        to: Register,
        a: Register,
        b: Register,
    },
    Negate {
        to: Register,
        from: Register,
    },
    /// A constant text, to which more will be added.
    Begin {
        to: Register,
        constant: u32,
    },
    /// Adds pieces to the end of the text in `to`, in place where it has no other owner.
    ExtendText {
        to: Register,
        pieces: u32,
    },
    /// Adds the items of a list to the end of the one in `to`, in place where it has no other owner.
    ExtendList {
        to: Register,
        part: Register,
    },
    /// Calls a function of the language.
    Builtin {
        function: u32,
        signature: u8,
        count: u8,
        to: Register,
        first: Register,
    },
    MakeList {
        to: Register,
        first: Register,
        count: u32,
    },
    /// The constant is the record without its values.
    MakeRecord {
        count: u16,
        to: Register,
        shape: u32,
        first: Register,
    },
    /// Joins the texts of values.
    Join {
        to: Register,
        first: Register,
        count: u32,
    },
    /// The length of a list, text or map, as an integer.
    Length {
        to: Register,
        of: Register,
    },
    /// An item of a list or text at an integer position.
    Item {
        to: Register,
        of: Register,
        index: Register,
    },
    ItemInt {
        to: Register,
        of: Register,
        index: Register,
    },
    ItemNumber {
        to: Register,
        of: Register,
        index: Register,
    },
    ItemBool {
        to: Register,
        of: Register,
        index: Register,
    },
    /// An item of a map or json at a position or key that is a value.
    Index {
        to: Register,
        of: Register,
        index: Register,
    },
    /// A part of a list or text; the bounds stand in two registers in a row, `none` where one is left out.
    Slice {
        to: Register,
        of: Register,
        bounds: Register,
    },
    /// A field of a map or json; the constant is its name.
    Field {
        class: Class,
        to: Register,
        of: Register,
        name: u32,
    },
    /// A field of a record; the constant is a record with its keys, and the place where it stands there.
    RecordField {
        class: Class,
        place: u16,
        to: Register,
        of: Register,
        shape: u32,
    },
    /// What several steps inside a value lead to; the path is one of the code's.
    Reach {
        class: Class,
        to: Register,
        of: Register,
        path: u32,
    },
    /// An item of an item of a list, at positions in plain registers.
    ItemOfItem {
        class: Class,
        to: u16,
        first: u16,
        second: u16,
        of: Register,
    },
    /// A field of a record in a list, at a position in a plain register; the field is one of the code's.
    FieldOfItem {
        class: Class,
        field: u16,
        to: Register,
        of: Register,
        index: Register,
    },
    /// Replaces an item in place where the list has no other owner. The class is that of the item's register; what
    /// stands in a value register is used up.
    SetItem {
        class: Class,
        list: Register,
        index: Register,
        item: Register,
    },
    /// Adds an item in place where the list has no other owner.
    Push {
        class: Class,
        list: Register,
        item: Register,
    },
    /// Sets an entry in place where the map has no other owner.
    Put {
        class: Class,
        map: Register,
        key: Register,
        item: Register,
    },
    /// The entry at a key; what stands in `to` stays if there is none.
    Get {
        class: Class,
        to: Register,
        map: Register,
        key: Register,
    },
    /// Sorts a list by keys in rising order, or in falling order; equal keys keep their order. The keys are used up.
    SortBy {
        descending: bool,
        list: Register,
        keys: Register,
    },

    // Routines.
    /// Calls a routine whose registers begin at these of the caller: the arguments stand there, and the outputs will.
    Call {
        routine: u32,
        plain: Register,
        values: Register,
    },
    /// Ends the routine; the outputs stand in its first registers.
    Return,
    /// Ends the routine with one output, an integer.
    ReturnInt {
        from: Register,
    },
    /// Ends the routine with one output, a number or bool.
    ReturnPlain {
        from: Register,
    },
    /// From here on a failure goes on at `handler`, with the error in a value register.
    EnterTry {
        handler: u32,
        error: Register,
    },
    /// Ends the latest such part.
    LeaveTry,
    /// Fails with a message; the constant is the code.
    Fail {
        code: u32,
        message: Register,
    },
    /// Asks the world outside; the answer will be in `to`, of the class.
    Effect {
        class: Class,
        effect: u16,
        to: Register,
        first: Register,
        count: u32,
    },
    /// Waits for the answer that will be in a register, if one is awaited there.
    Await {
        class: Class,
        register: Register,
    },
    /// Waits for all answers that are awaited.
    Settle,
    /// Runs a routine beside this one; its registers begin at these of its starter, and its outputs go back there.
    Fork {
        routine: u32,
        plain: Register,
        values: Register,
    },
    /// Waits for the latest so many routines that this one started.
    Meet {
        count: u32,
    },

    /// Looks whether a value with all that it holds is not too large; it becomes json here.
    Nest {
        value: Register,
    },

    // Only in code that was compiled to be watched.
    /// Counts that a block, or a body of a block, is reached.
    Mark {
        mark: u32,
    },
    /// Notes the value of a port.
    Watch {
        class: Class,
        port: u32,
        from: Register,
    },
}
