use super::put_bucket_lifecycle_configuration::MINIMUM_SIZE;
use super::read::bucket;
use super::refusals::no_configuration;
use super::route::{Gives, On, Route};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetBucketLifecycleConfiguration`: the rules as they were put.
pub(super) const OPERATION: Operation = Operation {
    name: "GetBucketLifecycleConfiguration",
    mutates: false,
    members: &["Bucket", "ExpectedBucketOwner"],
    call,
};

pub(super) const ROUTE: Route = Route::new("GET", On::Bucket, &OPERATION)
    .at("lifecycle")
    .gives(Gives::Root("LifecycleConfiguration"))
    .answer_headers(&[MINIMUM_SIZE]);

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let bucket = bucket(cx, input)?;
    bucket.lifecycle.clone().ok_or_else(|| {
        let message = "The lifecycle configuration does not exist";
        no_configuration("NoSuchLifecycleConfiguration", message, &bucket.name)
    })
}
