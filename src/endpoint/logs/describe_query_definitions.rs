use belfry_engine::account::QueryDefinition;

use super::pages::{self, Order};
use super::{query_parameters, read, show};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeQueryDefinitions`: saved queries by name.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeQueryDefinitions",
    mutates: false,
    members: &[
        "queryLanguage",
        "queryDefinitionNamePrefix",
        "maxResults",
        "nextToken",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let language = read::word(input, "queryLanguage", &["CWLI", "SQL", "PPL"])?;
    let prefix = read::text(input, "queryDefinitionNamePrefix", 1..=255)?;
    let token = read::text(input, "nextToken", 1..=usize::MAX)?;
    let size = read::page_size(input, "maxResults", 1000, 1000)?;
    let mut found = cx
        .account
        .query_definitions
        .by_name(prefix.unwrap_or_default());
    if language.is_some_and(|language| language != "CWLI") {
        found.clear();
    }
    let key = |found: &&QueryDefinition| format!("{}:{}", found.name, found.id);
    let (shown, next) = pages::page(found, key, Order::Ascending, (token, size));
    Ok(Document::structure([
        (
            "queryDefinitions",
            Document::list(shown.into_iter().map(definition)),
        ),
        ("nextToken", next.into()),
    ]))
}

fn definition(definition: &QueryDefinition) -> Document {
    Document::structure([
        ("queryLanguage", Document::from("CWLI")),
        ("queryDefinitionId", (&definition.id).into()),
        ("name", (&definition.name).into()),
        ("queryString", (&definition.query_string).into()),
        ("lastModified", show::millis(definition.last_modified)),
        ("logGroupNames", Document::list(&definition.log_group_names)),
        ("parameters", query_parameters::show(&definition.parameters)),
    ])
}
