//! Kinds that are no containers.

use indexmap::IndexMap;

use super::Checker;
use super::scope::Ports;
use crate::builtins::Builtin;
use crate::catalog::{self, Effect, Kind, Meaning, VALUE};
use crate::diagnostic::Diagnostic;
use crate::document::Block;
use crate::formula::{self, FormulaError};
use crate::plan::{Feed, Operation, Origin, PlannedPiece};
use crate::template::{self, Piece};
use crate::types::Type;
use crate::value::Value;

/// What a block does, and its output ports. The ports are known even where the operation is not, so that what reads
/// them gives no further diagnostics.
pub(super) type Planned = (Option<Operation>, Ports);

pub(super) fn ports<const N: usize>(ports: [(&str, Type); N]) -> Ports {
    ports.into_iter().map(|(name, ty)| (name.to_owned(), ty)).collect()
}

impl Checker<'_> {
    pub(super) fn operation(&mut self, block: &Block) -> Planned {
        let Some(kind) = catalog::find(&block.kind) else {
            return self.unknown_kind(block);
        };
        self.shape(block, kind);
        self.capabilities.extend(kind.capability);
        match kind.meaning {
            Meaning::Builtin(builtin) => self.builtin(block, builtin),
            Meaning::Formula => self.formula(block),
            Meaning::Template => self.template(block),
            Meaning::Constant => self.constant(block),
            Meaning::Note => (Some(Operation::Note(block.setting("text").to_owned())), Ports::default()),
            Meaning::Call => self.call(block),
            Meaning::If => self.branch(block),
            Meaning::ForEach | Meaning::Repeat | Meaning::While => self.repetition(block, kind.meaning),
            Meaning::Map => self.map(block),
            Meaning::Filter => self.filter(block),
            Meaning::Reduce => self.reduce(block),
            Meaning::SortBy => self.sort_by(block),
            Meaning::Match => self.choice(block),
            Meaning::Parallel => self.parallel(block),
            Meaning::Variable => self.variable(block),
            Meaning::SetVariable => self.set_variable(block),
            Meaning::GetVariable => self.get_variable(block),
            Meaning::ChangeVariable => self.change_variable(block),
            Meaning::Library(place) => self.library(block, place),
            Meaning::Try => self.rescue(block),
            Meaning::Fail => self.fail(block),
            Meaning::Assert => self.assert(block),
            Meaning::Effect(effect) => self.effect(block, effect, kind),
        }
    }

    fn unknown_kind(&mut self, block: &Block) -> Planned {
        let near = catalog::nearest(&block.kind).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        let message = format!("there is no kind '{}'{near}", block.kind);
        self.report(Diagnostic::error("unknown_kind", message).at(&block.id));
        (None, Ports::default())
    }

    /// Reports settings, ports, carries and bodies that the kind does not have, and settings that are missing or of
    /// another type.
    fn shape(&mut self, block: &Block, kind: &Kind) {
        for setting in &kind.settings {
            match block.config.get(setting.name) {
                None if setting.optional => {}
                None => self.report_at(
                    Some(&block.id),
                    setting.name,
                    "missing_setting",
                    format!("set '{}': {}", setting.name, setting.about),
                ),
                Some(value) if Type::of(value).fits(&setting.ty) => {}
                Some(_) => self.report_at(
                    Some(&block.id),
                    setting.name,
                    "setting_type",
                    format!("'{}' must be {}", setting.name, setting.ty),
                ),
            }
        }
        for name in block.config.keys().filter(|name| !kind.settings.iter().any(|setting| setting.name == *name)) {
            let message = if kind.inputs.iter().any(|port| port.name == *name) {
                format!("'{name}' of {} is an input, not a setting: write {name} <- …", kind.name)
            } else {
                format!("{} has no setting '{name}'", kind.name)
            };
            self.report_at(Some(&block.id), name, "unknown_setting", message);
        }
        let named =
            !matches!(kind.meaning, Meaning::Formula | Meaning::Template | Meaning::Call | Meaning::ChangeVariable);
        for name in block.inputs.keys().filter(|name| named && !kind.inputs.iter().any(|port| port.name == **name)) {
            let ports: Vec<&str> = kind.inputs.iter().map(|port| port.name.as_str()).collect();
            let known = if ports.is_empty() { "none".to_owned() } else { ports.join(", ") };
            let message = format!("{} has no input '{name}'; its inputs: {known}", kind.name);
            self.report_at(Some(&block.id), name, "unknown_port", message);
        }
        let free = matches!(kind.meaning, Meaning::Match | Meaning::Parallel);
        for name in block.bodies.keys().filter(|name| !free && !kind.bodies.iter().any(|body| body.name == *name)) {
            self.report_at(Some(&block.id), name, "unknown_body", format!("{} has no body '{name}'", kind.name));
        }
        if let (Some(carry), false) = (block.carries.first(), kind.carries) {
            self.report_at(Some(&block.id), &carry.name, "unknown_carry", format!("{} carries no values", kind.name));
        }
    }

    fn builtin(&mut self, block: &Block, builtin: &'static Builtin) -> Planned {
        // The signature with the most parameters among those whose parameters are wired.
        let names = builtin
            .read_signatures()
            .iter()
            .map(|signature| &signature.parameters)
            .filter(|parameters| parameters.iter().all(|(name, _)| block.inputs.contains_key(name)))
            .max_by_key(|parameters| parameters.len());
        let Some(names) = names else {
            let shortest = builtin.read_signatures().iter().min_by_key(|signature| signature.parameters.len());
            for (name, _) in shortest.iter().flat_map(|signature| &signature.parameters) {
                self.feed(block, name, &Type::Unknown);
            }
            return (None, ports([(VALUE, Type::Unknown)]));
        };
        let types: Vec<Type> = names.iter().map(|(name, _)| self.type_of(block, name)).collect();
        match builtin.resolve(&types) {
            Ok(matched) => {
                let arguments = names
                    .iter()
                    .zip(&matched.parameters)
                    .filter_map(|((name, _), wanted)| self.feed(block, name, wanted))
                    .collect();
                let ty = matched.result;
                let operation = Operation::Builtin { builtin, signature: matched.signature, arguments, ty: ty.clone() };
                (Some(operation), ports([(VALUE, ty)]))
            }
            Err(message) => {
                self.report(Diagnostic::error("type_mismatch", message).at(&block.id));
                (None, ports([(VALUE, Type::Unknown)]))
            }
        }
    }

    fn formula(&mut self, block: &Block) -> Planned {
        let unknown = (None, ports([(VALUE, Type::Unknown)]));
        let expression = match formula::parse(block.setting("expression")) {
            Ok(expression) => expression,
            Err(_) if !block.config.contains_key("expression") => return unknown,
            Err(error) => {
                self.formula_error(block, "expression", &error);
                return unknown;
            }
        };
        let Some(names) = self.names(block, formula::free_names(&expression)) else { return unknown };
        match formula::infer(&expression, &|name| names.get(name).map(|feed| feed.ty.clone())) {
            Ok(typed) => {
                let ty = typed.ty.clone();
                (Some(Operation::Formula { formula: typed, names }), ports([(VALUE, ty)]))
            }
            Err(error) => {
                self.formula_error(block, "expression", &error);
                unknown
            }
        }
    }

    fn template(&mut self, block: &Block) -> Planned {
        let text = ports([(VALUE, Type::Text)]);
        let pieces = match template::parse(block.setting("text")) {
            Ok(pieces) => pieces,
            Err(error) => {
                self.formula_error(block, "text", &error);
                return (None, text);
            }
        };
        let mut free: Vec<String> = Vec::new();
        for piece in &pieces {
            if let Piece::Formula(expression) = piece {
                free.extend(formula::free_names(expression));
            }
        }
        free.sort();
        free.dedup();
        let Some(names) = self.names(block, free) else { return (None, text) };
        let mut planned = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => planned.push(PlannedPiece::Text(text)),
                Piece::Formula(expression) => {
                    match formula::infer(&expression, &|name| names.get(name).map(|feed| feed.ty.clone())) {
                        Ok(typed) => planned.push(PlannedPiece::Formula(typed)),
                        Err(error) => {
                            self.formula_error(block, "text", &error);
                            return (None, text);
                        }
                    }
                }
            }
        }
        (Some(Operation::Template { pieces: planned, names }), text)
    }

    /// The feeds of a formula's free names. A port without a name is reported, and so is a name without a port.
    pub(super) fn names(&mut self, block: &Block, free: Vec<String>) -> Option<IndexMap<String, Feed>> {
        for port in block.inputs.keys().filter(|port| !free.contains(port)) {
            self.report_at(
                Some(&block.id),
                port,
                "unknown_port",
                format!("the formula does not use '{port}'; remove the wire"),
            );
        }
        let mut names = IndexMap::new();
        let mut complete = true;
        for name in free {
            let ty = self.type_of(block, &name);
            match self.feed(block, &name, &ty) {
                Some(feed) => {
                    names.insert(name, feed);
                }
                None => complete = false,
            }
        }
        complete.then_some(names)
    }

    pub(super) fn formula_error(&mut self, block: &Block, setting: &str, error: &FormulaError) {
        self.report_at(Some(&block.id), setting, "formula", error.to_string());
    }

    fn constant(&mut self, block: &Block) -> Planned {
        let value = block.config.get(VALUE).cloned().unwrap_or(Value::None);
        let ty = Type::of(&value);
        // Integers among numbers are numbers, too, and what is mixed is json.
        let value = crate::conform::widen_to(value, &ty).unwrap_or_else(|error| {
            self.report_at(Some(&block.id), VALUE, "setting_type", format!("the value does not fit: {error}"));
            Value::None
        });
        (Some(Operation::Constant(value, ty.clone())), ports([(VALUE, ty)]))
    }

    fn fail(&mut self, block: &Block) -> Planned {
        let code = if block.config.contains_key("code") { block.setting("code") } else { "raised" };
        let message = self.feed(block, "message", &Type::Text);
        (message.map(|message| Operation::Fail { code: code.to_owned(), message }), Ports::default())
    }

    fn assert(&mut self, block: &Block) -> Planned {
        let condition = self.feed(block, "condition", &Type::Bool);
        let message = block.inputs.contains_key("message").then(|| self.feed(block, "message", &Type::Text)).flatten();
        (condition.map(|condition| Operation::Assert { condition, message }), Ports::default())
    }

    fn effect(&mut self, block: &Block, effect: Effect, kind: &Kind) -> Planned {
        let mut arguments = Vec::new();
        for port in &kind.inputs {
            let wanted =
                if matches!(port.ty, Type::Parameter(_)) { self.type_of(block, &port.name) } else { port.ty.clone() };
            if port.optional && !block.inputs.contains_key(&port.name) {
                arguments.push(Feed { origin: Origin::Literal(Value::None), ty: wanted, widen: false, nests: false });
                continue;
            }
            arguments.extend(self.feed(block, &port.name, &wanted));
        }
        let ty = kind.outputs.first().map(|port| port.ty.clone());
        let outputs = kind.outputs.iter().map(|port| (port.name.clone(), port.ty.clone())).collect();
        (Some(Operation::Effect { effect, arguments, ty }), outputs)
    }
}
