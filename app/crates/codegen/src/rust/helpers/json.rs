//# Json: Map order_of_integer
/// Anything that JSON can say.
#[derive(Clone, Debug)]
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
    Map(Map<Json>),
}

impl PartialEq for Json {
    /// An integer equals a number of the same value.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => a == b,
            (Self::Int(a), Self::Number(b)) | (Self::Number(b), Self::Int(a)) => {
                order_of_integer(*a, *b).is_some_and(std::cmp::Ordering::is_eq)
            }
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::List(a), Self::List(b)) => a == b,
            (Self::Map(a), Self::Map(b)) => a == b,
            _ => false,
        }
    }
}

//# Json::none: Json
impl From<()> for Json {
    fn from(_: ()) -> Self {
        Self::Null
    }
}

//# Json::unknown: Json
impl From<std::convert::Infallible> for Json {
    fn from(value: std::convert::Infallible) -> Self {
        match value {}
    }
}

//# Json::bool: Json
impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

//# Json::int: Json
impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

//# Json::number: Json
impl From<f64> for Json {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

//# Json::text: Json
impl From<String> for Json {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

//# Json::optional: Json
impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

//# Json::list: Json
impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

//# Json::map: Json Map::into_iter Map::from_iter
impl<T: Into<Json>> From<Map<T>> for Json {
    fn from(entries: Map<T>) -> Self {
        Self::Map(
            entries
                .into_iter()
                .map(|(key, value)| (key, value.into()))
                .collect(),
        )
    }
}

//# plain_json: Json Map::into_iter Map::from_iter invalid_argument
/// Whole numbers become integers, as JSON does not tell them apart.
#[track_caller]
fn plain_json(value: Json) -> Result<Json, Error> {
    match value {
        Json::Number(number) if !number.is_finite() => Err(invalid_argument()),
        Json::Number(number) if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 => {
            Ok(Json::Int(number as i64))
        }
        Json::List(items) => {
            let mut plain = Vec::new();
            for item in items {
                plain.push(plain_json(item)?);
            }
            Ok(Json::List(plain))
        }
        Json::Map(entries) => {
            let mut plain = Vec::new();
            for (key, value) in entries {
                plain.push((key, plain_json(value)?));
            }
            Ok(Json::Map(plain.into_iter().collect()))
        }
        other => Ok(other),
    }
}

//# json_default: Json
fn json_default(value: Json, default: Json) -> Json {
    match value {
        Json::Null => default,
        other => other,
    }
}

//# type_of: Json
fn type_of(value: &Json) -> &'static str {
    match value {
        Json::Null => "none",
        Json::Bool(_) => "bool",
        Json::Int(_) => "int",
        Json::Number(_) => "number",
        Json::Text(_) => "text",
        Json::List(_) => "list",
        Json::Map(_) => "map",
    }
}

//# as_list: Json wrong_type
#[track_caller]
fn as_list(value: &Json) -> Result<&[Json], Error> {
    match value {
        Json::List(items) => Ok(items),
        _ => Err(wrong_type()),
    }
}

//# as_map: Json wrong_type
#[track_caller]
fn as_map(value: &Json) -> Result<&Map<Json>, Error> {
    match value {
        Json::Map(entries) => Ok(entries),
        _ => Err(wrong_type()),
    }
}

//# as_text: Json wrong_type
#[track_caller]
fn as_text(value: &Json) -> Result<&str, Error> {
    match value {
        Json::Text(text) => Ok(text),
        _ => Err(wrong_type()),
    }
}

//# json_integer: Json invalid_argument whole parse_integer
#[track_caller]
fn json_integer(value: &Json) -> Result<i64, Error> {
    match value {
        Json::Int(integer) => Ok(*integer),
        Json::Bool(truth) => Ok(i64::from(*truth)),
        Json::Number(number) => whole(number.trunc()),
        Json::Text(text) => parse_integer(text),
        _ => Err(invalid_argument()),
    }
}

//# json_number: Json invalid_argument parse_number
#[track_caller]
fn json_number(value: &Json) -> Result<f64, Error> {
    match value {
        Json::Int(integer) => Ok(*integer as f64),
        Json::Number(number) => Ok(*number),
        Json::Text(text) => parse_number(text),
        _ => Err(invalid_argument()),
    }
}

//# json_item: Json wrong_type item_at
#[track_caller]
fn json_item(value: &Json, at: i64) -> Result<&Json, Error> {
    match value {
        Json::List(items) => item_at(items, at),
        _ => Err(wrong_type()),
    }
}

//# json_entry: Json wrong_type entry
#[track_caller]
fn json_entry<'a>(value: &'a Json, key: &str) -> Result<&'a Json, Error> {
    match value {
        Json::Map(entries) => entry(entries, key),
        _ => Err(wrong_type()),
    }
}

