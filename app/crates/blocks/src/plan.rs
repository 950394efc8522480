//! The plan: a checked program with every name resolved and every type known.
//!
//! It mirrors the structure of the document (ordered bodies, containers), so that the VM compiles it and the code
//! generators translate it without looking anything up. Steps and routines are shared: a copy of a plan is cheap, and
//! the plan after an edit has all that the edit left alone in common with the one before.

mod walk;

use std::sync::Arc;

use indexmap::IndexMap;

use crate::builtins::Builtin;
use crate::catalog::Effect;
use crate::document::BlockId;
use crate::formula::Typed;
use crate::types::Type;
use crate::value::Value;

pub(crate) use walk::case_name;

/// The name by which the formula of a `change_variable` reads the variable.
pub const VARIABLE_NOW: &str = "now";

/// A checked program.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What the program is called.
    pub name: String,
    /// What it is for.
    pub about: String,
    /// Its main routine.
    pub main: Arc<Routine>,
    /// Its functions; [`Operation::Call`] names them by their place.
    pub functions: Vec<Arc<Routine>>,
}

/// The program's own body or a function.
#[derive(Clone, Debug)]
pub struct Routine {
    /// Its name; empty for the program itself.
    pub name: String,
    /// What it is for.
    pub about: String,
    /// What it needs.
    pub inputs: Vec<Parameter>,
    /// Its steps.
    pub body: PlannedBody,
    /// What it gives.
    pub outputs: Vec<Outlet>,
    /// Whether it belongs to the language's library: its failures are those of the block that calls it.
    pub library: bool,
}

/// An input of a routine.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// The value used when none is given, already of that type.
    pub default: Option<Value>,
    /// What it means.
    pub about: String,
}

/// A named value that leaves a routine or body.
#[derive(Clone, Debug)]
pub struct Outlet {
    /// Its name.
    pub name: String,
    /// Its type outside.
    pub ty: Type,
    /// Where it comes from.
    pub from: Feed,
}

/// Where an operation's value comes from, and whether it is widened on the way.
#[derive(Clone, Debug)]
pub struct Feed {
    /// A port, or a value of the right type already.
    pub origin: Origin,
    /// The type that is wanted.
    pub ty: Type,
    /// Whether integers become numbers, and numbers json, on the way, as far as `ty` says.
    pub widen: bool,
    /// Whether what holds json becomes json on the way.
    pub nests: bool,
}

/// Where a value comes from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// An output port, or the port of an enclosing container or routine ([`crate::document::INPUT`]).
    Port(BlockId, String),
    /// A value of the program's text.
    Literal(Value),
}

/// An ordered list of steps.
#[derive(Clone, Debug, Default)]
pub struct PlannedBody {
    /// The steps.
    pub steps: Vec<Arc<Step>>,
    /// What leaves the body.
    pub yields: Vec<Outlet>,
}

/// One block.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its id.
    pub block: BlockId,
    /// What people call it; empty for none.
    pub title: String,
    /// What it does.
    pub operation: Operation,
}

