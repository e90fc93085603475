use belfry_engine::account::QueryDefinition;

use super::fault::limit_exceeded;
use super::{query_parameters, read};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `PutQueryDefinition`: creates a saved query, or wholly replaces the one whose id is given. The text is kept
/// as it is: AWS does not compile it here either.
pub(super) const OPERATION: Operation = Operation {
    name: "PutQueryDefinition",
    mutates: true,
    members: &[
        "queryLanguage",
        "name",
        "queryDefinitionId",
        "logGroupNames",
        "queryString",
        "clientToken",
        "parameters",
    ],
    call,
};

/// Saved queries per account and region (Logs Insights quotas).
const MOST_DEFINITIONS: usize = 1000;

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = read::required_text(input, "name", 1..=255)?;
    let text = read::required_text(input, "queryString", 1..=10_000)?;
    let parameters = query_parameters::read(input, text)?;
    read::query_language(input)?;
    let groups = input.strings("logGroupNames")?;
    let token = read::text(input, "clientToken", 36..=128)?;
    let given = read::text(input, "queryDefinitionId", 1..=256)?;
    let id = identity(cx, given, token)?;
    cx.account.query_definitions.put(QueryDefinition {
        id: id.clone(),
        name: name.to_owned(),
        query_string: text.to_owned(),
        parameters,
        log_group_names: groups.into_iter().map(Into::into).collect(),
        last_modified: cx.now,
    });
    if let Some(token) = token {
        cx.account
            .query_definitions
            .remember_client_token(token, &id);
    }
    Ok(Document::structure([("queryDefinitionId", id.into())]))
}

/// The id given, which must exist; else the one that the same `clientToken` put; else a new one.
fn identity(
    cx: &mut Context<'_>,
    given: Option<&str>,
    token: Option<&str>,
) -> Result<String, Fault> {
    let definitions = &cx.account.query_definitions;
    if let Some(id) = given {
        return match definitions.get(id) {
            Some(_) => Ok(id.to_owned()),
            None => Err(super::fault::not_found("query definition")),
        };
    }
    if let Some(known) = token.and_then(|token| definitions.of_client_token(token)) {
        return Ok(known.id.clone());
    }
    if definitions.count() >= MOST_DEFINITIONS {
        return Err(limit_exceeded());
    }
    Ok(cx.account.ids.next("query-definition", cx.now))
}
