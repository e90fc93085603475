use belfry_engine::account::{MOST_LOOKUP_TABLES, StoredLookupTable};

use super::fault::limit_exceeded;
use super::{lookup_tables, read, show};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `CreateLookupTable`: a CSV text becomes a table that `lookup` and `cidrlookup` read.
pub(super) const OPERATION: Operation = Operation {
    name: "CreateLookupTable",
    mutates: true,
    members: &[
        "lookupTableName",
        "description",
        "tableBody",
        "queryId",
        "kmsKeyId",
        "tags",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = read::required_text(input, "lookupTableName", 1..=256)?;
    let legal = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if !name.chars().all(legal) {
        let constraint = "Member must satisfy regular expression pattern: ^[a-zA-Z0-9_]+$";
        return Err(input.constraint("lookupTableName", name, constraint));
    }
    let description = read::text(input, "description", 0..=1024)?;
    let tags = read::tags(input)?;
    let (body, table) = lookup_tables::body(input)?;
    if cx.account.lookup_tables.get(name).is_some() {
        return Err(Fault::new(
            "ResourceAlreadyExistsException",
            "The specified lookup table already exists",
        ));
    }
    if cx.account.lookup_tables.count() >= MOST_LOOKUP_TABLES {
        return Err(limit_exceeded());
    }
    let arn = lookup_tables::arn(cx, name);
    cx.account.tags.add(&arn, tags);
    cx.account.lookup_tables.put(StoredLookupTable {
        name: name.to_owned(),
        description: description.map(str::to_owned),
        body,
        table,
        updated: cx.now,
    });
    Ok(Document::structure([
        ("lookupTableArn", arn.into()),
        ("createdAt", show::millis(cx.now)),
    ]))
}
