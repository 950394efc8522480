//! What a block gives, and wants, by the types that come in.

use blocks::builtins::Builtin;
use blocks::catalog::{self, Kind, Meaning, VALUE};
use blocks::formula::{self, Expression};
use blocks::plan::VARIABLE_NOW;
use blocks::template::{self, Piece};
use blocks::{Block, Type};

use super::Typing;
use super::trial::Trial;
use crate::ports::Inlet;
use crate::scene::Key;

/// Result ports with their types.
type Results = Vec<(String, Type)>;

impl Typing<'_> {
    /// The types of a block's results.
    ///
    /// # Errors
    /// Why what comes in does not go together. What is missing is no error.
    pub(super) fn results(&self, key: Key, block: &Block, trial: &Trial, depth: usize) -> Result<Results, String> {
        let Some(kind) = catalog::find(&block.kind) else { return Ok(Vec::new()) };
        let of = |port: &str| self.of_input(key, block, port, trial, depth);
        let value = |ty| Ok(vec![(VALUE.to_owned(), ty)]);
        let items = |ty| Ok(vec![("items".to_owned(), ty)]);
        match kind.meaning {
            Meaning::Builtin(builtin) => value(self.of_builtin(key, block, builtin, trial, depth)?),
            Meaning::Formula => value(self.of_formula(block.setting("expression"), &of)?),
            Meaning::Template => {
                self.of_template(block.setting("text"), &of)?;
                value(Type::Text)
            }
            Meaning::Constant => value(block.config.get(VALUE).map_or(Type::None, Type::of)),
            Meaning::ChangeVariable => self.change_goes(block, &of, trial, depth).map(|()| Vec::new()),
            Meaning::GetVariable => value(self.of_variable(block.setting("variable"), trial, depth)),
            Meaning::ForEach | Meaning::Repeat | Meaning::While => {
                Ok(block.carries.iter().map(|carry| (carry.name.clone(), carry.ty.clone())).collect())
            }
            Meaning::Map => {
                let yielded = self.of_yield(key, "body", VALUE, trial, depth);
                items(Type::list(yielded.unwrap_or(Type::Unknown)))
            }
            Meaning::Filter => items(Type::list(of("items").item())),
            Meaning::SortBy => {
                self.key_sorts(key, trial, depth)?;
                items(Type::list(of("items").item()))
            }
            Meaning::Reduce => value(self.of_setting(key, block, "initial", trial, depth)),
            Meaning::If | Meaning::Try | Meaning::Match => {
                self.cases_fit(block, &of)?;
                self.joined(key, trial, depth)
            }
            Meaning::Parallel => self.side_by_side(key, trial, depth),
            Meaning::Call => Ok(self.program.function(block.setting("function")).map_or_else(Vec::new, |function| {
                function.outputs.iter().map(|output| (output.name.clone(), output.ty.clone())).collect()
            })),
            _ => Ok(kind.outputs.iter().map(|port| (port.name.clone(), port.ty.clone())).collect()),
        }
    }

    fn comes_in(&self, block: &Block, port: &str, trial: &Trial) -> bool {
        let sink = Inlet::Port { block: block.id.clone(), port: port.to_owned() };
        block.inputs.contains_key(port) || trial.comes_in(&sink).is_some()
    }

    /// As the checker does: the signature with the most parameters among those whose parameters all come in.
    fn of_builtin(
        &self,
        key: Key,
        block: &Block,
        builtin: &'static Builtin,
        trial: &Trial,
        depth: usize,
    ) -> Result<Type, String> {
        let signatures = builtin.read_signatures().iter().map(|signature| &signature.parameters);
        let complete = signatures
            .filter(|parameters| parameters.iter().all(|(name, _)| self.comes_in(block, name, trial)))
            .max_by_key(|parameters| parameters.len());
        let Some(parameters) = complete else { return self.of_incomplete(key, block, builtin, trial, depth) };
        let types: Vec<Type> =
            parameters.iter().map(|(name, _)| self.of_input(key, block, name, trial, depth)).collect();
        builtin.resolve(&types).map(|matched| matched.result)
    }

    /// What is missing may be anything: unknown fits everywhere.
    fn of_incomplete(
        &self,
        key: Key,
        block: &Block,
        builtin: &'static Builtin,
        trial: &Trial,
        depth: usize,
    ) -> Result<Type, String> {
        let mut why = format!("{} has no such signature", builtin.name);
        for signature in builtin.read_signatures() {
            let types: Vec<Type> =
                signature.parameters.iter().map(|(name, _)| self.of_input(key, block, name, trial, depth)).collect();
            let known = block.inputs.keys().all(|port| signature.parameters.iter().any(|(name, _)| name == port));
            match builtin.resolve(&types) {
                Ok(_) if known => return Ok(Type::Unknown),
                Ok(_) => {}
                Err(message) => why = message,
            }
        }
        Err(why)
    }

    fn of_formula(&self, text: &str, of: &dyn Fn(&str) -> Type) -> Result<Type, String> {
        // A formula that cannot be read is a mistake of its own.
        let Ok(expression) = formula::parse(text) else { return Ok(Type::Unknown) };
        infer(&expression, of)
    }

    fn of_template(&self, text: &str, of: &dyn Fn(&str) -> Type) -> Result<(), String> {
        for piece in template::parse(text).unwrap_or_default() {
            if let Piece::Formula(expression) = piece {
                infer(&expression, of)?;
            }
        }
        Ok(())
    }

    fn change_goes(&self, block: &Block, of: &dyn Fn(&str) -> Type, trial: &Trial, depth: usize) -> Result<(), String> {
        let Ok(expression) = formula::parse(block.setting("expression")) else { return Ok(()) };
        let variable = self.of_variable(block.setting("variable"), trial, depth);
        let names = |name: &str| Some(if name == VARIABLE_NOW { variable.clone() } else { of(name) });
        formula::infer_as(&expression, &names, &variable).map(|_| ()).map_err(|error| error.to_string())
    }

    fn key_sorts(&self, key: Key, trial: &Trial, depth: usize) -> Result<(), String> {
        match self.of_yield(key, "body", "key", trial, depth) {
            None | Some(Type::Int | Type::Number | Type::Text | Type::Bool | Type::Unknown) => Ok(()),
            Some(other) => Err(format!("items are sorted by int, number, text or bool, not by {other}")),
        }
    }

    fn cases_fit(&self, block: &Block, of: &dyn Fn(&str) -> Type) -> Result<(), String> {
        let Some(cases) = block.config.get("cases").and_then(blocks::Value::as_list) else { return Ok(()) };
        if block.kind != "match" {
            return Ok(());
        }
        let ty = of(VALUE);
        for case in cases {
            let why = |message| format!("the case {case} is never equal to {ty}: {message}");
            blocks::conform::conform(case.clone(), &ty).map_err(why)?;
        }
        Ok(())
    }

    /// What several bodies yield under one name, of which one runs.
    fn joined(&self, key: Key, trial: &Trial, depth: usize) -> Result<Results, String> {
        let node = self.scene.node(key);
        let mut results: Results = Vec::new();
        for name in &node.card.results {
            let mut joined = Type::Unknown;
            for lane in &node.lanes {
                let body = &self.scene.lane(*lane).name;
                let Some(ty) = self.of_yield(key, body, name, trial, depth) else { continue };
                joined = joined.join(&ty).ok_or_else(|| format!("'{name}' is {ty} in {body} and {joined} before"))?;
            }
            results.push((name.clone(), joined));
        }
        Ok(results)
    }

    fn side_by_side(&self, key: Key, trial: &Trial, depth: usize) -> Result<Results, String> {
        let node = self.scene.node(key);
        let of = |name: &String| {
            let mut types = node.lanes.iter().map(|lane| &self.scene.lane(*lane).name);
            let ty = types.find_map(|body| self.of_yield(key, body, name, trial, depth));
            (name.clone(), ty.unwrap_or(Type::Unknown))
        };
        Ok(node.card.results.iter().map(of).collect())
    }

    /// The type that an input port wants, given what would come in.
    pub(super) fn wanted_at_port(&self, key: Key, port: &str, ty: &Type, trial: &Trial) -> Result<Type, String> {
        let Some(block) = self.scene.block(self.program, key) else { return Ok(ty.clone()) };
        let Some(kind) = catalog::find(&block.kind) else { return Ok(ty.clone()) };
        match kind.meaning {
            Meaning::Builtin(builtin) => self.wanted_by_builtin(key, block, builtin, port, trial),
            Meaning::Call => {
                let function = self.program.function(block.setting("function"));
                let input = function.and_then(|function| function.inputs.iter().find(|input| input.name == port));
                Ok(input.map_or_else(|| ty.clone(), |input| input.ty.clone()))
            }
            Meaning::SetVariable => Ok(self.of_variable(block.setting("variable"), trial, super::DEPTH)),
            Meaning::Reduce | Meaning::Variable if port == "initial" => {
                Ok(self.of_setting(key, block, port, trial, super::DEPTH))
            }
            _ => Ok(wanted_by_kind(kind, port, ty)),
        }
    }

    fn wanted_by_builtin(
        &self,
        key: Key,
        block: &Block,
        builtin: &'static Builtin,
        port: &str,
        trial: &Trial,
    ) -> Result<Type, String> {
        let mut why = format!("{} has no input '{port}'", builtin.name);
        let mut signatures: Vec<_> = builtin.read_signatures().iter().map(|signature| &signature.parameters).collect();
        // Those whose parameters all come in before others, the longest first, as the checker chooses.
        signatures.sort_by_key(|parameters| {
            let complete = parameters.iter().all(|(name, _)| self.comes_in(block, name, trial));
            (!complete, std::cmp::Reverse(parameters.len()))
        });
        for parameters in signatures {
            let Some(place) = parameters.iter().position(|(name, _)| name == port) else { continue };
            let of = |(name, _): &(String, Type)| self.of_input(key, block, name, trial, super::DEPTH);
            let types: Vec<Type> = parameters.iter().map(of).collect();
            match builtin.resolve(&types) {
                Ok(matched) => return Ok(matched.parameters[place].clone()),
                Err(message) => why = message,
            }
        }
        Err(why)
    }
}

fn infer(expression: &Expression, of: &dyn Fn(&str) -> Type) -> Result<Type, String> {
    formula::infer(expression, &|name| Some(of(name))).map(|typed| typed.ty).map_err(|error| error.to_string())
}

/// What a port of a kind wants: its parameters are what comes in.
pub(crate) fn wanted_by_kind(kind: &Kind, port: &str, ty: &Type) -> Type {
    let Some(port) = kind.inputs.iter().find(|have| have.name == port) else { return ty.clone() };
    match &port.ty {
        Type::Parameter(_) => ty.clone(),
        Type::List(item) if matches!(**item, Type::Parameter(_)) => Type::list(ty.item()),
        wanted => wanted.clone(),
    }
}
