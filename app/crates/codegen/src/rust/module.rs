//! A module: functions, types, helpers, tests.

use std::collections::{BTreeSet, HashMap};

use blocks::plan::{Operation, Plan, PlannedBody, Routine};
use blocks::{BlockId, Program};

use super::containers::mentions;
use super::emitter::{Emitter, Function};
use super::helpers::Needs;
use super::layout;
use super::names::Scope;
use super::piece::Form;
use super::reads;
use super::tests_module;
use super::types::{Types, is_copy};
use super::uses::Uses;

/// How often a routine is written until nothing that is left out leaves more unread.
const WRITINGS: usize = 12;

/// The code of a program.
#[derive(Debug)]
pub(crate) struct Module {
    /// The code.
    pub(crate) content: String,
    /// The blocks whose code stands on each line, innermost first.
    pub(crate) lines: Vec<Vec<BlockId>>,
    /// The program's own function.
    pub(crate) function: Function,
    /// The structs.
    pub(crate) types: Types,
}

/// The code of a program.
pub(crate) fn write(program: &Program, plan: &Plan) -> Module {
    let routines: Vec<&Routine> = std::iter::once(&plan.main).chain(&plan.functions).map(AsRef::as_ref).collect();
    let called = called_routines(plan);
    let mut fails = vec![false; routines.len()];
    let mut taken: BTreeSet<String> = BTreeSet::new();
    loop {
        let mut types = Types::default();
        meet_types(&routines, &called, &mut types);
        let mut needs = Needs::default();
        let mut functions = name_functions(plan, &fails, &taken);
        let mut parts = Vec::new();
        let mut found = fails.clone();
        for index in &called {
            let (code, failed) = routine(plan, routines[*index], &functions, *index, &taken, &mut types, &mut needs);
            parts.push(code);
            found[*index] = failed;
        }
        let tests = tests_module::write(program, plan, &functions[0], &mut types, &mut needs);
        needs.public_types(&plan.main);
        let code = parts.concat() + &tests;
        let helpers = needs.settle(&code, &mut types);
        let names: BTreeSet<String> = needs.names().map(str::to_owned).collect();
        if found == fails && names.is_subset(&taken) {
            let mut text = parts.remove(0);
            for part in
                types.code().iter().chain(&parts).chain(&helpers).chain(Some(&tests).filter(|text| !text.is_empty()))
            {
                text.push('\n');
                text.push_str(part);
            }
            let (content, lines) = take_marks(&text);
            return Module { content, lines, function: functions.swap_remove(0), types };
        }
        fails = found;
        taken.extend(names);
    }
}

/// The routines that the program comes to call, in order; the first is its own.
fn called_routines(plan: &Plan) -> Vec<usize> {
    let mut found = vec![0];
    let mut next = 0;
    while let Some(index) = found.get(next).copied() {
        let routine = if index == 0 { Some(&plan.main) } else { plan.functions.get(index - 1) };
        if let Some(routine) = routine {
            for function in routine.body.calls() {
                if !found.contains(&(function + 1)) {
                    found.push(function + 1);
                }
            }
        }
        next += 1;
    }
    found.sort_unstable();
    found
}

/// Names the structs after the outputs, inputs and blocks that bring them.
fn meet_types(routines: &[&Routine], called: &[usize], types: &mut Types) {
    for index in called {
        let routine = routines[*index];
        routine.outputs.iter().for_each(|outlet| types.meet(&outlet.ty, &outlet.name));
        routine.inputs.iter().for_each(|input| types.meet(&input.ty, &input.name));
    }
    called.iter().for_each(|index| meet_body(&routines[*index].body, types));
}

fn meet_body(body: &PlannedBody, types: &mut Types) {
    for step in &body.steps {
        let hint = step.block.as_str();
        match &step.operation {
            Operation::Formula { formula, .. } => types.meet(&formula.ty, hint),
            Operation::Constant(_, ty) | Operation::Builtin { ty, .. } => types.meet(ty, hint),
            Operation::Variable { ty, .. } => types.meet(ty, hint),
            Operation::Effect { ty: Some(ty), .. } => types.meet(ty, hint),
            Operation::Reduce { initial, .. } => types.meet(&initial.ty, hint),
            Operation::Loop { carries, .. } => carries.iter().for_each(|carry| types.meet(&carry.ty, &carry.name)),
            _ => {}
        }
        step.operation.bodies().into_iter().for_each(|body| {
            meet_body(body, types);
            body.yields.iter().for_each(|outlet| types.meet(&outlet.ty, hint));
        });
    }
}

fn name_functions(plan: &Plan, fails: &[bool], taken: &BTreeSet<String>) -> Vec<Function> {
    let mut scope = Scope::new(taken.iter().cloned());
    let names = std::iter::once(&plan.name).chain(plan.functions.iter().map(|function| &function.name));
    names.zip(fails).map(|(name, fails)| Function { name: scope.fresh(name), fails: *fails }).collect()
}

