use super::read::bucket;
use super::route::{On, Route};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteBucketTagging`: all tags go.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteBucketTagging",
    mutates: true,
    members: &["Bucket", "ExpectedBucketOwner"],
    call,
};

pub(super) const ROUTE: Route = Route::new("DELETE", On::Bucket, &OPERATION)
    .at("tagging")
    .no_content();

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    bucket(cx, input)?.tags.clear();
    Ok(Document::empty())
}
