//! Walking over lists: loops, maps and filters. What is one expression becomes a chain, all else a loop.

use blocks::plan::{Feed, PlannedBody};
use blocks::{BlockId, Type};

use super::emitter::Emitter;
use super::names::singular;
use super::operators::wide;
use super::piece::Form;
use super::ranges::{LENGTH, Range};
use super::reads;
use super::statements::{Flow, is_ambiguous};
use super::syntax::{Body, Expr, Kind, Statement};
use super::types::is_copy;
use super::uses::{Uses, Variable};

/// What is walked over.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    expr: Expr,
    kind: Walk,
    range: Option<Range>,
}

/// How the items come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Walk {
    /// An iterator that gives items in this form.
    Iterator(Form),
    /// A list that is used up.
    Owned,
    /// A list in its place.
    Place,
    /// A reference to a list.
    Reference,
}

/// The variables of a turn.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    item: (String, Variable),
    index: Option<(String, Variable)>,
    by_reference: bool,
}

impl Pattern {
    /// The name of the item.
    pub(crate) fn item(&self) -> &str {
        &self.item.0
    }

    /// The pattern with the item in any case.
    pub(crate) fn named(&self) -> String {
        let item = if self.by_reference { format!("&{}", self.item.0) } else { self.item.0.clone() };
        match &self.index {
            Some((index, _)) => format!("({index}, {item})"),
            None => item,
        }
    }

    /// The pattern, with what nobody reads left out.
    pub(crate) fn seen(&self, uses: &Uses) -> String {
        let name =
            |(name, variable): &(String, Variable)| if uses.is_used(*variable) { name.clone() } else { "_".to_owned() };
        let item = match name(&self.item) {
            hole if hole == "_" => hole,
            item if self.by_reference => format!("&{item}"),
            item => item,
        };
        match &self.index {
            Some(index) => format!("({}, {item})", name(index)),
            None => item,
        }
    }
}

impl<'a> Emitter<'a> {
    /// The list of a loop; it is used up where nothing reads it afterwards.
    pub(crate) fn source(&mut self, feed: &Feed, may_take: bool) -> Source {
        let piece = self.feed(feed);
        if let Some((iterator, form)) = iterator_of(&piece.expr) {
            let piece_range = range_of_iterator(&iterator);
            return Source { expr: iterator, kind: Walk::Iterator(form), range: piece_range };
        }
        let piece = self.annotated(piece);
        let kind = match piece.form {
            Form::Owned => Walk::Owned,
            Form::Place => Walk::Place,
            Form::Slice | Form::Reference => Walk::Reference,
        };
        let takes = may_take && kind == Walk::Place && piece.whole && !is_copy(&feed.ty.item());
        let expr = match piece.variable {
            Some(variable) if takes => {
                let expr = piece.expr.clone();
                let kind = if self.uses.take(variable) { Walk::Owned } else { Walk::Place };
                return Source { expr, kind, range: None };
            }
            _ => self.receiver(piece),
        };
        // Nothing else may say of what type the integers of a list are.
        let expr = match expr {
            Expr::Array(name, mut items) if feed.ty.item() == Type::Int && !items.is_empty() => {
                items[0] = wide(items[0].clone());
                Expr::Array(name, items)
            }
            other => other,
        };
        Source { expr, kind, range: None }
    }

    /// Declares the item and the index of a turn; the pattern, and what a `for` walks over.
    pub(crate) fn pattern(
        &mut self,
        block: &BlockId,
        items: &Feed,
        body: &PlannedBody,
        source: Source,
    ) -> (Pattern, Expr) {
        let item = items.ty.item();
        let copied = is_copy(&item) && matches!(source.kind, Walk::Place | Walk::Reference);
        let form = match source.kind {
            Walk::Iterator(form) => form,
            Walk::Owned => Form::Place,
            Walk::Place | Walk::Reference if copied => Form::Place,
            Walk::Place | Walk::Reference => Form::Reference,
        };
        let pattern = self.turn_variables(block, items, body, form, copied, source.range);
        let walked = match source.kind {
            Walk::Iterator(_) | Walk::Owned | Walk::Reference => source.expr,
            Walk::Place => Expr::unary("&", source.expr),
        };
        let walked = if pattern.index.is_some() { numbered(walked) } else { walked };
        (pattern, walked)
    }

    pub(crate) fn turn_variables(
        &mut self,
        block: &BlockId,
        items: &Feed,
        body: &PlannedBody,
        form: Form,
        by_reference: bool,
        range: Option<Range>,
    ) -> Pattern {
        let item = items.ty.item();
        let wish = reads::alias(body, block, "item").unwrap_or_else(|| wish_of(items));
        let joined = format!("{block}_item");
        let item = self.declare(block, "item", &[&wish, "item", &joined], &item, form);
        self.limit(block, "item", range);
        let indexed = reads::count(body, block, "index") > 0;
        let index = indexed.then(|| {
            let wish = reads::alias(body, block, "index").unwrap_or_else(|| "index".to_owned());
            let index = self.declare(block, "index", &[&wish, "index"], &Type::Int, Form::Owned);
            self.limit(block, "index", Some(LENGTH));
            index
        });
        Pattern { item, index, by_reference }
    }

