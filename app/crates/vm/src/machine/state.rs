//! What a run is between two steps.

use blocks::catalog::Effect;
use blocks::value::Entries;
use blocks::{BlockId, Value};
use serde::{Deserialize, Serialize, Serializer};

use crate::compile::{Code, RoutineCode};
use crate::failure::{Failure, Fault};
use crate::limits::Limits;
use crate::op::Class;

/// Everything that a run is at a point between two steps.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct State {
    /// What runs side by side, in the order in which it was started; the first is the program itself.
    pub(crate) threads: Vec<Thread>,
    pub(crate) next_thread: u32,
    /// Requests that were not handed out yet.
    pub(crate) wanted: Vec<Request>,
    /// Requests whose answers are awaited.
    pub(crate) awaited: Vec<Awaited>,
    pub(crate) next_token: u64,
    pub(crate) fuel_used: u64,
    pub(crate) limits: Limits,
    pub(crate) end: Option<End>,
    /// How often each mark was reached; empty unless the code is watched.
    pub(crate) counts: Vec<u64>,
    /// The latest value of each watched port.
    pub(crate) seen: Vec<Option<Value>>,
}

/// A chain of calls with its registers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Thread {
    pub(crate) id: u32,
    /// Who started it, and where in whose registers its arguments stand and its outputs go.
    pub(crate) starter: Option<Starter>,
    pub(crate) registers: Registers,
    pub(crate) frames: Vec<Frame>,
    pub(crate) handlers: Vec<Handler>,
    /// That it fails, as soon as what it asked for before is answered.
    pub(crate) failing: Option<Failing>,
    pub(crate) ended: Option<Result<(), Failure>>,
}

/// A failure on its way to a handler.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Failing {
    pub(crate) failure: Failure,
    /// The request that failed, or the one that would be next; handlers that came later do not catch it.
    pub(crate) token: u64,
}

/// How many registers of each file a narrow routine sees, more than it uses.
pub(crate) const WINDOW: usize = 256;

/// The registers of a thread, those of the first frame at the bottom. Each file ends with registers that no frame uses.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Registers {
    pub(crate) plain: Vec<i64>,
    #[serde(serialize_with = "without_tail")]
    pub(crate) values: Vec<Value>,
    /// Integers that do not fit the plain file, at the same places.
    pub(crate) beside: Vec<Value>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Starter {
    pub(crate) thread: u32,
    pub(crate) plain: usize,
    pub(crate) values: usize,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Frame {
    pub(crate) routine: u32,
    pub(crate) at: u32,
    pub(crate) plain: usize,
    pub(crate) values: usize,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Handler {
    /// How many frames there are while it holds.
    pub(crate) depth: usize,
    pub(crate) at: u32,
    pub(crate) error: u32,
    /// It catches failures of requests from this one on.
    pub(crate) token: u64,
}

/// Something that the program asks of the world outside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Names the request in its answer.
    pub token: u64,
    /// What is asked.
    pub effect: Effect,
    /// With what.
    pub arguments: Vec<Value>,
    /// The block that asks.
    pub block: Option<BlockId>,
}

/// A request without an answer, or whose answer is not needed yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Awaited {
    pub(crate) token: u64,
    pub(crate) thread: u32,
    pub(crate) class: Class,
    /// The register, counted from the bottom of its file.
    pub(crate) register: usize,
    /// The place of its effect in the code.
    pub(crate) effect: u16,
    pub(crate) block: Option<BlockId>,
    pub(crate) answer: Option<Answer>,
}

/// What the world outside says to a request.
pub type Answer = Result<Value, Fault>;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum End {
    Done(Entries),
    Failed(Failure),
}

/// The registers of a frame.
pub(super) struct Files<'a> {
    pub(super) plain: &'a mut [i64],
    pub(super) values: &'a mut [Value],
    pub(super) beside: &'a mut Vec<Value>,
    pub(super) plain_base: usize,
}

