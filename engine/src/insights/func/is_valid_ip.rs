use super::address::address;
use super::{Call, Function};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "isValidIp",
    aliases: &[],
    summary: "1 if the text is an IPv4 or IPv6 address",
    signature: "isValidIp(address)",
    examples: &[
        ("isValidIp(\"10.0.0.1\")", Some("1")),
        ("isValidIp(\"x\")", Some("0")),
    ],
    arguments: (1, 1),
    call: Call::Values(is_valid_ip),
};

fn is_valid_ip<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    Value::boolean(address(arguments).is_some())
}
