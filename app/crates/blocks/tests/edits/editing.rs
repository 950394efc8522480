//! Single edits, their inverses, and history.

use blocks::document::Carry;
use blocks::edit::{self, Address, BodyAddress, EditError, EditOp, Field, History, Item, List, Property, Routine};
use blocks::{Block, BlockId, Program, Source, Type, Value};

use crate::random::Random;
use crate::{odd, read, sample, text};

/// Applies an edit, sees that its inverse gives the program back, and gives the text after it.
fn applied(program: &Program, op: EditOp) -> String {
    let mut edited = program.clone();
    let inverse = edit::apply(&mut edited, &op).unwrap_or_else(|error| panic!("{op:?}: {error}"));
    let after = text(&edited);
    let again = edit::apply(&mut edited, &inverse).expect("an inverse applies");
    assert_eq!(text(&edited), text(program), "{op:?}");
    edit::apply(&mut edited, &again).expect("the inverse of an inverse applies");
    assert_eq!(text(&edited), after, "{op:?}");
    after
}

fn refused(op: EditOp) -> EditError {
    let mut program = sample();
    let error = edit::apply(&mut program, &op).expect_err("it does not fit");
    assert_eq!(text(&program), text(&sample()));
    error
}

#[test]
fn a_container_moves_with_everything_in_it() {
    let op = EditOp::move_block("check", BodyAddress::main(), Some("total"));
    let after = applied(&sample(), op);
    let place = after.find("\ncheck: if").expect("it stands in the main body");
    assert!(place > after.find("\ntotal:").expect("total") && place < after.find("\nmean:").expect("mean"));
    assert!(after.contains("    twice: call"));
}

#[test]
fn removing_a_container_takes_its_places_along_and_the_inverse_brings_them_back() {
    let after = applied(&sample(), EditOp::remove_block("grow"));
    assert!(!after.contains("twice"), "{after}");
    assert!(after.contains("  mean at 120 80"));
}

#[test]
fn a_block_gets_its_settings_wires_and_carried_values() {
    let mut program = sample();
    let ops = [
        EditOp::add_block(Block::new("cap", "repeat"), BodyAddress::of("check", "else"), None),
        EditOp::connect("cap", "times", Some(Source::wire("input", "limit"))),
        EditOp::set_title("cap", "Cap"),
        EditOp::set_setting("cap", "note", Some(Value::text("one"))),
        EditOp::add(
            List::Carries { block: BlockId::from("cap") },
            None,
            Item::Carry { carry: Carry { name: "n".to_owned(), ty: Type::Int, from: Source::Literal(Value::Int(0)) } },
        ),
        EditOp::add(
            List::Bodies { block: BlockId::from("cap") },
            None,
            Item::Body { name: "body".to_owned(), body: blocks::Body::default() },
        ),
    ];
    edit::apply_all(&mut program, &ops).expect("all fit");
    let wanted = "      else:\n        cap: repeat \"Cap\"\n          note = \"one\"\n          times <- input.limit\n          carry n: int <- 0\n          body:\n        yield next <- grow.total\n";
    assert!(text(&program).contains(wanted), "{}", text(&program));
}

#[test]
fn a_renamed_block_is_rewired_where_it_is_read() {
    let after = applied(&sample(), EditOp::Rename { at: Address::block("grow"), to: "growth".to_owned() });
    assert!(!after.contains("grow.") && !after.contains("\ngrow:"), "{after}");
    assert!(after.contains("growth.total") && after.contains("yield last <- growth.turn"));
    let after = applied(&sample(), EditOp::Rename { at: Address::block("mean"), to: "average".to_owned() });
    assert!(after.contains("mean <- average.value") && after.contains("expression = \"item > mean\""));
    assert!(after.contains("  average at 120 80") && after.contains("output mean: number <- average.value"));
}

