use super::read::bucket;
use super::route::{On, Route};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteBucketOwnershipControls`: nothing is said of who owns objects.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteBucketOwnershipControls",
    mutates: true,
    members: &["Bucket", "ExpectedBucketOwner"],
    call,
};

pub(super) const ROUTE: Route = Route::new("DELETE", On::Bucket, &OPERATION)
    .at("ownershipControls")
    .no_content();

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    bucket(cx, input)?.ownership = None;
    Ok(Document::empty())
}
