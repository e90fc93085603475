use std::sync::Arc;

use belfry_engine::account::OtherSources;
use belfry_engine::diag::Span;
use belfry_engine::events::{DataSource, LogGroupClass};
use belfry_engine::insights::{GroupFacts, Query, Source};

use super::read;
use crate::endpoint::{Context, Fault};

/// Groups that one `SOURCE` may select (Logs Insights quotas).
const MOST_SELECTED: usize = 10_000;

/// The names of the groups that a `SOURCE` asks for: those it names, or those of the account that its
/// selectors hold.
pub(super) fn groups(cx: &Context<'_>, source: &Source) -> Result<Vec<String>, Fault> {
    let mut names = Vec::new();
    for identifier in &source.groups {
        names.push(read::identified(cx, identifier)?.to_owned());
    }
    known_data_sources(cx, source)?;
    every_group_is_classified(cx, source)?;
    if source.is_pattern() {
        let groups = cx.account.logs.groups().filter(|group| {
            let tags = cx.account.tags.of(group.arn());
            let origin = cx.account.origin(group);
            source.selects(GroupFacts {
                name: group.name(),
                account: cx.account_id,
                class: group.class(),
                tags: &tags,
                data_source: origin.data_source.as_ref(),
            })
        });
        names.extend(groups.map(|group| group.name().to_string()));
    }
    if names.is_empty() {
        return Err(Fault::new(
            "InvalidParameterException",
            "SOURCE in the query string selects no log group",
        ));
    }
    if names.len() > MOST_SELECTED {
        return Err(Fault::new(
            "InvalidParameterException",
            format!(
                "SOURCE in the query string selects {} log groups; at most {MOST_SELECTED} are searched",
                names.len()
            ),
        ));
    }
    Ok(names)
}

/// Refuses commands over groups whose class does not know them. Which error AWS gives is not recorded.
pub(super) fn check_classes(
    cx: &Context<'_>,
    groups: &[String],
    query: &Query,
) -> Result<(), Box<(String, Span)>> {
    let is_infrequent = |name: &&String| {
        let group = cx.account.logs.group(name);
        group.is_ok_and(|group| group.class() == LogGroupClass::InfrequentAccess)
    };
    match (
        query.standard_only().first(),
        groups.iter().find(is_infrequent),
    ) {
        (Some((command, span)), Some(name)) => {
            let message = format!(
                "the command `{command}` is only supported on the Standard log class, and the class of log group '{name}' is INFREQUENT_ACCESS"
            );
            Err(Box::new((message, *span)))
        }
        _ => Ok(()),
    }
}

/// A data source that no group here is known to be written by is refused: AWS knows some sources by what its services say of
/// a group, which this endpoint only learns from tags and first lines.
fn known_data_sources(cx: &Context<'_>, source: &Source) -> Result<(), Fault> {
    let mut known: Vec<String> = Vec::new();
    for group in cx.account.logs.groups() {
        let origin = cx.account.origin(group);
        known.extend(
            origin
                .data_source
                .as_ref()
                .and_then(Source::data_source_name),
        );
    }
    known.sort();
    known.dedup();
    let unknown = source
        .data_sources
        .iter()
        .find(|name| !known.contains(name));
    match unknown {
        None => Ok(()),
        Some(name) => Err(Fault::new(
            "InvalidParameterException",
            format!(
                "no log group of this endpoint is known to be written by the data source {name}; known are [{}]",
                known.join(", ")
            ),
        )),
    }
}

/// Which groups a service of AWS writes is known to that service. Here it is known from tags and first lines only, so that
/// groups of which neither says it would be left out in silence. Names that begin with `aws` or `amazon` are those of services
/// (user guide, "Custom sources").
fn every_group_is_classified(cx: &Context<'_>, source: &Source) -> Result<(), Fault> {
    let of_service = |name: &&String| name.starts_with("aws") || name.starts_with("amazon");
    let Some(name) = source.data_sources.iter().find(of_service) else {
        return Ok(());
    };
    let (own, kind) = name.split_once('.').unwrap_or((name, ""));
    let assumed = DataSource {
        name: own.into(),
        kind: Some(kind.into()),
    };
    let unclassified = cx.account.logs.groups().filter(|group| {
        let tags = cx.account.tags.of(group.arn());
        cx.account.origin(group).data_source.is_none()
            && source.selects(GroupFacts {
                name: group.name(),
                account: cx.account_id,
                class: group.class(),
                tags: &tags,
                data_source: Some(&assumed),
            })
    });
    let names: Vec<&str> = unclassified.map(|group| &**group.name()).take(5).collect();
    if names.is_empty() {
        return Ok(());
    }
    Err(Fault::new(
        "InvalidParameterException",
        format!(
            "whether {name} writes the log groups [{}] is known to AWS's services and not to this endpoint; name the groups: \
             SOURCE 'group', or SOURCE logGroups(namePrefix: ['…'])",
            names.join(", ")
        ),
    ))
}

/// What a query reads beside its own groups: the events of its subqueries' groups, and lookup tables. A table
/// or a column of it that does not exist is refused, as AWS refuses a deleted table.
pub(super) fn others(cx: &Context<'_>, query: &Query) -> Result<OtherSources, Fault> {
    let mut others = OtherSources::default();
    for name in query.lookup_tables() {
        if let Some(stored) = cx.account.lookup_tables.get(name) {
            let table = Arc::clone(&stored.table);
            others.tables.push((name.to_owned(), table));
        }
    }
    query
        .check_tables(&others)
        .map_err(|error| Fault::new("MalformedQueryException", error.message))?;
    for source in query.other_sources() {
        let groups = groups(cx, source)?;
        check_classes(cx, &groups, query)
            .map_err(|wrong| Fault::new("MalformedQueryException", wrong.0))?;
        let names: Vec<&str> = groups.iter().map(String::as_str).collect();
        let events = cx.account.query_source(&names, cx.now)?;
        others.snapshots.push((source.clone(), events));
    }
    Ok(others)
}
