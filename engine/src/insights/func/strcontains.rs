use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "strcontains",
    aliases: &[],
    summary: "1 if the text holds the other, 0 if not; letter case aside if the third argument is true",
    signature: "strcontains(text, part[, ignore_case])",
    examples: &[
        ("strcontains(\"Hello\", \"ell\")", Some("1")),
        ("strcontains(\"Hello\", \"ELL\")", Some("0")),
        ("strcontains(\"Hello\", \"ELL\", true)", Some("1")),
        ("strcontains(missing, \"x\")", None),
    ],
    arguments: (2, 3),
    call: Call::Values(strcontains),
};

fn strcontains<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let (Some(text), Some(part)) = (text(arguments, 0), text(arguments, 1)) else {
        return Value::Null;
    };
    let ignore_case = arguments.get(2).is_some_and(Value::is_true);
    Value::boolean(if ignore_case {
        text.to_lowercase().contains(&part.to_lowercase())
    } else {
        text.contains(&*part)
    })
}
