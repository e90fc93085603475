use super::named_query::NamedQuery;
use super::prepared::LONGEST_QUERY;
use super::refusals::{invalid, optional_text, request_token, store, text, workgroup};
use super::store::Known;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `CreateNamedQuery`: a second one of the same name is another one, unless it comes under the same token.
pub(super) const OPERATION: Operation = Operation {
    name: "CreateNamedQuery",
    mutates: true,
    members: &[
        "Name",
        "Description",
        "Database",
        "QueryString",
        "ClientRequestToken",
        "WorkGroup",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = text(input, "Name", 128)?.to_owned();
    let description = optional_text(input, "Description", 1024)?.map(str::to_owned);
    let database = text(input, "Database", 255)?.to_owned();
    let query = text(input, "QueryString", LONGEST_QUERY)?.to_owned();
    let token = request_token(input)?;
    let workgroup = workgroup(store(cx), input)?.name.clone();
    let mut made = NamedQuery {
        id: String::new(),
        name,
        description,
        database,
        text: query,
        workgroup,
    };
    let asked = made.show();
    if let Some(token) = token {
        match store(cx).token(token, &asked) {
            Known::Same(id) => return Ok(answer(&id)),
            Known::Other => return Err(invalid("Idempotent parameters do not match")),
            Known::New => {}
        }
    }
    made.id = cx.account.ids.next("athena-named-query", cx.now);
    let id = made.id.clone();
    let store = store(cx);
    if let Some(token) = token {
        store.remember(token, asked, &id);
    }
    store.named_queries.insert(id.clone(), made);
    Ok(answer(&id))
}

fn answer(id: &str) -> Document {
    Document::structure([("NamedQueryId", Document::from(id))])
}
