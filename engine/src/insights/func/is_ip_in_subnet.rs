use super::address::in_subnet;
use super::{Call, Function};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "isIpInSubnet",
    aliases: &[],
    summary: "1 if the address lies in the block",
    signature: "isIpInSubnet(address, block)",
    examples: &[
        (
            "isIpInSubnet(\"2001:db8::1\", \"2001:db8::/32\")",
            Some("1"),
        ),
        ("isIpInSubnet(\"10.1.0.1\", \"10.0.0.0/16\")", Some("0")),
    ],
    arguments: (2, 2),
    call: Call::Values(is_ip_in_subnet),
};

fn is_ip_in_subnet<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    Value::boolean(in_subnet(arguments))
}
