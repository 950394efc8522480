//! What the WebAssembly module exports. It has no imports: bytes go out one by one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use blocks::Value;
use vm::Code;

static CODE: Mutex<Option<Arc<Code>>> = Mutex::new(None);
static VALUE: Mutex<Value> = Mutex::new(Value::None);
static ANSWER: Mutex<Vec<u8>> = Mutex::new(Vec::new());

fn open<T>(cell: &'static Mutex<T>) -> MutexGuard<'static, T> {
    cell.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Compiles a kernel, by its place in the list.
#[expect(unsafe_code, reason = "the name must be unique among all that is linked; it is exported for the driver")]
#[unsafe(no_mangle)]
pub extern "C" fn prepare(place: u32) {
    *open(&CODE) = crate::KERNELS.get(place as usize).map(crate::Kernel::code);
}

/// Runs the kernel that was prepared.
#[expect(unsafe_code, reason = "the name must be unique among all that is linked; it is exported for the driver")]
#[unsafe(no_mangle)]
pub extern "C" fn run() {
    if let Some(code) = &*open(&CODE) {
        *open(&VALUE) = crate::run(code);
    }
}

/// Writes the latest value as JSON, and says how many bytes that has.
#[expect(unsafe_code, reason = "the name must be unique among all that is linked; it is exported for the driver")]
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> u32 {
    let answer = blocks::json::write(&open(&VALUE), None).unwrap_or_default();
    let length = answer.len();
    *open(&ANSWER) = answer.into_bytes();
    u32::try_from(length).unwrap_or(0)
}

/// One byte of the answer.
#[expect(unsafe_code, reason = "the name must be unique among all that is linked; it is exported for the driver")]
#[unsafe(no_mangle)]
pub extern "C" fn take(place: u32) -> u32 {
    open(&ANSWER).get(place as usize).copied().unwrap_or(0).into()
}
