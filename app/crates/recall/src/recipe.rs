//! Recipes: verified programs with the phrasings they answer.
//!
//! A recipe file has a header, a line `---`, and a program in its text form:
//!
//! ```text
//! recipe fibonacci_number
//! agents full_stack_developer data_scientist
//! needs fibonacci
//! allows nth sequence series term
//! slot n ordinal|integer
//! answer Fibonacci number {{ n }} is {{ value }}.
//! example What is the 50th Fibonacci number?
//! ---
//! program 1 "Fibonacci number"
//! …
//! ```

use std::collections::HashSet;

use blocks::{Program, Type};
use thiserror::Error;

use crate::slots::Slot;
use crate::vocabulary::{asks_yes_or_no, is_harmless, stem};

/// A recipe.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// Its name, unique in the library.
    pub name: String,
    /// The agents that answer with it.
    pub agents: Vec<String>,
    /// Groups of phrases, as stems in a row; a request must have one of each group. A word behind `=` is no stem, but
    /// meant as it is written.
    pub needs: Vec<Vec<Vec<String>>>,
    /// Phrases that a request must not have, though it knows their words: they ask for something else.
    pub refuses: Vec<Vec<String>>,
    /// Stems that a request may have without asking for something else.
    pub vocabulary: HashSet<String>,
    /// How its inputs are found in a request.
    pub slots: Vec<Slot>,
    /// The sentence that answers, with `{{ name }}` for inputs and outputs.
    pub answer: String,
    /// Requests that it answers; `\n` in the header stands for the end of a line.
    pub examples: Vec<String>,
    /// Set when the answer is a document: the path and language of the file that the first output becomes.
    pub document: Option<(String, String)>,
    /// The program.
    pub program: Program,
}

/// What is wrong with a recipe file.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct RecipeError(pub String);

impl Recipe {
    /// Reads a recipe file.
    ///
    /// # Errors
    /// The first line of the header that is wrong, or the problems of the program.
    pub fn read(text: &str) -> Result<Self, RecipeError> {
        let (header, source) = text.split_once("\n---\n").ok_or_else(|| error("there is no line '---'"))?;
        let program = blocks::text::read(source).map_err(|problems| {
            let lines: Vec<String> = problems
                .iter()
                .map(|problem| format!("line {} of the program: {}", problem.line.unwrap_or(0), problem.message))
                .collect();
            error(lines.join("\n"))
        })?;
        let mut recipe = Self {
            name: String::new(),
            agents: Vec::new(),
            needs: Vec::new(),
            refuses: Vec::new(),
            vocabulary: HashSet::new(),
            slots: Vec::new(),
            answer: String::new(),
            examples: Vec::new(),
            document: None,
            program,
        };
        for line in header.lines().filter(|line| !line.trim().is_empty()) {
            let (word, rest) = line.split_once(' ').ok_or_else(|| error(format!("'{line}' says nothing")))?;
            recipe.header(word, rest.trim())?;
        }
        recipe.complete()?;
        Ok(recipe)
    }

    fn header(&mut self, word: &str, rest: &str) -> Result<(), RecipeError> {
        match word {
            "recipe" => self.name = rest.to_owned(),
            "agents" => self.agents = words(rest),
            "needs" => self.needs.push(phrases(rest)),
            "refuses" => self.refuses.extend(phrases(rest)),
            "allows" => self.vocabulary.extend(words(rest).iter().map(|word| stem(&word.to_lowercase()))),
            "slot" => self.slots.push(Slot::read(rest).map_err(RecipeError)?),
            "answer" => self.answer = rest.to_owned(),
            "example" => self.examples.push(rest.replace("\\n", "\n")),
            "document" => {
                let (path, language) =
                    rest.split_once(' ').ok_or_else(|| error("document needs a path and a language"))?;
                self.document = Some((path.to_owned(), language.to_owned()));
            }
            other => return Err(error(format!("'{other}' is not a word of a recipe's header"))),
        }
        Ok(())
    }

    /// Adds the words that its needs, examples and slots imply.
    fn complete(&mut self) -> Result<(), RecipeError> {
        for (present, what) in [
            (!self.name.is_empty(), "recipe"),
            (!self.agents.is_empty(), "agents"),
            (!self.needs.is_empty(), "needs"),
            (!self.examples.is_empty(), "example"),
            (!self.answer.is_empty(), "answer"),
        ] {
            if !present {
                return Err(error(format!("the header has no line '{what}'")));
            }
        }
        for slot in &self.slots {
            let input = self.program.inputs.iter().find(|input| input.name == slot.name);
            let input = input.ok_or_else(|| error(format!("the program has no input '{}'", slot.name)))?;
            self.vocabulary.extend(type_words(&input.ty).iter().map(|word| stem(word)));
            self.vocabulary.extend(slot.cues().map(stem));
        }
        let needed = self.needs.iter().flatten().flatten().filter(|word| *word != "*");
        self.vocabulary.extend(needed.map(|word| word.strip_prefix('=').map_or_else(|| word.clone(), stem)));
        Ok(())
    }

    /// Whether its answer can be yes or no: its first output is a bool, or one of its examples asks so.
    pub fn answers_yes_or_no(&self) -> bool {
        let gives_bool = self.program.outputs.first().is_some_and(|output| output.ty == Type::Bool);
        let first = |example: &str| example.split_whitespace().next().unwrap_or("").to_lowercase();
        gives_bool || self.examples.iter().any(|example| asks_yes_or_no(&first(example)))
    }

    /// Whether its answer can be rounded as a request wishes.
    pub(crate) fn gives_numbers(&self) -> bool {
        let is_number = |ty: &Type| match ty {
            Type::Number => true,
            Type::List(item) => **item == Type::Number,
            _ => false,
        };
        let rounds = |word: &String| *word == stem("round") || *word == stem("decimal");
        self.program.outputs.first().is_some_and(|output| is_number(&output.ty))
            && !self.needs.iter().flatten().flatten().any(rounds)
    }

    /// Whether a word of a request is accounted for.
    pub fn knows(&self, word: &str) -> bool {
        is_harmless(word) || self.vocabulary.contains(&stem(word))
    }

    /// As [`Recipe::knows`], for a stem.
    pub(crate) fn knows_stem(&self, stem: &str) -> bool {
        self.vocabulary.contains(stem) || is_harmless(stem)
    }
}

/// What people call a value of the type, besides its name.
fn type_words(ty: &Type) -> &'static [&'static str] {
    match ty {
        Type::Int => &["number", "integer", "int", "n", "x", "k"],
        Type::Number => &["number", "n", "x", "float", "decimal"],
        Type::Text => &["text", "string", "str", "s"],
        Type::List(item) if matches!(**item, Type::Text) => &["list", "array", "strings", "items", "elements", "texts"],
        Type::List(_) => &["list", "array", "numbers", "integers", "items", "elements", "ints", "floats"],
        _ => &[],
    }
}

/// `sum|total|add_up` as phrases of stems; `=https` is meant as it is written, `#cron` as the request holds it.
fn phrases(text: &str) -> Vec<Vec<String>> {
    let word = |word: &str| if word.starts_with(['=', '#']) { word.to_owned() } else { stem(word) };
    text.to_lowercase().split('|').map(|phrase| phrase.split('_').map(word).collect()).collect()
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn error(message: impl Into<String>) -> RecipeError {
    RecipeError(message.into())
}
