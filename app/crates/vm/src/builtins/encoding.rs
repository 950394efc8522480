//! Encodings and hashes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use blocks::Value;
use hmac::{Hmac, Mac};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use super::{Function, text};
use crate::failure::Fault;

pub(super) fn function(name: &str) -> Option<Function> {
    Some(match name {
        "base64_encode" => |_, a, _| Ok(Value::text(STANDARD.encode(text(&a[0])?))),
        "base64_decode" => |_, a, _| {
            let bytes = STANDARD.decode(text(&a[0])?.trim()).map_err(|_| Fault::invalid("the text is not Base64"))?;
            utf8(bytes)
        },
        "hex_encode" => |_, a, _| Ok(Value::text(hex(text(&a[0])?.as_bytes()))),
        "hex_decode" => |_, a, _| {
            let digits = text(&a[0])?.trim();
            if digits.len() % 2 != 0 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return Err(Fault::invalid("the text is not pairs of hexadecimal digits"));
            }
            utf8(
                (0..digits.len())
                    .step_by(2)
                    .filter_map(|at| u8::from_str_radix(&digits[at..at + 2], 16).ok())
                    .collect(),
            )
        },
        "url_encode" => |_, a, _| Ok(Value::text(percent_encode(text(&a[0])?))),
        "url_decode" => |_, a, _| percent_decode(text(&a[0])?).and_then(utf8),
        "html_escape" => |_, a, _| Ok(Value::text(html_escape(text(&a[0])?))),
        "sha256" => |_, a, _| Ok(Value::text(hex(&Sha256::digest(text(&a[0])?)))),
        "sha512" => |_, a, _| Ok(Value::text(hex(&Sha512::digest(text(&a[0])?)))),
        "hmac_sha256" => |_, a, _| {
            let mac = Hmac::<Sha256>::new_from_slice(text(&a[0])?.as_bytes());
            let mac = mac.map_err(|_| Fault::invalid("the key has no valid length"))?;
            Ok(Value::text(hex(&mac.chain_update(text(&a[1])?).finalize().into_bytes())))
        },
        "sha1" => |_, a, _| Ok(Value::text(hex(&Sha1::digest(text(&a[0])?)))),
        "md5" => |_, a, _| Ok(Value::text(hex(&Md5::digest(text(&a[0])?)))),
        _ => return None,
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn utf8(bytes: Vec<u8>) -> Result<Value, Fault> {
    String::from_utf8(bytes).map(Value::from).map_err(|_| Fault::invalid("the bytes are not UTF-8 text"))
}

fn percent_encode(text: &str) -> String {
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

fn percent_decode(text: &str) -> Result<Vec<u8>, Fault> {
    let mut bytes = text.bytes();
    let mut out = Vec::new();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        match (digit(bytes.next()), digit(bytes.next())) {
            (Some(high), Some(low)) => out.push((high * 16 + low) as u8),
            _ => return Err(Fault::invalid("a percent sign is not followed by two hexadecimal digits")),
        }
    }
    Ok(out)
}

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
