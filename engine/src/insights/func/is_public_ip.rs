use super::address::{Class, class};
use super::{Call, Function};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "isPublicIP",
    aliases: &[],
    summary: "whether the text is an address that is neither private nor reserved",
    signature: "isPublicIP(text)",
    examples: &[
        ("isPublicIP(\"8.8.8.8\")", Some("1")),
        ("isPublicIP(\"10.0.0.1\")", Some("0")),
        ("isPublicIP(\"127.0.0.1\")", Some("0")),
        ("isPublicIP(\"no address\")", Some("0")),
    ],
    arguments: (1, 1),
    call: Call::Values(is_public),
};

fn is_public<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    Value::boolean(class(arguments) == Some(Class::Public))
}
