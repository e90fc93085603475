use super::read::bucket;
use super::route::{On, Route};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `HeadBucket`.
pub(super) const OPERATION: Operation = Operation {
    name: "HeadBucket",
    mutates: false,
    members: &["Bucket", "ExpectedBucketOwner"],
    call,
};

pub(super) const ROUTE: Route = Route::new("HEAD", On::Bucket, &OPERATION).answer_headers(&[
    ("x-amz-bucket-region", "BucketRegion"),
    ("x-amz-bucket-arn", "BucketArn"),
    ("x-amz-access-point-alias", "AccessPointAlias"),
]);

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let bucket = bucket(cx, input)?;
    Ok(Document::structure([
        ("BucketRegion", Document::from(&bucket.region)),
        ("BucketArn", format!("arn:aws:s3:::{}", bucket.name).into()),
        ("AccessPointAlias", false.into()),
    ]))
}
