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

fn block_holds(arguments: &[Value<'_>]) -> Option<bool> {
    let address = address(arguments)?;
    let block = text(arguments, 1)?;
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
