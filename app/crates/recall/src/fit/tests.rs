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

#[test]
fn conditions_are_taken_whole() {
    for (asked, wanted) in [
        ("age is at least 18 and city is New York", r#"[["age", ">=", 18], ["city", "=", "New York"]]"#),
        ("color = \"red\" or color = \"blue\"", r#"[["or"], ["color", "=", "red"], ["color", "=", "blue"]]"#),
        ("deleted_at is not null", r#"[["deleted_at", "not null"]]"#),
        ("price is between 5 and 10", r#"[["price", "between", 5, 10]]"#),
        ("role is not admin", r#"[["role", "<>", "admin"]]"#),
    ] {
        let request = format!("SQL: select name from users where {asked}");
        assert_eq!(taken("sql_select", &request, "conditions"), wanted);
    }
}

#[test]
fn schedules_become_cron_expressions() {
    for (asked, wanted) in [
        ("every weekday at 8:30", "30 8 * * 1-5"),
        ("every Monday and Thursday at 6 pm", "0 18 * * 1,4"),
        ("Monday to Friday at noon", "0 12 * * 1-5"),
        ("every 15 minutes", "*/15 * * * *"),
        ("every 2 hours", "0 */2 * * *"),
        ("the 15th of every month at 4 am", "0 4 15 * *"),
        ("every night", "0 3 * * *"),
        ("weekly on Sunday at 9:05 PM", "5 21 * * 0"),
    ] {
        let request = format!("cron expression for {asked}");
        assert_eq!(taken("cron_expression", &request, "schedule"), format!("\"{wanted}\""));
    }
}

/// `every 7 minutes` is no cron expression, nor do two periods fit together.
#[test]
fn what_a_cron_expression_does_not_say_is_no_schedule() {
    let library = Library::shared();
    for asked in ["every 7 minutes", "every other day", "hourly at noon", "every day on Monday", "twice a day"] {
        let request = Request::new(&format!("cron expression for {asked}"), None, Vec::new());
        let fitting =
            fit(library.recipe("cron_expression").unwrap(), &request, &Surroundings::new(&request, &HashSet::new()));
        assert!(fitting.is_err(), "{asked}: {fitting:?}");
    }
}

#[test]
fn calculations_are_taken_in_signs_and_words() {
    for (asked, wanted) in [
        ("What is 17 times 23?", "17 * 23"),
        ("(2 + 3.5) * 4 = ?", "( 2 + 3.5 ) * 4"),
        ("144 divided by 12", "144 / 12"),
        ("what is 100-37", "100 - 37"),
    ] {
        assert_eq!(taken("calculation", asked, "expression"), format!("\"{wanted}\""));
    }
}
