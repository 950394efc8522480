//! Which kinds fit the loose end of a wire.

use blocks::Type;
use blocks::catalog::{self, Kind};

use crate::changes::{Choice, LooseEnd};
use crate::editor::Editor;
use crate::fits::Fit;

impl Editor {
    /// The kinds that fit a loose end, those that fit exactly first, in the order of the catalog.
    pub(crate) fn choices(&self, end: &LooseEnd) -> Vec<Choice> {
        let mut choices: Vec<Choice> = catalog::all().iter().filter_map(|kind| self.choice(kind, end)).collect();
        choices.sort_by_key(|choice| choice.fit != Fit::Exact);
        choices
    }

    fn choice(&self, kind: &'static Kind, end: &LooseEnd) -> Option<Choice> {
        let (port, fit) = match end {
            LooseEnd::Giver(giver) => {
                let ty = self.type_of(giver);
                kind.inputs.iter().find_map(|port| {
                    let wanted = crate::fits::wanted_by_kind(kind, &port.name, &ty);
                    Some((port.name.clone(), fit_of(&ty, &wanted)?))
                })?
            }
            LooseEnd::Sink(sink) => kind.outputs.iter().find_map(|port| {
                let fits = self.typing().try_type(&bare(&port.ty), sink);
                Some((port.name.clone(), fit_of(&bare(&port.ty), &fits.ok()?)?))
            })?,
        };
        Some(Choice { kind: kind.name, port, fit })
    }
}

fn fit_of(ty: &Type, wanted: &Type) -> Option<Fit> {
    match (ty.fits(wanted), ty.widens_to(wanted)) {
        (false, _) => None,
        (true, true) => Some(Fit::Widens { from: ty.clone(), to: wanted.clone() }),
        (true, false) => Some(Fit::Exact),
    }
}

/// A type of the catalog whose parameters may be anything.
fn bare(ty: &Type) -> Type {
    match ty {
        Type::Parameter(_) => Type::Unknown,
        Type::List(item) => Type::list(bare(item)),
        Type::Map(item) => Type::map(bare(item)),
        Type::Optional(item) => bare(item).optional(),
        Type::Record(fields) => Type::Record(fields.iter().map(|(name, ty)| (name.clone(), bare(ty))).collect()),
        other => other.clone(),
    }
}
