//! Folding a list into one value, and sorting by keys.

use blocks::catalog::VALUE;
use blocks::plan::{Feed, PlannedBody};
use blocks::{BlockId, Type};

use super::emitter::{Emitter, Port};
use super::piece::Form;
use super::reads;
use super::statements::{Flow, is_ambiguous};
use super::syntax::{Expr, Kind, Statement};
use super::types::is_copy;

impl<'a> Emitter<'a> {
    pub(crate) fn reduce(&mut self, block: &BlockId, items: &Feed, initial: &Feed, body: &'a PlannedBody) {
        let ty = body.yields.first().map_or(initial.ty.clone(), |outlet| outlet.ty.clone());
        let source = self.source(items, true);
        let piece = self.feed(initial);
        let piece = self.convert(piece, &ty);
        let first = self.own(piece);
        let touched = std::mem::take(&mut self.touched);
        self.uses.next_statement();
        let (name, variable) = self.declare(block, VALUE, &[block.as_str()], &ty, Form::Place);
        self.uses.enter_repeated();
        let inside = self.uses.declare();
        let total =
            Port::Variable { name: name.clone(), variable: inside, ty: ty.clone(), form: Form::Place, range: None };
        self.ports.insert((block.clone(), "total".to_owned()), total);
        let (pattern, walked) = self.pattern(block, items, body, source.clone());
        let (mut code, flow) = self.one_turn(body);
        self.uses.leave();
        self.touched = touched;
        let seen = pattern.seen(&self.uses);
        let total = if self.uses.is_used(inside) { name.clone() } else { "_".to_owned() };
        let is_read = self.uses.is_used(variable);
        if let Some(value) = code.only_value()
            && !value.may_leave()
        {
            let fold = Expr::closure(format!("{total}, {seen}"), value.clone());
            self.touched.extend(code.blocks);
            if is_read {
                let annotation = is_ambiguous(&first).then(|| self.types.owned(&ty));
                let folded = source.walk(&pattern).method("fold", vec![first, fold]);
                self.push(Kind::Let(name, annotation, folded), Some(block));
            }
            return;
        }
        let touched = self.touched.clone();
        self.bind(&name, &ty, first, block, flow == Flow::Goes);
        self.touched = touched;
        if let Some(value) = code.value.take().filter(|value| !value.is(&name)) {
            let kind = self.assignment(name, *value);
            code.statements.push(Statement { kind, blocks: std::mem::take(&mut code.blocks) });
        }
        self.push(Kind::For(seen, walked, code), Some(block));
    }

    pub(crate) fn sort_by(&mut self, block: &BlockId, items: &Feed, descending: bool, body: &'a PlannedBody) {
        let item = items.ty.item();
        let key = body.yields.first().map_or(Type::Int, |outlet| outlet.ty.clone());
        let piece = self.feed(items);
        let list = self.own(piece);
        let (name, variable) = self.declare(block, "items", &[block.as_str()], &items.ty, Form::Place);
        let touched = std::mem::take(&mut self.touched);
        self.uses.next_statement();
        self.uses.enter_repeated();
        let copied = is_copy(&item);
        let form = if copied { Form::Place } else { Form::Reference };
        let pattern = self.turn_variables(block, items, body, form, copied, None);
        let (mut code, _) = self.one_turn(body);
        self.uses.leave();
        self.touched = touched;
        let is_read = self.uses.is_used(variable);
        let indexed = reads::count(body, block, "index") > 0;
        if let Some(value) = code.only_value()
            && !value.may_leave()
            && key != Type::Number
            && !indexed
        {
            if !is_read {
                return;
            }
            let value = if descending { Expr::call("std::cmp::Reverse", vec![value.clone()]) } else { value.clone() };
            self.bind(&name, &items.ty, list, block, true);
            self.touched.extend(code.blocks);
            let sort = Expr::closure(pattern.seen(&self.uses), value);
            self.push(Kind::Expr(Expr::raw(name).method("sort_by_key", vec![sort])), Some(block));
            return;
        }
        self.bind(&name, &items.ty, list, block, false);
        let keyed = self.scope.fresh("keyed");
        let ty = format!("Vec<({}, {})>", self.types.owned(&key), self.types.owned(&item));
        self.push(Kind::Let(format!("mut {keyed}"), Some(ty), Expr::call("Vec::new", Vec::new())), Some(block));
        let each = pattern.named();
        if let Some(value) = code.value.take() {
            let kept =
                if copied { Expr::raw(pattern.item()) } else { Expr::raw(pattern.item()).method("clone", Vec::new()) };
            let pair = Expr::Tuple(vec![*value, kept]);
            let push = Kind::Expr(Expr::raw(&*keyed).method("push", vec![pair]));
            code.statements.push(Statement { kind: push, blocks: std::mem::take(&mut code.blocks) });
        }
        let walked = Expr::unary("&", Expr::raw(&*name));
        let walked = if indexed { super::loops::numbered(walked) } else { walked };
        self.push(Kind::For(each, walked, code), Some(block));
        let sorted = self.fallible("by_key", vec![Expr::raw(keyed), Expr::raw(descending.to_string())]);
        if is_read {
            self.bind(&name, &items.ty, sorted, block, false);
        } else {
            self.push(Kind::Expr(sorted), Some(block));
        }
    }
}
