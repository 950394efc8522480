//! Copied texts.

use blocks::{check, templates, text};
use editor::{Command, Selection};

use crate::session::Session;

const PRICES: &str = r#"program 1 "Prices"
input prices: list<number> = [1.0, 2.5]
output mean: number <- mean.value

total: sum
  items <- input.prices

mean: formula
  expression = "total / len(prices)"
  prices <- input.prices
  total <- total.value
"#;

#[test]
fn a_copy_reads_like_a_program_and_says_where_its_inputs_came_from() {
    let mut session = Session::new(PRICES);
    session.select(&["mean"]);
    let copied = session.run(Command::Copy).clipboard.unwrap();
    assert_eq!(
        copied,
        r#"program 1 "Blocks of Prices"
input total: number "total.value"
input prices: list<number> "input.prices"

mean: formula
  expression = "total / len(prices)"
  prices <- input.prices
  total <- input.total
"#
    );
}

#[test]
fn a_paste_reads_again_what_the_copy_read() {
    let mut session = Session::new(PRICES);
    session.select(&["mean"]);
    let copied = session.run(Command::Copy).clipboard.unwrap();
    session.run(Command::Paste(Some(copied)));
    assert_eq!(session.selected(), ["mean_2"]);
    assert!(session.source().contains(
        "mean_2: formula\n  expression = \"total / len(prices)\"\n  prices <- input.prices\n  total <- total.value\n"
    ));
}

#[test]
fn in_another_program_names_and_types_decide_and_the_rest_is_reported() {
    let mut session = Session::new(PRICES);
    session.select(&["mean"]);
    let copied = session.run(Command::Copy).clipboard.unwrap();
    let mut other = Session::new("program 1 \"Other\"\ninput prices: list<int>\ninput total: text\n");
    let said = other.run(Command::Paste(Some(copied))).announce.unwrap();
    assert!(other.source().contains("  prices <- input.prices") && !other.source().contains("total <-"), "{said}");
    assert!(said.contains("nothing to read here for total"), "{said}");
}

#[test]
fn everything_copied_from_a_template_into_an_empty_program_has_its_functions() {
    for template in templates::all() {
        let mut session = Session::of(template.program().clone());
        session.run(Command::SelectAll);
        let copied = session.run(Command::Copy).clipboard.unwrap();
        let fragment = text::read(&copied).unwrap();
        assert_eq!(check(&fragment).errors().next(), None, "{}", template.slug);
        assert_eq!(fragment.functions.len(), template.program().functions.len());
        let mut other = Session::new("program 1 \"Empty\"\n");
        other.run(Command::Paste(Some(copied.clone())));
        // Twice: all ids are fresh, and the functions are there already.
        other.editor.select(Selection::default());
        other.run(Command::Paste(Some(copied)));
        other.assert_drawn_well();
        assert_eq!(other.editor.program().functions.len(), fragment.functions.len(), "{}", template.slug);
        let codes: Vec<_> = check(other.editor.program()).errors().map(|found| found.code.clone()).collect();
        assert!(codes.iter().all(|code| code == "unknown_port"), "{}: {codes:?}", template.slug);
    }
}

#[test]
fn cut_and_pasted_it_is_as_before() {
    let mut session = Session::new(PRICES);
    session.select(&["total"]);
    let cut = session.run(Command::Cut).clipboard.unwrap();
    assert!(!session.source().contains("total: sum"));
    session.run(Command::Paste(Some(cut)));
    assert!(session.source().contains("total: sum\n  items <- input.prices"), "{}", session.source());
}

#[test]
fn what_is_no_program_is_refused_with_its_line() {
    let mut session = Session::new(PRICES);
    let why = session.refused(Command::Paste(Some("program 1 \"p\"\n\na: now\na: now\n".to_owned())));
    assert!(why.contains("used twice") && why.contains("line 4"), "{why}");
    session.refused(Command::Paste(Some(String::new())));
    session.refused(Command::Paste(Some("program 1 \"nothing\"\n".to_owned())));
}

#[test]
fn a_duplicate_stands_behind_and_reads_the_same() {
    let mut session = Session::new(PRICES);
    session.select(&["total", "mean"]);
    session.run(Command::Duplicate);
    let source = session.source();
    assert!(source.contains("mean_2: formula") && source.contains("  total <- total_2.value"), "{source}");
    assert_eq!(check(session.editor.program()).errors().next(), None);
}

#[test]
fn a_paste_goes_where_the_pointer_is_if_nothing_is_selected() {
    let mut session = Session::new(
        "program 1 \"p\"\n\nfirst: now\n\nloop: repeat\n  times <- 2\n  body:\n\nlast: now\n\nlayout\n  last at 900 0\n",
    );
    session.select(&["last"]);
    let copied = session.run(Command::Copy).clipboard.unwrap();
    assert!(copied.contains("  last at 0 0"), "{copied}");
    session.editor.select(Selection::default());
    let at = session.editor.view().to_screen(session.inside("loop", "body"));
    session.send(editor::Message::PointerMove(editor::Pointer::mouse(at.x, at.y)));
    session.run(Command::Paste(Some(copied)));
    assert!(session.source().contains("    last_2: now"), "{}", session.source());
    session.assert_drawn_well();
}