//# json_contains: Json Map::lookup wrong_type
#[track_caller]
fn json_contains(whole: &Json, part: &str) -> Result<bool, Error> {
    match whole {
        Json::Text(text) => Ok(text.contains(part)),
        Json::Map(entries) => Ok(entries.lookup(part).is_some()),
        Json::List(items) => Ok(items
            .iter()
            .any(|item| matches!(item, Json::Text(text) if text == part))),
        _ => Err(wrong_type()),
    }
}

//# write_json: push_json
#[track_caller]
fn write_json(value: &Json) -> Result<String, Error> {
    let mut out = String::new();
    push_json(value, None, 0, &mut out)?;
    Ok(out)
}

//# write_json_indented: push_json invalid_argument
#[track_caller]
fn write_json_indented(value: &Json, indent: i64) -> Result<String, Error> {
    if !(1..=8).contains(&indent) {
        return Err(invalid_argument());
    }
    let mut out = String::new();
    push_json(value, Some(indent as usize), 0, &mut out)?;
    Ok(out)
}

//# push_json: Json Map::iter number_text quote_json invalid_argument
#[track_caller]
fn push_json(
    value: &Json,
    indent: Option<usize>,
    depth: usize,
    out: &mut String,
) -> Result<(), Error> {
    let line = |depth: usize| match indent {
        Some(width) => format!("\n{}", " ".repeat(width * depth)),
        None => String::new(),
    };
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Json::Int(integer) => out.push_str(&integer.to_string()),
        Json::Number(number) if !number.is_finite() => return Err(invalid_argument()),
        Json::Number(number) => {
            let text = number_text(*number);
            let whole = text.strip_suffix(".0").unwrap_or(&text);
            out.push_str(if whole == "-0" { "0" } else { whole });
        }
        Json::Text(text) => quote_json(text, out),
        Json::List(items) if items.is_empty() => out.push_str("[]"),
        Json::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                out.push_str(&line(depth + 1));
                push_json(item, indent, depth + 1, out)?;
            }
            out.push_str(&line(depth));
            out.push(']');
        }
        Json::Map(entries) if entries.iter().next().is_none() => out.push_str("{}"),
        Json::Map(entries) => {
            out.push('{');
            for (index, (key, item)) in entries.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                out.push_str(&line(depth + 1));
                quote_json(key, out);
                out.push_str(if indent.is_some() { ": " } else { ":" });
                push_json(item, indent, depth + 1, out)?;
            }
            out.push_str(&line(depth));
            out.push('}');
        }
    }
    Ok(())
}

//# quote_json
fn quote_json(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => out.push(other),
        }
    }
    out.push('"');
}

//# parse_json: Json Map::from_iter JsonReader invalid_argument overflow
#[track_caller]
fn parse_json(text: &str) -> Result<Json, Error> {
    let mut reader = JsonReader {
        characters: text.chars().collect(),
        at: 0,
        large: false,
    };
    let value = reader.value(0);
    reader.skip_space();
    match value {
        // What is no JSON further on counts more than what is too large.
        Some(_) if reader.at < reader.characters.len() => Err(invalid_argument()),
        Some(_) if reader.large => Err(overflow()),
        Some(value) => Ok(value),
        None => Err(invalid_argument()),
    }
}

//# JsonReader: Json Map::from_iter
struct JsonReader {
    characters: Vec<char>,
    at: usize,
    /// Whether there was an integer beyond 64 bits.
    large: bool,
}

