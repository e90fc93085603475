use std::sync::Arc;

use belfry_engine::account::StoredLookupTable;
use belfry_engine::insights::LookupTable;

use super::fault::{not_found, unsupported};
use super::read;
use crate::endpoint::{Context, Fault, Input};

/// The most bytes of a table's CSV text.
const MOST_BYTES: usize = 10 * 1024 * 1024;

/// The ARN of a lookup table.
pub(super) fn arn(cx: &Context<'_>, name: &str) -> String {
    format!(
        "arn:aws:logs:{}:{}:lookup-table:{name}",
        cx.region, cx.account_id
    )
}

/// The table that `lookupTableArn` names.
pub(super) fn named<'c>(
    cx: &'c Context<'_>,
    input: &Input<'_>,
) -> Result<&'c StoredLookupTable, Fault> {
    let given = read::required_text(input, "lookupTableArn", 1..=2048)?;
    let prefix = arn(cx, "");
    let name = given.strip_prefix(prefix.as_str());
    let found = name.and_then(|name| cx.account.lookup_tables.get(name));
    found.ok_or_else(|| not_found("lookup table"))
}

/// The CSV text of a request, which also its `queryId` could name on AWS.
pub(super) fn body(input: &Input<'_>) -> Result<(String, Arc<LookupTable>), Fault> {
    if input.has("queryId") {
        return Err(input.invalid(
            "`queryId` is not supported by this endpoint, which forgets started queries when it ends; supported here: tableBody",
        ));
    }
    if let Some(key) = input
        .optional_str("kmsKeyId")?
        .filter(|key| !key.is_empty())
    {
        return Err(unsupported(
            "kmsKeyId",
            key,
            "none: nothing is encrypted here",
        ));
    }
    let body = input.required_str("tableBody")?;
    if body.len() > MOST_BYTES {
        return Err(input.invalid(format!(
            "the table has {} bytes; at most {MOST_BYTES} are accepted",
            body.len()
        )));
    }
    let table = LookupTable::parse(body).map_err(|error| input.invalid(error.to_string()))?;
    Ok((body.to_owned(), Arc::new(table)))
}
