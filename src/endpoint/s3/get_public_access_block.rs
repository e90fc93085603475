use super::read::bucket;
use super::refusals::no_configuration;
use super::route::{Gives, On, Route};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetPublicAccessBlock`.
pub(super) const OPERATION: Operation = Operation {
    name: "GetPublicAccessBlock",
    mutates: false,
    members: &["Bucket", "ExpectedBucketOwner"],
    call,
};

pub(super) const ROUTE: Route = Route::new("GET", On::Bucket, &OPERATION)
    .at("publicAccessBlock")
    .gives(Gives::Payload("PublicAccessBlockConfiguration"));

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let bucket = bucket(cx, input)?;
    let block = bucket.public_access_block.clone().ok_or_else(|| {
        let message = "The public access block configuration was not found";
        no_configuration(
            "NoSuchPublicAccessBlockConfiguration",
            message,
            &bucket.name,
        )
    })?;
    Ok(Document::structure([(
        "PublicAccessBlockConfiguration",
        block,
    )]))
}
