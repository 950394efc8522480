//! Branches, attempts and loops.

use blocks::plan::{Driver, Feed, Origin, Outlet, PlannedBody};
use blocks::{BlockId, Type};

use super::emitter::{Emitter, Port};
use super::layout::one_line;
use super::piece::Form;
use super::statements::{Flow, in_result, is_ambiguous};
use super::syntax::{Body, Expr, Kind};
use super::uses::Mark;

impl<'a> Emitter<'a> {
    /// A body of a container with what it yields, as one arm of a branch.
    pub(crate) fn arm(&mut self, body: &'a PlannedBody, group: usize, arm: usize) -> (Body, Flow) {
        let mut flow = Flow::Goes;
        let code = self.collect(|own| {
            own.uses.enter_arm(group, arm);
            flow = own.body(body);
            let value = if flow == Flow::Goes { own.yielded(&body.yields) } else { None };
            own.uses.leave();
            value
        });
        (code, flow)
    }

    pub(crate) fn branch(
        &mut self,
        block: &BlockId,
        condition: &Feed,
        then: &'a PlannedBody,
        otherwise: &'a PlannedBody,
    ) -> Flow {
        let piece = self.feed(condition);
        let condition = self.own(piece);
        self.uses.next_statement();
        let group = self.uses.branch();
        let (then_code, then_flow) = self.arm(then, group, 0);
        let (else_code, else_flow) = self.arm(otherwise, group, 1);
        let choice = if then_code.is_empty() && !else_code.is_empty() {
            let opposite = super::expressions::opposite(condition);
            Expr::If(Box::new(opposite), else_code, Body::default())
        } else {
            Expr::If(Box::new(condition), then_code, else_code)
        };
        if then_flow == Flow::Ends && else_flow == Flow::Ends {
            self.push(Kind::Expr(choice), Some(block));
            return Flow::Ends;
        }
        self.results(block, &then.yields, Some(choice));
        Flow::Goes
    }

    /// An attempt becomes a closure that gives a `Result`, or one call that does.
    pub(crate) fn rescue(&mut self, block: &BlockId, attempt: &'a PlannedBody, rescue: &'a PlannedBody) -> Flow {
        self.fails.push(false);
        let mut flow = Flow::Goes;
        let code = self.collect(|own| {
            flow = own.body(attempt);
            if flow == Flow::Goes { own.yielded(&attempt.yields) } else { None }
        });
        if self.fails.pop() != Some(true) {
            return self.certain(block, code, flow, &attempt.yields);
        }
        let tried = match code.only_value() {
            Some(Expr::Try(call)) if !call.may_leave() => {
                self.touched.extend(code.blocks.iter().cloned());
                (**call).clone()
            }
            _ => {
                let types: Vec<String> = attempt.yields.iter().map(|outlet| self.types.owned(&outlet.ty)).collect();
                let ty = if let [one] = types.as_slice() { one.clone() } else { format!("({})", types.join(", ")) };
                let name = self.scope.fresh("attempt");
                let closure = Expr::Closure(String::new(), Some(format!("Result<{ty}, Error>")), in_result(code));
                let pattern = if self.changes_outside(attempt) { format!("mut {name}") } else { name.clone() };
                self.push(Kind::Let(pattern, None, closure), Some(block));
                Expr::call(name, Vec::new())
            }
        };
        let group = self.uses.branch();
        let name = self.scope.fresh("error");
        let variable = self.uses.declare();
        let ty = error_type(rescue, block);
        self.ports.insert((block.clone(), "error".to_owned()), Port::Caught(name.clone(), variable, ty));
        let touched = std::mem::take(&mut self.touched);
        let (rescue_code, rescue_flow) = self.arm(rescue, group, 0);
        self.touched = touched;
        let pattern = if self.uses.is_used(variable) { format!("Err({name})") } else { "Err(_)".to_owned() };
        if attempt.yields.is_empty() {
            let kind = if rescue_code.is_empty() {
                Kind::Let("_".to_owned(), None, tried)
            } else {
                let test = Expr::Raw(format!("let {pattern} = {}", one_line(&tried)));
                Kind::Expr(Expr::If(Box::new(test), rescue_code, Body::default()))
            };
            self.push(kind, Some(block));
            return Flow::Goes;
        }
        if flow == Flow::Ends && rescue_flow == Flow::Ends {
            let never = ("Ok(_)".to_owned(), Body::of(Expr::Macro("unreachable", Vec::new())));
            self.push(Kind::Expr(Expr::Match(Box::new(tried), vec![never, (pattern, rescue_code)])), Some(block));
            return Flow::Ends;
        }
        let value = self.scope.fresh("value");
        let ok = (format!("Ok({value})"), Body::of(Expr::Raw(value)));
        let chosen = Expr::Match(Box::new(tried), vec![ok, (pattern, rescue_code)]);
        self.results(block, &attempt.yields, Some(chosen));
        Flow::Goes
    }

