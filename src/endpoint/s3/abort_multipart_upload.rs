use super::read::{bucket, key};
use super::refusals::no_such_upload;
use super::route::{On, Route};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `AbortMultipartUpload`: what was uploaded goes.
pub(super) const OPERATION: Operation = Operation {
    name: "AbortMultipartUpload",
    mutates: true,
    members: &["Bucket", "Key", "ExpectedBucketOwner", "UploadId"],
    call,
};

pub(super) const ROUTE: Route = Route::new("DELETE", On::Object, &OPERATION)
    .at("uploadId")
    .parameters(&[("uploadId", "UploadId")])
    .no_content();

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let (key, id) = (key(input)?, input.required_str("UploadId")?);
    let bucket = bucket(cx, input)?;
    let name = bucket.name.clone();
    let upload = bucket.uploads.get(id).filter(|upload| upload.key == key);
    upload.ok_or_else(|| no_such_upload(id))?;
    cx.stores.s3.end_upload(&name, id);
    Ok(Document::empty())
}
