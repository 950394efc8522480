//! Containers: branches, loops and what they carry.

use blocks::plan::{Driver, Feed, Outlet, PlannedBody};
use blocks::{BlockId, Type};

use super::Statements;
use super::reads::{is_only_yielded, reads};
use crate::Target;
use crate::expression::Code;

impl Statements<'_> {
    /// Variables for what a container gives.
    pub(super) fn results(&mut self, yields: &[Outlet], block: &BlockId) -> Vec<String> {
        let names: Vec<String> = yields
            .iter()
            .map(|outlet| {
                let wish = if yields.len() == 1 { block.as_str().to_owned() } else { outlet.name.clone() };
                self.declare(block, &outlet.name, &wish, &outlet.ty)
            })
            .collect();
        if self.target == Target::JavaScript && !names.is_empty() {
            self.simple(&format!("let {}", names.join(", ")));
        }
        names
    }

    pub(super) fn assign(&mut self, names: &[String], yields: &[Outlet]) {
        for (name, outlet) in names.iter().zip(yields) {
            let code = self.feed(&outlet.from).text;
            if code != *name {
                self.simple(&format!("{name} = {code}"));
            }
        }
    }

    pub(super) fn branch(&mut self, block: &BlockId, condition: &Feed, then: &PlannedBody, otherwise: &PlannedBody) {
        let condition = self.feed(condition);
        let names = self.results(&then.yields, block);
        self.open(&format!("if {}", condition.text), &format!("if ({})", condition.text));
        let start = self.out.len();
        self.body(then);
        self.assign(&names, &then.yields);
        if !otherwise.steps.is_empty() || !otherwise.yields.is_empty() {
            self.between(start, "else", "else");
            let start = self.out.len();
            self.body(otherwise);
            self.assign(&names, &otherwise.yields);
            self.close(start);
        } else {
            self.close(start);
        }
    }

    pub(super) fn rescue(&mut self, block: &BlockId, attempt: &PlannedBody, rescue: &PlannedBody) {
        let names = self.results(&attempt.yields, block);
        let error = self.scope.fresh("error");
        self.open("try", "try");
        let start = self.out.len();
        self.body(attempt);
        self.assign(&names, &attempt.yields);
        self.between(start, &format!("except Exception as {error}"), &format!("catch ({error})"));
        let start = self.out.len();
        let record = match self.target {
            Target::Python => {
                format!("{{\"code\": type({error}).__name__, \"message\": str({error})}}")
            }
            Target::JavaScript => {
                format!("{{ \"code\": {error}.name, \"message\": {error}.message }}")
            }
        };
        self.inline.insert((block.clone(), "error".to_owned()), Code::atom(record));
        self.body(rescue);
        self.assign(&names, &rescue.yields);
        self.close(start);
    }

    pub(super) fn repetition(&mut self, block: &BlockId, driver: &Driver, carries: &[Outlet], body: &PlannedBody) {
        let initial: Vec<String> = carries.iter().map(|carry| self.feed(&carry.from).text).collect();
        let names: Vec<String> =
            carries.iter().map(|carry| self.declare(block, &carry.name, &carry.name, &carry.ty)).collect();
        for (name, code) in names.iter().zip(&initial) {
            self.assign_new(name, code, true);
        }
        match driver {
            Driver::Times(times) => {
                let times = self.feed(times).text;
                let turn = if reads(body, block, "turn") {
                    self.declare(block, "turn", "turn", &Type::Int)
                } else {
                    self.counter()
                };
                self.open(
                    &format!("for {turn} in range({times})"),
                    &format!("for (let {turn} = 0; {turn} < {times}; {turn}++)"),
                );
            }
            Driver::Each(items) => self.each(block, items, body),
            Driver::While(condition) => {
                let simple = condition.steps.iter().all(|step| is_only_yielded(&step.block, condition));
                if simple {
                    self.body(condition);
                    let holds = condition.yields.first().map(|outlet| self.feed(&outlet.from).text).unwrap_or_default();
                    self.open(&format!("while {holds}"), &format!("while ({holds})"));
                } else {
                    self.open("while True", "while (true)");
                    self.body(condition);
                    let holds = condition.yields.first().map(|outlet| self.feed(&outlet.from));
                    if let Some(holds) = holds {
                        self.open(&format!("if not {}", holds.at(5)), &format!("if (!{})", holds.at(14)));
                        self.simple("break");
                        self.close(0);
                    }
                }
            }
        }
        let start = self.out.len();
        self.body(body);
        self.carry(&names, &body.yields);
        self.close(start);
    }

    /// A variable that nobody reads.
    pub(super) fn counter(&mut self) -> String {
        if self.target == Target::Python { "_".to_owned() } else { self.scope.fresh("turn") }
    }

    /// All carried values at once, as each may read the others.
    pub(super) fn carry(&mut self, names: &[String], yields: &[Outlet]) {
        let codes: Vec<String> = yields.iter().map(|outlet| self.feed(&outlet.from).text).collect();
        let changed: Vec<(&String, &String)> = names.iter().zip(&codes).filter(|(name, code)| name != code).collect();
        match (self.target, changed.as_slice()) {
            (_, []) => {}
            (_, [(name, code)]) => {
                let line = format!("{name} = {code}");
                self.simple(&line);
            }
            (target, many) => {
                let left = many.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
                let right = many.iter().map(|(_, code)| code.as_str()).collect::<Vec<_>>().join(", ");
                let line = if target == Target::Python {
                    format!("{left} = {right}")
                } else {
                    format!("[{left}] = [{right}]")
                };
                self.simple(&line);
            }
        }
    }

    pub(super) fn each(&mut self, block: &BlockId, items: &Feed, body: &PlannedBody) {
        let item_type = items.ty.item();
        let items = self.feed(items).text;
        let indexed = reads(body, block, "index");
        let item = self.declare(block, "item", "item", &item_type);
        if indexed {
            let index = self.declare(block, "index", "index", &Type::Int);
            self.open(
                &format!("for {index}, {item} in enumerate({items})"),
                &format!("for (const [{index}, {item}] of {items}.entries())"),
            );
        } else {
            self.open(&format!("for {item} in {items}"), &format!("for (const {item} of {items})"));
        }
    }

    pub(super) fn collect(&mut self, block: &BlockId, items: &Feed, body: &PlannedBody, keeps: bool) {
        let (item_type, outlet) = (items.ty.item(), body.yields.first());
        let list_type =
            if keeps { items.ty.clone() } else { Type::list(outlet.map_or(Type::Unknown, |outlet| outlet.ty.clone())) };
        let _ = item_type;
        let list = self.declare(block, "items", block.as_str(), &list_type);
        self.assign_new(&list, "[]", false);
        self.each(block, items, body);
        let start = self.out.len();
        self.body(body);
        if let Some(outlet) = outlet {
            let value = self.feed(&outlet.from);
            let item = self.scope.get(block, "item");
            let push = |value: &str| match self.target {
                Target::Python => format!("{list}.append({value})"),
                Target::JavaScript => format!("{list}.push({value})"),
            };
            if keeps {
                let line = push(&item);
                self.open(&format!("if {}", value.text), &format!("if ({})", value.text));
                self.simple(&line);
                self.close(0);
            } else {
                let line = push(&value.text);
                self.simple(&line);
            }
        }
        self.close(start);
    }

    pub(super) fn reduce(&mut self, block: &BlockId, items: &Feed, initial: &Feed, body: &PlannedBody) {
        let code = self.feed(initial).text;
        let total = self.declare(block, "total", block.as_str(), &initial.ty);
        self.assign_new(&total, &code, true);
        self.each(block, items, body);
        let start = self.out.len();
        self.body(body);
        self.assign(std::slice::from_ref(&total), &body.yields);
        self.close(start);
        self.types.insert((block.clone(), super::VALUE.to_owned()), initial.ty.clone());
        self.inline.insert((block.clone(), super::VALUE.to_owned()), Code::atom(total));
    }

    pub(super) fn sort_by(&mut self, block: &BlockId, items: &Feed, descending: bool, body: &PlannedBody) {
        self.helpers.need("_sortedByKey");
        let keyed = self.scope.fresh("keyed");
        self.assign_new(&keyed, "[]", false);
        self.each(block, items, body);
        let start = self.out.len();
        self.body(body);
        let item = self.scope.get(block, "item");
        let key = body.yields.first().map(|outlet| self.feed(&outlet.from).text).unwrap_or_default();
        let line = match self.target {
            Target::Python => format!("{keyed}.append(({key}, {item}))"),
            Target::JavaScript => format!("{keyed}.push([{key}, {item}])"),
        };
        self.simple(&line);
        self.close(start);
        let list = self.declare(block, "items", block.as_str(), &items.ty);
        let falling = match (self.target, descending) {
            (Target::Python, true) => "True",
            (Target::Python, false) => "False",
            (Target::JavaScript, true) => "true",
            (Target::JavaScript, false) => "false",
        };
        self.assign_new(&list, &format!("_sortedByKey({keyed}, {falling})"), false);
    }

    pub(super) fn choice(
        &mut self,
        block: &BlockId,
        value: &Feed,
        cases: &[(blocks::Value, PlannedBody)],
        otherwise: &PlannedBody,
    ) {
        let code = self.feed(value);
        let subject = self.scope.fresh("value");
        self.assign_new(&subject, &code.text, false);
        let names = self.results(&otherwise.yields, block);
        let mut start = None;
        for (case, body) in cases {
            let wanted = crate::literals::write(case, &value.ty, self.target);
            let (python, javascript) = self.case_condition(&subject, &wanted, &value.ty);
            match start {
                None => self.open(&format!("if {python}"), &format!("if ({javascript})")),
                Some(start) => self.between(start, &format!("elif {python}"), &format!("else if ({javascript})")),
            }
            start = Some(self.out.len());
            self.body(body);
            self.assign(&names, &body.yields);
        }
        match start {
            None => {
                self.body(otherwise);
                self.assign(&names, &otherwise.yields);
            }
            Some(start) => {
                self.between(start, "else", "else");
                let start = self.out.len();
                self.body(otherwise);
                self.assign(&names, &otherwise.yields);
                self.close(start);
            }
        }
    }

    fn case_condition(&mut self, subject: &str, wanted: &str, ty: &Type) -> (String, String) {
        let javascript = if matches!(ty, Type::Int | Type::Number | Type::Text | Type::Bool) {
            format!("{subject} === {wanted}")
        } else {
            self.helpers.need("_equal");
            format!("_equal({subject}, {wanted})")
        };
        (format!("{subject} == {wanted}"), javascript)
    }

    pub(super) fn parallel(&mut self, block: &BlockId, branches: &[(String, PlannedBody)]) {
        for (_, body) in branches {
            self.body(body);
            for outlet in &body.yields {
                let code = self.feed(&outlet.from).text;
                let name = self.declare(block, &outlet.name, &outlet.name, &outlet.ty);
                if code != name {
                    self.assign_new(&name, &code, false);
                }
            }
        }
    }
}
