use super::address::{Class, class};
use super::{Call, Function};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "isReservedIP",
    aliases: &[],
    summary: "whether the address lies in a block that IANA reserves, such as loopback, link-local and documentation",
    signature: "isReservedIP(text)",
    examples: &[
        ("isReservedIP(\"127.0.0.1\")", Some("1")),
        ("isReservedIP(\"203.0.113.9\")", Some("1")),
        ("isReservedIP(\"::1\")", Some("1")),
        ("isReservedIP(\"8.8.8.8\")", Some("0")),
        ("isReservedIP(\"10.0.0.1\")", Some("0")),
    ],
    arguments: (1, 1),
    call: Call::Values(is_reserved),
};

fn is_reserved<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    Value::boolean(class(arguments) == Some(Class::Reserved))
}
