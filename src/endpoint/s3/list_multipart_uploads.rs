use super::read::{bucket, owner_id, xml_time};
use super::route::{Gives, On, Route};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListMultipartUploads`: all of them on one page, by key; markers and delimiters are refused.
pub(super) const OPERATION: Operation = Operation {
    name: "ListMultipartUploads",
    mutates: false,
    members: &["Bucket", "ExpectedBucketOwner", "Prefix"],
    call,
};

pub(super) const ROUTE: Route = Route::new("GET", On::Bucket, &OPERATION)
    .at("uploads")
    .parameters(&[("prefix", "Prefix")])
    .gives(Gives::Root("ListMultipartUploadsResult"));

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let owner = Document::structure([("ID", owner_id(cx.account_id).into())]);
    let prefix = input.optional_str("Prefix")?.unwrap_or_default();
    let bucket = bucket(cx, input)?;
    let uploads = bucket.uploads.iter();
    let mut uploads: Vec<_> = uploads.filter(|(_, u)| u.key.starts_with(prefix)).collect();
    uploads.sort_by_key(|(id, upload)| (&upload.key, upload.begun, *id));
    let count = uploads.len();
    let shown = uploads.into_iter().map(|(id, upload)| {
        Document::structure([
            ("Key", Document::from(&upload.key)),
            ("UploadId", id.into()),
            ("Initiator", owner.clone()),
            ("Owner", owner.clone()),
            ("StorageClass", (&upload.storage_class).into()),
            ("Initiated", xml_time(upload.begun).into()),
        ])
    });
    Ok(Document::structure([
        ("Bucket", Document::from(&bucket.name)),
        ("Prefix", prefix.into()),
        ("MaxUploads", count.into()),
        ("IsTruncated", false.into()),
        ("Uploads", Document::List(shown.collect())),
    ]))
}
