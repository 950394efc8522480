//! The entries of maps and records.
//!
//! Keys stand apart from values, and values that have the same keys in the same order share them: records of a type are
//! made and copied without their keys, and a map gets keys of its own when a key is added or taken away.

use std::fmt;
use std::sync::{Arc, LazyLock};

use indexmap::{IndexMap, IndexSet};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Value;
use crate::row::Row;
use crate::value::Hashing;

type Keys = IndexSet<String, Hashing>;

static NO_KEYS: LazyLock<Arc<Keys>> = LazyLock::new(Arc::default);

/// The entries of a map or record, in insertion order.
#[derive(Clone)]
pub struct Entries {
    keys: Arc<Keys>,
    /// As many as there are keys.
    values: Row,
}

impl Entries {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same keys with other values; `None` unless there are as many.
    pub fn with_values(&self, values: impl IntoIterator<Item = Value>) -> Option<Self> {
        let values: Row = values.into_iter().collect();
        (values.len() == self.keys.len()).then(|| Self { keys: Arc::clone(&self.keys), values })
    }

    /// The value at a place, if these share their keys with those of a shape.
    #[inline]
    pub fn get_as_in(&self, shape: &Self, place: usize) -> Option<&Value> {
        if Arc::ptr_eq(&self.keys, &shape.keys) { self.values.as_slice().get(place) } else { None }
    }

    /// The keys alone.
    pub(crate) fn shape(&self) -> Shape {
        Shape(Arc::clone(&self.keys))
    }

    /// Where a key stands.
    #[inline]
    pub fn get_index_of(&self, key: &str) -> Option<usize> {
        self.keys.get_index_of(key)
    }

    /// The value at a key.
    #[inline]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.as_slice().get(self.keys.get_index_of(key)?)
    }

    /// The value at a key, to be changed.
    #[inline]
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        self.values.as_mut_slice().get_mut(self.keys.get_index_of(key)?)
    }

    /// The entry at a place.
    #[inline]
    pub fn get_index(&self, place: usize) -> Option<(&String, &Value)> {
        Some((self.keys.get_index(place)?, self.values.as_slice().get(place)?))
    }

    /// Whether there is an entry at a key.
    pub fn contains_key(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// Sets the value at a key, a new one at the end; gives the value that stood there.
    pub fn insert(&mut self, key: String, value: Value) -> Option<Value> {
        match self.get_mut(&key) {
            Some(present) => Some(std::mem::replace(present, value)),
            None => {
                Arc::make_mut(&mut self.keys).insert(key);
                self.values.push(value);
                None
            }
        }
    }

    /// Takes an entry out; those behind it move up.
    pub fn shift_remove(&mut self, key: &str) -> Option<Value> {
        let place = self.keys.get_index_of(key)?;
        Arc::make_mut(&mut self.keys).shift_remove_index(place);
        Some(self.values.remove(place))
    }

    /// The keys in order.
    pub fn keys(&self) -> indexmap::set::Iter<'_, String> {
        self.keys.iter()
    }

    /// The values in order.
    pub fn values(&self) -> std::slice::Iter<'_, Value> {
        self.values.as_slice().iter()
    }

    /// The values in order, to be changed.
    pub fn values_mut(&mut self) -> std::slice::IterMut<'_, Value> {
        self.values.as_mut_slice().iter_mut()
    }

    /// The values in order, alone.
    pub fn into_values(self) -> std::vec::IntoIter<Value> {
        self.values.into_vec().into_iter()
    }

    /// The entries in order.
    pub fn iter(&self) -> Iter<'_> {
        self.keys.iter().zip(self.values.as_slice())
    }
}

/// The keys of some entries.
pub(crate) struct Shape(Arc<Keys>);

impl Default for Shape {
    fn default() -> Self {
        Self(Arc::clone(&NO_KEYS))
    }
}

/// Makes entries one by one, with the keys of others as long as they are the same.
pub(crate) struct Maker {
    keys: Arc<Keys>,
    /// No more than there are keys.
    values: Row,
}

impl Maker {
    pub(crate) fn like(shape: Option<&Shape>) -> Self {
        let keys = Arc::clone(shape.map_or(&*NO_KEYS, |shape| &shape.0));
        Self { values: Row::with_capacity(keys.len()), keys }
    }

    /// The next key of the others.
    pub(crate) fn expects(&self) -> Option<&str> {
        self.keys.get_index(self.values.len()).map(String::as_str)
    }

    /// Adds a value at the key that is expected.
    pub(crate) fn push(&mut self, value: Value) {
        self.values.push(value);
    }

    /// Adds an entry, or sets the one at this key.
    pub(crate) fn insert(&mut self, key: String, value: Value) {
        if self.expects() == Some(&key) {
            return self.push(value);
        }
        let mut made = std::mem::replace(self, Self::like(None)).finish();
        made.insert(key, value);
        *self = Self { keys: made.keys, values: made.values };
    }

