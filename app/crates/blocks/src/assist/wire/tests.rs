use std::collections::BTreeMap;

use super::*;
use crate::assist::inlet::each_inlet;
use crate::edit;
use crate::{templates, text};

/// Guessed first, guessed among five, and all.
#[derive(Clone, Copy, Debug, Default)]
struct Guessed {
    first: usize,
    among_five: usize,
    all: usize,
}

impl Guessed {
    fn note(&mut self, rank: Option<usize>) {
        self.all += 1;
        self.first += usize::from(rank == Some(0));
        self.among_five += usize::from(rank.is_some_and(|rank| rank < 5));
    }

    fn percent(self) -> (usize, usize) {
        (self.first * 100 / self.all, self.among_five * 100 / self.all)
    }
}

/// Every wire of a program.
fn wires(program: &Program) -> Vec<(Inlet, BlockId, String)> {
    let mut found = Vec::new();
    each_inlet(program, &mut |inlet, source| {
        if let Source::Wire { block, port } = source {
            found.push((inlet, block.clone(), port.clone()));
        }
    });
    found
}

/// Each template is guessed from the other nineteen: for every wire, what comes in, if it were not drawn.
#[test]
fn the_wires_of_a_template_are_among_the_first_suggestions() {
    // Where a person chose the name of the port it often is that of the value; where the kind did, it is not.
    let mut by_place: BTreeMap<&str, Guessed> = BTreeMap::new();
    let mut nearest = Guessed::default();
    for left_out in templates::all() {
        let others = templates::all().iter().filter(|other| *other != left_out);
        let statistics = Statistics::of(others.map(|other| other.program()));
        let program = left_out.program();
        let checked = check(program);
        let ranking = Ranking { program, outputs: &Outputs::of(&checked), statistics: &statistics };
        for (inlet, block, port) in wires(program) {
            let mut ranked = ranking.sources(&inlet);
            let is_right = |wire: &Wire| wire.block == block && wire.port == port;
            nearest.note(ranked.iter().position(is_right));
            ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
            let place = match &inlet {
                Inlet::Port { block, .. } => match program.block(block).unwrap().kind.as_str() {
                    "formula" | "template" | "change_variable" => "named port",
                    "call" => "argument",
                    _ => "port of a kind",
                },
                Inlet::Carry { .. } => "carry",
                Inlet::Yield { .. } => "yield",
                Inlet::Output { .. } => "output",
            };
            by_place.entry(place).or_default().note(ranked.iter().position(is_right));
        }
    }
    let total = by_place.values().fold(Guessed::default(), |sum, one| Guessed {
        first: sum.first + one.first,
        among_five: sum.among_five + one.among_five,
        all: sum.all + one.all,
    });
    println!("{total:?} {:?}; the nearest that fits {nearest:?}; {by_place:#?}", total.percent());
    let ((first, among_five), (nearest_first, nearest_among_five)) = (total.percent(), nearest.percent());
    assert!(first >= FIRST && among_five >= AMONG_FIVE, "{total:?}");
    assert!(first > nearest_first && among_five > nearest_among_five, "{total:?}, {nearest:?}");
}

/// Bounds in percent, a little below what was measured.
const FIRST: usize = 83;
const AMONG_FIVE: usize = 97;

/// For every wire between blocks, the kind that reads the value, where its block stands.
#[test]
fn the_kinds_that_take_a_value_are_among_the_first_suggestions() {
    let mut guessed = Guessed::default();
    for left_out in templates::all() {
        let others = templates::all().iter().filter(|other| *other != left_out);
        let statistics = Statistics::of(others.map(|other| other.program()));
        let program = left_out.program();
        let checked = check(program);
        for (inlet, block, port) in wires(program).into_iter().step_by(3) {
            let Inlet::Port { block: reader, .. } = &inlet else { continue };
            let (body, after) = inlet.place(program).unwrap();
            let offered = takers_checked(program, &checked, (&block, &port), &body, after.as_ref(), &statistics, 5);
            let kind = &program.block(reader).unwrap().kind;
            guessed.note(offered.iter().position(|suggestion| suggestion.kind == *kind));
        }
    }
    println!("{guessed:?} {:?}", guessed.percent());
    let (first, among_five) = guessed.percent();
    assert!(first >= TAKER_FIRST && among_five >= TAKER_AMONG_FIVE, "{guessed:?}");
}

/// Bounds in percent, a little below what was measured.
const TAKER_FIRST: usize = 48;
const TAKER_AMONG_FIVE: usize = 82;

const SALE: &str = r#"program 1 "Sale"
input prices: list<number> = [1.5]
input name: text = "Ada"
output sum: number <- total.value

total: sum
  items <- input.prices

count: len
  value <- input.prices

share: formula
  expression = "total / count"
  count <- count.value
  total <- total.value

