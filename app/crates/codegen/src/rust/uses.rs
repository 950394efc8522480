//! Which use of a variable may take its value.
//!
//! A routine is written twice: the first time every use is noted with its place, the second time a use that needs the
//! value for itself takes it if nothing can ask for it afterwards, and copies it otherwise.

use std::collections::HashSet;

/// A variable, numbered in the order of declaration.
pub(crate) type Variable = usize;

/// A step on the way to a place: a loop or closure, or an arm of a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Repeated(usize),
    Arm(usize, usize),
}

#[derive(Clone, Debug)]
struct Use {
    variable: Variable,
    owned: bool,
    statement: usize,
    path: Vec<Level>,
    /// Whether the code was left out, as nothing reads what it gives.
    dropped: bool,
}

/// How far the notes had come.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark(usize, usize, usize, usize);

/// The uses of a routine's variables.
#[derive(Clone, Debug, Default)]
pub(crate) struct Uses {
    uses: Vec<Use>,
    paths: Vec<Vec<Level>>,
    path: Vec<Level>,
    statement: usize,
    groups: usize,
    /// What the first writing found: the uses that may take the value.
    movable: HashSet<usize>,
    /// And the variables that are used at all.
    used: HashSet<Variable>,
    settled: bool,
}

impl Uses {
    /// A new variable, declared here.
    pub(crate) fn declare(&mut self) -> Variable {
        self.paths.push(self.path.clone());
        self.paths.len() - 1
    }

    /// Moves the place where a variable is declared to here.
    pub(crate) fn move_home(&mut self, variable: Variable) {
        self.paths[variable].clone_from(&self.path);
    }

    /// Whether anything reads the variable; before the first writing has ended, it is assumed.
    pub(crate) fn is_used(&self, variable: Variable) -> bool {
        !self.settled || self.used.contains(&variable)
    }

    /// A use that only looks.
    pub(crate) fn look(&mut self, variable: Variable) {
        self.note(variable, false);
    }

    /// A use that needs the value for itself; whether it may take it.
    pub(crate) fn take(&mut self, variable: Variable) -> bool {
        let number = self.note(variable, true);
        self.movable.contains(&number)
    }

    fn note(&mut self, variable: Variable, owned: bool) -> usize {
        let path = self.path.clone();
        self.uses.push(Use { variable, owned, statement: self.statement, path, dropped: false });
        self.uses.len() - 1
    }

    /// Where the notes are now.
    pub(crate) fn mark(&self) -> Mark {
        Mark(self.uses.len(), self.paths.len(), self.statement, self.groups)
    }

    /// Forgets what was noted since.
    pub(crate) fn reset(&mut self, mark: Mark) {
        self.uses.truncate(mark.0);
        self.paths.truncate(mark.1);
        (self.statement, self.groups) = (mark.2, mark.3);
    }

    /// Says that the code written since is left out.
    pub(crate) fn drop_since(&mut self, mark: Mark) {
        self.uses[mark.0..].iter_mut().for_each(|own| own.dropped = true);
    }

    /// The same of the code between two marks.
    pub(crate) fn drop_between(&mut self, from: Mark, until: Mark) {
        self.uses[from.0..until.0].iter_mut().for_each(|own| own.dropped = true);
    }

    /// What follows is another statement.
    pub(crate) fn next_statement(&mut self) {
        self.statement += 1;
    }

    /// A number for a new branch.
    pub(crate) fn branch(&mut self) -> usize {
        self.groups += 1;
        self.groups
    }

    /// Enters an arm of a branch.
    pub(crate) fn enter_arm(&mut self, group: usize, arm: usize) {
        self.path.push(Level::Arm(group, arm));
    }

    /// Enters what may run many times.
    pub(crate) fn enter_repeated(&mut self) {
        let group = self.branch();
        self.path.push(Level::Repeated(group));
    }

    /// Leaves what was entered last.
    pub(crate) fn leave(&mut self) {
        self.path.pop();
    }

    /// What the first writing found, for the second.
    pub(crate) fn settle(self) -> Self {
        let movable = (0..self.uses.len()).filter(|number| self.may_take(*number)).collect();
        let used = self.uses.iter().filter(|own| !own.dropped).map(|own| own.variable).collect();
        Self { movable, used, settled: true, ..Self::default() }
    }

    fn may_take(&self, number: usize) -> bool {
        let own = &self.uses[number];
        let home = &self.paths[own.variable];
        let once = own.path.iter().skip(home.len()).all(|level| matches!(level, Level::Arm(..)));
        own.owned
            && once
            && self.uses.iter().enumerate().filter(|(other, _)| *other != number).all(|(place, other)| {
                other.variable != own.variable
                    || exclude(&own.path, &other.path)
                    || place < number && other.statement != own.statement
            })
    }
}

/// Whether two places are in different arms of one branch.
fn exclude(a: &[Level], b: &[Level]) -> bool {
    match a.iter().zip(b).find(|(a, b)| a != b) {
        Some((Level::Arm(group, _), Level::Arm(other, _))) => group == other,
        _ => false,
    }
}
