//! Inputs, outputs, functions, tests, carried values, bodies and cases.

use blocks::catalog::{self, Meaning};
use blocks::document::{Body, Carry, Expect, Function, Input, Output, TestCase};
use blocks::edit::{BodyAddress, EditOp, Item, List, Routine};
use blocks::value::Entries;
use blocks::{Block, Source, Type, Value};

use super::names;
use crate::editor::{Editor, Proposal};

/// The simplest value of a type.
pub(crate) fn empty(ty: &Type) -> Value {
    match ty {
        Type::Int => Value::Int(0),
        Type::Number => Value::Number(0.0),
        Type::Text => Value::text(""),
        Type::Bool => Value::Bool(false),
        Type::List(_) => Value::list(Vec::new()),
        Type::Map(_) => Value::map(Vec::<(String, Value)>::new()),
        Type::Record(fields) => Value::map(fields.iter().map(|(name, ty)| (name.clone(), empty(ty)))),
        _ => Value::None,
    }
}

impl Editor {
    /// The routine in which the selection lies.
    pub(crate) fn routine(&self) -> Routine {
        let block = self.selection.blocks.last().and_then(|id| self.scene.find(id)).map(|node| node.body);
        let body = self.selection.body.as_ref().and_then(|body| self.scene.lane_key(body));
        let lane = self.scene.root_of(block.or(body).unwrap_or(self.scene.roots()[0]));
        match self.scene.address(lane) {
            BodyAddress::Routine { routine } => routine,
            BodyAddress::Container { .. } => Routine::Main,
        }
    }

    fn inputs(&self, routine: &Routine) -> &[Input] {
        match routine {
            Routine::Main => &self.program.inputs,
            Routine::Function { name } => self.program.function(name).map_or(&[][..], |function| &function.inputs),
        }
    }

    /// One input more.
    pub(crate) fn add_input(&self, name: &str, ty: &Type) -> Result<Proposal, String> {
        let routine = self.routine();
        let have = self.inputs(&routine);
        let name = names::free(name, |name| have.iter().any(|input| input.name == name));
        let input = Input { name: name.clone(), ty: ty.clone(), default: None, about: String::new() };
        let after = have.last().map(|input| input.name.as_str());
        let op = EditOp::add(List::Inputs { routine }, after, Item::Input { input });
        Ok(Proposal::new(format!("add input {name}"), vec![op]))
    }

    /// One output more; it gives an empty value until something is connected.
    pub(crate) fn add_output(&self, name: &str, ty: &Type) -> Result<Proposal, String> {
        let routine = self.routine();
        let have = self.outputs(&routine);
        let name = names::free(name, |name| have.iter().any(|output| output.name == name));
        let from = Source::Literal(empty(ty));
        let output = Output { name: name.clone(), ty: ty.clone(), from, about: String::new() };
        let after = have.last().map(|output| output.name.as_str());
        let op = EditOp::add(List::Outputs { routine }, after, Item::Output { output });
        Ok(Proposal::new(format!("add output {name}"), vec![op]))
    }

    /// One function more, without content.
    pub(crate) fn add_function(&self, name: &str) -> Result<Proposal, String> {
        let name = self.free_function(name);
        let function = Function {
            name: name.clone(),
            about: String::new(),
            inputs: Vec::new(),
            outputs: Vec::new(),
            body: Body::default(),
            extra: Vec::new(),
        };
        let after = self.program.functions.last().map(|function| function.name.as_str());
        let op = EditOp::add(List::Functions, after, Item::Function { function: Box::new(function) });
        Ok(Proposal::new(format!("add function {name}"), vec![op]))
    }

    pub(crate) fn free_function(&self, base: &str) -> String {
        names::free(base, |name| self.program.function(name).is_some())
    }

