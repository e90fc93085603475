use super::policy::Policy;
use super::read::bucket;
use super::refusals::access_denied;
use super::route::{On, Route, Takes};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `PutBucketPolicy`. A policy for everybody is refused while the bucket blocks public policies.
pub(super) const OPERATION: Operation = Operation {
    name: "PutBucketPolicy",
    mutates: true,
    members: &[
        "Bucket",
        "ExpectedBucketOwner",
        "Policy",
        "ConfirmRemoveSelfBucketAccess",
    ],
    call,
};

pub(super) const ROUTE: Route = Route::new("PUT", On::Bucket, &OPERATION)
    .at("policy")
    .headers(&[(
        "x-amz-confirm-remove-self-bucket-access",
        "ConfirmRemoveSelfBucketAccess",
    )])
    .takes(Takes::Text("Policy"))
    .no_content();

/// Bytes of a policy.
const LONGEST: usize = 20 * 1024;

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let account_id = cx.account_id;
    let bucket = bucket(cx, input)?;
    let text = input.required_str("Policy")?;
    if text.len() > LONGEST {
        let message = "Policies must not be longer than 20480 bytes";
        return Err(Fault::new("PolicyTooLarge", message));
    }
    let policy = Policy::parse(text, &bucket.name)?;
    let blocks = bucket
        .public_access_block
        .as_ref()
        .and_then(Document::members);
    let is_blocked = blocks
        .and_then(|flags| flags.get("BlockPublicPolicy"))
        .is_some_and(|flag| *flag == Document::Bool(true));
    if is_blocked && policy.is_public() {
        return Err(access_denied(format!(
            "User: arn:aws:iam::{account_id}:user/belfry is not authorized to perform: s3:PutBucketPolicy on resource: \
             \"arn:aws:s3:::{}\" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.",
            bucket.name
        )));
    }
    bucket.policy = Some(text.to_owned());
    Ok(Document::empty())
}
