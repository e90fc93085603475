use std::ops::RangeInclusive;

use belfry_engine::events::{LogGroup, LogGroupClass};

use super::fault::unsupported;
use crate::endpoint::{Context, Fault, Input};

/// Text whose length AWS bounds, or nothing.
pub(super) fn text<'a>(
    input: &Input<'a>,
    name: &str,
    length: RangeInclusive<usize>,
) -> Result<Option<&'a str>, Fault> {
    let Some(value) = input.optional_str(name)? else {
        return Ok(None);
    };
    let count = value.chars().count();
    if count < *length.start() {
        let constraint = format!(
            "Member must have length greater than or equal to {}",
            length.start()
        );
        return Err(input.constraint(name, value, &constraint));
    }
    if count > *length.end() {
        let constraint = format!(
            "Member must have length less than or equal to {}",
            length.end()
        );
        return Err(input.constraint(name, value, &constraint));
    }
    Ok(Some(value))
}

/// Text whose length AWS bounds.
pub(super) fn required_text<'a>(
    input: &Input<'a>,
    name: &str,
    length: RangeInclusive<usize>,
) -> Result<&'a str, Fault> {
    text(input, name, length)?.ok_or_else(|| input.missing(name))
}

/// A whole number that AWS bounds, or nothing.
pub(super) fn number(
    input: &Input<'_>,
    name: &str,
    range: RangeInclusive<i64>,
) -> Result<Option<i64>, Fault> {
    let Some(value) = input.optional_i64(name)? else {
        return Ok(None);
    };
    let bound = if value < *range.start() {
        format!("greater than or equal to {}", range.start())
    } else if value > *range.end() {
        format!("less than or equal to {}", range.end())
    } else {
        return Ok(Some(value));
    };
    let constraint = format!("Member must have value {bound}");
    Err(input.constraint(name, &value.to_string(), &constraint))
}

/// How many items a page may hold: `name`, from 1 to `most`, or `default`.
pub(super) fn page_size(
    input: &Input<'_>,
    name: &str,
    most: i64,
    default: usize,
) -> Result<usize, Fault> {
    let size = number(input, name, 1..=most)?;
    Ok(size.map_or(default, |size| usize::try_from(size).unwrap_or(default)))
}

/// One of AWS's words, or nothing.
pub(super) fn word<'a>(
    input: &Input<'a>,
    name: &str,
    words: &[&str],
) -> Result<Option<&'a str>, Fault> {
    match input.optional_str(name)? {
        Some(value) if !words.contains(&value) => {
            let constraint = format!("Member must satisfy enum value set: [{}]", words.join(", "));
            Err(input.constraint(name, value, &constraint))
        }
        found => Ok(found),
    }
}

/// `queryLanguage`: only Logs Insights' own language is implemented.
pub(super) fn query_language(input: &Input<'_>) -> Result<(), Fault> {
    match word(input, "queryLanguage", &["CWLI", "SQL", "PPL"])? {
        None | Some("CWLI") => Ok(()),
        Some(other) => Err(unsupported("queryLanguage", other, "CWLI")),
    }
}

/// `logGroupClass`; DELIVERY, which Lambda alone writes to, is not implemented.
pub(super) fn log_group_class(input: &Input<'_>) -> Result<Option<LogGroupClass>, Fault> {
    let classes = ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"];
    match word(input, "logGroupClass", &classes)? {
        None => Ok(None),
        Some("STANDARD") => Ok(Some(LogGroupClass::Standard)),
        Some("INFREQUENT_ACCESS") => Ok(Some(LogGroupClass::InfrequentAccess)),
        Some(other) => Err(unsupported(
            "logGroupClass",
            other,
            "STANDARD, INFREQUENT_ACCESS",
        )),
    }
}

/// A group for what groups of class STANDARD alone take (user guide, "Log classes"). The words are AWS's, as recorded by
/// others for FilterLogEvents, DescribeMetricFilters, DescribeSubscriptionFilters and PutTransformer.
pub(super) fn standard_group<'c>(cx: &'c Context<'_>, name: &str) -> Result<&'c LogGroup, Fault> {
    let group = cx.account.logs.group(name)?;
    match group.class() {
        LogGroupClass::Standard => Ok(group),
        LogGroupClass::InfrequentAccess => Err(Fault::new(
            "ValidationException",
            "This operation is only supported on the Standard log class.",
        )),
    }
}

/// The group that `logGroupName` or `logGroupIdentifier` names; exactly one of them is given. Whether it
/// exists is not checked.
pub(super) fn log_group<'a>(cx: &Context<'_>, input: &Input<'a>) -> Result<&'a str, Fault> {
    let name = text(input, "logGroupName", 1..=512)?;
    let identifier = text(input, "logGroupIdentifier", 1..=2048)?;
    match (name, identifier) {
        (Some(_), Some(_)) => Err(Fault::new(
            "ValidationException",
            "LogGroup name and LogGroup ARN are mutually exclusive parameters.",
        )),
        (Some(name), None) => Ok(name),
        (None, Some(identifier)) => identified(cx, identifier),
        (None, None) => Err(input.missing("logGroupName")),
    }
}

/// The name of the group that `identifier`, a name or an ARN, stands for.
pub(super) fn identified<'a>(cx: &Context<'_>, identifier: &'a str) -> Result<&'a str, Fault> {
    if identifier.starts_with("arn:") {
        group_of_arn(cx, identifier).ok_or_else(|| super::fault::not_found("log group"))
    } else {
        Ok(identifier)
    }
}

/// The name in the ARN of a log group of this account and region; a trailing `:*` is ignored.
pub(super) fn group_of_arn<'a>(cx: &Context<'_>, arn: &'a str) -> Option<&'a str> {
    let prefix = format!("arn:aws:logs:{}:{}:log-group:", cx.region, cx.account_id);
    let name = arn.strip_prefix(prefix.as_str())?;
    Some(name.strip_suffix(":*").unwrap_or(name))
}

/// The tags of a request, checked as AWS checks them.
pub(super) fn tags(input: &Input<'_>) -> Result<Vec<(String, String)>, Fault> {
    let tags = input.string_map("tags")?;
    if tags.len() > 50 {
        let shown: Vec<_> = tags
            .iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        return Err(input.constraint(
            "tags",
            &format!("{{{}}}", shown.join(", ")),
            "Member must have length less than or equal to 50",
        ));
    }
    for (key, value) in &tags {
        check_tag(input, key, value)?;
    }
    Ok(tags.into_iter().collect())
}

fn check_tag(input: &Input<'_>, key: &str, value: &str) -> Result<(), Fault> {
    let legal = |c: char| c.is_alphanumeric() || c.is_whitespace() || "_.:/=+-@".contains(c);
    let too_long = !(1..=128).contains(&key.chars().count()) || value.chars().count() > 256;
    let wrong = !key.chars().all(legal) || !value.chars().all(legal);
    if too_long || wrong {
        return Err(input.constraint(
            "tags",
            &format!("{{{key}={value}}}"),
            "Map keys must have length 1 to 128, map values at most 256, of the characters \
             ^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+)$",
        ));
    }
    if key
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("aws:"))
    {
        return Err(input.invalid("aws: prefixed tag key names are not allowed for external use."));
    }
    Ok(())
}
