//! Containers: branches, loops and what they carry.

use blocks::plan::{Driver, Feed, Operation, Origin, Outlet, PlannedBody};
use blocks::{BlockId, Type, Value};

use super::Lowering;
use super::reads::{is_only_values, reads, reads_in};
use crate::code::{Code, Node, Statement};
use crate::dialect::Collected;

impl Lowering<'_> {
    /// Variables for what a container gives.
    fn results(&mut self, yields: &[Outlet], block: &BlockId) -> Vec<String> {
        let one = yields.len() == 1;
        let mut names = Vec::new();
        for outlet in yields {
            if let Some(name) = self.shared(block, &outlet.name) {
                self.share(block, &outlet.name, &name, &outlet.ty);
                names.push(name);
                continue;
            }
            let wish = if one { block.as_str() } else { outlet.name.as_str() };
            let name = self.declare(block, &outlet.name, wish, &outlet.ty);
            self.emit(Statement::Declare(name.clone(), outlet.ty.clone()));
            names.push(name);
        }
        names
    }

    /// A body that sets the variables of its container in the end.
    fn giving(&mut self, body: &PlannedBody, names: &[String]) -> Vec<Node> {
        self.nested(body, |lowering| {
            for (name, outlet) in names.iter().zip(&body.yields) {
                let code = lowering.feed(&outlet.from);
                lowering.assign(vec![(name.clone(), code)]);
            }
        })
    }

    /// Sets variables, all at once, as each value may read the others.
    fn assign(&mut self, pairs: Vec<(String, Code)>) {
        let changed: Vec<(String, Code)> = pairs.into_iter().filter(|(name, code)| !code.is(name)).collect();
        if !changed.is_empty() {
            let (names, codes) = changed.into_iter().unzip();
            self.emit(Statement::Assign(names, codes));
        }
    }

    pub(super) fn branch(&mut self, block: &BlockId, condition: &Feed, then: &PlannedBody, otherwise: &PlannedBody) {
        let condition = self.feed(condition);
        let names = self.results(&then.yields, block);
        let mut cases = vec![(condition, self.giving(then, &names))];
        let mut rest = self.otherwise(otherwise, &names, &mut cases);
        if let [(condition, then)] = cases.as_mut_slice()
            && then.is_empty()
            && !rest.is_empty()
        {
            *condition = self.dialect.not(condition.clone());
            std::mem::swap(then, &mut rest);
        }
        self.emit(Statement::If(cases, rest));
    }

    /// What happens otherwise; another branch that only passes its results on becomes a further case.
    fn otherwise(&mut self, body: &PlannedBody, names: &[String], cases: &mut Vec<(Code, Vec<Node>)>) -> Vec<Node> {
        let Some((block, condition, then, otherwise)) = only_branch(body) else { return self.giving(body, names) };
        let condition = self.feed(condition);
        let outer = self.block.replace(block.clone());
        let then = self.giving(then, names);
        cases.push((condition, then));
        let rest = self.otherwise(otherwise, names, cases);
        self.block = outer;
        rest
    }

    pub(super) fn rescue(&mut self, block: &BlockId, attempt: &PlannedBody, rescue: &PlannedBody) {
        let names = self.results(&attempt.yields, block);
        let attempt = self.giving(attempt, &names);
        let error = reads(rescue, block, "error").then(|| self.scope.fresh("error"));
        let port = (block.clone(), "error".to_owned());
        // A result may be called `error`, too; it is what the port means outside.
        let outside = self.types.get(&port).cloned();
        if let Some(error) = &error {
            let fields = ["code", "message"].map(|name| (name.to_owned(), Type::Text));
            self.types.insert(port.clone(), Type::Record(fields.to_vec()));
            self.inline.insert(port.clone(), self.dialect.caught(error));
        }
        let rescue = self.giving(rescue, &names);
        self.inline.remove(&port);
        outside.into_iter().for_each(|ty| drop(self.types.insert(port.clone(), ty)));
        self.emit(Statement::Try(attempt, error, rescue));
    }

    pub(super) fn matching(
        &mut self,
        block: &BlockId,
        value: &Feed,
        cases: &[(Value, PlannedBody)],
        otherwise: &PlannedBody,
    ) {
        let mut subject = self.feed(value);
        if !subject.is_simple() {
            let name = self.scope.fresh("value");
            self.emit(Statement::Let(vec![(name.clone(), value.ty.clone())], subject));
            subject = Code::atom(name);
        }
        let names = self.results(&otherwise.yields, block);
        let mut branches = Vec::new();
        for (case, body) in cases {
            let same = self.dialect.equal(subject.clone(), &value.ty, case);
            branches.push((same, self.giving(body, &names)));
        }
        let otherwise = self.giving(otherwise, &names);
        if branches.is_empty() {
            self.out.extend(otherwise);
        } else {
            self.emit(Statement::If(branches, otherwise));
        }
    }

    /// The bodies one after the other, as what they give does not depend on their order.
    pub(super) fn parallel(&mut self, block: &BlockId, branches: &[(String, PlannedBody)]) {
        for (_, body) in branches {
            self.steps(body);
            for outlet in &body.yields {
                let code = self.feed(&outlet.from);
                let name = self.declare(block, &outlet.name, &outlet.name, &outlet.ty);
                self.emit(Statement::Let(vec![(name, outlet.ty.clone())], code));
            }
        }
    }

    pub(super) fn reduce(&mut self, block: &BlockId, items: &Feed, initial: &Feed, body: &PlannedBody) {
        let item_type = items.ty.item();
        let items = self.feed(items);
        if let Some(next) = body.yields.first() {
            self.growths.add(&(block.clone(), "total".to_owned()), body, next);
        }
        let code = self.feed(initial);
        let total = self.begin(block, "total", block.as_str(), initial, code);
        let (item, index) = self.walked(block, &item_type, body);
        let body = self.turn(body, std::slice::from_ref(&total));
        self.emit(Statement::Each { index, item, items, body });
        self.types.insert((block.clone(), super::VALUE.to_owned()), initial.ty.clone());
        self.inline.insert((block.clone(), super::VALUE.to_owned()), Code::atom(total));
    }

    pub(super) fn sort_by(&mut self, block: &BlockId, items: &Feed, descending: bool, body: &PlannedBody) {
        let Some(outlet) = body.yields.first() else { return };
        let ty = items.ty.clone();
        let items = self.feed(items);
        let (item, index) = self.walked(block, &ty.item(), body);
        let sorted = if is_only_values(body, &self.growths) {
            self.steps(body);
            let element = self.feed(&outlet.from);
            let keyed = Collected { items, ty: ty.item(), item, index, element, keeps: false };
            self.dialect.sorted_by(keyed, &outlet.ty, descending)
        } else {
            let keys = self.scope.fresh("keys");
            let list = Type::list(outlet.ty.clone());
            let empty = self.dialect.literal(&Value::list(Vec::new()), &list);
            self.emit(Statement::Let(vec![(keys.clone(), list)], empty));
            let body = self.nested(body, |lowering| {
                let key = lowering.feed(&outlet.from);
                let push = lowering.dialect.push(&keys, key);
                lowering.emit(Statement::Do(push));
            });
            self.emit(Statement::Each { index, item, items: items.clone(), body });
            self.dialect.sorted_by_keys(items, Code::atom(keys), descending)
        };
        let name = self.declare(block, "items", block.as_str(), &ty);
        self.emit(Statement::Let(vec![(name, ty)], sorted));
    }

    pub(super) fn repetition(&mut self, block: &BlockId, driver: &Driver, carries: &[Outlet], body: &PlannedBody) {
        // What drives the loop was computed before the carried values began.
        let driven = match driver {
            Driver::Each(feed) | Driver::Times(feed) => Some(self.feed(feed)),
            Driver::While(_) => None,
        };
        let initial: Vec<Code> = carries.iter().map(|carry| self.feed(&carry.from)).collect();
        let mut names = Vec::new();
        for (carry, next) in carries.iter().zip(&body.yields) {
            if !self.growths.same.contains_key(&(block.clone(), carry.name.clone())) {
                self.growths.add(&(block.clone(), carry.name.clone()), body, next);
            }
        }
        for (carry, code) in carries.iter().zip(initial) {
            names.push(match self.shared(block, &carry.name) {
                Some(name) => {
                    self.share(block, &carry.name, &name, &carry.ty);
                    name
                }
                None => self.begin(block, &carry.name, &carry.name, &carry.from, code),
            });
        }
        match (driver, driven) {
            (Driver::Each(feed), Some(items)) => {
                let (item, index) = self.walked(block, &feed.ty.item(), body);
                let body = self.turn(body, &names);
                self.emit(Statement::Each { index, item, items, body });
            }
            (_, Some(times)) => {
                let read = reads(body, block, "turn");
                let turn = read.then(|| self.declare(block, "turn", "turn", &Type::Int));
                let body = self.turn(body, &names);
                self.emit(Statement::Times { turn, times, body });
            }
            (Driver::While(condition), None) => self.as_long_as(condition, body, &names),
            _ => {}
        }
    }

    /// The variable of a value that changes around a loop. A list or map that grows is the variable's own.
    fn begin(&mut self, block: &BlockId, port: &str, wish: &str, initial: &Feed, code: Code) -> String {
        let grows = self.growths.roots.contains(&(block.clone(), port.to_owned()));
        let ty = initial.ty.clone();
        let name = self.declare(block, port, wish, &ty);
        if !grows {
            self.emit(Statement::Start(name.clone(), ty, code));
            return name;
        }
        let own = match &initial.origin {
            Origin::Literal(_) => true,
            Origin::Port(from, _) => self.fresh.contains(from),
        };
        let code = if own { code } else { self.dialect.copy(code, &ty) };
        self.emit(Statement::Own(name.clone(), ty, code));
        name
    }

    fn as_long_as(&mut self, condition: &PlannedBody, body: &PlannedBody, names: &[String]) {
        if is_only_values(condition, &self.growths) {
            self.steps(condition);
            let holds = condition.yields.first().map(|outlet| self.feed(&outlet.from));
            let body = self.turn(body, names);
            self.emit(Statement::While(holds.unwrap_or_else(|| Code::atom("")), body));
            return;
        }
        let mut turn = self.nested(condition, |lowering| {
            if let Some(outlet) = condition.yields.first() {
                let holds = lowering.feed(&outlet.from);
                let over = lowering.dialect.not(holds);
                let stop = Node { block: lowering.block.clone(), statement: Statement::Break };
                lowering.emit(Statement::If(vec![(over, vec![stop])], Vec::new()));
            }
        });
        turn.extend(self.turn(body, names));
        let always = self.dialect.literal(&true.into(), &Type::Bool);
        self.emit(Statement::While(always, turn));
    }

    /// One turn of a loop: the body, and then all carried values at once.
    fn turn(&mut self, body: &PlannedBody, names: &[String]) -> Vec<Node> {
        self.nested(body, |lowering| {
            let codes: Vec<Code> = body.yields.iter().map(|outlet| lowering.feed(&outlet.from)).collect();
            lowering.assign(names.iter().cloned().zip(codes).collect());
        })
    }

    /// The variables of a walk over a list: the item, and the index where the body reads it.
    fn walked(&mut self, block: &BlockId, item: &Type, body: &PlannedBody) -> (String, Option<String>) {
        let name = self.declare(block, "item", "item", item);
        let indexed = reads(body, block, "index");
        (name, indexed.then(|| self.declare(block, "index", "index", &Type::Int)))
    }

    pub(super) fn collect(&mut self, block: &BlockId, items: &Feed, body: &PlannedBody, keeps: bool) {
        let item_type = items.ty.item();
        let Some(outlet) = body.yields.first() else { return };
        let ty = if keeps { items.ty.clone() } else { Type::list(outlet.ty.clone()) };
        let items = self.feed(items);
        let name = self.declare(block, "items", block.as_str(), &ty);
        let (item, index) = self.walked(block, &item_type, body);
        if is_only_values(body, &self.growths) {
            self.steps(body);
            let element = self.feed(&outlet.from);
            let code = self.dialect.collect(Collected { items, ty: item_type, item, index, element, keeps });
            self.emit(Statement::Let(vec![(name, ty)], code));
            return;
        }
        let empty = self.dialect.literal(&blocks::Value::list(Vec::new()), &ty);
        self.emit(Statement::Let(vec![(name.clone(), ty)], empty));
        let body = self.nested(body, |lowering| {
            let value = lowering.feed(&outlet.from);
            if keeps {
                let push = Statement::Do(lowering.dialect.push(&name, Code::atom(item.clone())));
                let push = Node { block: lowering.block.clone(), statement: push };
                lowering.emit(Statement::If(vec![(value, vec![push])], Vec::new()));
            } else {
                let push = lowering.dialect.push(&name, value);
                lowering.emit(Statement::Do(push));
            }
        });
        self.emit(Statement::Each { index, item, items, body });
    }
}

/// The one branch that a body consists of, if the body yields exactly what the branch gives, in its order.
fn only_branch(body: &PlannedBody) -> Option<(&BlockId, &Feed, &PlannedBody, &PlannedBody)> {
    let [step] = body.steps.as_slice() else { return None };
    let Operation::If { condition, then, otherwise } = &step.operation else { return None };
    let passed = |(outer, inner): (&Outlet, &Outlet)| {
        let own = |feed: &Feed| matches!(&feed.origin, Origin::Port(from, port) if *from == step.block && *port == inner.name);
        own(&outer.from) && outer.ty == inner.ty && reads_in(body, &own) == 1
    };
    let all = body.yields.len() == then.yields.len() && body.yields.iter().zip(&then.yields).all(passed);
    (all && step.title.is_empty()).then_some((&step.block, condition, then, otherwise))
}
