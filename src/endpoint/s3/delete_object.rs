use super::read::{bucket, key};
use super::route::{On, Route};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteObject`: also where there is none.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteObject",
    mutates: true,
    members: &["Bucket", "Key", "ExpectedBucketOwner"],
    call,
};

pub(super) const ROUTE: Route = Route::new("DELETE", On::Object, &OPERATION).no_content();

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let key = key(input)?;
    let bucket = bucket(cx, input)?.name.clone();
    cx.stores.s3.delete(&bucket, key);
    Ok(Document::empty())
}
