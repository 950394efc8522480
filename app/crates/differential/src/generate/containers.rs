//! Random containers.

use blocks::conform::widen_to;
use blocks::document::{Body, Carry};
use blocks::{Block, Source, Type, Value};
use indexmap::IndexMap;

use super::{Generator, Port, Scope, names, types};

impl Generator {
    /// A body that gives what is wanted. The scope is left as it was.
    pub(super) fn giving(&mut self, scope: &mut Scope, depth: usize, wanted: &[(String, Type)]) -> (Body, Vec<Type>) {
        let (outside, variables) = (scope.len(), self.variables.len());
        let count = self.random.below(4);
        let mut body = self.body(scope, depth + 1, count);
        let mut given = Vec::new();
        for (name, ty) in wanted {
            let source = self.produced(scope, ty, &mut body.blocks);
            given.push(self.type_of(&source, scope));
            body.yields.insert(name.clone(), source);
        }
        scope.truncate(outside);
        self.variables.truncate(variables);
        (body, given)
    }

    /// Some names with types, no two alike.
    pub(super) fn wishes(&mut self, most: usize, depth: usize) -> Vec<(String, Type)> {
        let mut wishes: IndexMap<String, Type> = IndexMap::new();
        for _ in 0..1 + self.random.below(most) {
            let name = names::port(&mut self.random);
            if !matches!(name.as_str(), "item" | "index" | "turn" | "error" | "total") {
                wishes.insert(name, types::any(&mut self.random, depth));
            }
        }
        wishes.into_iter().collect()
    }

    /// Adds the results of alternatives; where they have nothing in common, all give the same literal.
    pub(super) fn join(
        &mut self,
        block: &mut Block,
        mut bodies: Vec<(String, (Body, Vec<Type>))>,
        wishes: &[(String, Type)],
        scope: &mut Scope,
    ) {
        for (place, (name, _)) in wishes.iter().enumerate() {
            let mut types = bodies.iter().map(|(_, (_, given))| given[place].clone());
            let first = types.next();
            let joined = first.and_then(|first| types.try_fold(first, |joined, next| joined.join(&next)));
            // What JSON cannot say is no literal where json is wanted.
            let joined = joined.filter(|joined| {
                bodies.iter().all(|(_, (body, _))| match body.yields.get(name) {
                    Some(Source::Literal(value)) => widen_to(value.clone(), joined).is_ok(),
                    _ => true,
                })
            });
            if joined.is_none() {
                for (_, (body, _)) in &mut bodies {
                    body.yields.insert(name.clone(), Source::Literal(Value::Int(0)));
                }
            }
            scope.push(Port::new(block.id.as_str(), name, joined.unwrap_or(Type::Int)));
        }
        block.bodies.extend(bodies.into_iter().map(|(name, (body, _))| (name, body)));
    }

    pub(super) fn branch(&mut self, scope: &mut Scope, depth: usize, blocks: &mut Vec<Block>) {
        let condition = self.produced(scope, &Type::Bool, blocks);
        let mut block = self.block("if");
        block.inputs.insert("condition".to_owned(), condition);
        let wishes = self.wishes(2, 2);
        let then = self.giving(scope, depth, &wishes);
        let otherwise = self.giving(scope, depth, &wishes);
        self.join(&mut block, vec![("then".to_owned(), then), ("else".to_owned(), otherwise)], &wishes, scope);
        blocks.push(block);
    }

    pub(super) fn attempt(&mut self, scope: &mut Scope, depth: usize, blocks: &mut Vec<Block>) {
        let mut block = self.block("try");
        let wishes = self.wishes(2, 2);
        let attempt = self.giving(scope, depth, &wishes);
        let outside = scope.len();
        let error = Type::Record(["code", "message"].iter().map(|name| ((*name).to_owned(), Type::Text)).collect());
        scope.push(Port::new(block.id.as_str(), "error", error));
        let rescue = self.giving(scope, depth, &wishes);
        scope.truncate(outside);
        self.join(&mut block, vec![("try".to_owned(), attempt), ("catch".to_owned(), rescue)], &wishes, scope);
        blocks.push(block);
    }

    /// Carries of a loop; what they begin with is read outside of it.
    fn carries(&mut self, scope: &Scope, most: usize) -> Vec<Carry> {
        let wishes = if self.random.chance(12) { Vec::new() } else { self.wishes(most, 2) };
        wishes
            .into_iter()
            .map(|(name, ty)| {
                let from = self.source(scope, &ty);
                Carry { name, ty, from }
            })
            .collect()
    }

    /// The body of a loop: reads the carried values now, and gives the next ones.
    fn turn(&mut self, block: &mut Block, ports: &[(&str, Type)], scope: &mut Scope, depth: usize) {
        let outside = scope.len();
        let id = block.id.as_str().to_owned();
        scope.extend(ports.iter().map(|(name, ty)| Port::new(&id, name, ty.clone())));
        scope.extend(block.carries.iter().map(|carry| Port::new(&id, &carry.name, carry.ty.clone())));
        let wanted: Vec<(String, Type)> =
            block.carries.iter().map(|carry| (carry.name.clone(), carry.ty.clone())).collect();
        let mut longer = Vec::new();
        for carry in &block.carries {
            if matches!(carry.ty, Type::List(_) | Type::Map(_)) && self.random.chance(45) {
                longer.extend(self.grown(&id, carry, scope).map(|grown| (carry.clone(), grown)));
            }
        }
        // What comes first can be read by the rest of the body.
        let first = self.random.chance(50);
        if first {
            scope.extend(longer.iter().filter_map(|(carry, grown)| match &grown.value {
                Source::Wire { block, port } => Some(Port::new(block.as_str(), port, carry.ty.clone())),
                Source::Literal(_) => None,
            }));
        }
        let (mut body, _) = self.giving(scope, depth, &wanted);
        for (carry, grown) in longer {
            let at = if first { 0 } else { body.blocks.len() };
            body.blocks.splice(at..at, grown.blocks);
            body.yields.insert(carry.name, grown.value);
        }
        block.bodies.insert("body".to_owned(), body);
        scope.truncate(outside);
        scope.extend(block.carries.iter().map(|carry| Port::new(&id, &carry.name, carry.ty.clone())));
    }

