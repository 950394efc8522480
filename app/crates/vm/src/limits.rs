//! What a run may use.

use blocks::Value;

use crate::failure::Fault;

/// What a run may use; beyond it ends with `fuel`, `size` or `depth`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Limits {
    /// Steps in all. One is an instruction, or 16 bytes that a function looks through or makes anew.
    pub fuel: u64,
    /// The largest value, in bytes (a list's item or a map's entry counts as 16).
    pub value_bytes: u64,
    /// How deep functions may call.
    pub depth: usize,
}

impl Default for Limits {
    /// About a second of work, values up to 16 MiB, 1,000 calls deep.
    fn default() -> Self {
        Self { fuel: 50_000_000, value_bytes: 16 * 1024 * 1024, depth: 1_000 }
    }
}

impl Limits {
    /// Refuses to make a value of so many bytes if that is too large.
    #[inline]
    pub(crate) fn allow(&self, bytes: u64) -> Result<(), Box<Fault>> {
        if bytes > self.value_bytes { Err(self.too_large()) } else { Ok(()) }
    }

    #[cold]
    fn too_large(&self) -> Box<Fault> {
        Box::new(Fault::new("size", format!("a value would be larger than {} bytes", self.value_bytes)))
    }
}

/// How deep lists and maps may nest in a value.
const MAX_LEVELS: usize = 256;

/// How much larger a value may be with all that it holds than without.
const WITH_ALL: u64 = 4;

impl Limits {
    /// Looks at a value with all that it holds, shared parts each time: what that costs, in fuel.
    ///
    /// # Errors
    /// `size` if it is too large to be compared, written or given away, or nests too deep.
    pub(crate) fn look_through(&self, value: &Value) -> Result<i64, Fault> {
        let most = self.value_bytes.saturating_mul(WITH_ALL);
        let mut left = most;
        match take_off(value, &mut left, MAX_LEVELS) {
            Some(()) => Ok(((most - left) / 16) as i64),
            None => Err(Fault::new(
                "size",
                format!(
                    "a value with all that it holds is larger than {most} bytes, or nests deeper than {MAX_LEVELS}"
                ),
            )),
        }
    }
}

/// Takes the size of a value with all that it holds off what is left.
fn take_off(value: &Value, left: &mut u64, levels: usize) -> Option<()> {
    *left =
        left.checked_sub(16 + if matches!(value, Value::Text(_) | Value::Big(_)) { shallow_size(value) } else { 0 })?;
    match value {
        Value::List(items) => {
            let below = levels.checked_sub(1)?;
            items.iter().try_for_each(|item| take_off(item, left, below))
        }
        Value::Map(entries) => {
            let below = levels.checked_sub(1)?;
            entries.iter().try_for_each(|(key, item)| {
                *left = left.checked_sub(key.len() as u64)?;
                take_off(item, left, below)
            })
        }
        _ => Some(()),
    }
}

/// The size of a value in bytes, without what its items hold.
#[inline]
pub(crate) fn shallow_size(value: &Value) -> u64 {
    let size = match value {
        Value::Text(text) => text.len(),
        Value::List(items) => items.len() * 16,
        Value::Map(entries) => entries.len() * 32,
        Value::Big(integer) => return integer.bits() / 8,
        _ => 0,
    };
    size as u64
}
