use super::fault::{not_found, unsupported};
use super::pages::{self, Order};
use super::{read, show};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeLogGroups`: groups by name, all or those of a prefix, a pattern (part of the name, whatever its
/// letter case) or a list.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeLogGroups",
    mutates: false,
    members: &[
        "logGroupNamePrefix",
        "logGroupNamePattern",
        "logGroupIdentifiers",
        "logGroupClass",
        "includeLinkedAccounts",
        "nextToken",
        "limit",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let selection = Selection::read(cx, input)?;
    let class = read::log_group_class(input)?;
    if input.optional_bool("includeLinkedAccounts")? == Some(true) {
        return Err(unsupported("includeLinkedAccounts", "true", "false"));
    }
    let token = read::text(input, "nextToken", 1..=usize::MAX)?;
    let size = read::page_size(input, "limit", 50, 50)?;
    let selected = cx
        .account
        .logs
        .groups()
        .filter(|group| selection.takes(group.name()))
        .filter(|group| class.is_none_or(|class| class == group.class()));
    let (shown, next) = pages::page(
        selected,
        |group| group.name().to_string(),
        Order::Ascending,
        (token, size),
    );
    let by_pattern = selection.pattern.is_some();
    let shown = shown
        .into_iter()
        .map(|group| show::log_group(cx, group, by_pattern));
    Ok(Document::structure([
        ("logGroups", Document::list(shown)),
        ("nextToken", next.into()),
    ]))
}

/// Which groups are asked for.
struct Selection<'a> {
    prefix: Option<&'a str>,
    pattern: Option<&'a str>,
    names: Vec<&'a str>,
}

impl<'a> Selection<'a> {
    fn read(cx: &Context<'_>, input: &Input<'a>) -> Result<Self, Fault> {
        let prefix = read::text(input, "logGroupNamePrefix", 1..=512)?;
        let pattern = read::text(input, "logGroupNamePattern", 0..=512)?;
        if prefix.is_some() && pattern.is_some() {
            return Err(input.invalid(
                "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.",
            ));
        }
        let identifiers = input.strings("logGroupIdentifiers")?;
        if !identifiers.is_empty() && (prefix.is_some() || pattern.is_some()) {
            return Err(input.invalid(
                "logGroupIdentifiers excludes logGroupNamePrefix and logGroupNamePattern",
            ));
        }
        let names: Result<Vec<_>, _> = identifiers
            .into_iter()
            .map(|identifier| read::identified(cx, identifier))
            .collect();
        let names = names?;
        if names
            .iter()
            .any(|name| cx.account.logs.group(name).is_err())
        {
            return Err(not_found("log group"));
        }
        Ok(Self {
            prefix,
            pattern,
            names,
        })
    }

    fn takes(&self, name: &str) -> bool {
        let lower = |text: &str| text.to_lowercase();
        self.prefix.is_none_or(|prefix| name.starts_with(prefix))
            && self
                .pattern
                .is_none_or(|pattern| lower(name).contains(&lower(pattern)))
            && (self.names.is_empty() || self.names.contains(&name))
    }
}
