use super::{Call, Function};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "isNumeric",
    aliases: &[],
    summary: "1 if the value is a number or spells one",
    signature: "isNumeric(value)",
    examples: &[
        ("isNumeric(\"12.5\")", Some("1")),
        ("isNumeric(\"abc\")", Some("0")),
        ("isNumeric(missing)", Some("0")),
    ],
    arguments: (1, 1),
    call: Call::Values(is_numeric),
};

fn is_numeric<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    Value::boolean(arguments.first().and_then(Value::number).is_some())
}
