//! Solving a task: retrieve, fill, verify, answer.

use std::sync::Arc;

use blocks::value::Entries;
use blocks::{Program, Value, check, literal};
use serde::{Deserialize, Serialize};
use vm::host::Console;
use vm::testing::{TestResult, run_tests};
use vm::{Code, Limits};

use crate::fit::{Fit, Miss};
use crate::library::{Library, Retrieved};
use crate::recipe::Recipe;
use crate::request::Request;

/// A file of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerFile {
    /// Its path.
    pub path: String,
    /// Its content.
    pub content: String,
    /// Its language, for highlighting.
    pub language: String,
}

/// A verified answer.
#[derive(Clone, Debug)]
pub struct Solution {
    /// The recipe that gave it.
    pub recipe: String,
    /// The program.
    pub program: Program,
    /// The inputs that the request gave.
    pub inputs: Entries,
    /// The outputs of the run, if the request gave all that a run needs.
    pub outputs: Option<Entries>,
    /// The sentence that answers.
    pub text: String,
    /// Code and tests, or the document asked for.
    pub files: Vec<AnswerFile>,
    /// How the recipe's tests went.
    pub tests: Vec<TestResult>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Unsolved {
    /// No recipe accounts for the request or takes its values; what the nearest lacks, in a sentence.
    NoRecipe(String),
    /// The recipe itself is broken: its program or its tests fail.
    Failed(String),
}

/// A recipe that was found, ready to be verified.
#[derive(Clone, Debug)]
pub struct Match {
    /// The recipe.
    pub recipe: Recipe,
    /// How it fits.
    pub fit: Fit,
}

/// Finds the recipe for a request.
///
/// # Errors
/// A sentence that says why there is none.
pub fn retrieve(library: &Library, request: &Request) -> Result<Match, Unsolved> {
    match library.retrieve(request) {
        Retrieved::Fit(recipe, fit) => Ok(Match { recipe: recipe.clone(), fit }),
        Retrieved::Ambiguous(recipes) => {
            let names: Vec<&str> = recipes.iter().map(|recipe| recipe.program.name.as_str()).collect();
            Err(Unsolved::NoRecipe(format!(
                "several recipes fit equally well: {}; say which one is meant",
                names.join(", ")
            )))
        }
        Retrieved::Nothing(None) => Err(Unsolved::NoRecipe("no recipe is about this".to_owned())),
        Retrieved::Nothing(Some((recipe, miss))) => Err(Unsolved::NoRecipe(explain(recipe, &miss))),
    }
}

fn explain(recipe: &Recipe, miss: &Miss) -> String {
    let name = &recipe.program.name;
    match miss {
        Miss::Incomplete(inputs) => format!("the recipe \"{name}\" needs a value for {}", inputs.join(" and ")),
        Miss::Unexplained(words) => {
            let words: Vec<String> = words.iter().take(5).map(|word| format!("\"{word}\"")).collect();
            format!("the nearest recipe, \"{name}\", does not account for {}", words.join(", "))
        }
        Miss::Unfit(message) => format!("a value does not suit the recipe \"{name}\": {message}"),
        Miss::Unrelated => "no recipe is about this".to_owned(),
    }
}

/// Compiles a recipe's program and runs its tests.
///
/// # Errors
/// What is wrong with the recipe.
pub fn verify(recipe: &Recipe) -> Result<(Arc<Code>, Vec<TestResult>), Unsolved> {
    let checked = check(&recipe.program);
    let Some(plan) = checked.plan else {
        let problem = checked.diagnostics.first().map(|found| found.message.clone()).unwrap_or_default();
        return Err(Unsolved::Failed(format!("the recipe \"{}\" is broken: {problem}", recipe.name)));
    };
    let code = Arc::new(vm::compile(&plan));
    let tests = run_tests(&recipe.program, &code, Limits::default());
    match tests.iter().find(|test| !test.passed()) {
        Some(failed) => {
            let problem = failed.problem.clone().unwrap_or_default();
            Err(Unsolved::Failed(format!(
                "the test \"{}\" of the recipe \"{}\" fails: {problem}",
                failed.name, recipe.name
            )))
        }
        None => Ok((code, tests)),
    }
}

/// Runs a verified recipe with the values of the request, if it gives all that a run needs.
///
/// # Errors
/// How the run failed.
pub fn outputs(found: &Match, request: &Request, code: &Arc<Code>) -> Result<Option<Entries>, Unsolved> {
    if !found.fit.complete {
        return Ok(None);
    }
    let mut outputs = run(&found.recipe, &found.fit.inputs, code)?;
    if let (Some((_, digits)), true) = (&request.rounding, found.recipe.gives_numbers()) {
        outputs.values_mut().for_each(|value| round(value, *digits));
    }
    Ok(Some(outputs))
}

/// Runs a verified recipe with the values of the request and writes the answer, with its code in every language.
///
/// # Errors
/// How the run failed.
pub fn answer(
    found: &Match,
    request: &Request,
    code: &Arc<Code>,
    tests: Vec<TestResult>,
) -> Result<Solution, Unsolved> {
    let recipe = &found.recipe;
    let outputs = outputs(found, request, code)?;
    let text = match &outputs {
        Some(outputs) => sentence(recipe, &found.fit.inputs, outputs),
        None => format!("{} The code below is generated from a program whose tests pass.", recipe.program.about),
    };
    let files = files(recipe, request, outputs.as_ref());
    Ok(Solution {
        recipe: recipe.name.clone(),
        program: recipe.program.clone(),
        inputs: found.fit.inputs.clone(),
        outputs,
        text,
        files,
        tests,
    })
}

/// All three steps at once.
///
/// # Errors
/// Why there is no answer.
pub fn solve(library: &Library, request: &Request) -> Result<Solution, Unsolved> {
    let found = retrieve(library, request)?;
    let (code, tests) = verify(&found.recipe)?;
    answer(&found, request, &code, tests)
}

fn run(recipe: &Recipe, inputs: &Entries, code: &Arc<Code>) -> Result<Entries, Unsolved> {
    let outcome = vm::run(code, inputs.clone(), Limits::default(), &mut Console::default());
    outcome.result.map_err(|failure| {
        Unsolved::NoRecipe(format!("the recipe \"{}\" does not take these values: {failure}", recipe.program.name))
    })
}

/// Rounds numbers to so many decimals, as a person would; what is no number stays.
fn round(value: &mut Value, digits: u32) {
    match value {
        Value::Number(number) => {
            if let Ok(rounded) = format!("{number:.*}", digits as usize).parse() {
                *number = rounded;
            }
        }
        Value::List(items) => {
            for item in Arc::make_mut(items) {
                round(item, digits);
            }
        }
        _ => {}
    }
}

/// The answer's sentence with the names of inputs and outputs filled in.
fn sentence(recipe: &Recipe, inputs: &Entries, outputs: &Entries) -> String {
    let mut text = String::new();
    let mut rest = recipe.answer.as_str();
    while let Some((before, tail)) = rest.split_once("{{") {
        text.push_str(before);
        let Some((name, tail)) = tail.split_once("}}") else { break };
        let name = name.trim();
        let default =
            || recipe.program.inputs.iter().find(|input| input.name == name).and_then(|input| input.default.clone());
        let value = outputs.get(name).or_else(|| inputs.get(name)).cloned().or_else(default);
        text.push_str(&value.map(|value| display(&value)).unwrap_or_default());
        rest = tail;
    }
    text.push_str(rest);
    text
}

/// A value as people read it.
pub fn display(value: &Value) -> String {
    match value {
        Value::Text(text) => (**text).clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => match without_noise(*number) {
            whole if whole.fract() == 0.0 && whole.abs() < 1e15 => format!("{whole:.0}"),
            number => literal::write(&Value::Number(number)),
        },
        Value::List(items) if items.iter().all(|item| !matches!(item, Value::List(_) | Value::Map(_))) => {
            let shown: Vec<String> = items.iter().map(display).collect();
            if shown.is_empty() { "none".to_owned() } else { shown.join(", ") }
        }
        other => literal::write(other),
    }
}

/// The number that a result such as `749.9999999999999` stands for: one with few digits within the noise of the last.
fn without_noise(number: f64) -> f64 {
    let near: f64 = format!("{number:.12e}").parse().unwrap_or(number);
    let short = |number: f64| format!("{number}").len();
    if short(near) + 4 < short(number) { near } else { number }
}

fn files(recipe: &Recipe, request: &Request, outputs: Option<&Entries>) -> Vec<AnswerFile> {
    let mut files = Vec::new();
    if let (Some((path, language)), Some(outputs)) = (&recipe.document, outputs) {
        if let Some(Value::Text(content)) = outputs.values().next() {
            files.push(AnswerFile { path: path.clone(), content: (**content).clone(), language: language.clone() });
        }
        return files;
    }
    let Some(plan) = check(&recipe.program).plan else { return files };
    let first = request.language.unwrap_or_default();
    let rest = crate::Language::ALL.into_iter().filter(|language| *language != first);
    for language in std::iter::once(first).chain(rest) {
        for file in codegen::generate(&recipe.program, &plan, language.into()) {
            files.push(AnswerFile { path: file.path, content: file.content, language: language.name().to_owned() });
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(text: &str) -> String {
        match solve(Library::shared(), &Request::new(text, None, Vec::new())) {
            Err(Unsolved::NoRecipe(hint)) => hint,
            other => panic!("{text}: {other:?}"),
        }
    }

    /// "Format date needs a value for format and format" was said of whatever was to be written in something.
    #[test]
    fn only_a_near_recipe_is_named() {
        for text in ["Write a haiku in French", "Write an email to my boss", "Turn the lights on in the kitchen"] {
            assert_eq!(hint(text), "no recipe is about this");
        }
        assert!(hint("percent change from 1 500 to 2 000").contains("\"Percentage change\""));
        assert_eq!(hint("Format 2024-12-25 in style"), "the recipe \"Format date\" needs a value for format");
    }

    /// Values that a recipe refuses ended as a failure of the recipe, or lost something without a word.
    #[test]
    fn refused_values_are_no_failure() {
        for (text, reason) in [
            ("What is -7 mod 3?", "must not be negative"),
            ("Reverse the text \"🇫🇷é\"", "such as flags"),
            ("pretty print {\"a\":1,\"a\":2}", "the key \"a\" is there twice"),
        ] {
            assert!(hint(text).contains(reason), "{text}: {}", hint(text));
        }
    }

    /// They were called strong, with six of six points.
    #[test]
    fn guessed_passwords_are_weak_and_the_answer_says_why() {
        for password in ["P@ssw0rd1234", "Password123!", "Summer2024!!", "Qwerty-98-Uiop", "Xk9#vvvvvvvvT"] {
            let request = Request::new(&format!("How strong is the password \"{password}\"?"), None, Vec::new());
            let text = solve(Library::shared(), &request).unwrap().text;
            assert!(text.starts_with("The password is weak") && text.ends_with("nothing easily guessed."), "{text}");
        }
    }

    #[test]
    fn noise_in_the_last_digits_is_not_shown() {
        for (number, shown) in [
            (749.999_999_999_999_9, "750"),
            (0.1 + 0.2, "0.3"),
            (1.0 / 3.0, "0.3333333333333333"),
            (0.885_714_285_714_285_7, "0.8857142857142857"),
            (57.87, "57.87"),
            (-0.5, "-0.5"),
        ] {
            assert_eq!(display(&Value::Number(number)), shown);
        }
    }
}
