use std::net::Ipv4Addr;

use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "ipv4ToNumber",
    aliases: &[],
    summary: "the number of an IPv4 address",
    signature: "ipv4ToNumber(address)",
    examples: &[
        ("ipv4ToNumber(\"10.0.0.1\")", Some("167772161")),
        ("ipv4ToNumber(\"::1\")", None),
    ],
    arguments: (1, 1),
    call: Call::Values(ipv4_to_number),
};

fn ipv4_to_number<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let address = text(arguments, 0).and_then(|text| text.parse::<Ipv4Addr>().ok());
    address.map_or(Value::Null, |address| {
        Value::Integer(i64::from(u32::from(address)))
    })
}
