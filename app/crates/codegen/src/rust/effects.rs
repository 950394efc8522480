//! What programs ask of the world outside.

use blocks::catalog::{self, Effect, VALUE};
use blocks::plan::Feed;
use blocks::{BlockId, Type};

use super::emitter::Emitter;
use super::expressions::Part;
use super::functions::Argument;
use super::names::snake;
use super::piece::Form;
use super::syntax::{Expr, Kind};
use super::types::is_copy;

/// How long a line may be, as `rustfmt` has it.
const WIDTH: usize = 100;

impl Emitter<'_> {
    pub(crate) fn effect(&mut self, block: &BlockId, effect: Effect, arguments: &[Feed], ty: Option<&Type>) {
        if effect == Effect::Print {
            return self.print(block, arguments);
        }
        let given: Vec<Expr> = arguments
            .iter()
            .map(|feed| {
                let piece = self.feed(feed);
                if is_copy(&feed.ty) { self.own(piece) } else { self.borrow(piece) }
            })
            .collect();
        let value = match effect {
            Effect::Now | Effect::Today | Effect::Wait | Effect::EnvironmentVariable => {
                self.helper(effect.name(), given)
            }
            Effect::Ask
            | Effect::RandomInt
            | Effect::ReadFile
            | Effect::WriteFile
            | Effect::AppendFile
            | Effect::ListFiles
            | Effect::DeleteFile => self.fallible(effect.name(), given),
            other => {
                self.connected(other.name(), arguments, ty);
                let call = Expr::call(other.name(), given);
                self.attempt(call)
            }
        };
        let Some(ty) = ty else { return self.push(Kind::Expr(value), Some(block)) };
        let (name, variable) = self.declare(block, VALUE, &[block.as_str()], ty, Form::Place);
        if self.uses.is_used(variable) {
            self.bind(&name, ty, value, block, false);
        } else {
            self.push(Kind::Expr(value), Some(block));
        }
    }

    /// A function for what nothing answers here; the owner of the code fills it in.
    fn connected(&mut self, name: &'static str, arguments: &[Feed], ty: Option<&Type>) {
        let ports: Vec<String> = catalog::find(name)
            .map(|kind| kind.inputs.iter().map(|port| port.name.clone()).collect())
            .unwrap_or_default();
        let parameters: Vec<String> = arguments
            .iter()
            .zip(ports)
            .map(|(feed, port)| format!("_{}: {}", snake(&port), self.types.borrowed(&feed.ty)))
            .collect();
        let result = ty.map_or_else(|| "()".to_owned(), |ty| self.types.owned(ty));
        let head = format!("fn {name}({}) -> Result<{result}, Error> {{", parameters.join(", "));
        let head = if head.chars().count() <= WIDTH {
            head
        } else {
            let lines: String = parameters.iter().map(|parameter| format!("    {parameter},\n")).collect();
            format!("fn {name}(\n{lines}) -> Result<{result}, Error> {{")
        };
        self.needs.effect(
            name,
            format!("/// Fill in what answers the request.\n#[track_caller]\n{head}\n    Err(not_granted())\n}}\n"),
        );
    }

    fn print(&mut self, block: &BlockId, arguments: &[Feed]) {
        let parts = arguments
            .iter()
            .map(|feed| {
                let argument = [Argument::Feed(feed)];
                let piece = match &feed.ty {
                    Type::Int | Type::Bool => self.feed(feed),
                    _ => self.function("text", 0, &argument, &Type::Text),
                };
                Part::Value(self.receiver(piece))
            })
            .collect();
        let arguments = match self.formatted(parts).expr {
            Expr::Macro("format", arguments) => arguments,
            Expr::Raw(literal) => vec![Expr::Raw(literal.replace('{', "{{").replace('}', "}}"))],
            other => vec![Expr::raw("\"{}\""), other],
        };
        self.push(Kind::Expr(Expr::Macro("println", arguments)), Some(block));
    }
}
