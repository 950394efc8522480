//# item_at: position
/// The item at a position; a negative one counts from the end.
#[track_caller]
fn item_at<T>(items: &[T], at: i64) -> Result<&T, Error> {
    let at = position(at, items.len())?;
    Ok(&items[at])
}

//# item_mut: position
/// The place of an item; a negative position counts from the end.
#[track_caller]
fn item_mut<T>(items: &mut [T], at: i64) -> Result<&mut T, Error> {
    let at = position(at, items.len())?;
    Ok(&mut items[at])
}

//# slice: bounds
/// A part of the list; bounds beyond the ends mean the ends.
fn slice<T>(items: &[T], from: i64, until: i64) -> &[T] {
    &items[bounds(from, until, items.len())]
}

//# range_by: invalid_argument
#[track_caller]
fn range_by(start: i64, end: i64, step: i64) -> Result<Vec<i64>, Error> {
    if step == 0 {
        return Err(invalid_argument());
    }
    let inside = |value: &i64| if step > 0 { *value < end } else { *value > end };
    let first = Some(start).filter(inside);
    Ok(std::iter::successors(first, |value| value.checked_add(step).filter(inside)).collect())
}

//# append
fn append<T>(mut items: Vec<T>, item: T) -> Vec<T> {
    items.push(item);
    items
}

//# concatenate
fn concatenate<T: Clone>(mut items: Vec<T>, others: &[T]) -> Vec<T> {
    items.extend_from_slice(others);
    items
}

//# insert: position
#[track_caller]
fn insert<T>(mut items: Vec<T>, at: i64, item: T) -> Result<Vec<T>, Error> {
    let at = position(at, items.len() + 1)?;
    items.insert(at, item);
    Ok(items)
}

//# set_item: position
#[track_caller]
fn set_item<T>(mut items: Vec<T>, at: i64, item: T) -> Result<Vec<T>, Error> {
    let at = position(at, items.len())?;
    items[at] = item;
    Ok(items)
}

//# remove_at: position
#[track_caller]
fn remove_at<T>(mut items: Vec<T>, at: i64) -> Result<Vec<T>, Error> {
    let at = position(at, items.len())?;
    items.remove(at);
    Ok(items)
}

//# sorted
fn sorted<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort();
    items
}

//# sort_numbers: invalid_argument
#[track_caller]
fn sort_numbers(mut items: Vec<f64>) -> Result<Vec<f64>, Error> {
    if items.iter().any(|item| item.is_nan()) {
        return Err(invalid_argument());
    }
    items.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    Ok(items)
}

//# by_key: invalid_argument
/// The items in the order of their keys; equal keys keep their order.
#[track_caller]
fn by_key<K: PartialOrd, T>(mut keyed: Vec<(K, T)>, falling: bool) -> Result<Vec<T>, Error> {
    if keyed.iter().any(|(key, _)| key.partial_cmp(key).is_none()) {
        return Err(invalid_argument());
    }
    keyed.sort_by(|(a, _), (b, _)| {
        let order = a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal);
        if falling { order.reverse() } else { order }
    });
    Ok(keyed.into_iter().map(|(_, item)| item).collect())
}

//# reversed
fn reversed<T>(mut items: Vec<T>) -> Vec<T> {
    items.reverse();
    items
}

//# unique
/// The items without those that were there before.
fn unique<T: PartialEq>(items: Vec<T>) -> Vec<T> {
    let mut kept = Vec::new();
    for item in items {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept
}

//# contains_item
fn contains_item<T: PartialEq<U>, U: ?Sized>(items: &[T], item: &U) -> bool {
    items.iter().any(|have| have == item)
}

//# count_item
fn count_item<T: PartialEq<U>, U: ?Sized>(items: &[T], item: &U) -> i64 {
    items.iter().filter(|have| *have == item).count() as i64
}

//# index_of
/// The position of the first such item, or -1.
fn index_of<T: PartialEq<U>, U: ?Sized>(items: &[T], item: &U) -> i64 {
    items
        .iter()
        .position(|have| have == item)
        .map_or(-1, |at| at as i64)
}

//# sum: overflow
#[track_caller]
fn sum(items: &[i64]) -> Result<i64, Error> {
    let total: i128 = items.iter().map(|item| i128::from(*item)).sum();
    match i64::try_from(total) {
        Ok(total) => Ok(total),
        Err(_) => Err(overflow()),
    }
}

//# product: overflow
#[track_caller]
fn product(items: &[i64]) -> Result<i64, Error> {
    if items.contains(&0) {
        return Ok(0);
    }
    match items
        .iter()
        .try_fold(1, |product: i64, item| product.checked_mul(*item))
    {
        Some(product) => Ok(product),
        None => Err(overflow()),
    }
}

//# smallest: invalid_argument
#[track_caller]
fn smallest<T: Ord>(items: &[T]) -> Result<&T, Error> {
    match items.iter().min() {
        Some(item) => Ok(item),
        None => Err(invalid_argument()),
    }
}

//# largest: invalid_argument
#[track_caller]
fn largest<T: Ord>(items: &[T]) -> Result<&T, Error> {
    match items.iter().max() {
        Some(item) => Ok(item),
        None => Err(invalid_argument()),
    }
}

//# smallest_number: invalid_argument
#[track_caller]
fn smallest_number(items: &[f64]) -> Result<f64, Error> {
    let smaller = |best: f64, item: f64| if item < best { item } else { best };
    match items.iter().copied().reduce(smaller) {
        Some(item) if !items.iter().any(|item| item.is_nan()) => Ok(item),
        _ => Err(invalid_argument()),
    }
}

//# largest_number: invalid_argument
#[track_caller]
fn largest_number(items: &[f64]) -> Result<f64, Error> {
    let larger = |best: f64, item: f64| if item > best { item } else { best };
    match items.iter().copied().reduce(larger) {
        Some(item) if !items.iter().any(|item| item.is_nan()) => Ok(item),
        _ => Err(invalid_argument()),
    }
}

//# chunks: invalid_argument
#[track_caller]
fn chunks<T: Clone>(items: &[T], size: i64) -> Result<Vec<Vec<T>>, Error> {
    match usize::try_from(size) {
        Ok(size) if size > 0 => Ok(items.chunks(size).map(<[T]>::to_vec).collect()),
        _ => Err(invalid_argument()),
    }
}
