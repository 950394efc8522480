//! Things that are meant to be too much, for `tests/limits.rs`: each is done, and what came of it is said in a word.

mod documents;
mod programs;
mod runs;

/// Something that is too much, that many times over.
pub type Extreme = fn(usize) -> String;

/// All of them by name.
pub const ALL: &[(&str, Extreme)] = &[
    ("one_text", documents::one_text),
    ("many_blocks", documents::many_blocks),
    ("many_notes", documents::many_notes),
    ("many_extras", documents::many_extras),
    ("many_mistakes", documents::many_mistakes),
    ("many_inputs", documents::many_inputs),
    ("many_tests", documents::many_tests),
    ("many_digits", documents::many_digits),
    ("many_numbers", documents::many_numbers),
    ("many_brackets", documents::many_brackets),
    ("many_quotes", documents::many_quotes),
    ("many_items", documents::many_items),
    ("deep_bodies", documents::deep_bodies),
    ("doubled_records", programs::doubled_records),
    ("wide_record", programs::wide_record),
    ("many_unknown_blocks", programs::many_unknown_blocks),
    ("many_unknown_ports", programs::many_unknown_ports),
    ("many_calls", programs::many_calls),
    ("one_body", programs::one_body),
    ("many_functions", programs::many_functions),
    ("many_terms", programs::many_terms),
    ("many_wires", programs::many_wires),
    ("many_cases", programs::many_cases),
    ("many_carries", programs::many_carries),
    ("many_answers", programs::many_answers),
    ("one_body_code", programs::one_body_code),
    ("one_body_diff", programs::one_body_diff),
    ("one_body_merge", programs::one_body_merge),
    ("one_body_reversed", programs::one_body_reversed),
    ("one_body_lines", programs::one_body_lines),
    ("one_body_findings", programs::one_body_findings),
    ("long_list_code", programs::long_list_code),
    ("nested_list_code", programs::nested_list_code),
    ("long_formula_code", programs::long_formula_code),
    ("deep_value", runs::deep_value),
    ("shared_value", runs::shared_value),
    ("shared_text", runs::shared_text),
    ("shared_json", runs::shared_json),
    ("shared_output", runs::shared_output),
    ("shared_lists", runs::shared_lists),
    ("unique", runs::unique),
    ("counts", runs::counts),
    ("hashes", runs::hashes),
    ("large_keys", runs::large_keys),
    ("parsed", runs::parsed),
    ("large_products", runs::large_products),
    ("large_quotients", runs::large_quotients),
    ("large_divisors", runs::large_divisors),
    ("large_texts", runs::large_texts),
    ("wide_frames", runs::wide_frames),
    ("forks", runs::forks),
];

/// The one of that name.
pub fn find(name: &str) -> Option<Extreme> {
    ALL.iter().find(|(have, _)| *have == name).map(|(_, extreme)| *extreme)
}