    /// Whether a body gives variables from outside other values.
    fn changes_outside(&self, body: &PlannedBody) -> bool {
        let (mut made, mut changed) = (Vec::new(), Vec::new());
        variables(body, &mut made, &mut changed);
        changed.into_iter().any(|variable| {
            let port = self.ports.get(&(variable.clone(), blocks::plan::VARIABLE_NOW.to_owned()));
            let used = matches!(port, Some(Port::Variable { variable, .. }) if self.uses.is_used(*variable));
            used && !made.contains(&variable)
        })
    }

    /// An attempt that cannot fail.
    fn certain(&mut self, block: &BlockId, code: Body, flow: Flow, yields: &[Outlet]) -> Flow {
        if let Some(body) = self.bodies.last_mut() {
            body.statements.extend(code.statements);
        }
        self.touched.extend(code.blocks);
        if flow == Flow::Goes {
            self.results(block, yields, code.value.map(|value| *value));
        }
        flow
    }

    pub(crate) fn repetition(
        &mut self,
        block: &BlockId,
        driver: &'a Driver,
        carries: &'a [Outlet],
        body: &'a PlannedBody,
    ) {
        let changed: Vec<bool> =
            carries.iter().zip(&body.yields).map(|(carry, next)| !is_itself(block, carry, next)).collect();
        let names = self.carried(block, carries, &changed);
        let head = match driver {
            Driver::Each(items) => Some(self.source(items, true)),
            Driver::Times(_) | Driver::While(_) => None,
        };
        let times = match driver {
            Driver::Times(feed) => {
                let piece = self.feed(feed);
                Some((self.own(piece), self.range_of_feed(feed)))
            }
            _ => None,
        };
        let mut touched = std::mem::take(&mut self.touched);
        self.uses.next_statement();
        self.uses.enter_repeated();
        let outer = self.carries_inside(block, carries, &changed);
        let kind = match driver {
            Driver::Each(items) => {
                let Some(source) = head else { return };
                let (pattern, items) = self.pattern(block, items, body, source);
                let code = self.turn(block, carries, &names, body);
                Kind::For(pattern.seen(&self.uses), items, code)
            }
            Driver::Times(_) => {
                let Some((times, range)) = times else { return };
                let wish = super::reads::alias(body, block, "turn").unwrap_or_else(|| "turn".to_owned());
                let (turn, variable) = self.declare(block, "turn", &[&wish, "turn"], &Type::Int, Form::Owned);
                let until = range.map_or(i128::from(i64::MAX), |(_, high)| high);
                self.limit(block, "turn", Some((0, (until - 1).max(0))));
                let code = self.turn(block, carries, &names, body);
                let turn = if self.uses.is_used(variable) { turn } else { "_".to_owned() };
                let start = if is_ambiguous(&times) { "0_i64" } else { "0" };
                Kind::For(turn, Expr::binary("..", Expr::raw(start), times), code)
            }
            Driver::While(condition) => {
                let (kind, blocks) = self.while_loop(block, condition, carries, &names, body);
                touched.extend(blocks);
                kind
            }
        };
        self.uses.leave();
        for (key, port) in outer {
            self.ports.insert(key, port);
        }
        self.touched = touched;
        self.push(kind, Some(block));
    }

    /// Declares carried values with what they begin with.
    fn carried(&mut self, block: &BlockId, carries: &[Outlet], changed: &[bool]) -> Vec<Option<String>> {
        let mut names = Vec::new();
        let initial: Vec<(Expr, [Mark; 2])> = carries
            .iter()
            .map(|carry| {
                let mark = self.uses.mark();
                (self.outlet(carry), [mark, self.uses.mark()])
            })
            .collect();
        for ((carry, (value, [from, until])), changes) in carries.iter().zip(initial).zip(changed) {
            let joined = format!("{block}_{}", carry.name);
            let (name, variable) = self.declare(block, &carry.name, &[&carry.name, &joined], &carry.ty, Form::Place);
            let inside = self.uses.declare();
            let used = self.uses.is_used(variable) || *changes && self.uses.is_used(inside);
            if used {
                self.bind(&name, &carry.ty, value, block, *changes);
                names.push(Some(name));
            } else {
                if value.may_leave() {
                    self.discard(&carry.ty, value, block);
                } else {
                    self.uses.drop_between(from, until);
                }
                names.push(None);
            }
        }
        names
    }

