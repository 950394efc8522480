//! The recipes at hand.

mod index;

use std::collections::HashSet;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};

use crate::fit::{Fit, Miss, Surroundings, fit, is_near};
use crate::recipe::Recipe;
use crate::request::Request;
use crate::vocabulary::{is_everyday, is_harmless};
use index::Index;

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/recipes");

/// Recipes, shipped and added by use.
#[derive(Clone, Debug, Default)]
pub struct Library {
    recipes: Vec<Recipe>,
    /// The stems that recipes are about, by themselves.
    topics: HashSet<String>,
    /// Which recipes can be meant where a word is said.
    index: Index,
}

/// What retrieval found.
#[derive(Clone, Debug)]
pub enum Retrieved<'a> {
    /// One recipe that accounts for the request.
    Fit(&'a Recipe, Fit),
    /// Several that do so equally well.
    Ambiguous(Vec<&'a Recipe>),
    /// None; the nearest, if any is near, and why it does not fit.
    Nothing(Option<(&'a Recipe, Miss)>),
}

impl Library {
    /// The recipes that come with the product. A test holds that all of them read.
    pub fn shipped() -> Self {
        Self::of(shipped_files().filter_map(|(_, text)| Recipe::read(text).ok()).collect())
    }

    /// The same, made once for the whole process. The first call takes about a tenth of a second.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Library> = OnceLock::new();
        SHARED.get_or_init(Self::shipped)
    }

    /// A library of these recipes. Words of a recipe's examples belong to it: an example always fits its own recipe.
    pub fn of(mut recipes: Vec<Recipe>) -> Self {
        recipes.iter_mut().for_each(learn_examples);
        let words = recipes
            .iter()
            .flat_map(|recipe| recipe.needs.iter().flatten())
            .filter(|phrase| phrase.len() == 1)
            .flatten();
        let topics: HashSet<String> = words.filter(|word| !is_harmless(word) && !is_everyday(word)).cloned().collect();
        let index = Index::of(&recipes);
        Self { recipes, topics, index }
    }

    /// All recipes.
    pub fn recipes(&self) -> &[Recipe] {
        &self.recipes
    }

    /// The recipe of that name.
    pub fn recipe(&self, name: &str) -> Option<&Recipe> {
        self.recipes.iter().find(|recipe| recipe.name == name)
    }

    /// Finds the recipe that accounts for a request.
    pub fn retrieve(&self, request: &Request) -> Retrieved<'_> {
        let mut fits: Vec<(&Recipe, Fit)> = Vec::new();
        let mut nearest: Option<(&Recipe, Miss)> = None;
        let around = Surroundings::new(request, &self.topics);
        for recipe in self.index.candidates(request).into_iter().map(|place| &self.recipes[place]) {
            match fit(recipe, request, &around) {
                Ok(found) => fits.push((recipe, found)),
                Err(Miss::Unrelated) => {}
                Err(miss)
                    if nearest.as_ref().is_none_or(|(_, best)| distance(&miss) < distance(best))
                        && is_near(recipe, request) =>
                {
                    nearest = Some((recipe, miss));
                }
                Err(_) => {}
            }
        }
        fits.sort_by(|(_, a), (_, b)| b.complete.cmp(&a.complete).then(b.score.total_cmp(&a.score)));
        let ties = fits
            .iter()
            .take_while(|(_, fit)| fit.complete == fits[0].1.complete && fit.score == fits[0].1.score)
            .count();
        match ties {
            0 => Retrieved::Nothing(nearest),
            1 => {
                let (recipe, fit) = fits.swap_remove(0);
                Retrieved::Fit(recipe, fit)
            }
            _ => Retrieved::Ambiguous(fits.into_iter().take(ties).map(|(recipe, _)| recipe).collect()),
        }
    }
}

/// How far a miss is from a fit.
fn distance(miss: &Miss) -> usize {
    match miss {
        Miss::Incomplete(missing) => missing.len(),
        Miss::Unfit(_) => 2,
        Miss::Unexplained(words) => 2 + words.len(),
        Miss::Unrelated => usize::MAX,
    }
}

/// The recipe files that come with the product: path and text.
pub fn shipped_files() -> impl Iterator<Item = (String, &'static str)> {
    SHIPPED
        .dirs()
        .flat_map(Dir::files)
        .filter_map(|file| Some((file.path().display().to_string(), file.contents_utf8()?)))
}

/// Adds the content words of a recipe's examples to its vocabulary, but not those that its slots take.
fn learn_examples(recipe: &mut Recipe) {
    for example in recipe.examples.clone() {
        let request = Request::new(&example, None, Vec::new());
        let topics = HashSet::new();
        let around = Surroundings::new(&request, &topics);
        let Err(Miss::Unexplained(words)) = fit(recipe, &request, &around) else { continue };
        recipe.vocabulary.extend(words.iter().map(|word| crate::vocabulary::stem(&word.to_lowercase())));
    }
}
