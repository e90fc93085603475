use std::collections::BTreeMap;

use super::read::bucket;
use super::refusals::malformed_xml;
use super::route::{On, Route, Takes};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `PutBucketTagging`: these tags and no others.
pub(super) const OPERATION: Operation = Operation {
    name: "PutBucketTagging",
    mutates: true,
    members: &["Bucket", "ExpectedBucketOwner", "Tagging"],
    call,
};

pub(super) const ROUTE: Route = Route::new("PUT", On::Bucket, &OPERATION)
    .at("tagging")
    .takes(Takes::Xml("Tagging"))
    .checked()
    .no_content();

/// Tags of a bucket.
const MOST_TAGS: usize = 50;

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let bucket = bucket(cx, input)?;
    let tagging = input.structure("Tagging")?.ok_or_else(malformed_xml)?;
    tagging.only(&["TagSet"])?;
    let tags = read_tags(&tagging, "TagSet")?;
    bucket.tags = tags;
    Ok(Document::empty())
}

/// The tags of the list `name`, of which no two have the same key.
pub(super) fn read_tags(input: &Input<'_>, name: &str) -> Result<BTreeMap<String, String>, Fault> {
    let mut tags = BTreeMap::new();
    for tag in input.structures(name)? {
        tag.only(&["Key", "Value"])?;
        let (key, value) = (tag.required_str("Key")?, tag.required_str("Value")?);
        check(key, value)?;
        if tags.insert(key.to_owned(), value.to_owned()).is_some() {
            return Err(invalid_tag(
                "Cannot provide multiple Tags with the same key",
                key,
            ));
        }
    }
    if tags.len() > MOST_TAGS {
        let message = "Bucket tag count cannot be greater than 50";
        return Err(Fault::new("BadRequest", message));
    }
    Ok(tags)
}

/// Letters, digits, blanks and `_.:/=+-@` (S3's rules of tags, with letters and digits of any script).
fn check(key: &str, value: &str) -> Result<(), Fault> {
    let is_taken = |text: &str| {
        text.chars()
            .all(|c| c.is_alphanumeric() || c.is_whitespace() || "_.:/=+-@".contains(c))
    };
    if !(1..=128).contains(&key.chars().count()) || !is_taken(key) {
        return Err(invalid_tag("The TagKey you have provided is invalid", key));
    }
    if key.to_ascii_lowercase().starts_with("aws:") {
        let message = "System tags cannot be added/updated by requester";
        return Err(invalid_tag(message, key));
    }
    if value.chars().count() > 256 || !is_taken(value) {
        return Err(invalid_tag(
            "The TagValue you have provided is invalid",
            key,
        ));
    }
    Ok(())
}

fn invalid_tag(message: &str, key: &str) -> Fault {
    Fault::new("InvalidTag", message).with_member("TagKey", key.into())
}
