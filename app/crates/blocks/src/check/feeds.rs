//! Sources to feeds: what comes in at a port.

use super::scope::Missing;
use super::{Checker, MAX_NEAREST, is_input};
use crate::conform;
use crate::diagnostic::Diagnostic;
use crate::document::{Block, BlockId, Source};
use crate::plan::{Feed, Origin};
use crate::types::Type;
use crate::value::Value;

impl Checker<'_> {
    /// The feed of a block's port that wants `ty`; `None` and a diagnostic if nothing is wired.
    pub(super) fn feed(&mut self, block: &Block, port: &str, ty: &Type) -> Option<Feed> {
        let Some(source) = block.inputs.get(port) else {
            self.report(
                Diagnostic::error("missing_input", format!("'{port}' needs a value: wire it or write one"))
                    .at(&block.id)
                    .port(port),
            );
            return None;
        };
        Some(self.feed_of(Some(&block.id), port, source, ty))
    }

    /// The type of what comes in at a port; unknown if nothing does.
    pub(super) fn type_of(&mut self, block: &Block, port: &str) -> Type {
        match block.inputs.get(port) {
            Some(Source::Literal(value)) => Type::of(value),
            Some(Source::Wire { block: from, port }) => self.scopes.find(from, port).unwrap_or(Type::Unknown),
            None => Type::Unknown,
        }
    }

    /// The feed of a source where `wanted` is wanted.
    pub(super) fn feed_of(&mut self, at: Option<&BlockId>, port: &str, source: &Source, wanted: &Type) -> Feed {
        match source {
            Source::Literal(value) => self.literal(at, port, value, wanted),
            Source::Wire { block, port: from } => {
                let ty = self.wire(at, port, block, from);
                if !ty.fits(wanted) {
                    self.report_at(at, port, "type_mismatch", mismatch(&ty, wanted));
                }
                let widen = ty.widens_to(wanted);
                Feed {
                    origin: Origin::Port(block.clone(), from.clone()),
                    ty: wanted.clone(),
                    widen,
                    nests: ty.nests_in(wanted),
                }
            }
        }
    }

    fn literal(&mut self, at: Option<&BlockId>, port: &str, value: &Value, wanted: &Type) -> Feed {
        let value = conform::conform(value.clone(), wanted).unwrap_or_else(|message| {
            self.report_at(at, port, "type_mismatch", format!("the value does not fit: {message}"));
            Value::None
        });
        Feed { origin: Origin::Literal(value), ty: wanted.clone(), widen: false, nests: false }
    }

    fn wire(&mut self, at: Option<&BlockId>, port: &str, block: &BlockId, from: &str) -> Type {
        self.used.insert(block.clone());
        let missing = match self.scopes.find(block, from) {
            Ok(ty) => return ty,
            Err(missing) => missing,
        };
        let (code, message) = match missing {
            Missing::Block => {
                let looked = self.diagnostics.len() < MAX_NEAREST;
                let near = looked.then(|| self.scopes.nearest(block)).flatten();
                let near = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
                ("unknown_block", format!("there is no block '{block}'{near}"))
            }
            Missing::Later => (
                "backward_wire",
                format!(
                    "'{block}' stands later; a wire points forward only. Move '{block}' up, or carry the value around a loop"
                ),
            ),
            Missing::Elsewhere => (
                "not_in_scope",
                format!("'{block}' stands inside another body; its value leaves that body through a yield or output"),
            ),
            Missing::Port(known) if known.is_empty() => ("unknown_port", format!("'{block}' gives no values")),
            Missing::Port(known) if is_input(block) => {
                ("unknown_port", format!("there is no input '{from}'; there are: {known}"))
            }
            Missing::Port(known) => ("unknown_port", format!("'{block}' has no port '{from}'; there are: {known}")),
        };
        self.report_at(at, port, code, message);
        Type::Unknown
    }

    pub(super) fn report_at(&mut self, at: Option<&BlockId>, port: &str, code: &str, message: impl Into<String>) {
        let diagnostic = Diagnostic::error(code, message).port(port);
        self.report(match at {
            Some(block) => diagnostic.at(block),
            None => diagnostic,
        });
    }
}

fn mismatch(have: &Type, wanted: &Type) -> String {
    let hint = match (have, wanted) {
        (Type::Number, Type::Int) => "; use round, floor or int",
        (Type::Text, Type::Int | Type::Number) => "; use int or number to read it",
        (_, Type::Text) => "; use text to write it",
        (Type::Optional(_), _) => "; use default to say what stands for none",
        (Type::Json, _) => "; use as_list, as_map, as_text, int or number",
        _ => "",
    };
    format!("{wanted} is wanted here, and {have} comes in{hint}")
}
