use std::collections::BTreeMap;

use super::put_object::metadata;
use super::read::{bucket, check_defaults, kept_headers, key, storage_class};
use super::refusals::{invalid_argument, not_implemented};
use super::route::{Gives, On, Route};
use super::store::Upload;
use crate::endpoint::protocol::payload::{CHECKSUMS, sha256};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `CreateMultipartUpload`.
pub(super) const OPERATION: Operation = Operation {
    name: "CreateMultipartUpload",
    mutates: true,
    members: &[
        "Bucket",
        "Key",
        "ExpectedBucketOwner",
        "ACL",
        "CacheControl",
        "ChecksumAlgorithm",
        "ChecksumType",
        "ContentDisposition",
        "ContentEncoding",
        "ContentLanguage",
        "ContentType",
        "Expires",
        "Metadata",
        "ServerSideEncryption",
        "StorageClass",
    ],
    call,
};

pub(super) const ROUTE: Route = Route::new("POST", On::Object, &OPERATION)
    .at("uploads")
    .headers(&[
        ("cache-control", "CacheControl"),
        ("content-disposition", "ContentDisposition"),
        ("content-encoding", "ContentEncoding"),
        ("content-language", "ContentLanguage"),
        ("content-type", "ContentType"),
        ("expires", "Expires"),
        ("x-amz-acl", "ACL"),
        ("x-amz-checksum-algorithm", "ChecksumAlgorithm"),
        ("x-amz-checksum-type", "ChecksumType"),
        ("x-amz-server-side-encryption", "ServerSideEncryption"),
        ("x-amz-storage-class", "StorageClass"),
    ])
    .gives(Gives::Root("InitiateMultipartUploadResult"))
    .answer_headers(&[
        ("x-amz-checksum-algorithm", "ChecksumAlgorithm"),
        ("x-amz-checksum-type", "ChecksumType"),
        ("x-amz-server-side-encryption", "ServerSideEncryption"),
    ]);

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let now = cx.now;
    let key = key(input)?;
    let name = bucket(cx, input)?.name.clone();
    check_defaults(input)?;
    let (algorithm, kind) = checksum(input)?;
    let upload = Upload {
        key: key.to_owned(),
        begun: now,
        headers: kept_headers(input)?,
        metadata: metadata(input)?,
        storage_class: storage_class(input)?,
        parts: BTreeMap::new(),
    };
    cx.stores.s3.uploads += 1;
    let id = sha256(format!("{name}/{key} {}", cx.stores.s3.uploads).as_bytes());
    bucket(cx, input)?.uploads.insert(id.clone(), upload);
    Ok(Document::structure([
        ("Bucket", Document::from(name)),
        ("Key", key.into()),
        ("UploadId", id.into()),
        ("ChecksumAlgorithm", algorithm.into()),
        ("ChecksumType", kind.into()),
        ("ServerSideEncryption", "AES256".into()),
    ]))
}

/// Parts are verified by their own checksums; one over the whole object is not made.
fn checksum<'a>(input: &Input<'a>) -> Result<(Option<&'a str>, Option<&'static str>), Fault> {
    let algorithm = input.optional_str("ChecksumAlgorithm")?;
    if let Some(other) = algorithm.filter(|name| !CHECKSUMS.iter().any(|c| c.name == *name)) {
        let message = "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]";
        return Err(invalid_argument(message, "x-amz-checksum-algorithm", other));
    }
    match input.optional_str("ChecksumType")? {
        None | Some("COMPOSITE") => Ok((algorithm, algorithm.map(|_| "COMPOSITE"))),
        Some(other) => Err(not_implemented(&format!(
            "the checksum type {other} of an upload in parts"
        ))),
    }
}
