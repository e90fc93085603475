use super::read::bucket;
use super::route::{On, Route};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeletePublicAccessBlock`: nothing is blocked any more.
pub(super) const OPERATION: Operation = Operation {
    name: "DeletePublicAccessBlock",
    mutates: true,
    members: &["Bucket", "ExpectedBucketOwner"],
    call,
};

pub(super) const ROUTE: Route = Route::new("DELETE", On::Bucket, &OPERATION)
    .at("publicAccessBlock")
    .no_content();

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    bucket(cx, input)?.public_access_block = None;
    Ok(Document::empty())
}
