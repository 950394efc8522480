//! Whether a Try catches what fails at a place.

use super::places::{Place, Places};
use crate::edit::{BodyAddress, Routine};
use crate::plan::{Operation, Plan};

/// For every routine, whether a Try is around some call of it, and whether none is around some other.
pub(super) struct Guards {
    main: Guard,
    /// By the place of the function in the plan.
    functions: Vec<(String, Guard)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Guard {
    caught: bool,
    uncaught: bool,
}

impl Guards {
    pub(super) fn of(plan: &Plan, places: &Places<'_>) -> Self {
        let unknown = plan.functions.iter().map(|function| (function.name.clone(), Guard::default())).collect();
        let mut guards = Self { main: Guard { caught: false, uncaught: true }, functions: unknown };
        // A round settles at least one function, if any is left.
        while guards.calls(places) {}
        guards
    }

    /// Passes on what holds for callers; whether anything changed.
    fn calls(&mut self, places: &Places<'_>) -> bool {
        let mut changed = false;
        for place in &places.0 {
            let Operation::Call { function, .. } = place.step.operation else { continue };
            let here = self.at(places, place);
            if let Some((_, guard)) = self.functions.get_mut(function) {
                let all = Guard { caught: guard.caught || here.caught, uncaught: guard.uncaught || here.uncaught };
                changed |= all != *guard;
                *guard = all;
            }
        }
        changed
    }

    fn at(&self, places: &Places<'_>, place: &Place<'_>) -> Guard {
        let mut address = &place.address;
        let mut around = place.around;
        loop {
            match (address, around) {
                (BodyAddress::Routine { routine: Routine::Function { name } }, _) => {
                    let known = self.functions.iter().find(|(function, _)| function == name);
                    return known.map_or(Guard::default(), |(_, guard)| *guard);
                }
                (BodyAddress::Container { name, .. }, Some(container)) => {
                    let container = &places.0[container];
                    if matches!(container.step.operation, Operation::Try { .. }) && name == "try" {
                        return Guard { caught: true, uncaught: false };
                    }
                    (address, around) = (&container.address, container.around);
                }
                _ => return self.main,
            }
        }
    }

    /// Whether what fails there may end the run.
    pub(super) fn may_end_the_run(&self, places: &Places<'_>, place: &Place<'_>) -> bool {
        self.at(places, place).uncaught
    }

    /// Whether what fails there ends the run for certain.
    pub(super) fn ends_the_run(&self, places: &Places<'_>, place: &Place<'_>) -> bool {
        self.at(places, place) == Guard { caught: false, uncaught: true }
    }
}