impl Files<'_> {
    /// What a register holds, as a value.
    pub(super) fn get(&self, class: Class, register: u32) -> Value {
        match class {
            Class::Int => self.int(register),
            Class::Number => Value::Number(self.number(register)),
            Class::Bool => Value::Bool(self.plain[register as usize] != 0),
            Class::Value => self.values[register as usize].clone(),
        }
    }

    /// Puts a value into a register; `false` if it is of another type.
    pub(super) fn put(&mut self, class: Class, register: u32, value: Value) -> bool {
        match (class, value) {
            (Class::Int, value @ (Value::Int(_) | Value::Big(_))) => self.set_int(register, value),
            (Class::Number, Value::Number(number)) => self.set_number(register, number),
            (Class::Number, Value::Int(integer)) => self.set_number(register, integer as f64),
            (Class::Bool, Value::Bool(truth)) => self.plain[register as usize] = i64::from(truth),
            (Class::Value, value) => self.values[register as usize] = value,
            _ => return false,
        }
        true
    }

    #[inline(always)]
    pub(super) fn number(&self, register: u32) -> f64 {
        f64::from_bits(self.plain[register as usize] as u64)
    }

    #[inline(always)]
    pub(super) fn set_number(&mut self, register: u32, number: f64) {
        self.plain[register as usize] = number.to_bits() as i64;
    }

    /// Takes the value of a register.
    #[inline]
    pub(super) fn take(&mut self, register: u32) -> Value {
        std::mem::replace(&mut self.values[register as usize], Value::None)
    }

    /// Takes the values of a row of registers.
    pub(super) fn take_row(&mut self, first: u32, count: u32) -> Vec<Value> {
        let row = &mut self.values[first as usize..(first + count) as usize];
        row.iter_mut().map(|value| std::mem::replace(value, Value::None)).collect()
    }
}

impl Thread {
    /// A chain of calls that is about to begin with a routine.
    pub(crate) fn new(id: u32, routine: u32, code: &RoutineCode, starter: Option<Starter>) -> Self {
        let frame = Frame { routine, at: 0, plain: 0, values: 0 };
        Self {
            id,
            starter,
            registers: Registers {
                plain: vec![0; code.plain as usize],
                values: vec![Value::None; code.values as usize],
                beside: Vec::new(),
            },
            frames: vec![frame],
            handlers: Vec::new(),
            failing: None,
            ended: None,
        }
    }
}

impl Registers {
    /// The registers of a frame.
    #[inline(always)]
    pub(super) fn files(&mut self, frame: Frame, code: &RoutineCode) -> Files<'_> {
        let width = |registers: u32| if code.is_narrow() { WINDOW } else { registers as usize };
        let (plain_end, values_end) = (frame.plain + width(code.plain), frame.values + width(code.values));
        if self.plain.len() < plain_end || self.values.len() < values_end {
            self.grow(plain_end, values_end);
        }
        Files {
            plain: &mut self.plain[frame.plain..plain_end],
            values: &mut self.values[frame.values..values_end],
            beside: &mut self.beside,
            plain_base: frame.plain,
        }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, plain: usize, values: usize) {
        self.plain.resize(plain.max(self.plain.len()), 0);
        self.values.resize(values.max(self.values.len()), Value::None);
    }

    /// All registers, for what is counted from the bottom.
    pub(super) fn bottom(&mut self) -> Files<'_> {
        Files { plain: &mut self.plain, values: &mut self.values, beside: &mut self.beside, plain_base: 0 }
    }
}

/// Leaves out the empty registers at the end, which come back when a frame needs them.
fn without_tail<S: Serializer>(values: &[Value], serializer: S) -> Result<S::Ok, S::Error> {
    let used = values.iter().rposition(|value| !matches!(value, Value::None)).map_or(0, |last| last + 1);
    values[..used].serialize(serializer)
}

/// Where each of a row of classes stands in its file, from places on.
pub(crate) fn places(classes: &[Class], plain: usize, values: usize) -> impl Iterator<Item = (Class, u32)> + '_ {
    let (mut plain, mut values) = (plain, values);
    classes.iter().map(move |class| {
        let next = if *class == Class::Value { &mut values } else { &mut plain };
        *next += 1;
        (*class, (*next - 1) as u32)
    })
}

impl State {
    pub(crate) fn thread(&mut self, id: u32) -> Option<&mut Thread> {
        self.threads.iter_mut().find(|thread| thread.id == id)
    }

    /// Gives up all threads that a thread started, and theirs.
    pub(crate) fn give_up_below(&mut self, id: u32) {
        let children: Vec<u32> = self
            .threads
            .iter()
            .filter(|thread| thread.starter.is_some_and(|starter| starter.thread == id))
            .map(|thread| thread.id)
            .collect();
        for child in children {
            self.give_up_below(child);
            self.threads.retain(|thread| thread.id != child);
            self.awaited.retain(|awaited| awaited.thread != child);
        }
    }
}

impl Code {
    pub(crate) fn origin_of(&self, frame: Frame) -> u32 {
        let origins = &self.routines[frame.routine as usize].origins;
        // A frame goes on behind the instruction it stands at.
        origins.get(frame.at.saturating_sub(1) as usize).copied().unwrap_or(u32::MAX)
    }
}
