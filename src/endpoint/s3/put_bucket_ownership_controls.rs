use super::read::bucket;
use super::refusals::malformed_xml;
use super::route::{On, Route, Takes};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `PutBucketOwnershipControls`: one rule. As there are no access lists here, all three mean the same: the bucket's
/// owner owns its objects.
pub(super) const OPERATION: Operation = Operation {
    name: "PutBucketOwnershipControls",
    mutates: true,
    members: &["Bucket", "ExpectedBucketOwner", "OwnershipControls"],
    call,
};

pub(super) const ROUTE: Route = Route::new("PUT", On::Bucket, &OPERATION)
    .at("ownershipControls")
    .takes(Takes::Xml("OwnershipControls"))
    .checked();

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let bucket = bucket(cx, input)?;
    let controls = input
        .structure("OwnershipControls")?
        .ok_or_else(malformed_xml)?;
    controls.only(&["Rules"])?;
    let rules = controls.structures("Rules")?;
    let [rule] = &rules[..] else {
        return Err(malformed_xml());
    };
    rule.only(&["ObjectOwnership"])?;
    match rule.required_str("ObjectOwnership")? {
        ownership @ ("BucketOwnerEnforced" | "BucketOwnerPreferred" | "ObjectWriter") => {
            bucket.ownership = Some(ownership.to_owned());
            Ok(Document::empty())
        }
        _ => Err(malformed_xml()),
    }
}
