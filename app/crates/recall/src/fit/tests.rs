use super::*;
use crate::Library;

/// The value of an input that a shipped recipe takes from a request, as a literal.
fn taken(recipe: &str, request: &str, input: &str) -> String {
    let library = Library::shipped();
    let recipe = library.recipe(recipe).unwrap();
    let request = Request::new(request, None, Vec::new());
    let topics = HashSet::new();
    let fit = fit(recipe, &request, &Surroundings::new(&request, &topics)).unwrap();
    fit.inputs.get(input).map(ToString::to_string).unwrap_or_default()
}

/// The word `equal` behind `binary` took the place of the digits that had been found before.
#[test]
fn an_input_that_is_found_stays() {
    let request = "What does 1011 binary equal in decimal?";
    assert_eq!(taken("from_binary", request, "digits"), "\"1011\"");
}

/// A list that ended at a word that says nothing elsewhere lost its last columns without a word.
#[test]
fn names_of_a_list_may_be_words_that_say_nothing_elsewhere() {
    for (columns, wanted) in [
        ("id, title, version", r#"["id", "title", "version"]"#),
        ("id, result and value", r#"["id", "result", "value"]"#),
        ("id, code, created_at", r#"["id", "code", "created_at"]"#),
    ] {
        let request = format!("Create a SQL table called books with columns {columns}");
        assert_eq!(taken("sql_create_table", &request, "columns"), wanted);
    }
}