/// What a step does. Its results are ports of its block.
#[derive(Clone, Debug)]
pub enum Operation {
    /// `value` = a formula over these names.
    Formula {
        /// The formula.
        formula: Typed,
        /// What its names stand for.
        names: IndexMap<String, Feed>,
    },
    /// `value` = pieces of text joined.
    Template {
        /// The pieces.
        pieces: Vec<PlannedPiece>,
        /// What the names in its formulas stand for.
        names: IndexMap<String, Feed>,
    },
    /// `value` = a value of the program's text.
    Constant(Value, Type),
    /// `value` = a function of the language.
    Builtin {
        /// The function.
        builtin: &'static Builtin,
        /// Which of its signatures.
        signature: usize,
        /// What it is given.
        arguments: Vec<Feed>,
        /// The type of the result.
        ty: Type,
    },
    /// The outputs of one of the program's functions.
    Call {
        /// Its place in [`Plan::functions`].
        function: usize,
        /// What it is given, in the order of its inputs.
        arguments: Vec<Feed>,
    },
    /// One of two bodies; both yield the same names.
    If {
        /// What decides.
        condition: Feed,
        /// The body when it holds.
        then: PlannedBody,
        /// The body when it does not.
        otherwise: PlannedBody,
    },
    /// A loop.
    Loop {
        /// What drives it.
        driver: Driver,
        /// Values that change around it.
        carries: Vec<Outlet>,
        /// What runs each time; yields the next carried values in the order of `carries`.
        body: PlannedBody,
    },
    /// `items` = what the body yields as `value` for every item.
    Map {
        /// The items.
        items: Feed,
        /// Yields `value`.
        body: PlannedBody,
    },
    /// `items` = the items for which the body yields `keep`.
    Filter {
        /// The items.
        items: Feed,
        /// Yields `keep`.
        body: PlannedBody,
    },
    /// `value` = the items folded into one value. The body reads `item`, `index` and `total`, and yields the next
    /// `total`.
    Reduce {
        /// The items.
        items: Feed,
        /// The total before the first item.
        initial: Feed,
        /// Yields `total`.
        body: PlannedBody,
    },
    /// `items` = the items in the order of the keys that the body yields; equal keys keep their order.
    SortBy {
        /// The items.
        items: Feed,
        /// Whether the largest key comes first.
        descending: bool,
        /// Yields `key`, an int, number, text or bool.
        body: PlannedBody,
    },
    /// One of several bodies, by a value; all yield the same names.
    Match {
        /// What decides.
        value: Feed,
        /// The body for each value; the first that is equal runs.
        cases: Vec<(Value, PlannedBody)>,
        /// The body where no case is equal.
        otherwise: PlannedBody,
    },
    /// Bodies that do not read each other: their effects overlap. What they yield are the ports of the block.
    Parallel {
        /// The bodies, by name.
        branches: Vec<(String, PlannedBody)>,
    },
    /// Makes a variable, which the routine's later steps read and set by the id of this block.
    Variable {
        /// The type of its values.
        ty: Type,
        /// Its first value.
        initial: Feed,
    },
    /// Gives a variable another value.
    SetVariable {
        /// The block that made it.
        variable: BlockId,
        /// The value.
        value: Feed,
    },
    /// `value` = the value of a variable at this moment.
    GetVariable {
        /// The block that made it.
        variable: BlockId,
        /// The type of its values.
        ty: Type,
    },
    /// Gives a variable the value of a formula, in which [`VARIABLE_NOW`] is its value so far. Where the formula fails,
    /// the variable keeps its value.
    ChangeVariable {
        /// The block that made it.
        variable: BlockId,
        /// The formula, of the variable's type.
        formula: Typed,
        /// What its other names stand for.
        names: IndexMap<String, Feed>,
    },
    /// A body, and another if it fails; both yield the same names.
    Try {
        /// What may fail.
        attempt: PlannedBody,
        /// What to do then.
        rescue: PlannedBody,
    },
    /// Ends with an error.
    Fail {
        /// Its code.
        code: String,
        /// Its message.
        message: Feed,
    },
    /// Ends with an error unless the condition holds.
    Assert {
        /// What must hold.
        condition: Feed,
        /// What to say if it does not.
        message: Option<Feed>,
    },
    /// Asks the world outside; the answer is `value`, if there is one.
    Effect {
        /// What is asked.
        effect: Effect,
        /// With what.
        arguments: Vec<Feed>,
        /// The type of the answer, if there is one.
        ty: Option<Type>,
    },
    /// A remark.
    Note(String),
}

/// A piece of a template.
#[derive(Clone, Debug)]
pub enum PlannedPiece {
    /// Text as it stands.
    Text(String),
    /// The text of a formula's value.
    Formula(Typed),
}

/// What drives a loop.
#[derive(Clone, Debug)]
pub enum Driver {
    /// Every item of a list; the body reads `item` and `index`.
    Each(Feed),
    /// A number of turns; the body reads `turn`.
    Times(Feed),
    /// As long as this body yields `holds`.
    While(PlannedBody),
}
