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
