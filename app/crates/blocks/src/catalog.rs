//! The catalog: every kind of block, as data.
//!
//! Most kinds are functions of the language ([`crate::builtins`]) with their parameters as ports. The rest have a
//! meaning of their own ([`Meaning`]). Adding a kind touches one file here and one file in each layer that gives it a
//! meaning, at most.

mod control;
mod effect;
mod effects;
pub(crate) mod library;
mod values;
mod variables;

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::builtins::{self, Builtin};
use crate::types::Type;
use crate::value::Hashing;

pub use effect::Effect;

/// A kind of block.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Its name in documents.
    pub name: &'static str,
    /// What people call it.
    pub title: String,
    /// Its category.
    pub category: &'static str,
    /// What it does, in a sentence or two.
    pub about: &'static str,
    /// Further words to find it by.
    pub words: &'static str,
    /// Input ports that every block of the kind has.
    pub inputs: Vec<Port>,
    /// Output ports that every block of the kind has.
    pub outputs: Vec<Port>,
    /// Settings that are known before a run.
    pub settings: Vec<Setting>,
    /// Bodies of a container.
    pub bodies: Vec<BodySpec>,
    /// Whether values can be carried around it.
    pub carries: bool,
    /// The permission that its effect needs.
    pub capability: Option<Capability>,
    /// What the VM and the code generators go by.
    pub meaning: Meaning,
}

/// A port of a kind.
#[derive(Clone, Debug)]
pub struct Port {
    /// Its name.
    pub name: String,
    /// Its type; type parameters are bound by what is wired.
    pub ty: Type,
    /// Whether a block works without it.
    pub optional: bool,
}

/// A setting of a kind.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// The type of its value; unknown where any will do.
    pub ty: Type,
    /// What it means.
    pub about: &'static str,
    /// Whether a block works without it.
    pub optional: bool,
}

/// A body of a container.
#[derive(Clone, Debug)]
pub struct BodySpec {
    /// Its name.
    pub name: &'static str,
    /// What its blocks are for.
    pub about: &'static str,
}

/// The permission that an effect needs; it is shown before a program's first run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Capability {
    /// Writing to the run's console.
    Console,
    /// Reading the clock.
    Clock,
    /// Drawing random numbers.
    Random,
    /// Asking the person who runs the program.
    People,
    /// Reading and writing files.
    Files,
    /// Requests over the network.
    Network,
    /// Queries of a database.
    Database,
    /// Calls of a language model, which may cost money.
    Model,
    /// Tasks for agents.
    Agents,
    /// Reading and adding knowledge.
    Knowledge,
    /// Reading settings of the machine.
    Environment,
    /// Runs of other programs of the workspace.
    Programs,
}

/// What a kind means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meaning {
    /// A function of the language.
    Builtin(&'static Builtin),
    /// An expression whose free names are the input ports.
    Formula,
    /// A text with `{{ formula }}` in it.
    Template,
    /// A value written in the program.
    Constant,
    /// A remark.
    Note,
    /// A call of one of the program's functions.
    Call,
    /// One of two bodies.
    If,
    /// A body for every item.
    ForEach,
    /// A body so many times.
    Repeat,
    /// A body as long as a condition holds.
    While,
    /// A list of what the body makes of every item.
    Map,
    /// The items that the body keeps.
    Filter,
    /// One value made of all items.
    Reduce,
    /// The items in the order of keys.
    SortBy,
    /// One of several bodies, by a value.
    Match,
    /// Bodies whose effects overlap.
    Parallel,
    /// A value with a name, to be set and read.
    Variable,
    /// Gives a variable another value.
    SetVariable,
    /// Reads a variable.
    GetVariable,
    /// Gives a variable the value of a formula over its value.
    ChangeVariable,
    /// A function of the library, which is written in the language itself.
    Library(usize),
    /// A body, and another if it fails.
    Try,
    /// Ends the run with an error.
    Fail,
    /// Ends the run with an error unless a condition holds.
    Assert,
    /// A request to the world outside.
    Effect(Effect),
}

/// All kinds, in the order in which a palette shows them.
pub fn all() -> &'static [Kind] {
    static ALL: OnceLock<Vec<Kind>> = OnceLock::new();
    ALL.get_or_init(|| {
        let own = [values::kinds(), control::kinds(), variables::kinds(), effects::kinds(), library::kinds()]
            .into_iter()
            .flatten();
        own.chain(builtins::all().map(of_builtin)).collect()
    })
}

