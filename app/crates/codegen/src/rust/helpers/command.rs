//# command
//! JSON, as the command reads and prints it.

/// Anything that JSON can say.
pub enum Json {
    /// `null`
    Null,
    /// A truth value.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A number with a fraction or an exponent.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Map(Vec<(String, Json)>),
}

/// Why inputs are refused, or outputs cannot be said.
#[derive(Debug)]
pub struct Error {
    code: &'static str,
    message: String,
}

impl std::fmt::Display for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for Error {}

fn wrong_input(message: String) -> Error {
    Error {
        code: "input",
        message,
    }
}

fn invalid_argument() -> Error {
    Error {
        code: "invalid_argument",
        message: "the argument is not valid".to_owned(),
    }
}

/// The inputs in a JSON object; these names are known.
pub fn read_inputs(text: &str, names: &[&str]) -> Result<Vec<(String, Json)>, Error> {
    let mut reader = JsonReader {
        characters: text.chars().collect(),
        at: 0,
        large: false,
    };
    let value = reader.value(0);
    reader.skip_space();
    let Some(Json::Map(inputs)) = value.filter(|_| reader.at == reader.characters.len()) else {
        return Err(wrong_input("the inputs are no JSON object".to_owned()));
    };
    if reader.large {
        return Err(Error {
            code: "overflow",
            message: "the integer is too large".to_owned(),
        });
    }
    match inputs
        .iter()
        .find(|(name, _)| !names.contains(&name.as_str()))
    {
        Some((name, _)) => Err(wrong_input(format!("there is no input {name}"))),
        None => Ok(inputs),
    }
}

/// Outputs as a JSON object.
pub fn write_outputs<const N: usize>(outputs: [(&str, Json); N]) -> Result<String, Error> {
    let mut out = String::new();
    push_json(&object(outputs), Some(2), 0, &mut out)?;
    Ok(out)
}

/// An object with these entries.
pub fn object<const N: usize>(entries: [(&str, Json); N]) -> Json {
    let entries = entries.into_iter();
    Json::Map(
        entries
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}

//# input: FromJson find unfit
/// An input, if it is given.
pub fn input<T: FromJson>(inputs: &[(String, Json)], name: &str) -> Result<Option<T>, Error> {
    match find(inputs, name) {
        Some(value) => T::from_json(value).map(Some).ok_or_else(|| unfit(name)),
        None => Ok(None),
    }
}

//# required: FromJson find unfit
/// An input that must be given.
pub fn required<T: FromJson>(inputs: &[(String, Json)], name: &str) -> Result<T, Error> {
    T::from_json(find(inputs, name).unwrap_or(&Json::Null)).ok_or_else(|| unfit(name))
}

//# field: FromJson find
/// A field of a record; what is missing is as good as `null`.
pub fn field<T: FromJson>(value: &Json, name: &str) -> Option<T> {
    match value {
        Json::Map(entries) => T::from_json(find(entries, name).unwrap_or(&Json::Null)),
        _ => None,
    }
}

//# find
/// The last entry of a name counts.
fn find<'a>(entries: &'a [(String, Json)], name: &str) -> Option<&'a Json> {
    let found = entries.iter().rev().find(|(key, _)| key == name);
    found.map(|(_, value)| value)
}

//# unfit
fn unfit(name: &str) -> Error {
    wrong_input(format!("the input {name} is missing or does not fit"))
}

//# FromJson
/// What can be read from JSON.
pub trait FromJson: Sized {
    /// The value, if it fits.
    fn from_json(value: &Json) -> Option<Self>;
}

//# FromJson::none: FromJson
impl FromJson for () {
    fn from_json(value: &Json) -> Option<Self> {
        matches!(value, Json::Null).then_some(())
    }
}

//# FromJson::unknown: FromJson
impl FromJson for std::convert::Infallible {
    fn from_json(_: &Json) -> Option<Self> {
        None
    }
}

//# FromJson::bool: FromJson
impl FromJson for bool {
    fn from_json(value: &Json) -> Option<Self> {
        match value {
            Json::Bool(truth) => Some(*truth),
            _ => None,
        }
    }
}

//# FromJson::int: FromJson
impl FromJson for i64 {
    fn from_json(value: &Json) -> Option<Self> {
        match value {
            Json::Int(integer) => Some(*integer),
            _ => None,
        }
    }
}

