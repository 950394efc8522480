//! Effects that may fail where no Try catches it.
//!
//! The fix makes up no value: it puts the block into a Try that stops all the same, with a message that names the step,
//! and leaves the place where somebody says what is to be done instead. Who has a test in which the block fails has
//! thought of it; then nothing is found.

use super::Finding;
use super::guards::Guards;
use super::inlet::Inlet;
use super::places::{Place, Places};
use super::readers::redirect;
use super::skeleton::free_id;
use super::world::failure_of;
use crate::catalog::VALUE;
use crate::document::{Block, BlockId, Body, Program, Reply, Source};
use crate::edit::{BodyAddress, EditOp};
use crate::plan::Operation;
use crate::types::Type;
use crate::value::Value;

pub(super) fn find(program: &Program, places: &Places<'_>, guards: &Guards) -> Vec<(usize, Finding)> {
    let found = places.0.iter().enumerate().filter_map(|(index, place)| {
        let Operation::Effect { effect, ty, .. } = &place.step.operation else { return None };
        let code = failure_of(*effect)?;
        let open = guards.may_end_the_run(places, place) && !is_tested(program, &place.step.block);
        open.then(|| finding(program, place, code, ty.as_ref()))?.map(|finding| (index, finding))
    });
    found.collect()
}

/// Whether a test says what happens when a block fails.
fn is_tested(program: &Program, block: &BlockId) -> bool {
    let mut answers = program.tests.iter().flat_map(|test| &test.answers);
    answers.any(|answer| answer.block == *block && matches!(answer.reply, Reply::Error(_)))
}

fn finding(program: &Program, place: &Place<'_>, code: &str, ty: Option<&Type>) -> Option<Finding> {
    let id = &place.step.block;
    let guard = free_id(program, &format!("try_{id}"));
    let mut readers = redirect(program, id, &|port| Some(Source::wire(guard.as_str(), port)))?;
    let value = ty.filter(|_| !readers.is_empty()).map(blank);
    let attempt = BodyAddress::of(guard.as_str(), "try");
    let mut fix = vec![
        EditOp::add_block(
            guard_block(program, place, &guard, code, value.clone()),
            place.address.clone(),
            place.before().map(BlockId::as_str),
        ),
        EditOp::move_block(id.as_str(), attempt.clone(), None),
    ];
    if value.is_some() {
        let inlet = Inlet::Yield { body: attempt, name: VALUE.to_owned() };
        fix.push(inlet.connect(program, Source::wire(id.as_str(), VALUE)));
    }
    fix.append(&mut readers);
    let message =
        format!("the run ends if '{id}' fails, and no test says so; put it into a Try and say what is to be done then");
    Some(Finding { code: "unguarded_effect".to_owned(), block: id.clone(), message, fix })
}

/// A Try that stops with a message which names the step.
fn guard_block(program: &Program, place: &Place<'_>, guard: &str, code: &str, value: Option<Value>) -> Block {
    let id = &place.step.block;
    let problem = free_id(program, &format!("{id}_problem"));
    let title = &place.step.title;
    let step = if title.is_empty() || title.contains("{{") { id.as_str() } else { title };
    let mut text = Block::new(problem.as_str(), "template");
    text.config.insert("text".to_owned(), Value::text(format!("{step}: {{{{ error.message }}}}")));
    text.inputs.insert("error".to_owned(), Source::wire(guard, "error"));
    let mut stop = Block::new(free_id(program, &format!("{id}_stop")), "fail");
    stop.config.insert("code".to_owned(), Value::text(code));
    stop.inputs.insert("message".to_owned(), Source::wire(problem, VALUE));
    let yields = value.map(|value| (VALUE.to_owned(), Source::Literal(value))).into_iter().collect();
    let mut block = Block::new(guard, "try");
    block.bodies.insert("try".to_owned(), Body::default());
    block.bodies.insert("catch".to_owned(), Body { blocks: vec![text, stop], yields, extra: Vec::new() });
    block
}

/// A value of a type, for a yield that is never reached.
fn blank(ty: &Type) -> Value {
    match ty {
        Type::Int => Value::Int(0),
        Type::Number => Value::Number(0.0),
        Type::Text => Value::text(""),
        Type::Bool => Value::Bool(false),
        Type::List(_) => Value::list(Vec::new()),
        Type::Map(_) => Value::map([]),
        Type::Record(fields) => Value::map(fields.iter().map(|(name, ty)| (name.clone(), blank(ty)))),
        Type::None | Type::Optional(_) | Type::Json | Type::Parameter(_) | Type::Unknown => Value::None,
    }
}
