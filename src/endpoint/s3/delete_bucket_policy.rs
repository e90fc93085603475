use super::read::bucket;
use super::route::{On, Route};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteBucketPolicy`: nothing happens where there is none.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteBucketPolicy",
    mutates: true,
    members: &["Bucket", "ExpectedBucketOwner"],
    call,
};

pub(super) const ROUTE: Route = Route::new("DELETE", On::Bucket, &OPERATION)
    .at("policy")
    .no_content();

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    bucket(cx, input)?.policy = None;
    Ok(Document::empty())
}
