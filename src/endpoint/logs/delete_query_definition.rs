use super::fault::not_found;
use super::read;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteQueryDefinition`: removes a saved query.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteQueryDefinition",
    mutates: true,
    members: &["queryDefinitionId"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let id = read::required_text(input, "queryDefinitionId", 1..=256)?;
    if !cx.account.query_definitions.delete(id) {
        return Err(not_found("query definition"));
    }
    Ok(Document::structure([("success", true.into())]))
}
