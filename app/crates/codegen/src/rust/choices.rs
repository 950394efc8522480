//! A choice by a value, branches side by side, and variables.

use blocks::formula::Typed;
use blocks::plan::{Feed, Origin, PlannedBody, VARIABLE_NOW};
use blocks::{BlockId, Type, Value};

use super::emitter::{Emitter, Names, Port};
use super::piece::{Form, Piece};
use super::reads;
use super::statements::Flow;
use super::syntax::{Body, Expr, Kind};
use super::types::is_copy;

impl<'a> Emitter<'a> {
    pub(crate) fn choose(
        &mut self,
        block: &BlockId,
        value: &Feed,
        cases: &'a [(Value, PlannedBody)],
        otherwise: &'a PlannedBody,
    ) -> Flow {
        // What is not known of the value, the cases tell.
        let ty = if value.ty.has_unknown() {
            let known = cases.iter().map(|(case, _)| Type::of(case));
            known.fold(value.ty.clone(), |all, case| all.join(&case).unwrap_or(all))
        } else {
            value.ty.clone()
        };
        let piece = self.feed(value);
        let piece = self.convert(piece, &ty);
        let by_pattern = matches!(ty, Type::Int | Type::Text);
        let subject = if by_pattern {
            match (ty == Type::Text, piece.form) {
                (true, Form::Slice) | (false, _) => self.receiver(piece),
                (true, _) => self.receiver(piece).method("as_str", Vec::new()),
            }
        } else {
            let (expr, _) = self.operand(piece);
            match expr {
                Expr::Raw(name) => Expr::Raw(name),
                other => {
                    let name = self.scope.fresh("subject");
                    let kept = match other {
                        Expr::Unary("*", inner) => *inner,
                        other if is_copy(&ty) => other,
                        other => Expr::unary("&", other),
                    };
                    self.push(Kind::Let(name.clone(), None, kept), Some(block));
                    if is_copy(&ty) { Expr::Raw(name) } else { Expr::unary("*", Expr::Raw(name)) }
                }
            }
        };
        self.uses.next_statement();
        let group = self.uses.branch();
        let (mut arms, mut ends) = (Vec::new(), true);
        let mut seen: Vec<&Value> = Vec::new();
        for (place, (case, body)) in cases.iter().enumerate() {
            let (code, flow) = self.arm(body, group, place);
            // What 64 bits cannot hold is equal to nothing here.
            let fails = self.fails.clone();
            let piece = self.literal(case, &ty);
            let (wanted, _) = self.operand(piece);
            if seen.contains(&case) || wanted.may_leave() {
                self.fails = fails;
                continue;
            }
            seen.push(case);
            ends &= flow == Flow::Ends;
            arms.push((wanted, code));
        }
        let (last, flow) = self.arm(otherwise, group, cases.len());
        let both = ty == Type::Bool && arms.len() == 2;
        ends &= both || flow == Flow::Ends;
        let chosen = if by_pattern {
            let mut arms: Vec<(String, Body)> =
                arms.into_iter().map(|(case, code)| (super::layout::one_line(&case), code)).collect();
            if arms.is_empty() {
                Expr::Block(last)
            } else {
                arms.push(("_".to_owned(), last));
                Expr::Match(Box::new(subject), arms)
            }
        } else {
            let last = if both { arms.pop().map(|(_, code)| code).unwrap_or_default() } else { last };
            let chain = arms.into_iter().rev().fold(last, |rest, (case, code)| {
                let test = super::expressions::same(subject.clone(), case);
                Body::of(Expr::If(Box::new(test), code, rest))
            });
            match chain.only_value() {
                Some(choice) if matches!(choice, Expr::If(..)) => choice.clone(),
                _ => Expr::Block(chain),
            }
        };
        if ends {
            self.push(Kind::Expr(chosen), Some(block));
            return Flow::Ends;
        }
        self.results(block, &otherwise.yields, Some(chosen));
        Flow::Goes
    }