/// A function, and whether it can fail.
fn routine(
    plan: &Plan,
    routine: &Routine,
    functions: &[Function],
    index: usize,
    taken: &BTreeSet<String>,
    types: &mut Types,
    needs: &mut Needs,
) -> (String, bool) {
    let mut uses = Uses::default();
    let mut written = (String::new(), false);
    for _ in 0..WRITINGS {
        let names = functions.iter().map(|function| function.name.clone()).chain(taken.iter().cloned());
        let mut emitter = Emitter {
            plan,
            functions,
            types,
            needs,
            scope: Scope::new(names),
            uses,
            ports: HashMap::new(),
            fails: vec![false],
            bodies: Vec::new(),
            touched: Vec::new(),
        };
        let parameters: Vec<(String, usize)> = routine
            .inputs
            .iter()
            .map(|input| {
                let form = match &input.ty {
                    blocks::Type::Text | blocks::Type::List(_) => Form::Slice,
                    ty if is_copy(ty) => Form::Owned,
                    _ => Form::Reference,
                };
                emitter.declare(&BlockId::input(), &input.name, &[&input.name], &input.ty, form)
            })
            .collect();
        let body = emitter.routine(routine);
        let fails = emitter.fails.first().copied().unwrap_or(false);
        uses = emitter.uses;
        let names: Vec<String> = parameters
            .iter()
            .map(|(name, variable)| if uses.is_used(*variable) { name.clone() } else { format!("_{name}") })
            .collect();
        let head = head(routine, &functions[index], &names, index == 0, fails, types);
        let code = if body.is_empty() {
            format!("{head} {{}}\n")
        } else {
            format!("{head} {{\n{}}}\n", layout::statements(&body, layout::TAB))
        };
        let same = written.0 == code;
        written = (code, fails);
        if same {
            break;
        }
        uses = uses.settle();
    }
    written
}

fn head(
    routine: &Routine,
    function: &Function,
    names: &[String],
    public: bool,
    fails: bool,
    types: &mut Types,
) -> String {
    let parameters: Vec<String> = routine
        .inputs
        .iter()
        .zip(names)
        .map(|(input, name)| format!("{name}: {}", types.borrowed(&input.ty)))
        .collect();
    let outputs: Vec<String> = routine.outputs.iter().map(|output| types.owned(&output.ty)).collect();
    let wide = outputs.len() > 1 && layout::columns(&outputs.join(", ")) > TUPLE_WIDTH;
    let result = result(&outputs, fails, wide);
    // A variable may be set twice before it is read, as the program says.
    let allowed = if reads::overwrites(&routine.body) { "#[allow(unused_assignments)]\n" } else { "" };
    let docs: String = crate::quote::remark(&routine.about)
        .iter()
        .map(|line| format!("/// {line}").trim_end().to_owned() + "\n")
        .collect::<String>()
        + allowed;
    let start = format!("{}fn {}(", if public { "pub " } else { "" }, function.name);
    let line = format!("{start}{}){result}", parameters.join(", "));
    if parameters.is_empty() || !wide && layout::columns(&line) + 2 <= layout::MAX_WIDTH {
        return docs + &line;
    }
    let list: String = parameters.iter().map(|parameter| format!("    {parameter},\n")).collect();
    format!("{docs}{start}\n{list}){result}")
}

/// How wide the types of a tuple may be on one line, as `rustfmt` has it.
const TUPLE_WIDTH: usize = 60;

/// What a function gives, from its arrow on; a wide tuple has one type in a line.
fn result(outputs: &[String], fails: bool, wide: bool) -> String {
    let tuple = |indent: &str| {
        let lines: String = outputs.iter().map(|output| format!("{indent}    {output},\n")).collect();
        format!("(\n{lines}{indent})")
    };
    let value = match outputs {
        [one] => one.clone(),
        _ => format!("({})", outputs.join(", ")),
    };
    match (fails, outputs.is_empty()) {
        (true, _) if wide => format!(" -> Result<\n    {},\n    Error,\n>", tuple("    ")),
        (true, _) => format!(" -> Result<{value}, Error>"),
        (false, true) => String::new(),
        (false, false) if wide => format!(" -> {}", tuple("")),
        (false, false) => format!(" -> {value}"),
    }
}

/// Takes out the lines that tell whose code follows.
fn take_marks(text: &str) -> (String, Vec<Vec<BlockId>>) {
    let (mut content, mut lines, mut open) = (String::new(), Vec::new(), Vec::new());
    for line in text.lines() {
        let bare = line.trim_start();
        if let Some(block) = bare.strip_prefix(layout::OPEN) {
            open.push(BlockId::from(block));
        } else if bare.starts_with(layout::CLOSE) {
            open.pop();
        } else {
            content.push_str(line);
            content.push('\n');
            lines.push(open.iter().rev().cloned().collect());
        }
    }
    (content, lines)
}

/// Whether code calls a helper of that name.
pub(crate) fn calls(code: &str, name: &str) -> bool {
    code.contains(name) && mentions(code, name)
}
