use super::refusals::store;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `BatchGetNamedQuery`: up to 50; what is not there is named.
pub(super) const OPERATION: Operation = Operation {
    name: "BatchGetNamedQuery",
    mutates: false,
    members: &["NamedQueryIds"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let ids = input.strings("NamedQueryIds")?;
    if !(1..=50).contains(&ids.len()) {
        let limit = "Member must have length between 1 and 50";
        return Err(input.constraint("NamedQueryIds", &format!("{ids:?}"), limit));
    }
    let all = &store(cx).named_queries;
    let (found, missing): (Vec<&str>, Vec<&str>) =
        ids.into_iter().partition(|id| all.contains_key(*id));
    let missing = missing.into_iter().map(|id| {
        Document::structure([
            ("NamedQueryId", Document::from(id)),
            ("ErrorCode", "INVALID_INPUT".into()),
            (
                "ErrorMessage",
                format!("NamedQuery {id} was not found").into(),
            ),
        ])
    });
    let found = found.into_iter().filter_map(|id| all.get(id));
    Ok(Document::structure([
        (
            "NamedQueries",
            Document::List(found.map(|query| query.show()).collect()),
        ),
        (
            "UnprocessedNamedQueryIds",
            Document::List(missing.collect()),
        ),
    ]))
}
