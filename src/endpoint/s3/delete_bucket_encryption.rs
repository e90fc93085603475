use super::read::bucket;
use super::route::{On, Route};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteBucketEncryption`: back to S3's own keys.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteBucketEncryption",
    mutates: true,
    members: &["Bucket", "ExpectedBucketOwner"],
    call,
};

pub(super) const ROUTE: Route = Route::new("DELETE", On::Bucket, &OPERATION)
    .at("encryption")
    .no_content();

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    bucket(cx, input)?.encryption = super::put_bucket_encryption::default();
    Ok(Document::empty())
}
