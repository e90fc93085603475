use super::read::bucket;
use super::refusals::no_configuration;
use super::route::{Gives, On, Route};
use crate::endpoint::{Context, Document, Fault, Input, Operation, write_tags};

/// `GetBucketTagging`; a bucket without tags has no set of them.
pub(super) const OPERATION: Operation = Operation {
    name: "GetBucketTagging",
    mutates: false,
    members: &["Bucket", "ExpectedBucketOwner"],
    call,
};

pub(super) const ROUTE: Route = Route::new("GET", On::Bucket, &OPERATION)
    .at("tagging")
    .gives(Gives::Root("Tagging"));

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let bucket = bucket(cx, input)?;
    if bucket.tags.is_empty() {
        let message = "The TagSet does not exist";
        return Err(no_configuration("NoSuchTagSet", message, &bucket.name));
    }
    Ok(Document::structure([("TagSet", write_tags(&bucket.tags))]))
}
