use super::address::address;
use super::{Call, Function};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "isValidIpV6",
    aliases: &[],
    summary: "1 if the text is an IPv6 address",
    signature: "isValidIpV6(address)",
    examples: &[
        ("isValidIpV6(\"2001:db8::1\")", Some("1")),
        ("isValidIpV6(\"10.0.0.1\")", Some("0")),
    ],
    arguments: (1, 1),
    call: Call::Values(is_valid_ip_v6),
};

fn is_valid_ip_v6<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    Value::boolean(address(arguments).is_some_and(|ip| ip.is_ipv6()))
}
