use super::read::bucket;
use super::refusals::no_configuration;
use super::route::{Gives, On, Route};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetBucketPolicy`: the text as it was put.
pub(super) const OPERATION: Operation = Operation {
    name: "GetBucketPolicy",
    mutates: false,
    members: &["Bucket", "ExpectedBucketOwner"],
    call,
};

pub(super) const ROUTE: Route = Route::new("GET", On::Bucket, &OPERATION)
    .at("policy")
    .gives(Gives::Raw("Policy"))
    .answer_headers(&[("content-type", "ContentType")]);

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let bucket = bucket(cx, input)?;
    let policy = bucket.policy.as_ref().ok_or_else(|| {
        let message = "The bucket policy does not exist";
        no_configuration("NoSuchBucketPolicy", message, &bucket.name)
    })?;
    Ok(Document::structure([
        ("Policy", Document::from(policy)),
        ("ContentType", "application/json".into()),
    ]))
}
