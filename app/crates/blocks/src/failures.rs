//! What the language says of a failure: the same in the virtual machine and in generated code.

/// The language's sentence for a code of its own; `None` for any other.
pub fn sentence(code: &str) -> Option<&'static str> {
    Some(match code {
        "division_by_zero" => "division by zero",
        "invalid_argument" => "the argument is not valid",
        "index_out_of_range" => "there is no such position",
        "missing_key" => "there is no such entry",
        "wrong_type" => "the value is of another type",
        "overflow" => "the integer is too large",
        "not_granted" => "the capability was not granted",
        "not_found" => "there is no such thing",
        "files" => "the file or folder cannot be used",
        "network" => "no answer came over the network",
        "database" => "the database refused",
        "model" => "the model gave no answer",
        _ => return None,
    })
}
