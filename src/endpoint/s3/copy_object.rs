use super::names::check_key;
use super::put_object::metadata;
use super::read::{
    bucket, check_defaults, check_owner, check_write_conditions, kept_headers, key, storage_class,
    xml_time,
};
use super::refusals::{invalid_argument, no_such_bucket, no_such_key, not_implemented};
use super::route::{Gives, On, Route};
use super::store::Object;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `CopyObject`: within and between buckets, with the object's own headers and metadata or with new ones.
pub(super) const OPERATION: Operation = Operation {
    name: "CopyObject",
    mutates: true,
    members: &[
        "Bucket",
        "Key",
        "ExpectedBucketOwner",
        "CopySource",
        "MetadataDirective",
        "ACL",
        "CacheControl",
        "ContentDisposition",
        "ContentEncoding",
        "ContentLanguage",
        "ContentType",
        "Expires",
        "IfMatch",
        "IfNoneMatch",
        "Metadata",
        "ServerSideEncryption",
        "StorageClass",
    ],
    call,
};

pub(super) const ROUTE: Route = Route::new("PUT", On::Object, &OPERATION)
    .marked_by("x-amz-copy-source")
    .headers(&[
        ("cache-control", "CacheControl"),
        ("content-disposition", "ContentDisposition"),
        ("content-encoding", "ContentEncoding"),
        ("content-language", "ContentLanguage"),
        ("content-type", "ContentType"),
        ("expires", "Expires"),
        ("if-match", "IfMatch"),
        ("if-none-match", "IfNoneMatch"),
        ("x-amz-acl", "ACL"),
        ("x-amz-copy-source", "CopySource"),
        ("x-amz-metadata-directive", "MetadataDirective"),
        ("x-amz-server-side-encryption", "ServerSideEncryption"),
        ("x-amz-storage-class", "StorageClass"),
    ])
    .gives(Gives::Payload("CopyObjectResult"))
    .answer_headers(&[("x-amz-server-side-encryption", "ServerSideEncryption")]);

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let now = cx.now;
    let key = key(input)?;
    check_owner(cx.account_id, input)?;
    let source = source(cx, input.required_str("CopySource")?)?;
    let bucket = bucket(cx, input)?;
    check_defaults(input)?;
    check_write_conditions(input, bucket.objects.get(key), key)?;
    let name = bucket.name.clone();
    let replaces = match input.optional_str("MetadataDirective")? {
        None | Some("COPY") => false,
        Some("REPLACE") => true,
        Some(other) => {
            let message = "Unknown metadata directive.";
            return Err(invalid_argument(message, "x-amz-metadata-directive", other));
        }
    };
    let is_same =
        input.required_str("CopySource")?.trim_start_matches('/') == format!("{name}/{key}");
    if is_same && !replaces && !input.has("StorageClass") {
        let message = "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.";
        return Err(Fault::new("InvalidRequest", message));
    }
    let mut copy = Object {
        modified: now,
        storage_class: storage_class(input)?,
        ..source
    };
    if replaces {
        copy.headers = kept_headers(input)?;
        copy.metadata = metadata(input)?;
    }
    let result = Document::structure([
        ("LastModified", Document::from(xml_time(now))),
        ("ETag", (&copy.etag).into()),
    ]);
    cx.stores.s3.put(&name, key, copy);
    Ok(Document::structure([
        ("CopyObjectResult", result),
        ("ServerSideEncryption", "AES256".into()),
    ]))
}

/// The object that `/bucket/key` names, whose characters are written as in an address.
fn source(cx: &Context<'_>, text: &str) -> Result<Object, Fault> {
    let invalid = || {
        let message = "Copy Source must mention the source bucket and key: sourcebucket/sourcekey";
        invalid_argument(message, "x-amz-copy-source", text)
    };
    if text.contains("?versionId=") {
        return Err(not_implemented("a version of the source"));
    }
    let path = crate::endpoint::protocol::percent_decoded(text.as_bytes()).ok_or_else(invalid)?;
    let (bucket, key) = path
        .trim_start_matches('/')
        .split_once('/')
        .ok_or_else(invalid)?;
    check_key(key)?;
    let found = cx
        .stores
        .s3
        .bucket(bucket)
        .ok_or_else(|| no_such_bucket(bucket))?;
    found
        .objects
        .get(key)
        .cloned()
        .ok_or_else(|| no_such_key(key))
}
