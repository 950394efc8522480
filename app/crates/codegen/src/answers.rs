//! What the world outside says in a test: the answers stand by block in the program, and by method in generated code.

use blocks::catalog::Effect;
use blocks::conform::conform;
use blocks::document::{Reply, TestCase};
use blocks::failures::sentence;
use blocks::plan::{Operation, Plan, PlannedBody};
use blocks::{BlockId, Type, Value};

/// A method of the effects, and what it is answered in turn.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) effect: Effect,
    /// The answers; nothing is answered where none is wanted.
    pub(crate) answers: Vec<Answer>,
}

#[derive(Debug)]
pub(crate) enum Answer {
    Value(Value, Type),
    /// The code and message of an error.
    Error(String, &'static str),
}

/// A block that asks; `once` says that it does so exactly once, in the order in which it stands.
struct Asking<'a> {
    block: &'a BlockId,
    effect: Effect,
    ty: Option<&'a Type>,
    once: bool,
}

/// The answers of a test by method; `None` if several blocks ask the same and nothing says in which order.
pub(crate) fn by_method(test: &TestCase, plan: &Plan) -> Option<Vec<Answered>> {
    let mut asking = Vec::new();
    collect(&plan.main.body, true, &mut asking);
    plan.functions.iter().for_each(|routine| collect(&routine.body, false, &mut asking));
    let mut methods: Vec<Answered> = Vec::new();
    for own in &asking {
        if methods.iter().any(|method| method.effect == own.effect) {
            continue;
        }
        let all: Vec<&Asking<'_>> = asking.iter().filter(|other| other.effect == own.effect).collect();
        let counts = all.iter().map(|asks| test.answers.iter().filter(|answer| answer.block == *asks.block).count());
        let ordered = all.iter().all(|asks| asks.once) && counts.clone().all(|count| count == 1);
        if own.ty.is_some() && all.len() > 1 && !ordered && counts.sum::<usize>() > 0 {
            return None;
        }
        let answers = all.iter().flat_map(|asks| answers_of(asks, test)).collect();
        methods.push(Answered { effect: own.effect, answers });
    }
    Some(methods)
}

fn answers_of<'a>(asks: &'a Asking<'_>, test: &'a TestCase) -> impl Iterator<Item = Answer> + 'a {
    let own = test.answers.iter().filter(|answer| answer.block == *asks.block);
    own.map(|answer| match &answer.reply {
        Reply::Value(value) => {
            let ty = asks.ty.cloned().unwrap_or(Type::None);
            Answer::Value(conform(value.clone(), &ty).unwrap_or(Value::None), ty)
        }
        Reply::Error(code) => Answer::Error(code.clone(), sentence(code).unwrap_or("the test says that this fails")),
    })
}

fn collect<'a>(body: &'a PlannedBody, once: bool, found: &mut Vec<Asking<'a>>) {
    for step in &body.steps {
        if let Operation::Effect { effect, ty, .. } = &step.operation {
            found.push(Asking { block: &step.block, effect: *effect, ty: ty.as_ref(), once });
        }
        step.operation.bodies().into_iter().for_each(|inner| collect(inner, false, found));
    }
}
