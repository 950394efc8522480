//! The language in its simplest form: a plan, walked.
//!
//! A second opinion on the machine's compiler. It can also say what a target must do whose integers end: with a bound,
//! every integer that an operation, function or literal gives beyond it raises `overflow`.

mod expressions;

use std::cmp::Ordering;
use std::collections::HashMap;

use blocks::plan::{Driver, Feed, Operation, Origin, Outlet, Plan, PlannedBody, Routine, Step, VARIABLE_NOW};
use blocks::{BlockId, Value, conform};
use num_bigint::BigInt;
use vm::Fault;

use crate::case::LIMITS;
use crate::outcome::{self, Outcome};

/// Where a target's integers end: its smallest and its largest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ends {
    low: BigInt,
    high: BigInt,
}

impl Ends {
    /// Those of 64-bit floating point numbers, as far as each integer has one of its own.
    pub fn of_numbers() -> Self {
        let high = BigInt::from((1_i64 << 53) - 1);
        Self { low: -high.clone(), high }
    }

    /// Those of 64-bit integers.
    pub fn of_words() -> Self {
        Self { low: BigInt::from(i64::MIN), high: BigInt::from(i64::MAX) }
    }

    /// Whether an integer in the value is beyond.
    fn exclude(&self, value: &Value) -> bool {
        match value {
            Value::Int(_) | Value::Big(_) => {
                value.to_bigint().is_some_and(|integer| integer < self.low || integer > self.high)
            }
            Value::List(items) => items.iter().any(|item| self.exclude(item)),
            Value::Map(entries) => entries.values().any(|item| self.exclude(item)),
            _ => false,
        }
    }
}

/// Runs a program without inputs, with integers that may end.
pub fn run(plan: &Plan, ends: Option<Ends>) -> Outcome {
    let mut walker = Walker { plan, ends, steps: 0, depth: 0 };
    match walker.routine(&plan.main, Vec::new()) {
        Ok(values) => Outcome::Values(values.iter().map(outcome::encode).collect()),
        Err(failure) => outcome::of_failure(&failure.fault.code, failure.block.as_deref()),
    }
}

/// A fault and the block at which it happened.
struct Failure {
    fault: Fault,
    block: Option<String>,
}

/// Values by port. Ids are unique, so one table serves all bodies of a routine.
type Values = HashMap<(BlockId, String), Value>;

struct Walker<'a> {
    plan: &'a Plan,
    ends: Option<Ends>,
    steps: u64,
    depth: usize,
}

