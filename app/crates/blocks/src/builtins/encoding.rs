//! Encodings and hashes. Text stands for its UTF-8 bytes.

use super::Builtin;

/// These functions.
pub(super) const ALL: &[Builtin] = &[
    Builtin {
        name: "base64_encode",
        category: "encoding",
        signatures: &["base64_encode(text: text) -> text"],
        about: "The Base64 of the text.",
        words: "encode",
        example: "base64_encode(\"hi\") == \"aGk=\"",
    },
    Builtin {
        name: "base64_decode",
        category: "encoding",
        signatures: &["base64_decode(text: text) -> text"],
        about: "The text that a Base64 means. Fails with invalid_argument if it is none, or not UTF-8.",
        words: "decode",
        example: "base64_decode(\"aGk=\") == \"hi\"",
    },
    Builtin {
        name: "hex_encode",
        category: "encoding",
        signatures: &["hex_encode(text: text) -> text"],
        about: "The bytes as hexadecimal digits.",
        words: "hexadecimal encode",
        example: "hex_encode(\"hi\") == \"6869\"",
    },
    Builtin {
        name: "hex_decode",
        category: "encoding",
        signatures: &["hex_decode(text: text) -> text"],
        about: "The text that hexadecimal digits mean. Fails with invalid_argument if they are none, or not UTF-8.",
        words: "hexadecimal decode",
        example: "hex_decode(\"6869\") == \"hi\"",
    },
    Builtin {
        name: "url_encode",
        category: "encoding",
        signatures: &["url_encode(text: text) -> text"],
        about: "The text with everything but letters, digits and -_.~ percent-encoded.",
        words: "percent escape uri",
        example: "url_encode(\"a b&c\") == \"a%20b%26c\"",
    },
    Builtin {
        name: "url_decode",
        category: "encoding",
        signatures: &["url_decode(text: text) -> text"],
        about: "The text with percent codes replaced. Fails with invalid_argument for a broken code, or if it is not UTF-8.",
        words: "percent unescape uri",
        example: "url_decode(\"a%20b\") == \"a b\"",
    },
    Builtin {
        name: "html_escape",
        category: "encoding",
        signatures: &["html_escape(text: text) -> text"],
        about: "The text with & < > \" ' replaced, safe inside HTML.",
        words: "sanitize entities xss",
        example: "html_escape(\"<b>\") == \"&lt;b&gt;\"",
    },
    Builtin {
        name: "sha256",
        category: "encoding",
        signatures: &["sha256(text: text) -> text"],
        about: "The SHA-256 hash in hexadecimal.",
        words: "digest checksum",
        example: "len(sha256(\"a\")) == 64",
    },
    Builtin {
        name: "sha1",
        category: "encoding",
        signatures: &["sha1(text: text) -> text"],
        about: "The SHA-1 hash in hexadecimal; broken, for old checksums only.",
        words: "digest checksum",
        example: "len(sha1(\"a\")) == 40",
    },
    Builtin {
        name: "md5",
        category: "encoding",
        signatures: &["md5(text: text) -> text"],
        about: "The MD5 hash in hexadecimal; broken, for old checksums only.",
        words: "digest checksum",
        example: "len(md5(\"a\")) == 32",
    },
];
