use std::net::IpAddr;

use super::text;
use crate::insights::value::Value;

/// The first argument as an address.
pub(super) fn address(arguments: &[Value<'_>]) -> Option<IpAddr> {
    text(arguments, 0)?.parse().ok()
}

/// Whether the first argument lies in the block that is the second. Bits of the block's address beyond
/// its prefix are ignored.
pub(super) fn in_subnet(arguments: &[Value<'_>]) -> bool {
    block_holds(arguments).unwrap_or(false)
}

/// What an address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// For networks of one's own.
    Private,
    /// Set aside by IANA for loopback, documentation, multicast and the like.
    Reserved,
    /// Any other.
    Public,
}

/// Private blocks: RFC 1918, and RFC 4193 for IPv6, which the user guide leaves open.
const PRIVATE: &[&str] = &["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];

/// IANA's special-purpose blocks that are not private. The user guide names no list.
const RESERVED: &[&str] = &[
    "0.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "::/128",
    "::1/128",
    "fe80::/10",
    "ff00::/8",
    "2001:db8::/32",
];

/// The class of the address that is the first argument.
pub(super) fn class(arguments: &[Value<'_>]) -> Option<Class> {
    let address = address(arguments)?;
    let within = |blocks: &[&str]| {
        blocks
            .iter()
            .any(|block| holds(block, address) == Some(true))
    };
    Some(if within(PRIVATE) {
        Class::Private
    } else if within(RESERVED) {
        Class::Reserved
    } else {
        Class::Public
    })
}

fn block_holds(arguments: &[Value<'_>]) -> Option<bool> {
    holds(&text(arguments, 1)?, address(arguments)?)
}

/// Whether a block holds an address; `None` where the block cannot be read.
pub(in crate::insights) fn holds(block: &str, address: IpAddr) -> Option<bool> {
    let (network, prefix) = block.split_once('/')?;
    let network: IpAddr = network.parse().ok()?;
    let prefix: u32 = prefix.parse().ok()?;
    match (address, network) {
        (IpAddr::V4(a), IpAddr::V4(b)) if prefix <= 32 => {
            let mask = u32::MAX.checked_shl(32 - prefix).unwrap_or(0);
            Some(u32::from(a) & mask == u32::from(b) & mask)
        }
        (IpAddr::V6(a), IpAddr::V6(b)) if prefix <= 128 => {
            let mask = u128::MAX.checked_shl(128 - prefix).unwrap_or(0);
            Some(u128::from(a) & mask == u128::from(b) & mask)
        }
        _ => None,
    }
}
