use super::address::address;
use super::{Call, Function};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "isValidIpV4",
    aliases: &[],
    summary: "1 if the text is an IPv4 address",
    signature: "isValidIpV4(address)",
    examples: &[
        ("isValidIpV4(\"10.0.0.1\")", Some("1")),
        ("isValidIpV4(\"::1\")", Some("0")),
    ],
    arguments: (1, 1),
    call: Call::Values(is_valid_ip_v4),
};

fn is_valid_ip_v4<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    Value::boolean(address(arguments).is_some_and(|ip| ip.is_ipv4()))
}
