use belfry_engine::events::LogGroup;

use super::fault::unsupported;
use super::pages::{self, Order};
use super::read;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListLogGroups`: groups whose names contain one of the pattern's alternatives; `^` ties an alternative to
/// the start.
pub(super) const OPERATION: Operation = Operation {
    name: "ListLogGroups",
    mutates: false,
    members: &[
        "logGroupNamePattern",
        "logGroupClass",
        "includeLinkedAccounts",
        "nextToken",
        "limit",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let pattern = read::text(input, "logGroupNamePattern", 3..=129)?;
    if let Some(pattern) = pattern {
        check(input, pattern)?;
    }
    let class = read::log_group_class(input)?;
    if input.optional_bool("includeLinkedAccounts")? == Some(true) {
        return Err(unsupported("includeLinkedAccounts", "true", "false"));
    }
    let token = read::text(input, "nextToken", 1..=usize::MAX)?;
    let size = read::page_size(input, "limit", 1000, 50)?;
    let takes = |name: &str| pattern.is_none_or(|p| p.split('|').any(|a| matches(a, name)));
    let of_class = |group: &LogGroup| class.is_none_or(|class| class == group.class());
    let groups = cx.account.logs.groups();
    let selected = groups.filter(|group| takes(group.name()) && of_class(group));
    let (shown, next) = pages::page(
        selected,
        |group| group.name().to_string(),
        Order::Ascending,
        (token, size),
    );
    let shown = shown.into_iter().map(|group| {
        Document::structure([
            ("logGroupName", Document::from(group.name().as_ref())),
            ("logGroupArn", group.arn().into()),
            ("logGroupClass", group.class().as_str().into()),
        ])
    });
    Ok(Document::structure([
        ("logGroups", Document::list(shown)),
        ("nextToken", next.into()),
    ]))
}

fn matches(alternative: &str, name: &str) -> bool {
    match alternative.strip_prefix('^') {
        Some(start) => name.starts_with(start),
        None => name.contains(alternative),
    }
}

/// At most five alternatives of 3 to 24 characters each.
fn check(input: &Input<'_>, pattern: &str) -> Result<(), Fault> {
    let legal = |c: char| c.is_ascii_alphanumeric() || "._-/#".contains(c);
    let fits = |alternative: &str| {
        let text = alternative.strip_prefix('^').unwrap_or(alternative);
        (3..=24).contains(&text.len()) && text.chars().all(legal)
    };
    if pattern.split('|').count() <= 5 && pattern.split('|').all(fits) {
        return Ok(());
    }
    Err(input.constraint(
        "logGroupNamePattern",
        pattern,
        "Member must satisfy regular expression pattern: \
         (\\^?[\\.\\-_\\/#A-Za-z0-9]{3,24})(\\|\\^?[\\.\\-_\\/#A-Za-z0-9]{3,24}){0,4}",
    ))
}
