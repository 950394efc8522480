//! Which kinds fit the loose end of a wire.

use std::cmp::Reverse;
use std::collections::HashMap;

use blocks::Type;
use blocks::catalog::{self, Kind};

use crate::changes::{Choice, LooseEnd};
use crate::editor::Editor;
use crate::fits::Fit;

impl Editor {
    /// The kinds that fit a loose end: those that fit exactly first, of these the ones that need least besides, of these
    /// the ones that the program has most of, then in the order of the catalog.
    pub(crate) fn choices(&self, end: &LooseEnd) -> Vec<Choice> {
        let mut choices: Vec<Choice> = catalog::all().iter().filter_map(|kind| self.choice(kind, end)).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for key in self.scene.order() {
            *counts.entry(&self.scene.node(*key).card.kind).or_default() += 1;
        }
        choices.sort_by_cached_key(|choice| {
            let kind = catalog::find(choice.kind);
            let needs = kind.map_or(0, |kind| kind.inputs.iter().filter(|port| !port.optional).count());
            (choice.fit != Fit::Exact, needs, Reverse(counts.get(choice.kind).copied().unwrap_or(0)))
        });
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
            LooseEnd::Inlet(sink) => kind.outputs.iter().find_map(|port| {
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
