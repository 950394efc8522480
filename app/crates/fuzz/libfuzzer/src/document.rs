//! Searches for inputs that break `fuzz::document`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::document(data));
