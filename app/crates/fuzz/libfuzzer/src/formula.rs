//! Searches for inputs that break `fuzz::formula`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::formula(data));
