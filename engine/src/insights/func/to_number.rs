use super::{Call, Function};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "toNumber",
    aliases: &[],
    summary: "the number that a text spells; missing where it spells none",
    signature: "toNumber(text)",
    examples: &[
        ("toNumber(\"12.5\") + 1", Some("13.5")),
        ("toNumber(\"abc\")", None),
    ],
    arguments: (1, 1),
    call: Call::Values(to_number),
};

fn to_number<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let number = arguments.first().and_then(Value::number);
    number.map_or(Value::Null, Value::from)
}
