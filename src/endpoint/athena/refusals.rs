use super::store::AthenaStore;
use super::workgroup::WorkGroup;
use crate::endpoint::{Context, Document, Fault, Input, Page};

/// The one catalogue that is here.
pub(super) const CATALOG: &str = "AwsDataCatalog";

/// `InvalidRequestException`, with Athena's own code.
pub(super) fn invalid(message: impl Into<String>) -> Fault {
    coded("INVALID_INPUT", message)
}

/// The same under another of Athena's codes.
pub(super) fn coded(code: &str, message: impl Into<String>) -> Fault {
    Fault::new("InvalidRequestException", message).with_member("AthenaErrorCode", code.into())
}

/// `MetadataException`: the catalogue does not have it.
pub(super) fn metadata(message: impl Into<String>) -> Fault {
    Fault::new("MetadataException", message)
}

/// `ResourceNotFoundException` with the resource's name.
pub(super) fn not_found(message: impl Into<String>, resource: &str) -> Fault {
    Fault::new("ResourceNotFoundException", message).with_member("ResourceName", resource.into())
}

/// The store of the request's region.
pub(super) fn store<'a>(cx: &'a mut Context<'_>) -> &'a mut AthenaStore {
    cx.stores.athena.of(cx.region)
}

/// The workgroup that the request names, or `primary`.
pub(super) fn workgroup<'a>(
    store: &'a AthenaStore,
    input: &Input<'_>,
) -> Result<&'a WorkGroup, Fault> {
    let name = input.optional_str("WorkGroup")?.unwrap_or("primary");
    let found = store.workgroups.get(name);
    found.ok_or_else(|| invalid(format!("WorkGroup {name} is not found.")))
}

/// Other catalogues than Athena's own are refused.
pub(super) fn check_catalog(name: &str) -> Result<(), Fault> {
    match name.eq_ignore_ascii_case(CATALOG) {
        true => Ok(()),
        false => Err(invalid(format!(
            "Catalog {name} was not found; this endpoint has {CATALOG} alone"
        ))),
    }
}

/// A text of 1 to `most` characters.
pub(super) fn text<'a>(input: &Input<'a>, name: &str, most: usize) -> Result<&'a str, Fault> {
    let text = input.required_str(name)?;
    check_length(input, name, text, most)?;
    Ok(text)
}

/// A text of 1 to `most` characters, or nothing.
pub(super) fn optional_text<'a>(
    input: &Input<'a>,
    name: &str,
    most: usize,
) -> Result<Option<&'a str>, Fault> {
    let text = input.optional_str(name)?;
    if let Some(text) = text {
        check_length(input, name, text, most)?;
    }
    Ok(text)
}

fn check_length(input: &Input<'_>, name: &str, text: &str, most: usize) -> Result<(), Fault> {
    match text.chars().count() {
        0 => Err(input.constraint(
            name,
            text,
            "Member must have length greater than or equal to 1",
        )),
        length if length > most => {
            let limit = format!("Member must have length less than or equal to {most}");
            Err(input.constraint(name, "", &limit))
        }
        _ => Ok(()),
    }
}

/// A token of 32 to 128 characters, or nothing.
pub(super) fn request_token<'a>(input: &Input<'a>) -> Result<Option<&'a str>, Fault> {
    let token = input.optional_str("ClientRequestToken")?;
    if let Some(token) = token.filter(|token| !(32..=128).contains(&token.chars().count())) {
        let limit = "Member must have length between 32 and 128";
        return Err(input.constraint("ClientRequestToken", token, limit));
    }
    Ok(token)
}

/// A page of a list, at most `most` items of it.
pub(super) fn page<T>(
    input: &Input<'_>,
    all: Vec<(String, T)>,
    (least, most): (i64, i64),
) -> Result<Page<T>, Fault> {
    let limit = input.optional_i64("MaxResults")?.unwrap_or(most);
    if !(least..=most).contains(&limit) {
        let range = format!("Member must have value between {least} and {most}");
        return Err(input.constraint("MaxResults", &limit.to_string(), &range));
    }
    let limit = usize::try_from(limit.max(1)).unwrap_or(1);
    let page = Page::of(all, input.optional_str("NextToken")?, limit);
    page.ok_or_else(|| invalid("NextToken is not valid"))
}

/// A map of texts.
pub(super) fn map<'a>(entries: impl IntoIterator<Item = (&'a String, &'a String)>) -> Document {
    Document::map(
        entries
            .into_iter()
            .map(|(name, value)| (name.clone(), Document::from(value))),
    )
}
