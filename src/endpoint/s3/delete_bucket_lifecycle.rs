use super::read::bucket;
use super::route::{On, Route};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteBucketLifecycle`: nothing expires any more.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteBucketLifecycle",
    mutates: true,
    members: &["Bucket", "ExpectedBucketOwner"],
    call,
};

pub(super) const ROUTE: Route = Route::new("DELETE", On::Bucket, &OPERATION)
    .at("lifecycle")
    .no_content();

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    bucket(cx, input)?.lifecycle = None;
    Ok(Document::empty())
}
