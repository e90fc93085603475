use super::address::{address, in_subnet};
use super::{Call, Function};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "isIpv4InSubnet",
    aliases: &[],
    summary: "1 if the address is IPv4 and lies in the block",
    signature: "isIpv4InSubnet(address, block)",
    examples: &[
        ("isIpv4InSubnet(\"192.0.2.9\", \"192.0.2.0/24\")", Some("1")),
        ("isIpv4InSubnet(\"192.0.3.9\", \"192.0.2.0/24\")", Some("0")),
    ],
    arguments: (2, 2),
    call: Call::Values(is_ipv4_in_subnet),
};

fn is_ipv4_in_subnet<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    Value::boolean(address(arguments).is_some_and(|ip| ip.is_ipv4()) && in_subnet(arguments))
}
