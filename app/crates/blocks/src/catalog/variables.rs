//! Kinds for people who think in variables. A variable lives in the body that makes it and in the bodies inside; a
//! function sees its own only.

use super::{Kind, Meaning, VALUE};
use crate::types::Type;

pub(super) fn kinds() -> Vec<Kind> {
    let kind = |name, meaning, about| Kind::new(name, "variables", meaning, about);
    let any = || Type::Parameter("T".to_owned());
    vec![
        kind("variable", Meaning::Variable, "Makes a variable, called as this block's id.")
            .input("initial", any())
            .optional_setting("type", Type::Text, "Its type, where that of the initial value is too narrow.")
            .words("declare define let state mutable"),
        kind("set_variable", Meaning::SetVariable, "Gives a variable another value.")
            .setting("variable", Type::Text, "The variable's id.")
            .input(VALUE, any())
            .words("assign assignment store update"),
        kind("get_variable", Meaning::GetVariable, "The value of a variable at this moment.")
            .setting("variable", Type::Text, "The variable's id.")
            .output(VALUE, any())
            .words("read load use"),
        kind(
            "change_variable",
            Meaning::ChangeVariable,
            "Gives a variable the value of an expression, in which now is its value so far; other free names are the \
             input ports.",
        )
        .setting("variable", Type::Text, "The variable's id.")
        .setting("expression", Type::Text, "For example now + 1.")
        .words("increase add count append modify increment"),
    ]
}
