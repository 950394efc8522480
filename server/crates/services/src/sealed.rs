//! Secrets at rest: XChaCha20-Poly1305 with the server's key; the thing's id is bound in.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

/// Encrypts a secret; `random` must never be used twice.
pub(crate) fn seal(key: &[u8; 32], id: &str, secret: &str, random: &[u8; 32]) -> Option<String> {
    let nonce: [u8; 24] = random[..24].try_into().ok()?;
    let payload = Payload { msg: secret.as_bytes(), aad: id.as_bytes() };
    let sealed = XChaCha20Poly1305::new(key.into()).encrypt(&XNonce::from(nonce), payload).ok()?;
    Some(nonce.iter().chain(&sealed).map(|byte| format!("{byte:02x}")).collect())
}

/// Decrypts it; `None` if the key or the id is another one, or the text was changed.
pub(crate) fn open(key: &[u8; 32], id: &str, sealed: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> =
        (0..sealed.len()).step_by(2).map(|at| u8::from_str_radix(sealed.get(at..at + 2)?, 16).ok()).collect();
    let bytes = bytes.filter(|bytes| bytes.len() > 24)?;
    let nonce: [u8; 24] = bytes[..24].try_into().ok()?;
    let payload = Payload { msg: &bytes[24..], aad: id.as_bytes() };
    let secret = XChaCha20Poly1305::new(key.into()).decrypt(&XNonce::from(nonce), payload).ok()?;
    String::from_utf8(secret).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_with_its_key_and_id_only() {
        let sealed = seal(&[1; 32], "a", "sk-secret", &[7; 32]).unwrap();
        assert!(!sealed.contains("sk-"));
        assert_eq!(open(&[1; 32], "a", &sealed).as_deref(), Some("sk-secret"));
        assert_eq!(open(&[2; 32], "a", &sealed), None);
        assert_eq!(open(&[1; 32], "b", &sealed), None);
        assert_eq!(open(&[1; 32], "a", "zz"), None);
    }
}
