use std::collections::BTreeMap;

use super::attributes;
use super::describe_target_group_attributes::show;
use super::refusals::group;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ModifyTargetGroupAttributes`: all or none of those that are named.
pub(super) const OPERATION: Operation = Operation {
    name: "ModifyTargetGroupAttributes",
    mutates: true,
    members: &["TargetGroupArn", "Attributes"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let group = group(cx, input)?;
    let given = input.structures("Attributes")?;
    if given.is_empty() {
        return Err(input.missing("Attributes"));
    }
    let mut changed = BTreeMap::new();
    for attribute in &given {
        attribute.only(&["Key", "Value"])?;
        let key = attribute.required_str("Key")?;
        let value = attribute.optional_str("Value")?.unwrap_or_default();
        changed.insert(attributes::check_of_group(key, value)?, value.to_owned());
    }
    group.attributes.extend(changed);
    Ok(show(group))
}
