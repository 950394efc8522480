//! Kinds that make values.

use super::{Kind, Meaning, VALUE};
use crate::types::Type;

pub(super) fn kinds() -> Vec<Kind> {
    vec![
        Kind::new("formula", "basics", Meaning::Formula, "Computes an expression; its free names are the input ports.")
            .setting("expression", Type::Text, "For example price * (1 + rate).")
            .output(VALUE, Type::Unknown)
            .words("expression calculate compute operator arithmetic compare condition"),
        Kind::new(
            "template",
            "text",
            Meaning::Template,
            "Fills a text: every {{ formula }} in it is replaced by its value; the free names are the input ports.",
        )
        .setting("text", Type::Text, "For example Hello, {{ name }}!")
        .output(VALUE, Type::Text)
        .words("format interpolate string fill concatenate"),
        Kind::new("constant", "basics", Meaning::Constant, "Gives a value that is written in the program.")
            .setting(VALUE, Type::Unknown, "Any literal.")
            .output(VALUE, Type::Unknown)
            .words("literal fixed variable number text list"),
        Kind::new("note", "basics", Meaning::Note, "A remark for readers; it does nothing.")
            .setting("text", Type::Text, "The remark.")
            .optional_setting("around", Type::list(Type::Text), "The blocks that it is about, drawn in a frame.")
            .words("comment documentation explain"),
    ]
}
