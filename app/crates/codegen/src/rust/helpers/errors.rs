//# Error
/// Why a program ended early.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// A stable code, for example `division_by_zero`.
    pub code: &'static str,
    /// What happened, in a sentence.
    pub message: String,
    /// The line of this file at which it happened.
    pub line: u32,
}

impl Error {
    #[track_caller]
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        let line = std::panic::Location::caller().line();
        Self {
            code,
            message: message.into(),
            line,
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for Error {}

//# division_by_zero: Error
#[track_caller]
fn division_by_zero() -> Error {
    Error::new("division_by_zero", "division by zero")
}

//# invalid_argument: Error
#[track_caller]
fn invalid_argument() -> Error {
    Error::new("invalid_argument", "the argument is not valid")
}

//# out_of_range: Error
#[track_caller]
fn out_of_range() -> Error {
    Error::new("index_out_of_range", "there is no such position")
}

//# missing_key: Error
#[track_caller]
fn missing_key() -> Error {
    Error::new("missing_key", "there is no such entry")
}

//# wrong_type: Error
#[track_caller]
fn wrong_type() -> Error {
    Error::new("wrong_type", "the value is of another type")
}

//# overflow: Error
#[track_caller]
fn overflow() -> Error {
    Error::new("overflow", "the integer is too large")
}

//# too_large: overflow
/// Stands for an integer that 64 bits cannot hold.
#[track_caller]
fn too_large() -> Result<i64, Error> {
    Err(overflow())
}

//# no_value
/// Stands where there is never a value: an item of a list that is always empty.
fn no_value<T>(value: std::convert::Infallible) -> T {
    match value {}
}
