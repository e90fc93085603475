use super::read::bucket;
use super::route::{Gives, On, Route};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetBucketEncryption`: every bucket has some.
pub(super) const OPERATION: Operation = Operation {
    name: "GetBucketEncryption",
    mutates: false,
    members: &["Bucket", "ExpectedBucketOwner"],
    call,
};

pub(super) const ROUTE: Route = Route::new("GET", On::Bucket, &OPERATION)
    .at("encryption")
    .gives(Gives::Payload("ServerSideEncryptionConfiguration"));

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let encryption = bucket(cx, input)?.encryption.clone();
    Ok(Document::structure([(
        "ServerSideEncryptionConfiguration",
        encryption,
    )]))
}
