use super::read::bucket;
use super::refusals::malformed_xml;
use super::route::{On, Route, Takes};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `PutPublicAccessBlock`: all four flags; one that is left out is off.
pub(super) const OPERATION: Operation = Operation {
    name: "PutPublicAccessBlock",
    mutates: true,
    members: &["Bucket", "ExpectedBucketOwner", ROOT],
    call,
};

const ROOT: &str = "PublicAccessBlockConfiguration";

/// In the order of the API model.
pub(super) const FLAGS: [&str; 4] = [
    "BlockPublicAcls",
    "IgnorePublicAcls",
    "BlockPublicPolicy",
    "RestrictPublicBuckets",
];

pub(super) const ROUTE: Route = Route::new("PUT", On::Bucket, &OPERATION)
    .at("publicAccessBlock")
    .takes(Takes::Xml(ROOT))
    .checked();

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let bucket = bucket(cx, input)?;
    if !input.has(ROOT) {
        return Err(malformed_xml());
    }
    let mut block = Vec::new();
    let configuration = input.structure(ROOT).map_err(|_| malformed_xml())?;
    if let Some(configuration) = configuration {
        configuration.only(&FLAGS)?;
        for flag in FLAGS {
            let value = configuration
                .optional_bool(flag)
                .map_err(|_| malformed_xml())?;
            block.push((flag, value.unwrap_or(false).into()));
        }
    }
    bucket.public_access_block = Some(Document::structure(block));
    Ok(Document::empty())
}
