//! The ports of blocks and bodies, in the order in which they are drawn and read aloud.
//!
//! A block has inputs (what it reads, then its carried values) and results. A body gives its blocks values (an item,
//! the carried value now, a routine's inputs) and takes values from them (its yields, a routine's outputs).

pub use blocks::assist::Inlet;
use blocks::catalog::{self, Kind, Meaning, VALUE};
use blocks::document::{Block, Body, Program};
use blocks::edit::BodyAddress;
use blocks::plan::VARIABLE_NOW;
use blocks::template::{self, Piece};
use blocks::{BlockId, formula};

/// Where a value comes from, as a person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Giver {
    /// The block, or `input`.
    pub block: BlockId,
    /// Its port.
    pub port: String,
    /// The body that it is given to; `None` for the results of a block.
    pub inside: Option<BodyAddress>,
}

impl Giver {
    /// A result of a block.
    pub fn result(block: impl Into<String>, port: impl Into<String>) -> Self {
        Self { block: BlockId(block.into()), port: port.into(), inside: None }
    }

    /// An input of the program.
    pub fn input(name: impl Into<String>) -> Self {
        Self { block: BlockId::input(), port: name.into(), inside: Some(BodyAddress::main()) }
    }

    /// What a container gives one of its bodies.
    pub fn inside(block: impl Into<String>, body: impl Into<String>, port: impl Into<String>) -> Self {
        let block = block.into();
        let inside = Some(BodyAddress::of(block.as_str(), body));
        Self { block: BlockId(block), port: port.into(), inside }
    }

    /// The wire that reads it.
    pub fn source(&self) -> blocks::Source {
        blocks::Source::Wire { block: self.block.clone(), port: self.port.clone() }
    }
}

impl std::fmt::Display for Giver {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}.{}", self.block, self.port)
    }
}

/// The input ports of a block, without its carried values.
pub fn inputs(program: &Program, block: &Block) -> Vec<String> {
    let mut names = own_inputs(program, block);
    for wired in block.inputs.keys() {
        if !names.contains(wired) {
            names.push(wired.clone());
        }
    }
    names
}

fn own_inputs(program: &Program, block: &Block) -> Vec<String> {
    let Some(kind) = catalog::find(&block.kind) else { return Vec::new() };
    match kind.meaning {
        Meaning::Formula => names_of_formula(block.setting("expression")),
        Meaning::ChangeVariable => {
            let mut names = names_of_formula(block.setting("expression"));
            names.retain(|name| name != VARIABLE_NOW);
            names
        }
        Meaning::Template => names_of_template(block.setting("text")),
        Meaning::Call => program
            .function(block.setting("function"))
            .map(|function| function.inputs.iter().map(|input| input.name.clone()).collect())
            .unwrap_or_default(),
        _ => kind.inputs.iter().map(|port| port.name.clone()).collect(),
    }
}

fn names_of_formula(expression: &str) -> Vec<String> {
    formula::parse(expression).map(|expression| formula::free_names(&expression)).unwrap_or_default()
}

fn names_of_template(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for piece in template::parse(text).unwrap_or_default() {
        if let Piece::Formula(expression) = piece {
            for name in formula::free_names(&expression) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
    }
    names
}

/// The result ports of a block.
pub fn results(program: &Program, block: &Block) -> Vec<String> {
    let Some(kind) = catalog::find(&block.kind) else { return Vec::new() };
    match kind.meaning {
        Meaning::ForEach | Meaning::Repeat | Meaning::While => {
            block.carries.iter().map(|carry| carry.name.clone()).collect()
        }
        Meaning::If | Meaning::Match | Meaning::Try | Meaning::Parallel => yielded(block),
        Meaning::Map | Meaning::Filter | Meaning::SortBy => vec!["items".to_owned()],
        Meaning::Call => program
            .function(block.setting("function"))
            .map(|function| function.outputs.iter().map(|output| output.name.clone()).collect())
            .unwrap_or_default(),
        _ => kind.outputs.iter().map(|port| port.name.clone()).collect(),
    }
}

/// What the bodies of a block yield, each name once.
fn yielded(block: &Block) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in block.bodies.values().flat_map(|body| body.yields.keys()) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// The names of the bodies that a block has or should have.
pub fn bodies(block: &Block) -> Vec<String> {
    let kind = catalog::find(&block.kind);
    let mut names: Vec<String> = Vec::new();
    if kind.is_some_and(|kind| kind.meaning == Meaning::Match) {
        let cases = block.config.get("cases").and_then(blocks::Value::as_list).unwrap_or_default().len();
        names.extend((1..=cases.min(MAX_CASES)).map(|case| format!("case_{case}")));
    }
    names.extend(kind.into_iter().flat_map(|kind| &kind.bodies).map(|body| body.name.to_owned()));
    for name in block.bodies.keys() {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// How many cases of a `match` are drawn that have no body yet.
const MAX_CASES: usize = 100;

/// What a container gives one of its bodies.
pub fn given(block: &Block, body: &str) -> Vec<String> {
    let Some(Kind { meaning, .. }) = catalog::find(&block.kind) else { return Vec::new() };
    let own: &[&str] = match (meaning, body) {
        (Meaning::ForEach | Meaning::Map | Meaning::Filter | Meaning::SortBy, _) => &["item", "index"],
        (Meaning::Reduce, _) => &["item", "index", "total"],
        (Meaning::Repeat, _) => &["turn"],
        (Meaning::Try, "catch") => &["error"],
        _ => &[],
    };
    let own = own.iter().map(|name| (*name).to_owned());
    own.chain(block.carries.iter().map(|carry| carry.name.clone())).collect()
}

/// What a container takes from one of its bodies: the yields that it has or should have.
pub fn taken(block: &Block, name: &str, body: Option<&Body>) -> Vec<String> {
    let meaning = catalog::find(&block.kind).map(|kind| kind.meaning);
    let mut names: Vec<String> = match meaning {
        Some(Meaning::While) if name == "condition" => vec!["holds".to_owned()],
        Some(Meaning::ForEach | Meaning::Repeat | Meaning::While) => {
            block.carries.iter().map(|carry| carry.name.clone()).collect()
        }
        Some(Meaning::Map) => vec![VALUE.to_owned()],
        Some(Meaning::Filter) => vec!["keep".to_owned()],
        Some(Meaning::SortBy) => vec!["key".to_owned()],
        Some(Meaning::Reduce) => vec!["total".to_owned()],
        Some(Meaning::If | Meaning::Match | Meaning::Try) => yielded(block),
        _ => Vec::new(),
    };
    for yields in body.into_iter().flat_map(|body| body.yields.keys()) {
        if !names.contains(yields) {
            names.push(yields.clone());
        }
    }
    names
}