    /// Inside the loop, a carried value is new in each turn.
    fn carries_inside(
        &mut self,
        block: &BlockId,
        carries: &[Outlet],
        changed: &[bool],
    ) -> Vec<((BlockId, String), Port<'a>)> {
        let mut outer = Vec::new();
        for (carry, changes) in carries.iter().zip(changed) {
            let key = (block.clone(), carry.name.clone());
            let Some(port) = self.ports.get(&key).cloned() else { continue };
            if let (true, Port::Variable { name, variable, ty, form, range }) = (*changes, port.clone()) {
                self.uses.move_home(variable + 1);
                let inner = Port::Variable { name, variable: variable + 1, ty, form, range };
                self.ports.insert(key.clone(), inner);
            }
            outer.push((key, port));
        }
        outer
    }

    /// One turn of a loop: the body, and the carried values' next.
    fn turn(&mut self, block: &BlockId, carries: &[Outlet], names: &[Option<String>], body: &'a PlannedBody) -> Body {
        self.collect(|own| {
            if own.body(body) == Flow::Goes {
                own.carry(block, carries, names, &body.yields);
            }
            None
        })
    }

    fn carry(&mut self, block: &BlockId, carries: &[Outlet], names: &[Option<String>], yields: &[Outlet]) {
        let mut assigned: Vec<(String, Expr)> = Vec::new();
        for ((carry, name), next) in carries.iter().zip(names).zip(yields) {
            if is_itself(block, carry, next) {
                continue;
            }
            let mark = self.uses.mark();
            let piece = self.feed(&next.from);
            let piece = self.convert(piece, &carry.ty);
            let value = self.own(piece);
            match name {
                Some(name) => assigned.push((name.clone(), value)),
                None if value.may_leave() => self.discard(&carry.ty, value, block),
                None => self.uses.drop_since(mark),
            }
        }
        let free = assigned.iter().enumerate().all(|(index, (_, value))| {
            let text = one_line(value);
            assigned[..index].iter().all(|(name, _)| !mentions(&text, name))
        });
        if free {
            let touched = std::mem::take(&mut self.touched);
            for (name, value) in assigned {
                self.touched.clone_from(&touched);
                let kind = self.assignment(name, value);
                self.push(kind, Some(block));
            }
            return;
        }
        let left: Vec<String> = assigned.iter().map(|(name, _)| name.clone()).collect();
        let right = Expr::Tuple(assigned.into_iter().map(|(_, value)| value).collect());
        self.push(Kind::Assign(format!("({})", left.join(", ")), "=", right), Some(block));
    }

    /// An assignment; a list, map or text that only grows is changed where it stands.
    pub(crate) fn assignment(&mut self, name: String, value: Expr) -> Kind {
        let own = |expr: &Expr| match expr {
            Expr::Method(inner, method, _) => method == "clone" && inner.is(&name),
            expr => expr.is(&name),
        };
        match value {
            Expr::Call(callee, mut arguments) if arguments.first().is_some_and(own) => {
                let others: Vec<String> = arguments[1..].iter().map(one_line).collect();
                let method = match callee.as_str() {
                    "append" => Some("push"),
                    "put" => Some("insert"),
                    "concatenate" if !others.iter().any(|other| mentions(other, &name)) => Some("extend_from_slice"),
                    _ => None,
                };
                match method {
                    Some(method) => {
                        if method == "insert" {
                            self.needs.need("Map::insert");
                        }
                        arguments.remove(0);
                        Kind::Expr(Expr::raw(name).method(method, arguments))
                    }
                    None => Kind::Assign(name, "=", Expr::Call(callee, arguments)),
                }
            }
            Expr::Try(call) if replaces(&call, &name) => self.replacement(name, *call),
            Expr::Binary(operator @ ("+" | "-" | "*"), a, b) if a.is(&name) => {
                let operator = match operator {
                    "+" => "+=",
                    "-" => "-=",
                    _ => "*=",
                };
                Kind::Assign(name, operator, *b)
            }
            Expr::Macro("format", arguments) => grown_text(name, arguments),
            value => Kind::Assign(name, "=", value),
        }
    }

    /// One item of a list gets another value where it stands.
    fn replacement(&mut self, name: String, call: Expr) -> Kind {
        let Expr::Call(_, mut arguments) = call else { return Kind::Assign(name, "=", call) };
        let item = arguments.swap_remove(2);
        let at = arguments.swap_remove(1);
        self.needs.need("item_mut");
        let place = Expr::call("item_mut", vec![Expr::unary("&mut ", Expr::raw(name)), at]).attempt();
        Kind::Assign(one_line(&Expr::unary("*", place)), "=", item)
    }