#[test]
fn a_renamed_variable_is_still_the_one_that_is_set() {
    let program = read(
        "program 1 \"p\"\n\ncount: variable\n  value <- 0\n\nmore: set_variable\n  variable = \"count\"\n  value <- 1\n\nodd: formula\n  variable = \"count\"\n",
    );
    let after = applied(&program, EditOp::Rename { at: Address::block("count"), to: "n".to_owned() });
    assert!(after.contains("more: set_variable\n  variable = \"n\""), "{after}");
    assert!(after.contains("odd: formula\n  variable = \"count\""), "{after}");
}

#[test]
fn renamed_functions_inputs_outputs_and_carried_values_are_followed() {
    let function = Routine::Function { name: "double".to_owned() };
    let after = applied(&sample(), EditOp::Rename { at: Address::of_routine(&function), to: "twofold".to_owned() });
    assert!(after.contains("function = \"twofold\"") && after.contains("function twofold"), "{after}");
    let at = Address::Input { routine: function.clone(), name: "x".to_owned() };
    let after = applied(&sample(), EditOp::Rename { at, to: "n".to_owned() });
    assert!(after.contains("          n <- grow.total") && after.contains("x <- input.n"), "{after}");
    let at = Address::Output { routine: function, name: "value".to_owned() };
    let after = applied(&sample(), EditOp::Rename { at, to: "result".to_owned() });
    assert!(after.contains("yield next <- twice.result") && after.contains("output result: int <- product.value"));
    let after = applied(&sample(), EditOp::Rename { at: Address::input("items"), to: "numbers".to_owned() });
    assert!(after.contains("  numbers = [3, 4, 8]") && after.contains("items <- input.numbers"), "{after}");
    let after = applied(&sample(), EditOp::Rename { at: Address::output("mean"), to: "middle".to_owned() });
    assert!(after.contains("  expect middle = 5.0"), "{after}");
    let at = Address::Carry { block: BlockId::from("grow"), name: "total".to_owned() };
    let after = applied(&sample(), EditOp::Rename { at, to: "sum".to_owned() });
    assert!(after.contains("yield sum <- check.next") && after.contains("<- grow.sum \"how much\""), "{after}");
}

#[test]
fn a_name_that_something_reads_already_is_refused() {
    let mut program = sample();
    let dangling = EditOp::connect("mean", "total", Some(Source::wire("ghost", "value")));
    edit::apply(&mut program, &dangling).expect("wires may dangle");
    let rename = EditOp::Rename { at: Address::block("high"), to: "ghost".to_owned() };
    assert_eq!(edit::apply(&mut program, &rename), Err(EditError::NameTaken { name: "ghost".to_owned() }));
}

#[test]
fn what_does_not_fit_is_refused_with_a_reason() {
    let into = |id: &str, body: &str| BodyAddress::of(id, body);
    let block = |id: &str| EditOp::add_block(Block::new(id, "formula"), BodyAddress::main(), None);
    for (op, message) in [
        (EditOp::remove_block("ghost"), "there is no block ghost"),
        (block("twice"), "the id twice is taken; ids are unique in a program"),
        (block("input"), "the id 'input' stands for the program's inputs; choose another"),
        (block("a b"), "'a b' is not a name; use letters, digits and '_'"),
        (EditOp::move_block("grow", into("check", "then"), None), "grow cannot be moved into or behind itself"),
        (EditOp::move_block("grow", BodyAddress::main(), Some("grow")), "grow cannot be moved into or behind itself"),
        (EditOp::move_block("mean", into("check", "loop"), None), "there is no body check.loop"),
        (
            EditOp::move_block("mean", BodyAddress::main(), Some("twice")),
            "twice is not among the blocks of body the program",
        ),
        (EditOp::Remove { at: Address::Program }, "the program stays where it is"),
        (EditOp::Rename { at: Address::block("mean"), to: "total".to_owned() }, "the name total is taken"),
        (
            EditOp::Set { at: Address::input("items"), property: Property::Title("no".to_owned()) },
            "input items has no title",
        ),
        (
            EditOp::add(List::Tests, None, Item::Yield { name: "a".to_owned(), from: Source::wire("a", "b") }),
            "that cannot stand among the tests of the program",
        ),
    ] {
        assert_eq!(refused(op).to_string(), message);
    }
}

