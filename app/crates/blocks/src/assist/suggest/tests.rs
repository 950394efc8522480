use std::collections::BTreeMap;

use super::*;
use crate::document::Body;
use crate::edit::Routine;
use crate::{Diagnostic, edit, templates, text};

/// Every place of a body and of those inside it, with the kind that stands there.
fn places<'a>(body: &'a Body, address: &BodyAddress, found: &mut Vec<(BodyAddress, Option<BlockId>, &'a str)>) {
    let mut after = None;
    for block in &body.blocks {
        found.push((address.clone(), after.clone(), &block.kind));
        for (name, inner) in &block.bodies {
            places(inner, &BodyAddress::of(block.id.as_str(), name), found);
        }
        after = Some(block.id.clone());
    }
}

/// The places of a program and its functions.
fn all_places(program: &Program) -> Vec<(BodyAddress, Option<BlockId>, &str)> {
    let mut found = Vec::new();
    places(&program.body, &BodyAddress::main(), &mut found);
    for function in &program.functions {
        let routine = Routine::Function { name: function.name.clone() };
        places(&function.body, &BodyAddress::Routine { routine }, &mut found);
    }
    found
}

/// The five kinds that stand most often in all templates but one: what a palette without a place in mind would offer.
fn most_frequent(left_out: &templates::Template) -> Vec<&'static str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for other in templates::all().iter().filter(|other| *other != left_out) {
        for (_, _, kind) in all_places(other.program()) {
            *counts.entry(kind).or_default() += 1;
        }
    }
    let mut kinds: Vec<&str> = counts.keys().copied().collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(counts[kind]));
    kinds.truncate(5);
    kinds
}

/// Each template is guessed from the other nineteen.
#[test]
fn the_next_block_of_a_template_is_among_the_first_suggestions() {
    // Places, guessed first, guessed among five; and the same two by frequency alone.
    let (mut all, mut guessed, mut plain) = (0, [0; 2], [0; 2]);
    for left_out in templates::all() {
        let mut statistics = Statistics::default();
        let others = templates::all().iter().filter(|other| *other != left_out);
        others.for_each(|other| statistics.learn(other.program()));
        let frequent = most_frequent(left_out);
        let program = left_out.program();
        let checked = check(program);
        for (body, after, kind) in all_places(program) {
            let suggestions = suggest_checked(program, &checked, &body, after.as_ref(), &statistics, 5);
            let rank = suggestions.iter().position(|suggestion| suggestion.kind == kind);
            let by_frequency = frequent.iter().position(|frequent| *frequent == kind);
            all += 1;
            for (counts, rank) in [(&mut guessed, rank), (&mut plain, by_frequency)] {
                counts[0] += usize::from(rank == Some(0));
                counts[1] += usize::from(rank.is_some());
            }
        }
    }
    let figures = format!("{all} places: {guessed:?}; by frequency {plain:?}");
    println!("{figures}");
    assert!(guessed[0] * 100 >= all * FIRST && guessed[1] * 100 >= all * AMONG_FIVE, "{figures}");
    assert!(guessed[0] > plain[0] && guessed[1] > plain[1], "{figures}");
}

/// Bounds in percent, a little below what was measured.
const FIRST: usize = 47;
const AMONG_FIVE: usize = 83;

#[test]
fn suggestions_at_every_place_of_the_templates_leave_a_sound_program() {
    let statistics = Statistics::of_templates();
    for template in templates::all() {
        let program = template.program();
        let checked = check(program);
        for (body, after, _) in all_places(program) {
            for suggestion in suggest_checked(program, &checked, &body, after.as_ref(), &statistics, 3) {
                assert_sound(program, &suggestion);
            }
        }
    }
}

fn assert_sound(program: &Program, suggestion: &Suggestion) {
    let mut changed = program.clone();
    edit::apply_all(&mut changed, &suggestion.ops).unwrap();
    assert_eq!(
        check(&changed).errors().collect::<Vec<_>>(),
        Vec::<&Diagnostic>::new(),
        "{}: {suggestion:?}",
        program.name
    );
}

#[test]
fn a_suggestion_is_inserted_with_wires_that_fit() {
    let program =
        text::read("program 1 \"p\"\ninput items: list<int> = [1]\n\na: sum\n  items <- input.items\n").unwrap();
    let statistics = Statistics::of_templates();
    let suggestions = suggest(&program, &BodyAddress::main(), Some(&"a".into()), &statistics, 500);
    assert!(suggestions.len() > 20);
    for suggestion in &suggestions {
        assert_sound(&program, suggestion);
    }
    // A program without text has nothing for those that take only text.
    assert!(!suggestions.iter().any(|suggestion| suggestion.kind == "lower"));
}

#[test]
fn every_kind_is_offered_whole() {
    let source = "program 1 \"p\"\ninput flag: bool = true\ninput items: list<text> = [\"a\"]\ninput count: int = 1\n\nbox: variable\n  initial <- input.count\n\na: first\n  items <- input.items\n\nfunction f\n  input items: list<text>\n  output n: int <- n.value\n  n: len\n    value <- input.items\n";
    let program = text::read(source).unwrap();
    let suggestions = suggest(&program, &BodyAddress::main(), Some(&"a".into()), &Statistics::of_templates(), 500);
    suggestions.iter().for_each(|suggestion| assert_sound(&program, suggestion));
    let offered: Vec<&str> = suggestions.iter().map(|suggestion| suggestion.kind.as_str()).collect();
    for kind in catalog::all()
        .iter()
        .filter(|kind| kind.category == "control" || kind.category == "basics" || kind.category == "variables")
    {
        assert!(offered.contains(&kind.name), "{} in {offered:?}", kind.name);
    }
}

#[test]
fn a_program_that_is_forgotten_leaves_no_trace() {
    let mut statistics = Statistics::of_templates();
    let before = statistics.clone();
    let broken = text::read("program 1 \"p\"\n\na: sum\n  items <- b.value\n\nb: no_such_kind\n").unwrap();
    for program in templates::all().iter().take(3).map(|template| template.program()).chain([&broken]) {
        statistics.learn(program);
        assert_ne!(statistics, before);
        statistics.forget(program);
        assert_eq!(statistics, before);
    }
    templates::all().iter().for_each(|template| statistics.forget(template.program()));
    assert_eq!(statistics, Statistics::default());
}

#[test]
fn statistics_do_not_depend_on_the_order_of_programs_and_can_be_stored() {
    let mut backward = Statistics::default();
    templates::all().iter().rev().for_each(|template| backward.learn(template.program()));
    assert_eq!(backward, Statistics::of_templates());
    let stored = serde_json::to_string(&backward).unwrap();
    assert_eq!(serde_json::from_str::<Statistics>(&stored).unwrap(), backward);
}