    fn while_loop(
        &mut self,
        block: &BlockId,
        condition: &'a PlannedBody,
        carries: &[Outlet],
        names: &[Option<String>],
        body: &'a PlannedBody,
    ) -> (Kind, Vec<BlockId>) {
        self.uses.enter_repeated();
        let mut test =
            self.collect(|own| if own.body(condition) == Flow::Goes { own.yielded(&condition.yields) } else { None });
        self.uses.leave();
        let mut code = self.turn(block, carries, names, body);
        if let Some(holds) = test.only_value() {
            return (Kind::While(holds.clone(), code), test.blocks);
        }
        if let Some(holds) = test.value.take() {
            let stop = super::expressions::opposite(*holds);
            let leave = Body {
                statements: vec![super::syntax::Statement { kind: Kind::Break, blocks: Vec::new() }],
                ..Body::default()
            };
            let exit = Kind::Expr(Expr::If(Box::new(stop), leave, Body::default()));
            test.statements.push(super::syntax::Statement { kind: exit, blocks: test.blocks });
        }
        test.statements.append(&mut code.statements);
        (Kind::Loop(Body { statements: test.statements, ..Body::default() }), Vec::new())
    }
}

/// Whether a call gives a list with one item replaced, in a way that can be done where the list stands: an assignment
/// evaluates its value first.
fn replaces(call: &Expr, name: &str) -> bool {
    let Expr::Call(callee, arguments) = call else { return false };
    let [list, at, _] = arguments.as_slice() else { return false };
    let own = match list {
        Expr::Method(inner, method, _) => method == "clone" && inner.is(name),
        list => list.is(name),
    };
    callee == "set_item" && own && !at.may_leave() && !mentions(&one_line(at), name)
}

/// A text that a format begins with is only added to.
fn grown_text(name: String, mut arguments: Vec<Expr>) -> Kind {
    let Some(Expr::Raw(pattern)) = arguments.first().cloned() else {
        return Kind::Assign(name, "=", Expr::Macro("format", arguments));
    };
    let Some(rest) = pattern.strip_prefix(&format!("\"{{{name}}}")).filter(|rest| !mentions(rest, &name)) else {
        return Kind::Assign(name, "=", Expr::Macro("format", arguments));
    };
    if arguments[1..].iter().any(|argument| mentions(&one_line(argument), &name)) {
        return Kind::Assign(name, "=", Expr::Macro("format", arguments));
    }
    let pattern = format!("\"{rest}");
    let plain = !pattern.contains('{') && !pattern.contains('}');
    arguments[0] = Expr::Raw(pattern);
    let added = if plain { arguments.swap_remove(0) } else { Expr::unary("&", Expr::Macro("format", arguments)) };
    Kind::Expr(Expr::raw(name).method("push_str", vec![added]))
}

/// Whether a carried value stays what it is.
fn is_itself(block: &BlockId, carry: &Outlet, next: &Outlet) -> bool {
    matches!(&next.from.origin, Origin::Port(from, name) if from == block && *name == carry.name)
}

/// Whether code names a variable.
pub(crate) fn mentions(code: &str, name: &str) -> bool {
    let boundary = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
    code.match_indices(name)
        .any(|(at, _)| boundary(code[..at].chars().next_back()) && boundary(code[at + name.len()..].chars().next()))
}

/// The type of the error that a `catch` reads, as its readers have it.
fn error_type(rescue: &PlannedBody, block: &BlockId) -> Type {
    let mut found = None;
    super::reads::each_feed(rescue, &mut |feed, _| {
        if super::reads::is_port(feed, block, "error") && found.is_none() {
            found = Some(feed.ty.clone());
        }
    });
    match found {
        Some(ty @ Type::Record(_)) => ty,
        _ => Type::Record(vec![("code".to_owned(), Type::Text), ("message".to_owned(), Type::Text)]),
    }
}

/// The variables that a body makes, and those that it changes.
fn variables<'b>(body: &'b PlannedBody, made: &mut Vec<&'b BlockId>, changed: &mut Vec<&'b BlockId>) {
    use blocks::plan::Operation;
    for step in &body.steps {
        match &step.operation {
            Operation::Variable { .. } => made.push(&step.block),
            Operation::SetVariable { variable, .. } | Operation::ChangeVariable { variable, .. } => {
                changed.push(variable)
            }
            operation => operation.bodies().into_iter().for_each(|body| variables(body, made, changed)),
        }
    }
}