impl Walker<'_> {
    fn routine(&mut self, routine: &Routine, arguments: Vec<Value>) -> Result<Vec<Value>, Failure> {
        let mut values = Values::new();
        let mut arguments = arguments.into_iter();
        for input in &routine.inputs {
            let value = arguments.next().or_else(|| input.default.clone()).unwrap_or(Value::None);
            values.insert((BlockId::input(), input.name.clone()), value);
        }
        self.body(&routine.body, &mut values)?;
        self.outlets(&routine.outputs, &values).map_err(|fault| Failure { fault, block: None })
    }

    fn body(&mut self, body: &PlannedBody, values: &mut Values) -> Result<(), Failure> {
        for step in &body.steps {
            self.step(step, values)?;
        }
        Ok(())
    }

    fn outlets(&mut self, outlets: &[Outlet], values: &Values) -> Result<Vec<Value>, Fault> {
        outlets.iter().map(|outlet| self.feed(&outlet.from, values)).collect()
    }

    fn feed(&mut self, feed: &Feed, values: &Values) -> Result<Value, Fault> {
        let value = match &feed.origin {
            Origin::Literal(value) => return self.bounded(value.clone()),
            Origin::Port(block, port) => values.get(&(block.clone(), port.clone())).cloned().unwrap_or(Value::None),
        };
        if feed.widen { widened(value, &feed.ty) } else { Ok(value) }
    }

    fn step(&mut self, step: &Step, values: &mut Values) -> Result<(), Failure> {
        self.steps += 1;
        let block = &step.block;
        let at = |fault: Fault| Failure { fault, block: Some(block.as_str().to_owned()) };
        if self.steps > 200_000 {
            return Err(at(Fault::new("fuel", "too many steps")));
        }
        let value = match &step.operation {
            Operation::Formula { formula, names } => self.formula(formula, names, values).map_err(at)?,
            Operation::Template { pieces, names } => self.template(pieces, names, values).map_err(at)?,
            Operation::Constant(value, _) => self.bounded(value.clone()).map_err(at)?,
            Operation::Builtin { builtin, signature, arguments, .. } => {
                let arguments = self.feeds(arguments, values).map_err(at)?;
                self.call_builtin(builtin, *signature, arguments).map_err(at)?
            }
            Operation::Fail { code, message } => {
                let message = self.feed(message, values).map_err(at)?;
                return Err(at(said(code, message.as_text().unwrap_or_default())));
            }
            Operation::Assert { condition, message } => {
                let holds = self.feed(condition, values).map_err(at)? == Value::Bool(true);
                let message = message.as_ref().map(|message| self.feed(message, values)).transpose().map_err(at)?;
                if holds {
                    return Ok(());
                }
                let message = message.as_ref().and_then(Value::as_text).unwrap_or("the condition does not hold");
                return Err(at(said("assertion", message)));
            }
            Operation::Effect { .. } => return Err(at(Fault::new("not_granted", "there is no world here"))),
            Operation::Note(_) => return Ok(()),
            Operation::Variable { initial, .. } => {
                let value = self.feed(initial, values).map_err(at)?;
                values.insert(variable_of(block), value);
                return Ok(());
            }
            Operation::SetVariable { variable, value } => {
                let value = self.feed(value, values).map_err(at)?;
                values.insert(variable_of(variable), value);
                return Ok(());
            }
            Operation::ChangeVariable { variable, formula, names } => {
                let now = values.get(&variable_of(variable)).cloned().unwrap_or(Value::None);
                let mut names = names.clone();
                let feed = Feed { origin: Origin::Literal(now), ty: formula.ty.clone(), widen: false, nests: false };
                names.insert(VARIABLE_NOW.to_owned(), feed);
                let value = self.formula(formula, &names, values).map_err(at)?;
                values.insert(variable_of(variable), value);
                return Ok(());
            }
            Operation::GetVariable { variable, .. } => {
                values.get(&variable_of(variable)).cloned().unwrap_or(Value::None)
            }
            container => return self.container(block, container, values),
        };
        values.insert((block.clone(), blocks::catalog::VALUE.to_owned()), value);
        Ok(())
    }

    fn feeds(&mut self, feeds: &[Feed], values: &Values) -> Result<Vec<Value>, Fault> {
        feeds.iter().map(|feed| self.feed(feed, values)).collect()
    }

    fn container(&mut self, block: &BlockId, operation: &Operation, values: &mut Values) -> Result<(), Failure> {
        let at = |fault: Fault| Failure { fault, block: Some(block.as_str().to_owned()) };
        match operation {
            Operation::Call { function, arguments } => {
                let routine = &self.plan.functions[*function];
                let arguments = self.feeds(arguments, values).map_err(at)?;
                if self.depth >= LIMITS.depth {
                    return Err(at(Fault::new("depth", "too deep")));
                }
                self.depth += 1;
                let results = self.routine(routine, arguments);
                self.depth -= 1;
                // What fails inside the library fails at the block that calls it.
                let results = results.map_err(|failure| if routine.library { at(failure.fault) } else { failure })?;
                set(values, block, &routine.outputs, results);
            }
            Operation::If { condition, then, otherwise } => {
                let holds = self.feed(condition, values).map_err(at)? == Value::Bool(true);
                self.alternative(block, if holds { then } else { otherwise }, values)?;
            }
            Operation::Try { attempt, rescue } => {
                if let Err(failure) = self.alternative(block, attempt, values) {
                    if !failure.fault.is_catchable() {
                        return Err(failure);
                    }
                    let error = [
                        ("code".to_owned(), Value::text(failure.fault.code.as_str())),
                        ("message".to_owned(), Value::text(failure.fault.message())),
                    ];
                    values.insert((block.clone(), "error".to_owned()), Value::map(error));
                    self.alternative(block, rescue, values)?;
                }
            }
            Operation::Loop { driver, carries, body } => self.repetition(block, driver, carries, body, values)?,
            Operation::Map { items, body } => {
                let items = self.feed(items, values).map_err(at)?;
                let mut made = Vec::new();
                for (index, item) in items.as_list().unwrap_or_default().iter().enumerate() {
                    give_item(values, block, index, item);
                    self.body(body, values)?;
                    made.extend(self.outlets(&body.yields, values).map_err(at)?);
                }
                values.insert((block.clone(), "items".to_owned()), Value::list(made));
            }
            Operation::Filter { items, body } => {
                let items = self.feed(items, values).map_err(at)?;
                let mut kept = Vec::new();
                for (index, item) in items.as_list().unwrap_or_default().iter().enumerate() {
                    give_item(values, block, index, item);
                    self.body(body, values)?;
                    if self.outlets(&body.yields, values).map_err(at)? == [Value::Bool(true)] {
                        kept.push(item.clone());
                    }
                }
                values.insert((block.clone(), "items".to_owned()), Value::list(kept));
            }
            Operation::Reduce { items, initial, body } => {
                let total = self.feed(initial, values).map_err(at)?;
                let items = self.feed(items, values).map_err(at)?;
                values.insert((block.clone(), "total".to_owned()), total);
                for (index, item) in items.as_list().unwrap_or_default().iter().enumerate() {
                    give_item(values, block, index, item);
                    self.alternative(block, body, values)?;
                }
                let total = values.get(&(block.clone(), "total".to_owned())).cloned().unwrap_or(Value::None);
                values.insert((block.clone(), blocks::catalog::VALUE.to_owned()), total);
            }
            Operation::SortBy { items, descending, body } => {
                let items = self.feed(items, values).map_err(at)?;
                let mut keyed = Vec::new();
                for (index, item) in items.as_list().unwrap_or_default().iter().enumerate() {
                    give_item(values, block, index, item);
                    self.body(body, values)?;
                    let key = self.outlets(&body.yields, values).map_err(at)?;
                    keyed.push((key.into_iter().next().unwrap_or(Value::None), item.clone()));
                }
                let sorted = sorted(keyed, *descending).map_err(at)?;
                values.insert((block.clone(), "items".to_owned()), sorted);
            }
            Operation::Match { value, cases, otherwise } => {
                let value = self.feed(value, values).map_err(at)?;
                let found = cases.iter().find(|(case, _)| *case == value).map_or(otherwise, |(_, body)| body);
                self.alternative(block, found, values)?;
            }
            Operation::Parallel { branches } => {
                for (_, body) in branches {
                    self.alternative(block, body, values)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn alternative(&mut self, block: &BlockId, body: &PlannedBody, values: &mut Values) -> Result<(), Failure> {
        self.body(body, values)?;
        let results = self
            .outlets(&body.yields, values)
            .map_err(|fault| Failure { fault, block: Some(block.as_str().to_owned()) })?;
        set(values, block, &body.yields, results);
        Ok(())
    }

    fn repetition(
        &mut self,
        block: &BlockId,
        driver: &Driver,
        carries: &[Outlet],
        body: &PlannedBody,
        values: &mut Values,
    ) -> Result<(), Failure> {
        let at = |fault: Fault| Failure { fault, block: Some(block.as_str().to_owned()) };
        let first = self.outlets(carries, values).map_err(at)?;
        let driven = match driver {
            Driver::Each(feed) | Driver::Times(feed) => self.feed(feed, values).map_err(at)?,
            Driver::While(_) => Value::None,
        };
        set(values, block, carries, first);
        for turn in 0.. {
            self.steps += 1;
            if self.steps > 200_000 {
                return Err(at(Fault::new("fuel", "too many steps")));
            }
            match driver {
                Driver::Each(_) => match driven.as_list().and_then(|items| items.get(turn)) {
                    Some(item) => give_item(values, block, turn, item),
                    None => break,
                },
                Driver::Times(_) if Value::Int(turn as i64).order(&driven) == Some(Ordering::Less) => {
                    values.insert((block.clone(), "turn".to_owned()), Value::Int(turn as i64));
                }
                Driver::Times(_) => break,
                Driver::While(condition) => {
                    self.body(condition, values)?;
                    if self.outlets(&condition.yields, values).map_err(at)? != [Value::Bool(true)] {
                        break;
                    }
                }
            }
            self.body(body, values)?;
            let next = self.outlets(&body.yields, values).map_err(at)?;
            set(values, block, carries, next);
        }
        Ok(())
    }

    /// The value, unless an integer in it is beyond the target's.
    fn bounded(&self, value: Value) -> Result<Value, Fault> {
        match &self.ends {
            Some(ends) if ends.exclude(&value) => Err(Fault::new("overflow", "the integer is too large")),
            _ => Ok(value),
        }
    }
}

/// A fault that the program raises itself.
fn said(code: &str, message: &str) -> Fault {
    Fault { said: true, ..Fault::new(code, message) }
}

fn give_item(values: &mut Values, block: &BlockId, index: usize, item: &Value) {
    values.insert((block.clone(), "item".to_owned()), item.clone());
    values.insert((block.clone(), "index".to_owned()), Value::Int(index as i64));
}

/// Where a variable's value is kept: under a name that no port has.
fn variable_of(block: &BlockId) -> (BlockId, String) {
    (block.clone(), " variable".to_owned())
}

fn set(values: &mut Values, block: &BlockId, outlets: &[Outlet], results: Vec<Value>) {
    for (outlet, value) in outlets.iter().zip(results) {
        values.insert((block.clone(), outlet.name.clone()), value);
    }
}

/// Widens; an integer too large for a number is an `overflow`, a number that JSON cannot say an `invalid_argument`.
fn widened(value: Value, ty: &blocks::Type) -> Result<Value, Fault> {
    conform::widen_to(value, ty).map_err(Fault::from)
}

/// Items by insertion: each goes behind those whose keys are not beyond its own.
fn sorted(keyed: Vec<(Value, Value)>, descending: bool) -> Result<Value, Fault> {
    let mut sorted: Vec<(Value, Value)> = Vec::new();
    let beyond = if descending { Ordering::Less } else { Ordering::Greater };
    for (key, item) in keyed {
        if matches!(key, Value::Number(number) if number.is_nan()) {
            return Err(Fault::new("invalid_argument", "nan has no order"));
        }
        let place = sorted.iter().position(|(have, _)| have.order(&key) == Some(beyond)).unwrap_or(sorted.len());
        sorted.insert(place, (key, item));
    }
    Ok(Value::list(sorted.into_iter().map(|(_, item)| item).collect()))
}
