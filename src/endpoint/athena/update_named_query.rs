use super::prepared::LONGEST_QUERY;
use super::refusals::{invalid, store, text};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `UpdateNamedQuery`: its database and its workgroup stay.
pub(super) const OPERATION: Operation = Operation {
    name: "UpdateNamedQuery",
    mutates: true,
    members: &["NamedQueryId", "Name", "Description", "QueryString"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let id = input.required_str("NamedQueryId")?;
    let name = text(input, "Name", 128)?;
    let query = text(input, "QueryString", LONGEST_QUERY)?;
    let description = input.optional_str("Description")?;
    if description.is_some_and(|text| text.chars().count() > 1024) {
        let limit = "Member must have length less than or equal to 1024";
        return Err(input.constraint("Description", "", limit));
    }
    let found = store(cx).named_queries.get_mut(id);
    let found = found.ok_or_else(|| invalid(format!("NamedQuery {id} was not found")))?;
    name.clone_into(&mut found.name);
    query.clone_into(&mut found.text);
    if let Some(description) = description {
        found.description = (!description.is_empty()).then(|| description.to_owned());
    }
    Ok(Document::empty())
}