    pub(crate) fn map_items(&mut self, block: &BlockId, items: &Feed, body: &'a PlannedBody) {
        let source = self.source(items, true);
        let touched = std::mem::take(&mut self.touched);
        self.uses.next_statement();
        self.uses.enter_repeated();
        let (pattern, walked) = self.pattern(block, items, body, source.clone());
        let (mut code, flow) = self.one_turn(body);
        self.uses.leave();
        let ty = Type::list(body.yields.first().map_or(Type::Unknown, |outlet| outlet.ty.clone()));
        self.touched = touched;
        let seen = pattern.seen(&self.uses);
        if let Some(value) = code.only_value()
            && !value.may_leave()
        {
            let value = value.clone();
            self.touched.extend(code.blocks);
            let iterator = source.walk(&pattern);
            let item = if is_ambiguous(&value) { self.types.owned(&ty.item()) } else { "_".to_owned() };
            let mapped = iterator.method("map", vec![Expr::closure(seen, value)]);
            let list = mapped.method(format!("collect::<Vec<{item}>>"), Vec::new());
            self.keep_list(block, &ty, list);
            return;
        }
        let (name, _) = self.declare(block, "items", &[block.as_str()], &ty, Form::Place);
        let touched = std::mem::take(&mut self.touched);
        self.bind(&name, &ty, Expr::call("Vec::new", Vec::new()), block, flow == Flow::Goes);
        self.touched = touched;
        if let Some(value) = code.value.take() {
            let push = Expr::raw(name).method("push", vec![*value]);
            code.statements.push(Statement { kind: Kind::Expr(push), blocks: std::mem::take(&mut code.blocks) });
        }
        self.push(Kind::For(seen, walked, code), Some(block));
    }

    fn keep_list(&mut self, block: &BlockId, ty: &Type, list: Expr) {
        let (name, variable) = self.declare(block, "items", &[block.as_str()], ty, Form::Place);
        if self.uses.is_used(variable) {
            self.bind(&name, ty, list, block, false);
        } else if list.may_leave() {
            self.discard(ty, list, block);
        }
    }

    /// A turn of a loop with what its body yields.
    pub(crate) fn one_turn(&mut self, body: &'a PlannedBody) -> (Body, Flow) {
        let mut flow = Flow::Goes;
        let code = self.collect(|own| {
            flow = own.body(body);
            if flow == Flow::Goes { own.yielded(&body.yields) } else { None }
        });
        (code, flow)
    }

    pub(crate) fn filter_items(&mut self, block: &BlockId, items: &Feed, body: &'a PlannedBody) {
        let source = self.source(items, true);
        let item = items.ty.item();
        let copied = is_copy(&item);
        let touched = std::mem::take(&mut self.touched);
        self.uses.next_statement();
        self.uses.enter_repeated();
        let form = match source.kind {
            _ if copied => Form::Place,
            Walk::Iterator(Form::Slice) => Form::Slice,
            _ => Form::Reference,
        };
        let pattern = self.turn_variables(block, items, body, form, copied, source.range);
        let (mut code, flow) = self.one_turn(body);
        self.uses.leave();
        self.touched = touched;
        let seen = pattern.seen(&self.uses);
        if let Some(test) = code.only_value()
            && !test.may_leave()
            && pattern.index.is_none()
        {
            let test = test.clone();
            self.touched.extend(code.blocks);
            let list = source.filtered(&item, &pattern.item.0, &seen, test);
            self.keep_list(block, &items.ty, list);
            return;
        }
        let (name, _) = self.declare(block, "items", &[block.as_str()], &items.ty, Form::Place);
        let touched = std::mem::take(&mut self.touched);
        self.bind(&name, &items.ty, Expr::call("Vec::new", Vec::new()), block, flow == Flow::Goes);
        self.touched = touched;
        let item_name = pattern.item.0.clone();
        if let Some(keep) = code.value.take() {
            let kept = match form {
                _ if copied => Expr::raw(&*item_name),
                Form::Slice => Expr::raw(&*item_name).method("to_owned", Vec::new()),
                _ => Expr::raw(&*item_name).method("clone", Vec::new()),
            };
            let push = Kind::Expr(Expr::raw(name).method("push", vec![kept]));
            let then = Body { statements: vec![Statement { kind: push, blocks: Vec::new() }], ..Body::default() };
            let choice = Kind::Expr(Expr::If(keep, then, Body::default()));
            code.statements.push(Statement { kind: choice, blocks: std::mem::take(&mut code.blocks) });
        }
        let walked = match source.kind {
            Walk::Iterator(_) | Walk::Reference => source.expr,
            Walk::Owned | Walk::Place => Expr::unary("&", source.expr),
        };
        let by_iterator = matches!(source.kind, Walk::Iterator(_));
        // The item is pushed, so it is read in any case.
        let item = if copied && !by_iterator { format!("&{item_name}") } else { item_name };
        let (head, walked) = match &pattern.index {
            Some((index, variable)) => {
                let index = if self.uses.is_used(*variable) { index.as_str() } else { "_" };
                (format!("({index}, {item})"), numbered(walked))
            }
            None => (item, walked),
        };
        self.push(Kind::For(head, walked, code), Some(block));
    }
}

