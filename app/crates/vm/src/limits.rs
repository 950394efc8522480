//! What a run may use.

use blocks::Value;

use crate::failure::Fault;

/// What a run may use; beyond it ends with `fuel`, `size` or `depth`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Limits {
    /// Steps in all. One is an instruction, or 16 bytes that a function makes anew.
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
