use super::names::check_bucket_name;
use super::read::check_defaults;
use super::refusals::not_implemented;
use super::route::{On, Route, Takes};
use super::store::Bucket;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `CreateBucket`. A bucket that is the caller's already is refused, but not in us-east-1, where AWS answers as if it
/// had made it.
pub(super) const OPERATION: Operation = Operation {
    name: "CreateBucket",
    mutates: true,
    members: &[
        "Bucket",
        "CreateBucketConfiguration",
        "ACL",
        "ObjectOwnership",
    ],
    call,
};

pub(super) const ROUTE: Route = Route::new("PUT", On::Bucket, &OPERATION)
    .headers(&[
        ("x-amz-acl", "ACL"),
        ("x-amz-object-ownership", "ObjectOwnership"),
    ])
    .takes(Takes::Xml("CreateBucketConfiguration"))
    .answer_headers(&[("location", "Location")]);

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = input.required_str("Bucket")?;
    check_bucket_name(name)?;
    check_location(cx.region, input)?;
    check_defaults(input)?;
    match input.optional_str("ObjectOwnership")? {
        None | Some("BucketOwnerEnforced") => {}
        Some(other) => return Err(not_implemented(&format!("the object ownership {other}"))),
    }
    match cx.stores.s3.bucket(name) {
        None => {
            let bucket = Bucket::new(name, cx.region, cx.now);
            cx.stores.s3.buckets.insert(name.to_owned(), bucket);
        }
        Some(bucket) if cx.region == "us-east-1" && bucket.region == cx.region => {}
        Some(_) => {
            let message = "Your previous request to create the named bucket succeeded and you already own it.";
            return Err(Fault::new("BucketAlreadyOwnedByYou", message)
                .with_status(409)
                .with_member("BucketName", name.into()));
        }
    }
    Ok(Document::structure([(
        "Location",
        format!("/{name}").into(),
    )]))
}

/// The bucket is made where the request goes; outside of us-east-1 the request says so itself.
fn check_location(region: &str, input: &Input<'_>) -> Result<(), Fault> {
    let wanted = match input.structure("CreateBucketConfiguration")? {
        Some(configuration) => {
            configuration.only(&["LocationConstraint"])?;
            configuration.optional_str("LocationConstraint")?
        }
        None => None,
    };
    match wanted.filter(|wanted| !wanted.is_empty()) {
        None if region == "us-east-1" => Ok(()),
        Some("us-east-1") => Err(Fault::new(
            "InvalidLocationConstraint",
            "The specified location-constraint is not valid",
        )
        .with_member("LocationConstraint", "us-east-1".into())),
        Some(wanted) if wanted == region || (wanted == "EU" && region == "eu-west-1") => Ok(()),
        wanted => Err(Fault::new(
            "IllegalLocationConstraintException",
            format!(
                "The {} location constraint is incompatible for the region specific endpoint this request was sent to.",
                wanted.unwrap_or("unspecified")
            ),
        )),
    }
}
