use super::read::bucket;
use super::refusals::no_configuration;
use super::route::{Gives, On, Route};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetBucketOwnershipControls`.
pub(super) const OPERATION: Operation = Operation {
    name: "GetBucketOwnershipControls",
    mutates: false,
    members: &["Bucket", "ExpectedBucketOwner"],
    call,
};

pub(super) const ROUTE: Route = Route::new("GET", On::Bucket, &OPERATION)
    .at("ownershipControls")
    .gives(Gives::Payload("OwnershipControls"));

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let bucket = bucket(cx, input)?;
    let ownership = bucket.ownership.as_ref().ok_or_else(|| {
        let message = "The bucket ownership controls were not found";
        no_configuration("OwnershipControlsNotFoundError", message, &bucket.name)
    })?;
    let rule = Document::structure([("ObjectOwnership", ownership.into())]);
    let controls = Document::structure([("Rules", Document::List(vec![rule]))]);
    Ok(Document::structure([("OwnershipControls", controls)]))
}