    pub(crate) fn finish(self) -> Entries {
        let Self { mut keys, values } = self;
        if keys.len() > values.len() {
            keys = Arc::new(keys.iter().take(values.len()).cloned().collect());
        }
        Entries { keys, values }
    }
}

/// The entries in order.
pub type Iter<'a> = std::iter::Zip<indexmap::set::Iter<'a, String>, std::slice::Iter<'a, Value>>;

impl Default for Entries {
    fn default() -> Self {
        Self { keys: Arc::clone(&NO_KEYS), values: Row::with_capacity(0) }
    }
}

impl PartialEq for Entries {
    /// Whether the same keys have the same values; the order does not count.
    fn eq(&self, other: &Self) -> bool {
        if Arc::ptr_eq(&self.keys, &other.keys) {
            return self.values.as_slice() == other.values.as_slice();
        }
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl fmt::Debug for Entries {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.iter()).finish()
    }
}

impl std::ops::Index<&str> for Entries {
    type Output = Value;

    /// The value at a key that is there.
    fn index(&self, key: &str) -> &Value {
        &self.values.as_slice()[self.keys.get_index_of(key).expect("an entry")]
    }
}

impl FromIterator<(String, Value)> for Entries {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(entries: I) -> Self {
        let mut made = Self::default();
        made.extend(entries);
        made
    }
}

impl Extend<(String, Value)> for Entries {
    fn extend<I: IntoIterator<Item = (String, Value)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<const N: usize> From<[(String, Value); N]> for Entries {
    fn from(entries: [(String, Value); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl IntoIterator for Entries {
    type Item = (String, Value);
    type IntoIter = std::iter::Zip<indexmap::set::IntoIter<String>, std::vec::IntoIter<Value>>;

    fn into_iter(self) -> Self::IntoIter {
        Arc::unwrap_or_clone(self.keys).into_iter().zip(self.values.into_vec())
    }
}

impl<'a> IntoIterator for &'a Entries {
    type Item = (&'a String, &'a Value);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Serialize for Entries {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(IndexMap::<String, Value, Hashing>::deserialize(deserializer)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(keys: &str) -> Entries {
        keys.chars().zip(1_i64..).map(|(key, value)| (key.to_string(), Value::Int(value))).collect()
    }

    #[test]
    fn a_copy_that_changes_leaves_the_first_as_it_was() {
        let first = entries("abc");
        let mut second = first.clone();
        second.insert("d".to_owned(), Value::Int(4));
        assert_eq!(second.shift_remove("a"), Some(Value::Int(1)));
        assert_eq!(second.insert("b".to_owned(), Value::Int(7)), Some(Value::Int(2)));
        assert_eq!(first, entries("abc"));
        assert_eq!(second.keys().collect::<Vec<_>>(), ["b", "c", "d"]);
        assert_eq!(second.values().map(|value| value.as_i64().unwrap()).collect::<Vec<_>>(), [7, 3, 4]);
    }

    #[test]
    fn made_like_others_they_have_the_keys_that_they_were_given() {
        let shape = entries("abc").shape();
        for keys in ["", "a", "ab", "abc", "abcd", "abd", "ba", "x"] {
            let mut made = Maker::like(Some(&shape));
            for (key, value) in entries(keys) {
                made.insert(key, value);
            }
            let made = made.finish();
            assert_eq!(made.keys().collect::<Vec<_>>(), entries(keys).keys().collect::<Vec<_>>());
            assert_eq!(made, entries(keys));
        }
        let mut made = Maker::like(Some(&shape));
        for value in 1..3 {
            made.insert("a".to_owned(), Value::Int(value));
        }
        assert_eq!(made.finish(), [("a".to_owned(), Value::Int(2))].into());
    }

    #[test]
    fn values_find_the_keys_of_others() {
        let first = entries("ab");
        let second = first.with_values(vec![Value::Int(3), Value::Int(4)]).unwrap();
        assert_eq!(second["b"], Value::Int(4));
        assert_ne!(first, second);
        assert_eq!(first.get_as_in(&second, 1), Some(&Value::Int(2)));
        assert_eq!(first.get_as_in(&entries("ab"), 1), None);
        assert_eq!(first.with_values(vec![Value::None]), None);
    }

    #[test]
    fn entries_are_equal_in_any_order() {
        let reversed: Entries = [("b".to_owned(), Value::Int(2)), ("a".to_owned(), Value::Int(1))].into();
        assert_eq!(entries("ab"), reversed);
        assert_ne!(entries("ab"), entries("ac"));
        assert_ne!(entries("ab"), entries("abc"));
    }
}