//# FromJson::number: FromJson
impl FromJson for f64 {
    fn from_json(value: &Json) -> Option<Self> {
        match value {
            Json::Int(integer) => Some(*integer as f64),
            Json::Number(number) => Some(*number),
            _ => None,
        }
    }
}

//# FromJson::text: FromJson
impl FromJson for String {
    fn from_json(value: &Json) -> Option<Self> {
        match value {
            Json::Text(text) => Some(text.clone()),
            _ => None,
        }
    }
}

//# FromJson::optional: FromJson
impl<T: FromJson> FromJson for Option<T> {
    fn from_json(value: &Json) -> Option<Self> {
        match value {
            Json::Null => Some(None),
            value => T::from_json(value).map(Some),
        }
    }
}

//# FromJson::list: FromJson
impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(value: &Json) -> Option<Self> {
        match value {
            Json::List(items) => items.iter().map(T::from_json).collect(),
            _ => None,
        }
    }
}

//# FromJson::map: FromJson
impl<T: FromJson> FromJson for program::Map<T> {
    fn from_json(value: &Json) -> Option<Self> {
        let Json::Map(entries) = value else {
            return None;
        };
        let values = entries.iter().map(|(_, value)| T::from_json(value));
        let values: Vec<T> = values.collect::<Option<_>>()?;
        let keys = entries.iter().map(|(key, _)| key.clone());
        Some(keys.zip(values).collect())
    }
}

//# FromJson::json: FromJson FromJson::list FromJson::map
impl FromJson for program::Json {
    fn from_json(value: &Json) -> Option<Self> {
        match value {
            Json::Null => Some(Self::Null),
            Json::Bool(truth) => Some(Self::Bool(*truth)),
            Json::Int(integer) => Some(Self::Int(*integer)),
            Json::Number(number) => Some(Self::Number(*number)),
            Json::Text(text) => Some(Self::Text(text.clone())),
            Json::List(_) => FromJson::from_json(value).map(Self::List),
            Json::Map(_) => FromJson::from_json(value).map(Self::Map),
        }
    }
}

//# ToJson
/// What can be said in JSON.
pub trait ToJson {
    /// The value in JSON.
    fn to_json(&self) -> Json;
}

//# ToJson::none: ToJson
impl ToJson for () {
    fn to_json(&self) -> Json {
        Json::Null
    }
}

//# ToJson::unknown: ToJson
impl ToJson for std::convert::Infallible {
    fn to_json(&self) -> Json {
        match *self {}
    }
}

//# ToJson::bool: ToJson
impl ToJson for bool {
    fn to_json(&self) -> Json {
        Json::Bool(*self)
    }
}

//# ToJson::int: ToJson
impl ToJson for i64 {
    fn to_json(&self) -> Json {
        Json::Int(*self)
    }
}

//# ToJson::number: ToJson
impl ToJson for f64 {
    fn to_json(&self) -> Json {
        Json::Number(*self)
    }
}

//# ToJson::text: ToJson
impl ToJson for String {
    fn to_json(&self) -> Json {
        Json::Text(self.clone())
    }
}

//# ToJson::optional: ToJson
impl<T: ToJson> ToJson for Option<T> {
    fn to_json(&self) -> Json {
        self.as_ref().map_or(Json::Null, T::to_json)
    }
}

//# ToJson::list: ToJson
impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(&self) -> Json {
        Json::List(self.iter().map(T::to_json).collect())
    }
}

//# ToJson::map: ToJson
impl<T: ToJson> ToJson for program::Map<T> {
    fn to_json(&self) -> Json {
        let entries = self.iter();
        Json::Map(
            entries
                .map(|(key, value)| (key.clone(), value.to_json()))
                .collect(),
        )
    }
}

//# ToJson::json: ToJson ToJson::list ToJson::map
impl ToJson for program::Json {
    fn to_json(&self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Bool(truth) => Json::Bool(*truth),
            Self::Int(integer) => Json::Int(*integer),
            Self::Number(number) => Json::Number(*number),
            Self::Text(text) => Json::Text(text.clone()),
            Self::List(items) => items.to_json(),
            Self::Map(entries) => entries.to_json(),
        }
    }
}