impl Source {
    /// An iterator over the items.
    fn iterator(self) -> Expr {
        match self.kind {
            Walk::Iterator(_) => self.expr,
            Walk::Owned => self.expr.method("into_iter", Vec::new()),
            Walk::Place | Walk::Reference => self.expr.method("iter", Vec::new()),
        }
    }

    /// An iterator over the items, with their positions where the pattern has them.
    pub(crate) fn walk(self, pattern: &Pattern) -> Expr {
        if pattern.index.is_none() {
            return self.iterator();
        }
        numbered(match self.kind {
            Walk::Place => Expr::unary("&", self.expr),
            _ => self.expr,
        })
    }

    /// The items for which a test holds, in a list.
    fn filtered(self, item: &Type, name: &str, seen: &str, test: Expr) -> Expr {
        let (kind, copied) = (self.kind, is_copy(item));
        let viewed = kind == Walk::Iterator(Form::Slice);
        let iterator = self.iterator();
        let iterator = match kind {
            Walk::Place | Walk::Reference if copied => iterator.method("copied", Vec::new()),
            _ => iterator,
        };
        let hole = seen.trim_start_matches('&') == "_";
        let parameter = match kind {
            _ if hole => "_".to_owned(),
            Walk::Place | Walk::Reference => format!("&{name}"),
            Walk::Iterator(_) | Walk::Owned if copied || viewed => format!("&{name}"),
            Walk::Iterator(_) | Walk::Owned => name.to_owned(),
        };
        let kept = iterator.method("filter", vec![Expr::closure(parameter, test)]);
        let kept = match kind {
            Walk::Place | Walk::Reference if !copied => kept.method("cloned", Vec::new()),
            _ if viewed => kept.method("map", vec![Expr::raw("str::to_owned")]),
            _ => kept,
        };
        kept.method("collect::<Vec<_>>", Vec::new())
    }
}

/// The items with their positions.
pub(crate) fn numbered(items: Expr) -> Expr {
    Expr::binary("..", Expr::raw("0_i64"), Expr::raw("")).method("zip", vec![items])
}

/// What a list is collected from, and the form of its items.
fn iterator_of(list: &Expr) -> Option<(Expr, Form)> {
    let Expr::Method(inner, collect, _) = list else { return None };
    match (&**inner, collect.as_str()) {
        (Expr::Binary("..", from, until), "collect::<Vec<i64>>") => {
            let from = match &**from {
                Expr::Raw(digits) if is_ambiguous(until) && digits.parse::<i64>().is_ok() => {
                    Expr::Raw(format!("{digits}_i64"))
                }
                other => other.clone(),
            };
            Some((Expr::binary("..", from, (**until).clone()), Form::Place))
        }
        (Expr::Method(parts, map, arguments), "collect::<Vec<_>>")
            if map == "map" && arguments.iter().any(|argument| argument.is("str::to_owned")) =>
        {
            Some(((**parts).clone(), Form::Slice))
        }
        (inner, "collect::<Vec<_>>") => Some((inner.clone(), Form::Place)),
        _ => None,
    }
}

fn range_of_iterator(iterator: &Expr) -> Option<Range> {
    let Expr::Binary("..", from, until) = iterator else { return None };
    let digits = |expr: &Expr| match expr {
        Expr::Raw(text) => text.trim_end_matches("_i64").parse::<i128>().ok(),
        _ => None,
    };
    let low = digits(from).unwrap_or(i128::from(i64::MIN));
    let high = digits(until).unwrap_or(i128::from(i64::MAX));
    Some((low, (high - 1).max(low)))
}

/// What an item of a list is called.
fn wish_of(items: &Feed) -> String {
    match &items.origin {
        blocks::plan::Origin::Port(block, port) => {
            let plural = if *block == BlockId::input() { port.as_str() } else { block.as_str() };
            let one = singular(plural);
            if one == plural { "item".to_owned() } else { one }
        }
        blocks::plan::Origin::Literal(_) => "item".to_owned(),
    }
}
