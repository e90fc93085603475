use std::collections::BTreeMap;

use super::names::check_bucket_name;
use super::put_bucket_tagging::read_tags;
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
            let mut bucket = Bucket::new(name, cx.region, cx.now);
            bucket.tags = tags(input)?;
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

/// Tags from the first moment; the list stands in an element of its own name.
fn tags(input: &Input<'_>) -> Result<BTreeMap<String, String>, Fault> {
    let configuration = input.structure("CreateBucketConfiguration")?;
    let list = match &configuration {
        Some(configuration) => configuration.structure("Tags")?,
        None => None,
    };
    list.map_or(Ok(BTreeMap::new()), |list| read_tags(&list, "Tags"))
}

/// The bucket is made where the request goes; outside of us-east-1 the request says so itself.
fn check_location(region: &str, input: &Input<'_>) -> Result<(), Fault> {
    let wanted = match input.structure("CreateBucketConfiguration")? {
        Some(configuration) => {
            configuration.only(&["LocationConstraint", "Tags"])?;
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
