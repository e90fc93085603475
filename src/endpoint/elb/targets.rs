use std::net::Ipv4Addr;

use super::store::TargetGroup;
use crate::endpoint::{Fault, Input};

/// The targets of a request: id and port, which is the group's where it is left out. None are named where the list is
/// absent.
pub(super) fn read(input: &Input<'_>, group: &TargetGroup) -> Result<Vec<(String, i64)>, Fault> {
    let mut targets = Vec::new();
    for target in input.structures("Targets")? {
        target.only(&["Id", "Port"])?;
        let id = target.required_str("Id")?;
        let is_one = match group.target_type.as_str() {
            "ip" => id.parse::<Ipv4Addr>().is_ok(),
            _ => id.starts_with("i-"),
        };
        let port = target.optional_i64("Port")?.unwrap_or(group.port);
        if !is_one || !(1..=65_535).contains(&port) {
            let message = format!(
                "The following targets are not of the type '{}': '{id}:{port}'",
                group.target_type
            );
            return Err(Fault::new("InvalidTarget", message));
        }
        targets.push((id.to_owned(), port));
    }
    Ok(targets)
}

/// The same; at least one.
pub(super) fn required(
    input: &Input<'_>,
    group: &TargetGroup,
) -> Result<Vec<(String, i64)>, Fault> {
    let targets = read(input, group)?;
    if targets.is_empty() {
        return Err(input.missing("Targets"));
    }
    Ok(targets)
}
