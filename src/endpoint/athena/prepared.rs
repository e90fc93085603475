use belfry_engine::base::Millis;

use super::refusals::not_found;
use super::store::AthenaStore;
use crate::endpoint::{Document, Fault, Input};

/// A query with `?` in it, under a name of its workgroup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PreparedStatement {
    pub(super) name: String,
    pub(super) workgroup: String,
    pub(super) text: String,
    pub(super) description: Option<String>,
    pub(super) modified: Millis,
}

impl PreparedStatement {
    pub(super) fn show(&self) -> Document {
        Document::structure([
            ("StatementName", Document::from(&self.name)),
            ("QueryStatement", Document::from(&self.text)),
            ("WorkGroupName", Document::from(&self.workgroup)),
            ("Description", self.description.clone().into()),
            ("LastModifiedTime", self.modified.into()),
        ])
    }
}

/// The longest text of a query.
pub(super) const LONGEST_QUERY: usize = 262_144;

/// `StatementName`: a letter or `_`, then letters, digits, `_`, `@` and `:`, up to 256 in all.
pub(super) fn name<'a>(input: &Input<'a>) -> Result<&'a str, Fault> {
    let name = input.required_str("StatementName")?;
    let first = name
        .bytes()
        .next()
        .is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
    let rest = name
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"_@:".contains(&b));
    match first && rest && name.len() <= 256 {
        true => Ok(name),
        false => Err(input.constraint(
            "StatementName",
            name,
            "Member must satisfy regular expression pattern: [a-zA-Z_][a-zA-Z0-9_@:]{1,256}",
        )),
    }
}

/// The statement of a workgroup.
pub(super) fn find<'a>(
    store: &'a mut AthenaStore,
    workgroup: &str,
    name: &str,
) -> Result<&'a mut PreparedStatement, Fault> {
    let key = (workgroup.to_owned(), name.to_owned());
    let found = store.prepared.get_mut(&key);
    found.ok_or_else(|| {
        let message = format!("PreparedStatement {name} was not found in workGroup {workgroup}");
        not_found(message, name)
    })
}
