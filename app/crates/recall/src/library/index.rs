//! Which recipes a request can mean, by its words: a request must have a phrase of each group that a recipe needs, so
//! that it can only mean recipes one of whose groups has a phrase with a word of the request.

use std::collections::{BTreeSet, HashMap};

use crate::recipe::Recipe;
use crate::request::Request;
use crate::vocabulary::{is_everyday, is_harmless};

/// Recipes by a word of each phrase of the group that is asked for least.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    places: HashMap<String, Vec<usize>>,
}

impl Index {
    pub(super) fn of(recipes: &[Recipe]) -> Self {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, recipe) in recipes.iter().enumerate() {
            let groups = recipe.needs.iter().map(|group| anchors(group));
            let Some(anchors) = groups.min_by_key(|anchors| anchors.iter().map(|word| commonness(word)).max()) else {
                continue;
            };
            for anchor in anchors {
                places.entry(anchor.to_owned()).or_default().push(place);
            }
        }
        Self { places }
    }

    /// The places of the recipes that a request can mean, in their order.
    pub(super) fn candidates(&self, request: &Request) -> BTreeSet<usize> {
        let written = request.tokens.iter().filter_map(|token| token.word());
        let parts = request.parts.iter().flatten().map(String::as_str);
        let implied = request.implied.iter().copied();
        let words = request.stems.iter().map(String::as_str).chain(written).chain(parts).chain(implied);
        words.filter_map(|word| self.places.get(word)).flatten().copied().collect()
    }
}

/// A word of each phrase of a group, the rarest.
fn anchors(group: &[Vec<String>]) -> Vec<&str> {
    let rarest = |phrase: &'_ Vec<String>| -> Option<usize> {
        let words = (0..phrase.len()).filter(|at| phrase[*at] != "*");
        words.min_by_key(|at| commonness(exact(&phrase[*at])))
    };
    group.iter().filter_map(|phrase| rarest(phrase).map(|at| exact(&phrase[at]))).collect()
}

/// The word of a phrase, without the mark that it is meant as written.
fn exact(word: &str) -> &str {
    word.strip_prefix('=').unwrap_or(word)
}

fn commonness(word: &str) -> u8 {
    if is_harmless(word) { 2 } else { u8::from(is_everyday(word)) }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use crate::Library;
    use crate::fit::{Miss, Surroundings, fit};
    use crate::request::Request;

    #[test]
    fn what_the_index_leaves_out_is_unrelated() {
        let library = Library::shared();
        let nothing = HashSet::new();
        for asked in library.recipes() {
            let request = Request::new(&asked.examples[0], None, Vec::new());
            let candidates = library.index.candidates(&request);
            let around = Surroundings::new(&request, &nothing);
            assert!(candidates.len() < library.recipes().len() / 2, "{}", candidates.len());
            for (place, recipe) in library.recipes().iter().enumerate().filter(|(place, _)| !candidates.contains(place))
            {
                assert_eq!(fit(recipe, &request, &around).err(), Some(Miss::Unrelated), "{} {place}", recipe.name);
            }
        }
    }
}
