//! Values in a row, of which a few need no allocation of their own.

use crate::Value;

/// How many values stand in the row itself: records have a few fields.
const FEW: usize = 6;

/// Values in a row.
#[derive(Clone)]
pub(crate) struct Row(Held);

#[derive(Clone)]
enum Held {
    /// So many; those behind them are none.
    Few(u8, [Value; FEW]),
    Many(Vec<Value>),
}

impl Row {
    /// An empty row that is about to get so many values.
    pub(crate) fn with_capacity(count: usize) -> Self {
        Self(if count <= FEW {
            Held::Few(0, [const { Value::None }; FEW])
        } else {
            Held::Many(Vec::with_capacity(count))
        })
    }

    #[inline]
    pub(crate) fn as_slice(&self) -> &[Value] {
        match &self.0 {
            Held::Few(count, values) => &values[..usize::from(*count)],
            Held::Many(values) => values,
        }
    }

    #[inline]
    pub(crate) fn as_mut_slice(&mut self) -> &mut [Value] {
        match &mut self.0 {
            Held::Few(count, values) => &mut values[..usize::from(*count)],
            Held::Many(values) => values,
        }
    }

    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.as_slice().len()
    }

    pub(crate) fn push(&mut self, value: Value) {
        match &mut self.0 {
            Held::Few(count, values) if usize::from(*count) < FEW => {
                values[usize::from(*count)] = value;
                *count += 1;
            }
            Held::Few(..) => {
                let mut values = std::mem::replace(self, Self::with_capacity(0)).into_vec();
                values.push(value);
                self.0 = Held::Many(values);
            }
            Held::Many(values) => values.push(value),
        }
    }

    /// Takes a value out; those behind it move up.
    pub(crate) fn remove(&mut self, place: usize) -> Value {
        match &mut self.0 {
            Held::Few(count, values) => {
                values[place..usize::from(*count)].rotate_left(1);
                *count -= 1;
                std::mem::replace(&mut values[usize::from(*count)], Value::None)
            }
            Held::Many(values) => values.remove(place),
        }
    }

    pub(crate) fn into_vec(self) -> Vec<Value> {
        match self.0 {
            Held::Few(count, values) => values.into_iter().take(usize::from(count)).collect(),
            Held::Many(values) => values,
        }
    }
}

impl FromIterator<Value> for Row {
    fn from_iter<I: IntoIterator<Item = Value>>(values: I) -> Self {
        let values = values.into_iter();
        let mut row = Self::with_capacity(values.size_hint().0);
        values.for_each(|value| row.push(value));
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_as_a_list_of_any_length() {
        for length in 0..2 * FEW as i64 {
            let mut row: Row = (0..length).map(Value::Int).collect();
            let mut list: Vec<Value> = (0..length).map(Value::Int).collect();
            for place in [0, list.len() / 2, list.len().saturating_sub(1)] {
                if place < list.len() {
                    assert_eq!(row.remove(place), list.remove(place));
                }
                row.as_mut_slice().reverse();
                list.reverse();
                assert_eq!((row.len(), row.as_slice()), (list.len(), list.as_slice()));
            }
            assert_eq!(row.clone().into_vec(), list);
        }
    }
}
