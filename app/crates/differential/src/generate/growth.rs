//! Lists and maps that loops make longer: targets change those where they stand, if nobody keeps the one before.

use blocks::document::{Body, Carry};
use blocks::formula;
use blocks::{Block, Source, Type, Value, builtins, literal};

use super::{Generator, Port, Scope, names};

/// Blocks of a body, and the value that they make.
pub(super) struct Grown {
    pub(super) blocks: Vec<Block>,
    pub(super) value: Source,
}

impl Generator {
    /// Makes a carried list or map longer, perhaps twice, perhaps only sometimes.
    pub(super) fn grown(&mut self, id: &str, carry: &Carry, scope: &Scope) -> Option<Grown> {
        let start = Source::wire(id, carry.name.as_str());
        let mut blocks = Vec::new();
        let mut value = start.clone();
        for _ in 0..1 + usize::from(self.random.chance(25)) {
            let block = self.growth(&value, &carry.ty, scope)?;
            value = Source::wire(block.id.as_str(), "value");
            blocks.push(block);
        }
        if self.random.chance(70) {
            return Some(Grown { blocks, value });
        }
        let mut choice = self.block("if");
        let conditions: Vec<&Port> = scope.iter().filter(|port| port.ty == Type::Bool).collect();
        let condition = match conditions.is_empty() {
            true => Source::Literal(Value::Bool(self.random.chance(50))),
            false => self.random.pick(&conditions).source(),
        };
        choice.inputs.insert("condition".to_owned(), condition);
        let body = |blocks, value| {
            let mut body = Body { blocks, ..Body::default() };
            body.yields.insert("grown".to_owned(), value);
            body
        };
        let (longer, same) = (body(blocks, value), body(Vec::new(), start));
        let (then, otherwise) = if self.random.chance(50) { (longer, same) } else { (same, longer) };
        choice.bodies.insert("then".to_owned(), then);
        choice.bodies.insert("else".to_owned(), otherwise);
        let value = Source::wire(choice.id.as_str(), "grown");
        Some(Grown { blocks: vec![choice], value })
    }

    /// A block that makes one list or map of another, of the same type.
    fn growth(&mut self, base: &Source, ty: &Type, scope: &Scope) -> Option<Block> {
        let item = self.source(scope, &ty.item());
        let key = literal::write(&Value::text(names::key(&mut self.random)));
        let expression = match (ty, self.random.below(4)) {
            (Type::List(_), 0) => return self.grown_by("append", &[("items", base), ("item", &item)], ty, scope),
            (Type::List(_), 1) => {
                let at = Source::Literal(Value::Int(self.random.between(-1, 1)));
                return self.grown_by("set_item", &[("items", base), ("at", &at), ("item", &item)], ty, scope);
            }
            (Type::List(_), 2) => "rows + [item]".to_owned(),
            (Type::List(_), _) => "rows + rows[1:] + [item]".to_owned(),
            (Type::Map(_), 0) => format!("put(rows, {key}, item)"),
            (Type::Map(_), _) => format!("put(rows, {key} + text(len(rows)), item)"),
            _ => return None,
        };
        let types = |name: &str| match name {
            "rows" => Some(ty.clone()),
            "item" => Some(self.type_of(&item, scope)),
            _ => None,
        };
        let typed = formula::infer(&formula::parse(&expression).ok()?, &types).ok()?;
        if typed.ty != *ty {
            return None;
        }
        let mut block = self.block("formula");
        block.config.insert("expression".to_owned(), Value::text(expression));
        block.inputs.insert("rows".to_owned(), base.clone());
        block.inputs.insert("item".to_owned(), item);
        Some(block)
    }

    fn grown_by(&mut self, function: &str, given: &[(&str, &Source)], ty: &Type, scope: &Scope) -> Option<Block> {
        let types: Vec<Type> = given.iter().map(|(_, source)| self.type_of(source, scope)).collect();
        let types = [vec![ty.clone()], types[1..].to_vec()].concat();
        let matched = builtins::find(function)?.resolve(&types).ok()?;
        if matched.result != *ty {
            return None;
        }
        let mut block = self.block(function);
        block.inputs.extend(given.iter().map(|(name, source)| ((*name).to_owned(), (*source).clone())));
        Some(block)
    }
}
