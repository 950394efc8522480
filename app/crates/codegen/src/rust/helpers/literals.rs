//# Literal
/// How a value is written as text.
trait Literal {
    fn write_literal(&self, out: &mut String);

    fn to_text(&self) -> String {
        let mut out = String::new();
        self.write_literal(&mut out);
        out
    }
}

//# Literal::none: Literal
impl Literal for () {
    fn write_literal(&self, out: &mut String) {
        out.push_str("none");
    }
}

//# Literal::unknown: Literal
impl Literal for std::convert::Infallible {
    fn write_literal(&self, _: &mut String) {
        match *self {}
    }
}

//# Literal::int: Literal
impl Literal for i64 {
    fn write_literal(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

//# Literal::number: Literal number_text
impl Literal for f64 {
    fn write_literal(&self, out: &mut String) {
        out.push_str(&number_text(*self));
    }
}

//# Literal::bool: Literal
impl Literal for bool {
    fn write_literal(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

//# Literal::text: Literal quote
impl Literal for String {
    fn write_literal(&self, out: &mut String) {
        quote(self, out);
    }

    fn to_text(&self) -> String {
        self.clone()
    }
}

//# Literal::optional: Literal
impl<T: Literal> Literal for Option<T> {
    fn write_literal(&self, out: &mut String) {
        match self {
            Some(value) => value.write_literal(out),
            None => out.push_str("none"),
        }
    }

    fn to_text(&self) -> String {
        match self {
            Some(value) => value.to_text(),
            None => "none".to_owned(),
        }
    }
}

//# Literal::list: Literal
impl<T: Literal> Literal for [T] {
    fn write_literal(&self, out: &mut String) {
        out.push('[');
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            item.write_literal(out);
        }
        out.push(']');
    }
}

impl<T: Literal> Literal for Vec<T> {
    fn write_literal(&self, out: &mut String) {
        self.as_slice().write_literal(out);
    }
}

//# Literal::map: Literal Map write_entries
impl<T: Literal> Literal for Map<T> {
    fn write_literal(&self, out: &mut String) {
        let entries: Vec<(&str, &dyn Literal)> = self
            .entries
            .iter()
            .map(|(key, value)| (key.as_str(), value as &dyn Literal))
            .collect();
        write_entries(&entries, out);
    }
}

//# Literal::json: Json Literal::bool Literal::int Literal::number Literal::text Literal::list Literal::map
impl Literal for Json {
    fn write_literal(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("none"),
            Self::Bool(value) => value.write_literal(out),
            Self::Int(value) => value.write_literal(out),
            Self::Number(value) => value.write_literal(out),
            Self::Text(value) => value.write_literal(out),
            Self::List(value) => value.write_literal(out),
            Self::Map(value) => value.write_literal(out),
        }
    }

    fn to_text(&self) -> String {
        if let Self::Text(text) = self {
            return text.clone();
        }
        let mut out = String::new();
        self.write_literal(&mut out);
        out
    }
}

//# write_entries: Literal quote
fn write_entries(entries: &[(&str, &dyn Literal)], out: &mut String) {
    out.push('{');
    for (index, (key, value)) in entries.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        quote(key, out);
        out.push_str(": ");
        value.write_literal(out);
    }
    out.push('}');
}

//# quote
fn quote(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control.is_control() => {
                out.push_str(&format!("\\u{:04x}", u32::from(control)));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}