    /// A list, and the type of its items.
    pub(super) fn list(&mut self, scope: &mut Scope, blocks: &mut Vec<Block>) -> (Source, Type) {
        let lists: Vec<&Port> = scope.iter().filter(|port| matches!(port.ty, Type::List(_))).collect();
        if !lists.is_empty() && self.random.chance(60) {
            let port = self.random.pick(&lists);
            return (port.source(), port.ty.item());
        }
        let wanted = Type::list(types::any(&mut self.random, 2));
        let port = self.formula_block(scope, &wanted, 2, blocks);
        (port.source(), port.ty.item())
    }

    pub(super) fn each(&mut self, scope: &mut Scope, depth: usize, blocks: &mut Vec<Block>) {
        let (items, item) = self.list(scope, blocks);
        let mut block = self.block("for_each");
        block.inputs.insert("items".to_owned(), items);
        block.carries = self.carries(scope, 3);
        self.turn(&mut block, &[("item", item), ("index", Type::Int)], scope, depth);
        blocks.push(block);
    }

    pub(super) fn repeat(&mut self, scope: &mut Scope, depth: usize, blocks: &mut Vec<Block>) {
        let mut block = self.block("repeat");
        let times = Source::Literal(Value::Int(self.random.between(-1, 4)));
        block.inputs.insert("times".to_owned(), times);
        block.carries = self.carries(scope, 3);
        self.turn(&mut block, &[("turn", Type::Int)], scope, depth);
        blocks.push(block);
    }

    /// A loop that counts down, and may end before.
    pub(super) fn as_long_as(&mut self, scope: &mut Scope, depth: usize, blocks: &mut Vec<Block>) {
        let mut block = self.block("while");
        let id = block.id.as_str().to_owned();
        block.carries = self.carries(scope, 2);
        let left = Value::Int(self.random.between(0, 4));
        block.carries.push(Carry { name: "left".to_owned(), ty: Type::Int, from: Source::Literal(left) });
        let (outside, variables) = (scope.len(), self.variables.len());
        scope.extend(block.carries.iter().map(|carry| Port::new(&id, &carry.name, carry.ty.clone())));
        let count = self.random.below(2);
        let mut condition = self.body(scope, depth + 2, count);
        let further = self.formula(scope, &Type::Bool, 2);
        scope.truncate(outside);
        self.variables.truncate(variables);
        let mut holds = self.block("formula");
        let counted = if self.random.chance(50) {
            holds.inputs = further.inputs;
            format!("left_ > 0 and ({})", further.text)
        } else {
            "left_ > 0".to_owned()
        };
        holds.config.insert("expression".to_owned(), Value::text(counted));
        holds.inputs.insert("left_".to_owned(), Source::wire(id.as_str(), "left"));
        condition.yields.insert("holds".to_owned(), Source::wire(holds.id.as_str(), "value"));
        condition.blocks.push(holds);
        block.bodies.insert("condition".to_owned(), condition);
        self.turn(&mut block, &[], scope, depth);
        let mut next = self.block("formula");
        next.config.insert("expression".to_owned(), Value::text("left - 1"));
        next.inputs.insert("left".to_owned(), Source::wire(id.as_str(), "left"));
        if let Some(body) = block.bodies.get_mut("body") {
            body.yields.insert("left".to_owned(), Source::wire(next.id.as_str(), "value"));
            body.blocks.push(next);
        }
        blocks.push(block);
    }

    pub(super) fn mapped(&mut self, scope: &mut Scope, depth: usize, blocks: &mut Vec<Block>) {
        let wanted = types::any(&mut self.random, 2);
        let (block, given) = self.walk("map", "value", &wanted, scope, depth, blocks);
        scope.push(Port::new(block.id.as_str(), "items", Type::list(given)));
        blocks.push(block);
    }

    pub(super) fn filtered(&mut self, scope: &mut Scope, depth: usize, blocks: &mut Vec<Block>) {
        let (block, _) = self.walk("filter", "keep", &Type::Bool, scope, depth, blocks);
        let item = block.inputs.get("items").map_or(Type::Unknown, |items| self.type_of(items, scope).item());
        scope.push(Port::new(block.id.as_str(), "items", Type::list(item)));
        blocks.push(block);
    }

    /// A container that looks at every item and yields one thing, and the type of that.
    pub(super) fn walk(
        &mut self,
        kind: &str,
        name: &str,
        wanted: &Type,
        scope: &mut Scope,
        depth: usize,
        blocks: &mut Vec<Block>,
    ) -> (Block, Type) {
        let (items, item) = self.list(scope, blocks);
        let mut block = self.block(kind);
        block.inputs.insert("items".to_owned(), items);
        let outside = scope.len();
        scope.push(Port::new(block.id.as_str(), "item", item));
        scope.push(Port::new(block.id.as_str(), "index", Type::Int));
        let (body, given) = self.giving(scope, depth, &[(name.to_owned(), wanted.clone())]);
        block.bodies.insert("body".to_owned(), body);
        scope.truncate(outside);
        (block, given.into_iter().next().unwrap_or(Type::Unknown))
    }
}