/// The kind of that name.
pub fn find(name: &str) -> Option<&'static Kind> {
    static INDEX: OnceLock<HashMap<&'static str, &'static Kind, Hashing>> = OnceLock::new();
    INDEX.get_or_init(|| all().iter().map(|kind| (kind.name, kind)).collect()).get(name).copied()
}

/// The kind whose name is nearest to a mistyped one, if any is near.
pub fn nearest(name: &str) -> Option<&'static str> {
    nearest_of(name, all().iter().map(|kind| kind.name))
}

/// The name nearest to a mistyped one: at most a third of its letters differ.
pub(crate) fn nearest_of<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let letters = name.chars().count();
    let allowed = (letters / 3).clamp(1, 3);
    // Names of another length are as far away as their lengths differ, at least.
    let names = names.filter(|known| known.chars().count().abs_diff(letters) <= allowed);
    names.map(|known| (distance(name, known), known)).filter(|(away, _)| *away <= allowed).min().map(|(_, known)| known)
}

/// How many letters must be added, removed or changed (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let change = diagonal + usize::from(left != *right);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

/// The output port of kinds with one value.
pub const VALUE: &str = "value";

fn of_builtin(builtin: &'static Builtin) -> Kind {
    let longest = builtin.read_signatures().iter().max_by_key(|signature| signature.parameters.len());
    let shortest = builtin.read_signatures().iter().map(|signature| signature.parameters.len()).min().unwrap_or(0);
    let inputs = longest.map(|signature| {
        let ports = signature.parameters.iter().enumerate();
        ports
            .map(|(index, (name, ty))| Port { name: name.clone(), ty: ty.clone(), optional: index >= shortest })
            .collect()
    });
    Kind {
        inputs: inputs.unwrap_or_default(),
        outputs: vec![Port {
            name: VALUE.to_owned(),
            ty: longest.map_or(Type::Unknown, |signature| signature.result.clone()),
            optional: false,
        }],
        words: builtin.words,
        ..Kind::new(builtin.name, builtin.category, Meaning::Builtin(builtin), builtin.about)
    }
}

impl Kind {
    fn new(name: &'static str, category: &'static str, meaning: Meaning, about: &'static str) -> Self {
        Self {
            name,
            title: title(name),
            category,
            about,
            words: "",
            inputs: Vec::new(),
            outputs: Vec::new(),
            settings: Vec::new(),
            bodies: Vec::new(),
            carries: false,
            capability: None,
            meaning,
        }
    }

    fn input(mut self, name: &str, ty: Type) -> Self {
        self.inputs.push(Port { name: name.to_owned(), ty, optional: false });
        self
    }

    fn optional_input(mut self, name: &str, ty: Type) -> Self {
        self.inputs.push(Port { name: name.to_owned(), ty, optional: true });
        self
    }

    fn output(mut self, name: &str, ty: Type) -> Self {
        self.outputs.push(Port { name: name.to_owned(), ty, optional: false });
        self
    }

    fn setting(mut self, name: &'static str, ty: Type, about: &'static str) -> Self {
        self.settings.push(Setting { name, ty, about, optional: false });
        self
    }

    fn optional_setting(mut self, name: &'static str, ty: Type, about: &'static str) -> Self {
        self.settings.push(Setting { name, ty, about, optional: true });
        self
    }

    fn body(mut self, name: &'static str, about: &'static str) -> Self {
        self.bodies.push(BodySpec { name, about });
        self
    }

    fn words(mut self, words: &'static str) -> Self {
        self.words = words;
        self
    }

    fn with_carries(mut self) -> Self {
        self.carries = true;
        self
    }

    fn needs(mut self, capability: Capability) -> Self {
        self.capability = Some(capability);
        self
    }
}

fn title(name: &str) -> String {
    let spaced = name.replace('_', " ");
    let mut characters = spaced.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        let mut names: Vec<&str> = all().iter().map(|kind| kind.name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn there_are_kinds_for_most_of_what_people_do_and_each_can_be_found_and_understood() {
        let categories: std::collections::BTreeSet<&str> = all().iter().map(|kind| kind.category).collect();
        assert!(all().len() >= 80 && categories.len() >= 14, "{} kinds in {categories:?}", all().len());
        for kind in all() {
            assert!(kind.about.ends_with('.') && !kind.words.is_empty(), "{}", kind.name);
        }
    }

    #[test]
    fn a_mistyped_name_finds_its_neighbor() {
        assert_eq!(nearest("fomula"), Some("formula"));
        assert_eq!(nearest("zzzzzz"), None);
    }
}
