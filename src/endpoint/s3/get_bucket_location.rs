use super::read::check_owner;
use super::refusals::no_such_bucket;
use super::route::{Gives, On, Route};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetBucketLocation`, from any region; nothing stands for us-east-1.
pub(super) const OPERATION: Operation = Operation {
    name: "GetBucketLocation",
    mutates: false,
    members: &["Bucket", "ExpectedBucketOwner"],
    call,
};

pub(super) const ROUTE: Route = Route::new("GET", On::Bucket, &OPERATION)
    .at("location")
    .gives(Gives::Payload("LocationConstraint"));

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    check_owner(cx.account_id, input)?;
    let name = input.required_str("Bucket")?;
    let bucket = cx
        .stores
        .s3
        .bucket(name)
        .ok_or_else(|| no_such_bucket(name))?;
    let region = match bucket.region.as_str() {
        "us-east-1" => "",
        region => region,
    };
    Ok(Document::structure([("LocationConstraint", region.into())]))
}