each: for_each
  items <- input.prices
  carry best: number <- 0
  body:
    better: formula
      expression = "price * 2"
      price <- each.item
    yield best <- better.value

label: template
  text = "{{ name }}: {{ share }}"
  name <- input.name
"#;

fn read(source: &str) -> Program {
    text::read(source).unwrap()
}

fn port(block: &str, port: &str) -> Inlet {
    Inlet::Port { block: block.into(), port: port.to_owned() }
}

fn offered(program: &Program, to: &Inlet) -> Vec<String> {
    let wires = sources(program, to, &Statistics::of_templates(), 20);
    wires.iter().for_each(|wire| assert_helps(program, &wire.ops));
    wires.iter().map(|wire| format!("{}.{}", wire.block, wire.port)).collect()
}

fn assert_helps(program: &Program, ops: &[EditOp]) {
    let mut changed = program.clone();
    edit::apply_all(&mut changed, ops).unwrap();
    let before = check(program);
    for error in check(&changed).errors() {
        assert!(before.diagnostics.contains(error), "{error:?}\n{ops:?}");
    }
}

#[test]
fn an_open_port_is_offered_what_has_its_name_first() {
    let program = read(SALE);
    assert_eq!(offered(&program, &port("label", "share"))[0], "share.value");
    let to = port("label", "share");
    let wire = &sources(&program, &to, &Statistics::default(), 1)[0];
    let mut wired = program.clone();
    edit::apply_all(&mut wired, &wire.ops).unwrap();
    assert!(check(&wired).plan.is_some() && !wire.replaces);
    assert_eq!(wire.reason, "it takes number, the names are the same, nothing reads it yet");
}

#[test]
fn only_what_fits_is_offered_and_what_fits_exactly_comes_before_what_is_widened() {
    let program = read(SALE);
    // Texts and lists would be errors, and what comes in already is no news.
    let for_output = offered(&program, &Inlet::Output { routine: edit::Routine::Main, name: "sum".to_owned() });
    assert_eq!(for_output, ["share.value", "each.best", "count.value"]);
    // What stands later, or in the body of another block, is not in scope.
    let for_yield = Inlet::Yield { body: BodyAddress::of("each", "body"), name: "best".to_owned() };
    assert!(!offered(&program, &for_yield).iter().any(|from| from.starts_with("label") || from == "input.name"));
    assert!(offered(&program, &for_yield).contains(&"each.item".to_owned()));
    assert_eq!(
        offered(&program, &Inlet::Carry { block: "each".into(), name: "best".to_owned() }),
        ["share.value", "total.value", "count.value"]
    );
}

#[test]
fn a_missing_yield_is_added() {
    let program = read(&SALE.replace("    yield best <- better.value\n", ""));
    let to = Inlet::Yield { body: BodyAddress::of("each", "body"), name: "best".to_owned() };
    let wire = &sources(&program, &to, &Statistics::of_templates(), 9)[0];
    let mut wired = program.clone();
    edit::apply_all(&mut wired, &wire.ops).unwrap();
    assert_eq!(check(&wired).errors().filter(|error| error.code == "missing_yield").count(), 0);
}

#[test]
fn an_output_is_offered_the_inputs_that_it_fits_the_open_ones_first() {
    let program = read(SALE);
    let wires = readers(&program, &"share".into(), "value", &Statistics::of_templates(), 20);
    wires.iter().for_each(|wire| assert_helps(&program, &wire.ops));
    assert_eq!((&wires[0].to, wires[0].replaces), (&port("label", "share"), false));
    assert!(wires.iter().any(|wire| wire.to == Inlet::Output { routine: edit::Routine::Main, name: "sum".to_owned() }));
    // A list is wanted there, and that one stands before.
    assert!(!wires.iter().any(|wire| [port("each", "items"), port("total", "items")].contains(&wire.to)));
}

#[test]
fn an_output_in_the_open_is_offered_blocks_that_read_it() {
    let program = read(SALE);
    let statistics = Statistics::of_templates();
    let main = BodyAddress::main();
    let after = BlockId::from("label");
    let blocks = takers(&program, (&"label".into(), "value"), &main, Some(&after), &statistics, 500);
    assert!(blocks.len() > 20);
    for suggestion in &blocks {
        assert_helps(&program, &suggestion.ops);
        let reads = format!("{:?}", suggestion.ops).contains("block: BlockId(\"label\")");
        assert!(reads, "{suggestion:?}");
    }
    let kinds: Vec<&str> = blocks.iter().map(|block| block.kind.as_str()).collect();
    assert!(kinds.contains(&"lower") && !kinds.contains(&"sum"), "{kinds:?}");
    // Before it stands, nothing can read it.
    assert_eq!(takers(&program, (&"label".into(), "value"), &main, Some(&"total".into()), &statistics, 9), []);
}