    /// One test case more: it gives every input its default or an empty value.
    pub(crate) fn add_test(&self, name: &str) -> Result<Proposal, String> {
        let taken = |name: &str| self.program.tests.iter().any(|test| test.name == name);
        let mut names = std::iter::once(name.to_owned()).chain((2_u32..).map(|count| format!("{name} {count}")));
        let name = names.find(|name| !taken(name)).unwrap_or_default();
        let inputs = self.program.inputs.iter();
        let given: Entries = inputs
            .map(|input| (input.name.clone(), input.default.clone().unwrap_or_else(|| empty(&input.ty))))
            .collect();
        let expect = Expect::Outputs(Entries::default());
        let test = TestCase { name: name.clone(), inputs: given, answers: Vec::new(), expect, extra: Vec::new() };
        let after = self.program.tests.last().map(|test| test.name.as_str());
        let op = EditOp::add(List::Tests, after, Item::Test { test });
        Ok(Proposal::new(format!("add test {name}"), vec![op]))
    }

    /// One carried value more around the selected loop; its body yields it on unchanged.
    pub(crate) fn add_carry(&self, name: &str, ty: &Type) -> Result<Proposal, String> {
        let block = self.selected_block()?;
        let kind = catalog::find(&block.kind).filter(|kind| kind.carries);
        let kind = kind.ok_or_else(|| format!("{} carries no values", block.id))?;
        let reserved = |name: &str| matches!(name, "item" | "index" | "turn" | "holds");
        let name = names::free(name, |name| reserved(name) || block.carries.iter().any(|carry| carry.name == name));
        let carry = Carry { name: name.clone(), ty: ty.clone(), from: Source::Literal(empty(ty)) };
        let after = block.carries.last().map(|carry| carry.name.as_str());
        let list = List::Carries { block: block.id.clone() };
        let mut ops = vec![EditOp::add(list, after, Item::Carry { carry })];
        let body = BodyAddress::of(block.id.as_str(), "body");
        ops.extend(self.missing_body(&body));
        let after = block.bodies.get("body").and_then(|body| body.yields.keys().last());
        let item = Item::Yield { name: name.clone(), from: Source::wire(block.id.as_str(), name.as_str()) };
        ops.push(EditOp::add(List::Yields { body }, after.map(String::as_str), item));
        Ok(Proposal::new(format!("carry {name} around {}", kind.title), ops))
    }

    /// One body more in the selected container that names its bodies itself.
    pub(crate) fn add_body(&self, name: &str) -> Result<Proposal, String> {
        let block = self.selected_block()?;
        if block.kind == "match" {
            return self.add_case(Value::None);
        }
        if block.kind != "parallel" {
            return Err(format!("{} has the bodies that it needs", block.id));
        }
        let name = names::free(name, |name| block.bodies.contains_key(name));
        let after = block.bodies.keys().last().map(String::as_str);
        let item = Item::Body { name: name.clone(), body: Body::default() };
        let op = EditOp::add(List::Bodies { block: block.id.clone() }, after, item);
        Ok(Proposal::new(format!("add body {name}"), vec![op]))
    }

    /// One case more in the selected match, with its body.
    pub(crate) fn add_case(&self, value: Value) -> Result<Proposal, String> {
        let block = self.selected_block()?;
        if catalog::find(&block.kind).map(|kind| kind.meaning) != Some(Meaning::Match) {
            return Err(format!("{} has no cases", block.id));
        }
        let mut cases = block.config.get("cases").and_then(Value::as_list).unwrap_or_default().to_vec();
        let before = cases.len();
        cases.push(value);
        let mut ops = vec![EditOp::set_setting(block.id.as_str(), "cases", Some(Value::list(cases)))];
        let name = format!("case_{}", before + 1);
        if !block.bodies.contains_key(&name) {
            let after = (1..=before).rev().map(|case| format!("case_{case}"));
            let after = after.into_iter().find(|name| block.bodies.contains_key(name));
            let item = Item::Body { name: name.clone(), body: Body::default() };
            ops.push(EditOp::add(List::Bodies { block: block.id.clone() }, after.as_deref(), item));
        }
        Ok(Proposal::new(format!("add {name}"), ops))
    }

    fn selected_block(&self) -> Result<&Block, String> {
        let key = self.one_selected()?;
        self.scene.block(&self.program, key).ok_or_else(|| "select a block first".to_owned())
    }
}
