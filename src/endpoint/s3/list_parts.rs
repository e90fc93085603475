use super::read::{bucket, key, owner_id, xml_time};
use super::refusals::no_such_upload;
use super::route::{Gives, On, Route};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListParts`: all of them on one page; one that is asked for by number of parts or a marker is refused.
pub(super) const OPERATION: Operation = Operation {
    name: "ListParts",
    mutates: false,
    members: &["Bucket", "Key", "ExpectedBucketOwner", "UploadId"],
    call,
};

pub(super) const ROUTE: Route = Route::new("GET", On::Object, &OPERATION)
    .at("uploadId")
    .parameters(&[("uploadId", "UploadId")])
    .gives(Gives::Root("ListPartsResult"));

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let owner = Document::structure([("ID", owner_id(cx.account_id).into())]);
    let (key, id) = (key(input)?, input.required_str("UploadId")?);
    let bucket = bucket(cx, input)?;
    let upload = bucket.uploads.get(id).filter(|upload| upload.key == key);
    let upload = upload.ok_or_else(|| no_such_upload(id))?;
    let parts = upload.parts.iter().map(|(number, part)| {
        Document::structure([
            ("PartNumber", Document::from(*number)),
            ("LastModified", xml_time(part.modified).into()),
            ("ETag", (&part.etag).into()),
            ("Size", part.body.length().into()),
        ])
    });
    Ok(Document::structure([
        ("Bucket", Document::from(&bucket.name)),
        ("Key", key.into()),
        ("UploadId", id.into()),
        ("StorageClass", (&upload.storage_class).into()),
        ("Initiator", owner.clone()),
        ("Owner", owner),
        ("MaxParts", upload.parts.len().into()),
        ("IsTruncated", false.into()),
        ("Parts", Document::List(parts.collect())),
    ]))
}
