use std::net::IpAddr;
use std::sync::Arc;

use super::overload::{BOOLEAN, Overload, Parameter, Site, at, plain};
use crate::refusal::{Judged, Refusal};
use crate::types::Type;
use crate::value::Value;

const V: Parameter = Parameter::Varchar;
const IP: Parameter = Parameter::IpAddress;
const PREFIX: Parameter = Parameter::IpPrefix;
const N: Parameter = Parameter::BigInt;

/// Where IPv4 addresses begin among the mapped ones.
const MAPPED: [u8; 12] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

pub(super) const TABLE: &[Overload] = &[
    plain("contains", &[V, IP], BOOLEAN, |args, _| {
        let text = at(args, 0).as_str();
        let (start, bits) =
            parse_prefix(text).ok_or_else(|| Refusal::argument(format!("Invalid CIDR: {text}")))?;
        Ok(Value::Boolean(is_inside(&start, bits, at(args, 1))))
    }),
    plain(
        "ip_prefix",
        &[IP, N],
        |_| Type::IpPrefix,
        |args, _| prefix(address(at(args, 0)), at(args, 1)),
    ),
    plain(
        "ip_prefix",
        &[V, N],
        |_| Type::IpPrefix,
        |args, _| {
            let text = at(args, 0).as_str();
            let of = parse_ip(text).ok_or_else(|| wrong_address(text))?;
            prefix(of, at(args, 1))
        },
    ),
    plain(
        "ip_subnet_min",
        &[PREFIX],
        |_| Type::IpAddress,
        |args, _| Ok(edge(at(args, 0), false)),
    ),
    plain(
        "ip_subnet_max",
        &[PREFIX],
        |_| Type::IpAddress,
        |args, _| Ok(edge(at(args, 0), true)),
    ),
    plain("is_subnet_of", &[PREFIX, IP], BOOLEAN, subnet),
    plain("is_subnet_of", &[PREFIX, PREFIX], BOOLEAN, subnet),
];

pub(super) fn wrong_address(text: &str) -> Box<Refusal> {
    Refusal::value(
        "INVALID_CAST_ARGUMENT",
        format!("Cannot cast value to IPADDRESS: {text}"),
    )
}

fn address(value: &Value) -> [u8; 16] {
    match value {
        Value::IpAddress(address) => **address,
        Value::IpPrefix(prefix) => prefix.0,
        _ => [0; 16],
    }
}

/// An address as 16 bytes.
pub(super) fn parse_ip(text: &str) -> Option<[u8; 16]> {
    Some(match text.parse::<IpAddr>().ok()? {
        IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
        IpAddr::V6(address) => address.octets(),
    })
}

/// `10.0.0.0/8`: the first address and the bits.
pub(super) fn parse_prefix(text: &str) -> Option<([u8; 16], u8)> {
    let (start, bits) = text.split_once('/')?;
    let (start, bits) = (parse_ip(start)?, bits.parse().ok()?);
    (bits <= most(&start)).then(|| (masked(start, bits, false), bits))
}

fn is_v4(address: &[u8; 16]) -> bool {
    address.starts_with(&MAPPED)
}

fn most(address: &[u8; 16]) -> u8 {
    if is_v4(address) { 32 } else { 128 }
}

/// With the bits behind the prefix all 0, or all 1.
fn masked(address: [u8; 16], bits: u8, ones: bool) -> [u8; 16] {
    let all = u128::from_be_bytes(address);
    let behind = most(&address) - bits;
    let mask = 1_u128
        .checked_shl(u32::from(behind))
        .map_or(u128::MAX, |bit| bit - 1);
    let found = if ones { all | mask } else { all & !mask };
    found.to_be_bytes()
}

fn prefix(of: [u8; 16], bits: &Value) -> Judged<Value> {
    let bits = u8::try_from(bits.as_whole())
        .ok()
        .filter(|bits| *bits <= most(&of));
    let bits = bits.ok_or_else(|| Refusal::argument("IP prefix length is out of range"))?;
    Ok(Value::IpPrefix(Arc::new((masked(of, bits, false), bits))))
}

fn edge(value: &Value, last: bool) -> Value {
    match value {
        Value::IpPrefix(prefix) => Value::IpAddress(Arc::new(masked(prefix.0, prefix.1, last))),
        _ => Value::Null,
    }
}

fn is_inside(start: &[u8; 16], bits: u8, value: &Value) -> bool {
    let of = address(value);
    is_v4(start) == is_v4(&of) && masked(of, bits, false) == *start
}

fn subnet(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let Value::IpPrefix(outer) = at(args, 0) else {
        return Ok(Value::Null);
    };
    let narrower = match at(args, 1) {
        Value::IpPrefix(inner) => inner.1 >= outer.1,
        _ => true,
    };
    Ok(Value::Boolean(
        narrower && is_inside(&outer.0, outer.1, at(args, 1)),
    ))
}