    pub(crate) fn parallel(&mut self, block: &BlockId, branches: &'a [(String, PlannedBody)]) -> Flow {
        for (_, body) in branches {
            if self.body(body) == Flow::Ends {
                return Flow::Ends;
            }
            for outlet in &body.yields {
                let mark = self.uses.mark();
                let value = self.outlet(outlet);
                let joined = format!("{block}_{}", outlet.name);
                let (name, variable) =
                    self.declare(block, &outlet.name, &[&outlet.name, &joined], &outlet.ty, Form::Place);
                if self.uses.is_used(variable) {
                    self.bind(&name, &outlet.ty, value, block, false);
                } else if value.may_leave() {
                    self.discard(&outlet.ty, value, block);
                } else {
                    self.uses.drop_since(mark);
                }
            }
        }
        Flow::Goes
    }

    pub(crate) fn make_variable(&mut self, block: &BlockId, ty: &Type, initial: &Feed) {
        // Block ids are unique in a program.
        let mut routines = std::iter::once(&self.plan.main).chain(&self.plan.functions);
        let changes = routines.any(|routine| reads::changes(&routine.body, block));
        let mark = self.uses.mark();
        let piece = self.feed(initial);
        let piece = self.convert(piece, ty);
        let value = self.own(piece);
        let (name, variable) = self.declare(block, VARIABLE_NOW, &[block.as_str()], ty, Form::Place);
        if self.uses.is_used(variable) {
            self.bind(&name, ty, value, block, changes);
        } else if value.may_leave() {
            self.discard(ty, value, block);
        } else {
            self.uses.drop_since(mark);
        }
    }

    pub(crate) fn set_variable(&mut self, block: &BlockId, variable: &BlockId, value: &Feed) {
        let Some(Port::Variable { name, ty, variable: own, .. }) = self.variable_port(variable) else { return };
        let mark = self.uses.mark();
        let piece = self.feed(value);
        let piece = self.convert(piece, &ty);
        let value = self.own(piece);
        if self.uses.is_used(own) {
            self.push(Kind::Assign(name, "=", value), Some(block));
        } else if value.may_leave() {
            self.discard(&ty, value, block);
        } else {
            self.uses.drop_since(mark);
        }
    }

    pub(crate) fn get_variable(&mut self, block: &BlockId, variable: &BlockId, ty: &Type) {
        let Some(Port::Variable { name, ty: own, variable: read, .. }) = self.variable_port(variable) else { return };
        let mark = self.uses.mark();
        self.uses.look(read);
        let value = if is_copy(&own) { Expr::raw(name) } else { Expr::raw(name).method("clone", Vec::new()) };
        let value = self.convert(Piece::owned(value, own), ty);
        let value = self.own(value);
        let (name, kept) = self.declare(block, blocks::catalog::VALUE, &[block.as_str()], ty, Form::Place);
        if self.uses.is_used(kept) {
            self.bind(&name, ty, value, block, false);
        } else {
            self.uses.drop_since(mark);
        }
    }

    /// The variable is taken where no failure can be caught, for it gets its new value at once.
    pub(crate) fn change_variable(&mut self, block: &BlockId, variable: &BlockId, formula: &Typed, names: &Names) {
        let Some(port @ Port::Variable { .. }) = self.variable_port(variable) else { return };
        let Port::Variable { name, ty, form, variable: own, .. } = port.clone() else { return };
        let mark = self.uses.mark();
        let now = self.uses.declare();
        if self.fails.len() > 1 {
            // A use that is no move: the old value must outlive a failure.
            self.uses.enter_repeated();
        }
        let key = (variable.clone(), VARIABLE_NOW.to_owned());
        let inside = Port::Variable { name: name.clone(), variable: now, ty: ty.clone(), form, range: None };
        self.ports.insert(key.clone(), inside);
        let mut names = names.clone();
        let origin = Origin::Port(key.0.clone(), key.1.clone());
        names.insert(VARIABLE_NOW.to_owned(), Feed { origin, ty: ty.clone(), widen: false, nests: false });
        let value = self.own_formula(formula, &names, &ty);
        if self.fails.len() > 1 {
            self.uses.leave();
        }
        self.ports.insert(key, port);
        // A change that may fail must be tried, even if nobody reads what comes of it.
        if value.may_leave() {
            self.uses.look(own);
        }
        if self.uses.is_used(own) {
            let kind = self.assignment(name, value);
            self.push(kind, Some(block));
        } else {
            self.uses.drop_since(mark);
        }
    }

    fn variable_port(&self, variable: &BlockId) -> Option<Port<'a>> {
        self.ports.get(&(variable.clone(), VARIABLE_NOW.to_owned())).cloned()
    }
}
