//! The merge driver on texts.

use super::*;

const BASE: &str = "program 1 \"p\"\noutput mean: number <- mean.value\n\ntotal: sum\n  items <- [1, 2]\n\nmean: formula\n  expression = \"total / 2\"\n  total <- total.value\n";

fn changed(from: &str, to: &str) -> String {
    assert!(BASE.contains(from));
    BASE.replace(from, to)
}

#[test]
fn changes_of_neighboring_lines_merge_cleanly() {
    let ours = changed("total / 2", "total / 3");
    let theirs = changed("total <- total.value", "total <- 12");
    let driven = merge_driver(BASE, &ours, &theirs);
    assert_eq!(driven.text, ours.replace("total <- total.value", "total <- 12"));
    assert!(driven.clean && driven.notes.is_empty());
}

#[test]
fn what_only_the_form_differs_in_does_not_conflict() {
    let ours = changed("  expression", "      expression").replace("  total <-", "      total <-");
    let theirs = changed("[1, 2]", "[1, 3]");
    let driven = merge_driver(BASE, &ours, &theirs);
    assert_eq!((driven.text, driven.clean), (theirs, true));
}

#[test]
fn a_conflict_stands_between_markers_and_the_rest_is_merged() {
    let ours = changed("total / 2", "total / 3");
    let theirs = changed("total / 2", "total / 4").replace("[1, 2]", "[1, 2, 3]");
    let driven = merge_driver(BASE, &ours, &theirs);
    assert!(!driven.clean);
    assert_eq!(driven.notes, ["block mean: both changed expression"]);
    let wanted = changed(
        "  expression = \"total / 2\"\n",
        "<<<<<<< ours\n  expression = \"total / 3\"\n=======\n  expression = \"total / 4\"\n>>>>>>> theirs\n",
    );
    assert_eq!(driven.text, wanted.replace("[1, 2]", "[1, 2, 3]"));
    let problems = text::read(&driven.text).expect_err("it is not resolved");
    assert_eq!(problems.len(), 1);
    assert_eq!((problems[0].code.as_str(), problems[0].line), ("syntax", Some(8)));
    assert_eq!(problems[0].message, "unresolved merge conflict at line 8");
}

#[test]
fn removing_the_markers_gives_one_of_the_two_programs() {
    let ours = changed("total: sum\n  items <- [1, 2]\n\n", "");
    let theirs = changed("[1, 2]", "[5]").replace("\"p\"", "\"q\"");
    let driven = merge_driver(BASE, &ours, &theirs);
    let (mut with_ours, mut with_theirs, mut side) = (String::new(), String::new(), None);
    for line in driven.text.lines() {
        match line {
            "<<<<<<< ours" => side = Some(true),
            "=======" => side = Some(false),
            ">>>>>>> theirs" => side = None,
            line => {
                if side != Some(false) {
                    with_ours.push_str(&format!("{line}\n"));
                }
                if side != Some(true) {
                    with_theirs.push_str(&format!("{line}\n"));
                }
            }
        }
    }
    assert_eq!(with_ours, ours.replace("\"p\"", "\"q\""));
    assert_eq!(with_theirs, theirs);
}

#[test]
fn what_nests_too_deep_only_together_is_not_clean() {
    use crate::document::{Block, Body};
    use crate::edit::{self, BodyAddress, EditOp};
    let mut base = Program::new("deep");
    for name in ["a", "b", "c"] {
        let mut at = BodyAddress::main();
        for level in 0..50 {
            let mut block = Block::new(format!("{name}{level}"), "if");
            block.bodies.insert("then".to_owned(), Body::default());
            edit::apply(&mut base, &EditOp::add_block(block, at, None)).expect("there is room");
            at = BodyAddress::of(format!("{name}{level}"), "then");
        }
    }
    let moved = |block: &str, into: &str| {
        let mut program = base.clone();
        edit::apply(&mut program, &EditOp::move_block(block, BodyAddress::of(into, "then"), None)).expect("it fits");
        text::write(&program)
    };
    let driven = merge_driver(&text::write(&base), &moved("b0", "a49"), &moved("c0", "b49"));
    assert!(!driven.clean);
    assert_eq!(driven.notes, ["what comes out cannot be read: nested deeper than 256 levels"]);
}

#[test]
fn files_that_both_sides_added_merge_from_nothing() {
    let driven = merge_driver("", BASE, BASE);
    assert_eq!((driven.text.as_str(), driven.clean), (BASE, true));
    assert!(!merge_driver("", BASE, &changed("\"p\"", "\"q\"")).clean);
}

#[test]
fn a_text_that_cannot_be_read_is_merged_by_lines_and_named() {
    let broken = changed("total / 2\"", "total / 2");
    let driven = merge_driver(BASE, &changed("[1, 2]", "[3]"), &broken);
    assert!(!driven.clean && driven.text.contains("<<<<<<< ours"));
    assert_eq!(driven.notes.len(), 1);
    assert!(
        driven.notes[0].starts_with("theirs cannot be read, so that lines are compared: line 8: "),
        "{:?}",
        driven.notes
    );
    let unchanged = merge_driver(BASE, BASE, &broken);
    assert_eq!((unchanged.text, unchanged.clean, unchanged.notes.len()), (broken, true, 1));
}

#[test]
fn stray_markers_are_reported_too() {
    for marker in ["=======", ">>>>>>> theirs", "||||||| base"] {
        let problems = text::read(&format!("{BASE}{marker}\n")).expect_err("it is not resolved");
        assert_eq!(problems[0].message, "unresolved merge conflict at line 10");
    }
    let remark = "program 1 \"p\"\n\nn: note\n  text =\n    | <<<<<<< a remark\n    | =======\n";
    assert_eq!(text::write(&text::read(remark).expect("it is a remark")), remark);
}

#[test]
fn textconv_gives_the_canonical_text_or_the_text_itself() {
    assert_eq!(textconv(&changed("total / 2\"\n", "total / 2\"   \n\n")), BASE);
    assert_eq!(textconv("no program"), "no program");
}

#[test]
fn two_texts_are_compared_by_meaning() {
    let after = changed("total / 2", "total / 3");
    assert_eq!(diff(BASE, &after), Ok("mean: formula\n  ~ expression = \"total / 2\" → \"total / 3\"\n".to_owned()));
    assert!(diff(BASE, "").is_err());
}
