//! Random containers that choose, fold, sort or stand side by side.

use blocks::{Block, Source, Type, Value};

use super::{Generator, Port, Scope, names, types, values};

impl Generator {
    pub(super) fn reduced(&mut self, scope: &mut Scope, depth: usize, blocks: &mut Vec<Block>) {
        let (items, item) = self.list(scope, blocks);
        let wanted = types::any(&mut self.random, 2);
        let initial = self.source(scope, &wanted);
        let own = self.type_of(&initial, scope);
        let mut block = self.block("reduce");
        let total = self.declared_type(&mut block, own, wanted);
        block.inputs.insert("items".to_owned(), items);
        block.inputs.insert("initial".to_owned(), initial);
        let (id, outside) = (block.id.as_str().to_owned(), scope.len());
        for (name, ty) in [("item", item), ("index", Type::Int), ("total", total.clone())] {
            scope.push(Port::new(&id, name, ty));
        }
        let (body, _) = self.giving(scope, depth, &[("total".to_owned(), total.clone())]);
        block.bodies.insert("body".to_owned(), body);
        scope.truncate(outside);
        scope.push(Port::new(&id, "value", total));
        blocks.push(block);
    }

    pub(super) fn sorted(&mut self, scope: &mut Scope, depth: usize, blocks: &mut Vec<Block>) {
        let key = self.random.pick(&[Type::Int, Type::Number, Type::Text, Type::Bool]).clone();
        let (mut block, _) = self.walk("sort_by", "key", &key, scope, depth, blocks);
        if self.random.chance(50) {
            block.config.insert("descending".to_owned(), Value::Bool(self.random.chance(70)));
        }
        let items = block.inputs.get("items").map_or(Type::Unknown, |items| self.type_of(items, scope));
        scope.push(Port::new(block.id.as_str(), "items", Type::list(items.item())));
        blocks.push(block);
    }

    pub(super) fn choices(&mut self, scope: &mut Scope, depth: usize, blocks: &mut Vec<Block>) {
        let wanted = types::any(&mut self.random, 2);
        let mut cases: Vec<Value> = Vec::new();
        for _ in 0..1 + self.random.below(3) {
            let case = values::of(&mut self.random, &wanted, 2);
            if !cases.contains(&case) {
                cases.push(case);
            }
        }
        let mut block = self.block("match");
        // A literal's own type may be narrower than what the cases are.
        let value = self.produced(scope, &wanted, blocks);
        let own = self.type_of(&value, scope);
        let value = if own == wanted { value } else { self.formula_block_of(&wanted, scope, blocks) };
        let own = self.type_of(&value, scope);
        cases.retain(|case| blocks::conform::conform(case.clone(), &own).is_ok());
        let wishes = self.wishes(2, 2);
        let mut bodies = Vec::new();
        for place in 0..cases.len() {
            bodies.push((format!("case_{}", place + 1), self.giving(scope, depth, &wishes)));
        }
        bodies.push(("otherwise".to_owned(), self.giving(scope, depth, &wishes)));
        block.inputs.insert("value".to_owned(), value);
        block.config.insert("cases".to_owned(), Value::list(cases));
        self.join(&mut block, bodies, &wishes, scope);
        blocks.push(block);
    }

    fn formula_block_of(&mut self, wanted: &Type, scope: &mut Scope, blocks: &mut Vec<Block>) -> Source {
        self.formula_block(scope, wanted, 1, blocks).source()
    }

    pub(super) fn parallel(&mut self, scope: &mut Scope, depth: usize, blocks: &mut Vec<Block>) {
        let mut block = self.block("parallel");
        let outside = self.variables.clone();
        for variable in &mut self.variables {
            variable.settable = false;
        }
        let mut ports: Vec<Port> = Vec::new();
        for _ in 0..1 + self.random.below(3) {
            let mut name = names::port(&mut self.random);
            while block.bodies.contains_key(&name) {
                name.push('_');
            }
            let mut wishes = self.wishes(2, 2);
            wishes.retain(|(name, _)| !ports.iter().any(|port| port.port == *name));
            let (body, given) = self.giving(scope, depth, &wishes);
            let named = wishes.iter().zip(given);
            ports.extend(named.map(|((name, _), ty)| Port::new(block.id.as_str(), name, ty)));
            block.bodies.insert(name, body);
        }
        self.variables = outside;
        scope.extend(ports);
        blocks.push(block);
    }
}
