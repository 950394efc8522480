//# utf8: invalid_argument
#[track_caller]
fn utf8(bytes: Vec<u8>) -> Result<String, Error> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(_) => Err(invalid_argument()),
    }
}

//# BASE64
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

//# base64_encode: BASE64
fn base64_encode(text: &str) -> String {
    let mut out = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let bits = chunk
            .iter()
            .fold(0, |bits: u32, byte| (bits << 8) | u32::from(*byte));
        let bits = bits << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = BASE64[(bits >> (18 - 6 * place)) as usize & 63];
            out.push(if place <= chunk.len() {
                char::from(digit)
            } else {
                '='
            });
        }
    }
    out
}

//# base64_decode: BASE64 utf8 invalid_argument
#[track_caller]
fn base64_decode(text: &str) -> Result<String, Error> {
    let digits = text.trim().as_bytes();
    if digits.len() % 4 != 0 {
        return Err(invalid_argument());
    }
    let plain = digits
        .strip_suffix(b"==")
        .or_else(|| digits.strip_suffix(b"="))
        .unwrap_or(digits);
    let mut bytes = Vec::new();
    for chunk in plain.chunks(4) {
        let mut bits = 0;
        for digit in chunk {
            match BASE64.iter().position(|have| have == digit) {
                Some(value) => bits = (bits << 6) | value as u32,
                None => return Err(invalid_argument()),
            }
        }
        let unused = 6 * chunk.len() as u32 % 8;
        if bits & ((1 << unused) - 1) != 0 {
            return Err(invalid_argument());
        }
        bits >>= unused;
        let count = 6 * chunk.len() / 8;
        bytes.extend_from_slice(&bits.to_be_bytes()[4 - count..]);
    }
    utf8(bytes)
}

//# hex
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

//# hex_encode: hex
fn hex_encode(text: &str) -> String {
    hex(text.as_bytes())
}

//# hex_decode: utf8 invalid_argument
#[track_caller]
fn hex_decode(text: &str) -> Result<String, Error> {
    let digits = text.trim().as_bytes();
    if digits.len() % 2 != 0 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return Err(invalid_argument());
    }
    let digit = |digit: u8| char::from(digit).to_digit(16).unwrap_or(0) as u8;
    utf8(
        digits
            .chunks(2)
            .map(|pair| digit(pair[0]) << 4 | digit(pair[1]))
            .collect(),
    )
}

//# url_encode
fn url_encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

//# url_decode: utf8 invalid_argument
#[track_caller]
fn url_decode(text: &str) -> Result<String, Error> {
    let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
    let (mut bytes, mut decoded) = (text.bytes(), Vec::new());
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        match (digit(bytes.next()), digit(bytes.next())) {
            (Some(high), Some(low)) => decoded.push((high * 16 + low) as u8),
            _ => return Err(invalid_argument()),
        }
    }
    utf8(decoded)
}

//# html_escape
fn html_escape(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#x27;"),
            other => out.push(other),
        }
    }
    out
}
