//! A workbench for recipes.
//!
//! `recipes check FILE…` checks recipe files, their tests and their examples. `recipes ask FOLDER TEXT…` tries requests
//! on the recipes of a folder. `recipes try FOLDER FILE` tries lines `recipe | request` and shows what is answered
//! otherwise; the recipe `-` stands for none. `recipes blind FOLDER FILE` answers lines `topic | request | expected`
//! without judging them: the topic, `ok` where the value is the expected one, what was found, the request.

use std::process::ExitCode;

use recall::{Library, Recipe, Request, solve};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((command, files)) if command == "check" => check(files),
        Some((command, [folder, texts @ ..])) if command == "ask" => {
            let library = load(folder);
            texts.iter().for_each(|text| ask(&library, text));
            ExitCode::SUCCESS
        }
        Some((command, [folder, file])) if command == "try" => try_file(&load(folder), file),
        Some((command, [folder, file])) if command == "blind" => {
            blind(&load(folder), file);
            ExitCode::SUCCESS
        }
        _ => {
            println!("recipes check FILE…   |   recipes ask FOLDER TEXT…   |   recipes try|blind FOLDER FILE");
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
                    println!(
                        "{file}: {} {block} {}: {}",
                        found.code,
                        found.port.clone().unwrap_or_default(),
                        found.message
                    );
                }
                let source = text.split_once("\n---\n").map(|(_, source)| source).unwrap_or_default();
                if blocks::text::write(&recipe.program) != source {
                    println!(
                        "{file}: the program is not in canonical form; it should be:\n{}",
                        blocks::text::write(&recipe.program)
                    );
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

fn load(folder: &str) -> Library {
    let mut recipes = Vec::new();
    let folders = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for file in folders.filter_map(|folder| std::fs::read_dir(folder.path()).ok()).flatten().flatten() {
        match Recipe::read(&std::fs::read_to_string(file.path()).unwrap_or_default()) {
            Ok(recipe) => recipes.push(recipe),
            Err(error) => println!("{}: {error}", file.path().display()),
        }
    }
    Library::of(recipes)
}

fn ask(library: &Library, text: &str) {
    match solve::solve(library, &Request::new(text, None, Vec::new())) {
        Ok(solution) => println!("{text}\n  {}: {}", solution.recipe, solution.text),
        Err(reason) => println!("{text}\n  {reason:?}"),
    }
}

fn try_file(library: &Library, file: &str) -> ExitCode {
    let (mut right, mut wrong) = (0, 0);
    for line in std::fs::read_to_string(file).unwrap_or_default().lines().filter(|line| !line.trim().is_empty()) {
        let Some((wanted, text)) = line.split_once(" | ") else {
            println!("not a line `recipe | request`: {line}");
            continue;
        };
        let text = text.replace("\\n", "\n");
        let answered = solve::solve(library, &Request::new(&text, None, Vec::new()));
        let found = answered.as_ref().map_or("-", |solution| solution.recipe.as_str());
        if found == wanted.trim() {
            right += 1;
            continue;
        }
        wrong += 1;
        match answered {
            Ok(solution) => println!("{line}\n    answered by {}: {}", solution.recipe, solution.text),
            Err(reason) => println!("{line}\n    {reason:?}"),
        }
    }
    println!("{right} as wanted, {wrong} otherwise");
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn blind(library: &Library, file: &str) {
    for line in std::fs::read_to_string(file).unwrap_or_default().lines() {
        let mut parts = line.split(" | ");
        let (Some(topic), Some(text)) = (parts.next(), parts.next()) else { continue };
        let expected = parts.next().unwrap_or("").trim();
        let text = text.replace("\\n", "\n");
        let (mark, found) = match solve::solve(library, &Request::new(&text, None, Vec::new())) {
            Err(reason) => ("none ", format!("{reason:?}")),
            Ok(solution) => {
                let value = solution.outputs.as_ref().and_then(|outputs| outputs.values().next());
                let value = value.map(ToString::to_string).unwrap_or_else(|| "code".to_owned());
                let same = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
                let ok =
                    same(&value) == same(expected) || solution.outputs.is_some() && expected.starts_with("document");
                let shown: String = value.chars().take(70).collect();
                (if ok { "ok   " } else { "OTHER" }, format!("{} = {shown:?}", solution.recipe))
            }
        };
        println!("{mark} {topic} | {text:?} | {expected} | {found}");
    }
}
