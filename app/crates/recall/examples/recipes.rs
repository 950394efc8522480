//! Checks recipe files: `recipes check FILE…`; tries requests on all shipped recipes: `recipes ask TEXT…`.

use std::process::ExitCode;

use recall::{Library, Recipe, Request, solve};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((command, files)) if command == "check" => check(files),
        Some((command, texts)) if command == "ask" => {
            texts.iter().for_each(|text| ask(text));
            ExitCode::SUCCESS
        }
        _ => {
            println!("recipes check FILE…   |   recipes ask TEXT…");
            ExitCode::FAILURE
        }
    }
}

fn check(files: &[String]) -> ExitCode {
    let mut recipes = Vec::new();
    let mut sound = true;
    for file in files {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        match Recipe::read(&text) {
            Err(error) => {
                sound = false;
                println!("{file}: {error}");
            }
            Ok(recipe) => {
                let checked = blocks::check(&recipe.program);
                for found in &checked.diagnostics {
                    sound = false;
                    let block = found.block.as_ref().map(ToString::to_string).unwrap_or_default();
                    println!("{file}: {} {block} {}: {}", found.code, found.port.clone().unwrap_or_default(), found.message);
                }
                let source = text.split_once("\n---\n").map(|(_, source)| source).unwrap_or_default();
                if blocks::text::write(&recipe.program) != source {
                    println!("{file}: the program is not in canonical form; it should be:\n{}", blocks::text::write(&recipe.program));
                    sound = false;
                }
                if let Some(code) = checked.plan.map(|plan| std::sync::Arc::new(vm::compile(&plan))) {
                    for test in vm::testing::run_tests(&recipe.program, &code, vm::Limits::default()) {
                        if let Some(problem) = test.problem {
                            sound = false;
                            println!("{file}: test \"{}\": {problem}", test.name);
                        }
                    }
                }
                recipes.push(recipe);
            }
        }
    }
    let library = Library::of(recipes);
    for recipe in library.recipes() {
        for example in &recipe.examples {
            let answer = solve::solve(&library, &Request::new(example, None, Vec::new()));
            match answer {
                Ok(solution) if solution.recipe == recipe.name => println!("ok  {example}  =>  {}", solution.text),
                Ok(solution) => {
                    sound = false;
                    println!("{}: \"{example}\" is answered by {}", recipe.name, solution.recipe);
                }
                Err(reason) => {
                    sound = false;
                    println!("{}: \"{example}\": {reason:?}", recipe.name);
                }
            }
        }
    }
    if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn ask(text: &str) {
    match solve::solve(&Library::shipped(), &Request::new(text, None, Vec::new())) {
        Ok(solution) => println!("{text}\n  {}: {}", solution.recipe, solution.text),
        Err(reason) => println!("{text}\n  {reason:?}"),
    }
}
