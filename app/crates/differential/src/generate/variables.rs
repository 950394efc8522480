//! Random variables.

use blocks::plan::VARIABLE_NOW;
use blocks::{Block, Type, Value};

use super::{Generator, Port, Scope, Variable, types};

impl Generator {
    /// Makes a variable, or does something with one.
    pub(super) fn variable_block(&mut self, scope: &mut Scope, blocks: &mut Vec<Block>) {
        if self.variables.is_empty() || self.random.chance(25) {
            return self.variable(scope, blocks);
        }
        let variable = self.random.pick(&self.variables).clone();
        match self.random.below(if variable.settable { 5 } else { 1 }) {
            0 | 1 => {
                let mut block = self.block("get_variable");
                block.config.insert("variable".to_owned(), Value::text(variable.id));
                scope.push(Port::new(block.id.as_str(), "value", variable.ty));
                blocks.push(block);
            }
            2 => {
                let value = self.produced(scope, &variable.ty, blocks);
                let mut block = self.block("set_variable");
                block.config.insert("variable".to_owned(), Value::text(variable.id));
                block.inputs.insert("value".to_owned(), value);
                blocks.push(block);
            }
            _ => self.change(&variable, scope, blocks),
        }
    }

    fn variable(&mut self, scope: &mut Scope, blocks: &mut Vec<Block>) {
        let wanted = types::any(&mut self.random, 2);
        let initial = self.produced(scope, &wanted, blocks);
        let own = self.type_of(&initial, scope);
        let mut block = self.block("variable");
        block.inputs.insert("initial".to_owned(), initial);
        let ty = self.declared_type(&mut block, own, wanted);
        self.variables.push(Variable { id: block.id.as_str().to_owned(), ty, settable: true });
        blocks.push(block);
    }

    /// Lets a block's setting say a type, where the value's own is not known or by chance.
    pub(super) fn declared_type(&mut self, block: &mut Block, own: Type, wanted: Type) -> Type {
        if own.has_unknown() || own == Type::None || self.random.chance(50) {
            block.config.insert("type".to_owned(), Value::text(wanted.to_string()));
            wanted
        } else {
            own
        }
    }

    fn change(&mut self, variable: &Variable, scope: &mut Scope, blocks: &mut Vec<Block>) {
        scope.push(Port::new(VARIABLE_NOW, "value", variable.ty.clone()));
        let mut formula = self.formula(scope, &variable.ty, 2);
        scope.pop();
        // A literal's own type may be wider, as that of a list of records whose json fields differ.
        if !formula.ty.fits(&variable.ty) {
            formula.text = VARIABLE_NOW.to_owned();
            formula.inputs.clear();
        }
        let mut block = self.block("change_variable");
        block.config.insert("variable".to_owned(), Value::text(variable.id.as_str()));
        block.config.insert("expression".to_owned(), Value::text(formula.text));
        block.inputs = formula.inputs;
        blocks.push(block);
    }
}
