//! Calls, and bodies that run side by side.

use blocks::BlockId;
use blocks::plan::{Feed, PlannedBody};

use super::uses::Uses;
use super::{Next, RoutineCompiler};
use crate::op::{Class, Op, Register};

impl<'a> RoutineCompiler<'a, '_> {
    pub(super) fn call(&mut self, block: &BlockId, function: usize, arguments: &[Feed]) {
        let Some(routine) = self.plan.functions.get(function) else { return };
        let inputs: Vec<Class> = routine.inputs.iter().map(|input| Class::of(&input.ty)).collect();
        let outputs: Vec<Class> = routine.outputs.iter().map(|outlet| Class::of(&outlet.ty)).collect();
        let window = self.next;
        let arguments_at = self.window(window, &inputs, &outputs);
        for ((feed, class), to) in arguments.iter().zip(&inputs).zip(arguments_at) {
            self.load(feed, *class, to);
        }
        self.emit(Op::Call { routine: function as u32 + 1, plain: window.plain, values: window.values });
        let names = routine.outputs.iter().map(|outlet| outlet.name.as_str());
        self.declare_window(block, window, names, &outputs);
    }

    /// Keeps the registers from a place on for arguments, and later for outputs; gives those of the arguments.
    fn window(&mut self, window: Next, inputs: &[Class], outputs: &[Class]) -> Vec<Register> {
        let arguments = self.keep(window, inputs);
        let most = self.next;
        self.keep(window, outputs);
        self.next = Next { plain: self.next.plain.max(most.plain), values: self.next.values.max(most.values) };
        arguments
    }

    fn keep(&mut self, window: Next, classes: &[Class]) -> Vec<Register> {
        self.next = window;
        classes.iter().map(|class| self.register(*class)).collect()
    }

    fn declare_window<'n>(
        &mut self,
        block: &BlockId,
        window: Next,
        names: impl Iterator<Item = &'n str>,
        classes: &[Class],
    ) {
        let places: Vec<(Class, u32)> =
            crate::machine::places(classes, window.plain as usize, window.values as usize).collect();
        for (name, (class, register)) in names.zip(places) {
            self.declare(block, name, class, register);
        }
    }

    /// Each body becomes a routine of its own, which gets what it reads of the bodies around.
    pub(super) fn parallel(&mut self, block: &BlockId, branches: &'a [(String, PlannedBody)]) {
        let mut windows = Vec::new();
        for (index, (_, body)) in branches.iter().enumerate() {
            self.mark(block, Some(index));
            let uses = Uses::of_body(body);
            let mut captured: Vec<((BlockId, String), Class)> = self
                .places
                .iter()
                .filter(|((block, port), _)| uses.count(block, port) > 0)
                .map(|(port, place)| (port.clone(), place.class))
                .collect();
            captured.sort_by(|(a, _), (b, _)| a.cmp(b));
            let inputs: Vec<Class> = captured.iter().map(|(_, class)| *class).collect();
            let outputs: Vec<Class> = body.yields.iter().map(|outlet| Class::of(&outlet.ty)).collect();
            let window = self.next;
            let arguments = self.window(window, &inputs, &outputs);
            for (((block, port), _), to) in captured.iter().zip(arguments) {
                if let Some(place) = self.places.get(&(block.clone(), port.clone())).copied() {
                    self.arrive(place);
                    self.convert(place.class, place.register, place.class, to);
                }
            }
            self.uses.add(&uses, -1);
            let apart = RoutineCompiler::new(self.pool, self.plan, self.code.library).compile_apart(
                body,
                &captured,
                self.origin,
            );
            self.pool.apart.push(apart);
            let routine = (self.plan.functions.len() + self.pool.apart.len()) as u32;
            self.emit(Op::Fork { routine, plain: window.plain, values: window.values });
            windows.push((window, outputs));
        }
        self.emit(Op::Meet { count: branches.len() as u32 });
        for ((_, body), (window, outputs)) in branches.iter().zip(windows) {
            let names = body.yields.iter().map(|outlet| outlet.name.as_str());
            self.declare_window(block, window, names, &outputs);
        }
    }
}