impl JsonReader {
    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    fn take(&mut self, wanted: char) -> Option<()> {
        self.at += usize::from(self.peek() == Some(wanted));
        (self.at > 0 && self.characters[self.at - 1] == wanted).then_some(())
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        if depth > 128 {
            return None;
        }
        self.skip_space();
        match self.peek()? {
            '"' => self.text().map(Json::Text),
            '[' => self.list(depth),
            '{' => self.map(depth),
            '-' | '0'..='9' => self.number(),
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Option<Json> {
        let words = [
            ("null", Json::Null),
            ("true", Json::Bool(true)),
            ("false", Json::Bool(false)),
        ];
        let start = self.at;
        while self
            .peek()
            .is_some_and(|character| character.is_alphanumeric() || character == '_')
        {
            self.at += 1;
        }
        let found: String = self.characters[start..self.at].iter().collect();
        words
            .into_iter()
            .find(|(word, _)| *word == found)
            .map(|(_, value)| value)
    }

    fn list(&mut self, depth: usize) -> Option<Json> {
        let mut items = Vec::new();
        self.at += 1;
        self.skip_space();
        if self.peek() == Some(']') {
            self.at += 1;
            return Some(Json::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.ends(']')? {
                return Some(Json::List(items));
            }
        }
    }

    fn map(&mut self, depth: usize) -> Option<Json> {
        let mut entries = Vec::new();
        self.at += 1;
        self.skip_space();
        if self.peek() == Some('}') {
            self.at += 1;
            return Some(Json::Map(entries.into_iter().collect()));
        }
        loop {
            self.skip_space();
            let key = self.text()?;
            self.skip_space();
            if self.peek()? != ':' {
                return None;
            }
            self.at += 1;
            entries.push((key, self.value(depth + 1)?));
            if self.ends('}')? {
                return Some(Json::Map(entries.into_iter().collect()));
            }
        }
    }

    /// Whether the bracket closes here; a comma goes on.
    fn ends(&mut self, close: char) -> Option<bool> {
        self.skip_space();
        let found = self.peek()?;
        self.at += 1;
        match found {
            ',' => Some(false),
            found if found == close => Some(true),
            _ => None,
        }
    }

    fn number(&mut self) -> Option<Json> {
        let start = self.at;
        self.at += 1;
        while matches!(self.peek(), Some('0'..='9' | '.' | 'e' | 'E' | '+' | '-')) {
            self.at += 1;
        }
        let text: String = self.characters[start..self.at].iter().collect();
        if !is_json_number(&text) {
            return None;
        }
        if !text.contains(['.', 'e', 'E']) {
            return Some(Json::Int(text.parse().unwrap_or_else(|_| {
                self.large = true;
                0
            })));
        }
        let number: f64 = text
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())?;
        if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 {
            return Some(Json::Int(number as i64));
        }
        Some(Json::Number(number))
    }

    fn text(&mut self) -> Option<String> {
        if self.peek()? != '"' {
            return None;
        }
        self.at += 1;
        let mut out = String::new();
        loop {
            let character = self.peek()?;
            self.at += 1;
            match character {
                '"' => return Some(out),
                '\\' => out.push(self.escape()?),
                control if control < ' ' => return None,
                other => out.push(other),
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += 1;
        match character {
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            'b' => Some('\u{8}'),
            'f' => Some('\u{c}'),
            '"' | '\\' | '/' => Some(character),
            'u' => self.unicode(),
            _ => None,
        }
    }

    fn unicode(&mut self) -> Option<char> {
        let high = self.digits()?;
        if !(0xd800..0xdc00).contains(&high) {
            return char::from_u32(high);
        }
        self.take('\\')?;
        self.take('u')?;
        let low = self
            .digits()?
            .checked_sub(0xdc00)
            .filter(|low| *low < 0x400)?;
        char::from_u32(0x10000 + ((high - 0xd800) << 10) + low)
    }

    fn digits(&mut self) -> Option<u32> {
        let digits: String = self.characters.get(self.at..self.at + 4)?.iter().collect();
        self.at += 4;
        u32::from_str_radix(&digits, 16).ok()
    }
}

fn is_json_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = text
        .split_once(['e', 'E'])
        .map_or((text, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa
        .split_once('.')
        .map_or((mantissa, None), |(w, f)| (w, Some(f)));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent
            .is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}