#[test]
fn a_group_applies_whole_or_not_at_all() {
    let ops = vec![EditOp::remove_block("mean"), EditOp::remove_block("ghost")];
    assert_eq!(refused(EditOp::Group { ops }), EditError::Unknown { at: Address::block("ghost") });
}

#[test]
fn bodies_nest_only_as_deep_as_the_text_can_say() {
    let mut program = Program::new("deep");
    let mut at = BodyAddress::main();
    for level in 0..127 {
        let mut block = Block::new(format!("b{level}"), "if");
        block.bodies.insert("then".to_owned(), blocks::Body::default());
        edit::apply(&mut program, &EditOp::add_block(block, at, None)).expect("there is room");
        at = BodyAddress::of(format!("b{level}"), "then");
    }
    assert_eq!(text(&read(&text(&program))), text(&program));
    let mut block = Block::new("last", "if");
    block.bodies.insert("then".to_owned(), blocks::Body::default());
    let error = edit::apply(&mut program, &EditOp::add_block(block, at, None)).expect_err("too deep");
    assert_eq!(error, EditError::TooDeep { limit: 127 });
}

#[test]
fn names_that_stand_twice_can_be_put_right_and_undone() {
    let program = read("program 1 \"p\"\ninput a: int\ninput a: text\ninput b: int\n");
    let after = applied(&program, EditOp::Rename { at: Address::input("a"), to: "c".to_owned() });
    assert!(after.contains("input c: int\ninput c: text"), "{after}");
    let after = applied(&program, EditOp::Remove { at: Address::input("a") });
    assert_eq!(after, "program 1 \"p\"\ninput a: text\ninput b: int\n");
    applied(&program, EditOp::Reorder { at: Address::input("b"), after: None });
}

#[test]
fn random_edits_undone_give_the_same_bytes_and_redone_too() {
    for seed in 0..100 {
        let random = &mut Random::new(seed);
        let mut program = sample();
        let mut history = History::default();
        let mut texts = vec![text(&program)];
        for _ in 0..40 {
            let ops = (0..=random.below(2)).map(|_| random.op(&program)).collect();
            match history.act(&mut program, "edit", ops) {
                Ok(()) => texts.push(text(&program)),
                Err(_) => {
                    assert_eq!(Some(&text(&program)), texts.last(), "seed {seed}: a refused edit changes nothing")
                }
            }
        }
        for expected in texts.iter().rev().skip(1) {
            assert!(history.undo(&mut program).expect("it undoes"));
            assert_eq!(&text(&program), expected, "seed {seed}");
        }
        assert!(!history.undo(&mut program).expect("nothing is left"));
        for expected in &texts[1..] {
            assert!(history.redo(&mut program).expect("it redoes"));
            assert_eq!(&text(&program), expected, "seed {seed}");
        }
        assert!(!history.redo(&mut program).expect("nothing is left"));
    }
}

#[test]
fn odd_programs_are_edited_and_undone_like_any_other() {
    for seed in 0..60 {
        let random = &mut Random::new(seed);
        let (mut program, other) = (odd(), sample());
        for _ in 0..15 {
            let (before, op) = (format!("{program:?}"), random.op(if seed % 2 == 0 { &program } else { &other }));
            let mut edited = program.clone();
            match edit::apply(&mut edited, &op) {
                Ok(inverse) => {
                    let mut undone = edited.clone();
                    edit::apply(&mut undone, &inverse).expect("an inverse applies");
                    assert_eq!(format!("{undone:?}"), before, "seed {seed}: {op:?}");
                    program = edited;
                }
                Err(_) => assert_eq!(format!("{edited:?}"), before, "seed {seed}: {op:?}"),
            }
        }
    }
}

#[test]
fn edited_programs_can_be_written_and_read() {
    for seed in 0..60 {
        let program = Random::new(seed).edited(&sample(), 20);
        assert_eq!(text(&read(&text(&program))), text(&program), "seed {seed}");
    }
}

