//! The driver of generated Rust: modules with one case each are added at its end, and a `main` that runs them.

/// Writes a value in the one form that all drivers share.
pub trait Encode {
    fn encode(&self, out: &mut String);
}

impl Encode for i64 {
    fn encode(&self, out: &mut String) {
        out.push_str(&format!("{{\"i\":\"{self}\"}}"));
    }
}

impl Encode for f64 {
    fn encode(&self, out: &mut String) {
        let bits = if self.is_nan() { "nan".to_owned() } else { format!("{:016x}", self.to_bits()) };
        out.push_str(&format!("{{\"n\":\"{bits}\"}}"));
    }
}

impl Encode for bool {
    fn encode(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl Encode for () {
    fn encode(&self, out: &mut String) {
        out.push_str("null");
    }
}

impl Encode for String {
    fn encode(&self, out: &mut String) {
        out.push('"');
        for character in self.chars() {
            match character {
                '"' | '\\' => out.extend(['\\', character]),
                control if (control as u32) < 32 => out.push_str(&format!("\\u{:04x}", control as u32)),
                other => out.push(other),
            }
        }
        out.push('"');
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, out: &mut String) {
        out.push('[');
        for (place, item) in self.iter().enumerate() {
            out.push_str(if place > 0 { "," } else { "" });
            item.encode(out);
        }
        out.push(']');
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, out: &mut String) {
        match self {
            Some(value) => value.encode(out),
            None => out.push_str("null"),
        }
    }
}

impl Encode for std::convert::Infallible {
    fn encode(&self, _: &mut String) {
        match *self {}
    }
}

impl<T: Encode> Encode for Box<T> {
    fn encode(&self, out: &mut String) {
        (**self).encode(out);
    }
}

/// Writes entries; `entry` writes a key and a value.
pub fn entries<'a>(entries: impl Iterator<Item = (&'a str, &'a dyn Encode)>, out: &mut String) {
    out.push_str("{\"m\":[");
    for (place, (key, value)) in entries.enumerate() {
        out.push_str(if place > 0 { ",[" } else { "[" });
        key.to_owned().encode(out);
        out.push(',');
        value.encode(out);
        out.push(']');
    }
    out.push_str("]}");
}

/// The line for an error.
pub fn failure(code: &str, message: &str, line: u32) -> String {
    let mut out = String::from("{\"code\":");
    code.to_owned().encode(&mut out);
    out.push_str(",\"says\":");
    message.to_owned().encode(&mut out);
    out.push_str(&format!(",\"lines\":[{line}]}}"));
    out
}

/// Prints the line of a case, also where it panics.
pub fn say(case: fn() -> String) {
    let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(move || println!("{}", case()));
    if thread.unwrap().join().is_err() {
        println!("{}", failure("!panic", "it panicked", 0));
    }
}
