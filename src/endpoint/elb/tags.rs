use std::collections::BTreeSet;

use super::listeners::no_listener;
use super::refusals::{check_arn, invalid, no_balancers, no_groups};
use crate::endpoint::{Context, Fault, Input};

/// Tags of one resource.
const MOST_TAGS: usize = 50;

/// Reads `Tags`; a value may be left out.
pub(super) fn read(input: &Input<'_>) -> Result<Vec<(String, String)>, Fault> {
    let mut tags = Vec::new();
    let mut keys = BTreeSet::new();
    for tag in input.structures("Tags")? {
        tag.only(&["Key", "Value"])?;
        let key = tag.required_str("Key")?;
        let value = tag.optional_str("Value")?.unwrap_or_default();
        let is_taken = |text: &str| {
            text.chars()
                .all(|c| c.is_alphanumeric() || c.is_whitespace() || "_.:/=+-@".contains(c))
        };
        if !(1..=128).contains(&key.chars().count()) || !is_taken(key) || key.starts_with("aws:") {
            return Err(invalid(format!("Invalid tag key '{key}'")));
        }
        if value.chars().count() > 256 || !is_taken(value) {
            return Err(invalid(format!("Invalid tag value '{value}'")));
        }
        if !keys.insert(key) {
            let message = format!("Tag keys must be unique: '{key}' is specified more than once");
            return Err(Fault::new("DuplicateTagKeys", message));
        }
        tags.push((key.to_owned(), value.to_owned()));
    }
    Ok(tags)
}

/// Adds tags to a resource, unless it would have too many.
pub(super) fn add(cx: &mut Context<'_>, arn: &str, tags: &[(String, String)]) -> Result<(), Fault> {
    let mut all = cx.account.tags.of(arn);
    all.extend(tags.iter().cloned());
    if all.len() > MOST_TAGS {
        let message = format!("The maximum number of tags ({MOST_TAGS}) is exceeded");
        return Err(Fault::new("TooManyTags", message));
    }
    cx.account.tags.add(arn, tags.iter().cloned());
    Ok(())
}

/// The resources of `ResourceArns`, which are there.
pub(super) fn resources<'a>(
    cx: &mut Context<'_>,
    input: &Input<'a>,
) -> Result<Vec<&'a str>, Fault> {
    let arns = input.strings("ResourceArns")?;
    if arns.is_empty() {
        return Err(input.missing("ResourceArns"));
    }
    if arns.len() > 20 {
        return Err(invalid("at most 20 resources can be named at once"));
    }
    for arn in &arns {
        check_arn(arn)?;
        let store = cx.stores.elb.of(cx.region);
        if arn.contains(":targetgroup/") {
            store.group(arn).ok_or_else(no_groups)?;
        } else if arn.contains(":listener/") {
            store.listeners.get(*arn).ok_or_else(|| no_listener(arn))?;
        } else {
            store.balancer(arn).ok_or_else(|| no_balancers(&[arn]))?;
        }
    }
    Ok(arns)
}