/// A place of a block called `answer`, `input` or the like was read as a statement of that name.
#[test]
fn blocks_that_are_called_like_statements_have_places() {
    for id in ["answer", "expect", "output", "carry", "yield", "function", "layout", "at"] {
        let source = format!("program 1 \"p\"\n\n{id}: now\n\nlayout\n  {id} at 120 80 folded\n");
        assert_eq!(text(&read(&source)), source);
    }
    let source = "program 1 \"p\"\n\nat: now\n\ntest \"t\"\n  answer at = \"noon\"\n";
    assert_eq!(text(&read(source)), source);
}

#[test]
fn a_note_about_blocks_follows_their_ids() {
    let program =
        read("program 1 \"p\"\n\nremark: note\n  around = [\"a\", \"b\"]\n  text = \"a and b\"\n\na: now\n\nb: now\n");
    let after = applied(&program, EditOp::Rename { at: Address::block("a"), to: "first".to_owned() });
    assert!(after.contains("around = [\"first\", \"b\"]") && after.contains("text = \"a and b\""), "{after}");
    assert!(blocks::check(&read(&after)).diagnostics.iter().all(|found| found.code == "unused"), "{after}");
}

#[test]
fn a_step_that_no_longer_fits_is_dropped_and_those_before_it_are_undone() {
    let mut program = sample();
    let before = text(&program);
    let mut history = History::default();
    history.act(&mut program, "title", vec![EditOp::set_title("total", "Sum")]).expect("it fits");
    let extra = EditOp::add_block(Block::new("extra", "now"), BodyAddress::main(), None);
    history.act(&mut program, "insert", vec![extra]).expect("it fits");
    edit::apply(&mut program, &EditOp::remove_block("extra")).expect("it fits");
    assert!(history.undo(&mut program).is_err());
    history.forget_last();
    assert_eq!(history.undo(&mut program), Ok(true));
    assert_eq!(text(&program), before);
}

#[test]
fn typing_is_undone_by_the_word() {
    let mut program = sample();
    let mut history = History::default();
    for title in ["T", "Th", "The"] {
        let ops = vec![EditOp::set_title("total", title)];
        history.continue_with(&mut program, "title of total", ops).expect("it fits");
    }
    assert_eq!(history.done().len(), 1);
    history.undo(&mut program).expect("it undoes");
    assert_eq!(text(&program), text(&sample()));
}

#[test]
fn history_survives_being_stored() {
    let mut random = Random::new(7);
    let (mut program, mut history) = (sample(), History::default());
    for _ in 0..60 {
        let op = random.fitting_op(&program);
        history.act(&mut program, "edit", vec![op]).expect("it fits");
    }
    let stored = serde_json::to_string(&history).expect("it is data");
    let mut restored: History = serde_json::from_str(&stored).expect("it reads back");
    assert_eq!(restored.format, 1);
    while restored.undo(&mut program).expect("it undoes") {}
    assert_eq!(text(&program), text(&sample()));
}

#[test]
fn an_edit_is_stored_in_this_form() {
    let op = EditOp::connect("mean", "total", Some(Source::wire("sum", "value")));
    let stored = r#"{"set":{"at":{"block":{"id":"mean"}},"property":{"wire":{"port":"total","from":{"Wire":{"block":"sum","port":"value"}}}}}}"#;
    assert_eq!(serde_json::to_string(&op).expect("it is data"), stored);
    let read: EditOp = serde_json::from_str(stored).expect("it reads");
    assert_eq!(read, op);
    let EditOp::Set { property, .. } = read else { panic!("it sets") };
    assert_eq!(property.field(), Field::Wire { port: "total".to_owned() });
}

#[test]
fn a_test_does_not_lose_its_name() {
    let mut program = read("program 1 \"p\"\n\ntest \"a\"\n  x = 1\n");
    let at = blocks::edit::Address::Test { name: "a".to_owned() };
    assert!(edit::apply(&mut program, &EditOp::Rename { at, to: String::new() }).is_err());
}
