//! Searches for inputs that break `fuzz::code`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::code(data));
