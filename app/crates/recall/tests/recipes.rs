//! The shipped recipes: sound, tested, found by how people ask, and never by what means something else.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use recall::solve::Unsolved;
use recall::{Library, Recipe, Request, solve};
use vm::Code;
use vm::testing::TestResult;

const MANIFEST: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn every_recipe_reads_checks_and_passes_its_tests() {
    let mut names = std::collections::HashSet::new();
    for (path, text) in recall::library::shipped_files() {
        let recipe = Recipe::read(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(names.insert(recipe.name.clone()), "{path}: the name is taken");
        assert!(recipe.program.tests.len() >= 3, "{path}: fewer than three tests");
        let source = text.split_once("\n---\n").unwrap().1;
        assert_eq!(blocks::text::write(&recipe.program), source, "{path} is not canonical");
        let checked = blocks::check(&recipe.program);
        assert!(checked.diagnostics.is_empty(), "{path}: {:?}", checked.diagnostics);
        solve::verify(&recipe).unwrap_or_else(|problem| panic!("{path}: {problem:?}"));
    }
    assert!(names.len() >= 40, "{} recipes", names.len());
}

type Verified = Result<(Arc<Code>, Vec<TestResult>), Unsolved>;

/// The recipe that `solve` answers with; a recipe's tests are run once for all requests, and no code is generated.
fn solved(library: &Library, request: &Request) -> Result<String, Unsolved> {
    static VERIFIED: OnceLock<Mutex<HashMap<String, Verified>>> = OnceLock::new();
    let found = solve::retrieve(library, request)?;
    let mut verified = VERIFIED.get_or_init(Mutex::default).lock().unwrap();
    let known = verified.entry(found.recipe.name.clone()).or_insert_with(|| solve::verify(&found.recipe));
    let (code, _) = known.clone()?;
    drop(verified);
    solve::outputs(&found, request, &code)?;
    Ok(found.recipe.name)
}

#[test]
fn every_example_is_answered_by_its_recipe() {
    let library = Library::shared();
    for recipe in library.recipes() {
        for example in &recipe.examples {
            let found = solved(library, &Request::new(example, None, Vec::new()));
            assert_eq!(found.as_deref().ok(), Some(recipe.name.as_str()), "{example}");
        }
    }
}

#[test]
fn every_recipe_answers_with_a_text_and_files() {
    let library = Library::shared();
    for recipe in library.recipes() {
        let solution = solve::solve(library, &Request::new(&recipe.examples[0], None, Vec::new())).unwrap();
        assert!(!solution.text.contains("{{") && solution.text.len() > 1, "{}: {}", recipe.name, solution.text);
        let wanted = if recipe.document.is_some() { 1 } else { 4 };
        assert!(solution.files.len() >= wanted, "{} has {} files", recipe.name, solution.files.len());
    }
}

/// Lines `recipe | request`; the recipe `-` stands for none.
fn lines(folder: &str) -> Vec<(String, String)> {
    let files = std::fs::read_dir(format!("{MANIFEST}/{folder}")).unwrap().flatten();
    let texts: Vec<String> = files.map(|file| std::fs::read_to_string(file.path()).unwrap()).collect();
    let lines = texts.iter().flat_map(|text| text.lines()).filter(|line| !line.trim().is_empty());
    lines
        .map(|line| {
            let (recipe, request) = line.split_once(" | ").unwrap_or_else(|| panic!("{line}"));
            (recipe.trim().to_owned(), request.replace("\\n", "\n"))
        })
        .collect()
}

#[test]
fn paraphrases_are_answered_and_near_misses_are_not() {
    let library = Library::shared();
    let (mut asked, mut answered) = (0, 0);
    let mut wrong = Vec::new();
    let lines = lines("paraphrases");
    let solve_part = |part: &[(String, String)]| -> Vec<Result<String, Unsolved>> {
        part.iter().map(|(_, request)| solved(library, &Request::new(request, None, Vec::new()))).collect()
    };
    let found: Vec<_> = std::thread::scope(|scope| {
        let parts = lines.chunks(lines.len().div_ceil(4));
        let threads: Vec<_> = parts.map(|part| scope.spawn(move || solve_part(part))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    for ((recipe, request), found) in lines.into_iter().zip(found) {
        if recipe == "-" {
            if let Ok(found) = found {
                wrong.push(format!("{request:?} is answered by {found}"));
            }
            continue;
        }
        asked += 1;
        match found {
            Ok(found) if found == recipe => answered += 1,
            Ok(found) => wrong.push(format!("{request:?} is answered by {found}, not {recipe}")),
            Err(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(answered * 100 >= asked * 95, "{answered} of {asked} paraphrases are answered");
}

#[test]
fn at_least_forty_unrelated_tasks_are_tried() {
    let text = std::fs::read_to_string(format!("{MANIFEST}/paraphrases/unrelated.txt")).unwrap();
    assert!(text.lines().filter(|line| line.starts_with("- | ")).count() >= 40);
}

#[test]
fn every_recipe_has_four_paraphrases() {
    let lines = lines("paraphrases");
    for recipe in Library::shared().recipes() {
        let count = lines.iter().filter(|(name, _)| *name == recipe.name).count();
        assert!(count >= 4, "{} has {count}", recipe.name);
    }
}

proptest::proptest! {
    /// Whatever people type is taken apart and answered, or not, without a panic.
    #[test]
    fn any_text_is_survived(text in "[ a-zA-Z0-9.,:;!?'\"`(){}\\[\\]<>=+*/%^~#@&|_ÜλéßŒ°²→∕…😀\n-]{0,80}") {
        let request = Request::new(&text, None, Vec::new());
        for token in &request.tokens {
            assert!(token.start <= token.end && text.get(token.start..token.end).is_some());
        }
        drop(recall::solve::retrieve(Library::shared(), &request));
    }

    /// The same with words and signs that recipes look for, side by side.
    #[test]
    fn any_mix_of_known_words_is_survived(parts in proptest::collection::vec(0..PARTS.len(), 0..14)) {
        let text: Vec<&str> = parts.into_iter().map(|part| PARTS[part]).collect();
        for joint in [" ", ""] {
            drop(recall::solve::retrieve(Library::shared(), &Request::new(&text.join(joint), None, Vec::new())));
        }
    }
}

const PARTS: [&str; 40] = [
    "sum",
    "of",
    "prime",
    "fibonacci",
    "the",
    "5",
    "5!",
    "0x1F",
    "1-10",
    "1..9",
    "<= 3",
    "->",
    "%",
    "2 decimals",
    "\"a, b\"",
    "[1, 2]",
    "[a, b]",
    "csv",
    "a,b\n1,2",
    "json",
    "{\"a\": 1}",
    "median",
    "é",
    "²",
    ":",
    "\n",
    "sha256",
    "hello",
    "e@x.org",
    "10.0.0.0/8",
    "1,000",
    "100,200",
    "twenty",
    "-one",
    "first",
    "2024-02-30",
    "named",
    "orders-api",
    "'",
    "w/o",
];
