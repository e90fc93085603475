use super::address::{address, in_subnet};
use super::{Call, Function};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "isIpv6InSubnet",
    aliases: &[],
    summary: "1 if the address is IPv6 and lies in the block",
    signature: "isIpv6InSubnet(address, block)",
    examples: &[
        (
            "isIpv6InSubnet(\"2001:db8::1\", \"2001:db8::/32\")",
            Some("1"),
        ),
        ("isIpv6InSubnet(\"10.0.0.1\", \"10.0.0.0/8\")", Some("0")),
    ],
    arguments: (2, 2),
    call: Call::Values(is_ipv6_in_subnet),
};

fn is_ipv6_in_subnet<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    Value::boolean(address(arguments).is_some_and(|ip| ip.is_ipv6()) && in_subnet(arguments))
}
