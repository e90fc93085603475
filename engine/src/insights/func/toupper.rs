use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "toupper",
    aliases: &[],
    summary: "the text in capitals",
    signature: "toupper(text)",
    examples: &[("toupper(\"Straße\")", Some("STRASSE"))],
    arguments: (1, 1),
    call: Call::Values(toupper),
};

fn toupper<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    text(arguments, 0).map_or(Value::Null, |text| Value::text(text.to_uppercase()))
}
