//! Variables: made, set, read and changed.

use super::Checker;
use super::operations::{Planned, ports};
use super::scope::{NoVariable, Ports};
use crate::catalog::VALUE;
use crate::diagnostic::Diagnostic;
use crate::document::{Block, BlockId};
use crate::formula;
use crate::plan::{Operation, VARIABLE_NOW};
use crate::types::{self, Type};

impl Checker<'_> {
    pub(super) fn variable(&mut self, block: &Block) -> Planned {
        let ty = self.type_setting(block, "initial");
        if ty.has_unknown() && block.inputs.contains_key("initial") {
            let message =
                format!("what the variable holds is not known from {ty}; set 'type', for example \"list<text>\"");
            self.report_at(Some(&block.id), "type", "unknown_type", message);
        }
        let initial = self.feed(block, "initial", &ty);
        self.scopes.declare_variable(&block.id, ty.clone());
        (initial.map(|initial| Operation::Variable { ty, initial }), Ports::default())
    }

    /// The type that the setting `type` says, or that of what comes in at a port.
    pub(super) fn type_setting(&mut self, block: &Block, port: &str) -> Type {
        if !block.config.contains_key("type") {
            return self.type_of(block, port);
        }
        types::read(block.setting("type")).unwrap_or_else(|message| {
            self.report_at(Some(&block.id), "type", "setting_type", message);
            Type::Unknown
        })
    }

    pub(super) fn set_variable(&mut self, block: &Block) -> Planned {
        let Some((variable, ty)) = self.named_variable(block, true) else {
            let ty = self.type_of(block, VALUE);
            self.feed(block, VALUE, &ty);
            return (None, Ports::default());
        };
        let value = self.feed(block, VALUE, &ty);
        (value.map(|value| Operation::SetVariable { variable, value }), Ports::default())
    }

    pub(super) fn get_variable(&mut self, block: &Block) -> Planned {
        match self.named_variable(block, false) {
            Some((variable, ty)) => {
                self.used.insert(variable.clone());
                (Some(Operation::GetVariable { variable, ty: ty.clone() }), ports([(VALUE, ty)]))
            }
            None => (None, ports([(VALUE, Type::Unknown)])),
        }
    }

    pub(super) fn change_variable(&mut self, block: &Block) -> Planned {
        let expression = match formula::parse(block.setting("expression")) {
            Ok(expression) => expression,
            Err(_) if !block.config.contains_key("expression") => return (None, Ports::default()),
            Err(error) => {
                self.formula_error(block, "expression", &error);
                return (None, Ports::default());
            }
        };
        let mut free = formula::free_names(&expression);
        free.retain(|name| name != VARIABLE_NOW);
        let variable = self.named_variable(block, true);
        let names = self.names(block, free);
        let (Some((variable, ty)), Some(names)) = (variable, names) else { return (None, Ports::default()) };
        let type_of = |name: &str| match name {
            VARIABLE_NOW => Some(ty.clone()),
            other => names.get(other).map(|feed| feed.ty.clone()),
        };
        match formula::infer_as(&expression, &type_of, &ty) {
            Ok(formula) => (Some(Operation::ChangeVariable { variable, formula, names }), Ports::default()),
            Err(error) => {
                self.formula_error(block, "expression", &error);
                (None, Ports::default())
            }
        }
    }

    /// The variable that a block's setting names, and its type.
    fn named_variable(&mut self, block: &Block, sets: bool) -> Option<(BlockId, Type)> {
        if !block.config.contains_key("variable") {
            return None;
        }
        let id = BlockId::from(block.setting("variable"));
        let (code, message) = match self.scopes.variable(&id, sets) {
            Ok(ty) => return Some((id, ty)),
            Err(NoVariable::Missing(near)) => {
                let near = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
                ("unknown_variable", format!("no variable '{id}' was made before this block{near}"))
            }
            Err(NoVariable::Shared) => (
                "shared_variable",
                format!("'{id}' is made outside of Parallel, whose bodies must not change what the others read"),
            ),
        };
        self.report(Diagnostic::error(code, message).at(&block.id).port("variable"));
        None
    }
}
