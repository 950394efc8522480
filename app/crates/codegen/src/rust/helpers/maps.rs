//# Map: Map::lookup
/// Texts to values, in the order in which they were put in.
#[derive(Clone, Debug)]
pub struct Map<T> {
    entries: Vec<(String, T)>,
    places: std::collections::HashMap<String, usize>,
}

impl<T: PartialEq> PartialEq for Map<T> {
    /// The order of the entries does not count.
    fn eq(&self, other: &Self) -> bool {
        self.entries.len() == other.entries.len()
            && self
                .entries
                .iter()
                .all(|(key, value)| other.lookup(key) == Some(value))
    }
}

//# Map::new: Map
    /// A map without entries.
    pub fn new() -> Self {
        Self {
            entries: Vec::new(),
            places: std::collections::HashMap::new(),
        }
    }

//# Map::insert: Map
    /// Sets an entry; a new key goes to the end.
    pub fn insert(&mut self, key: String, value: T) {
        match self.places.get(&key) {
            Some(place) => self.entries[*place].1 = value,
            None => {
                self.places.insert(key.clone(), self.entries.len());
                self.entries.push((key, value));
            }
        }
    }

//# Map::lookup: Map
    fn lookup(&self, key: &str) -> Option<&T> {
        self.places.get(key).map(|place| &self.entries[*place].1)
    }

//# Map::get: Map::lookup
    /// The value at a key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.lookup(key)
    }

//# Map::len: Map
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

//# Map::contains_key: Map
    /// Whether there is such an entry.
    pub fn contains_key(&self, key: &str) -> bool {
        self.places.contains_key(key)
    }

//# Map::keys: Map
    /// The keys.
    pub fn keys(&self) -> Vec<String> {
        self.entries.iter().map(|(key, _)| key.clone()).collect()
    }

//# Map::iter: Map
    /// The entries.
    pub fn iter(&self) -> impl Iterator<Item = &(String, T)> {
        self.entries.iter()
    }

//# Map::values: Map
    /// The values.
    pub fn values(&self) -> Vec<T>
    where
        T: Clone,
    {
        self.entries
            .iter()
            .map(|(_, value)| value.clone())
            .collect()
    }

//# Map::from_iter: Map::new Map::insert
impl<T> FromIterator<(String, T)> for Map<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(entries: I) -> Self {
        let mut map = Self::new();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

//# Map::from: Map::from_iter
impl<T, const N: usize> From<[(&str, T); N]> for Map<T> {
    fn from(entries: [(&str, T); N]) -> Self {
        entries
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
    }
}

//# Map::into_iter: Map
impl<T> IntoIterator for Map<T> {
    type Item = (String, T);
    type IntoIter = std::vec::IntoIter<(String, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

//# entry: Map::lookup missing_key
#[track_caller]
fn entry<'a, T>(map: &'a Map<T>, key: &str) -> Result<&'a T, Error> {
    match map.lookup(key) {
        Some(value) => Ok(value),
        None => Err(missing_key()),
    }
}

//# put: Map::insert
fn put<T>(mut map: Map<T>, key: String, value: T) -> Map<T> {
    map.insert(key, value);
    map
}

//# without: Map::into_iter Map::from_iter
fn without<T>(map: Map<T>, key: &str) -> Map<T> {
    map.into_iter().filter(|(have, _)| have != key).collect()
}

//# merged: Map::insert Map::into_iter
fn merged<T>(mut map: Map<T>, other: Map<T>) -> Map<T> {
    for (key, value) in other {
        map.insert(key, value);
    }
    map
}
