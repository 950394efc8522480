//! Searches for inputs that break `fuzz::merge`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::merge(data));
