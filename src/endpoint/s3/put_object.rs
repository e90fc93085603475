use super::bodies::{Body, Piece};
use super::read::{
    bucket, check_defaults, check_write_conditions, kept_headers, key, storage_class,
};
use super::route::{Names, On, Route, Takes};
use super::store::Object;
use crate::endpoint::protocol::payload::CHECKSUMS;
use crate::endpoint::{Context, Document, Fault, Input, Members, Operation};

/// `PutObject`.
pub(super) const OPERATION: Operation = Operation {
    name: "PutObject",
    mutates: true,
    members: &[
        "Bucket",
        "Key",
        "ExpectedBucketOwner",
        "Body",
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
        "ChecksumCRC32",
        "ChecksumCRC32C",
        "ChecksumCRC64NVME",
        "ChecksumSHA1",
        "ChecksumSHA256",
    ],
    call,
};

pub(super) const ROUTE: Route = Route::new("PUT", On::Object, &OPERATION)
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
        ("x-amz-server-side-encryption", "ServerSideEncryption"),
        ("x-amz-storage-class", "StorageClass"),
    ])
    .takes(Takes::Bytes("Body"))
    .answer_headers(WRITTEN);

/// Headers of an answer about what was written.
pub(super) const WRITTEN: Names = &[
    ("etag", "ETag"),
    ("x-amz-checksum-crc32", "ChecksumCRC32"),
    ("x-amz-checksum-crc32c", "ChecksumCRC32C"),
    ("x-amz-checksum-crc64nvme", "ChecksumCRC64NVME"),
    ("x-amz-checksum-sha1", "ChecksumSHA1"),
    ("x-amz-checksum-sha256", "ChecksumSHA256"),
    ("x-amz-checksum-type", "ChecksumType"),
    ("x-amz-server-side-encryption", "ServerSideEncryption"),
];

/// Metadata of an object, names and values together.
const LONGEST_METADATA: usize = 2048;

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let now = cx.now;
    let key = key(input)?;
    let bucket = bucket(cx, input)?;
    check_defaults(input)?;
    check_write_conditions(input, bucket.objects.get(key), key)?;
    let name = bucket.name.clone();
    let piece = piece(input)?;
    let etag = format!("\"{}\"", piece.md5);
    let object = Object {
        body: Body {
            pieces: vec![piece],
        },
        etag: etag.clone(),
        modified: now,
        headers: kept_headers(input)?,
        metadata: metadata(input)?,
        storage_class: storage_class(input)?,
        checksum: checksum(input)?,
    };
    let mut answer = vec![
        ("ETag", Document::from(etag)),
        ("ServerSideEncryption", "AES256".into()),
    ];
    if let Some((member, value)) = &object.checksum {
        answer.push((member, value.into()));
        answer.push(("ChecksumType", "FULL_OBJECT".into()));
    }
    cx.stores.s3.put(&name, key, object);
    Ok(Document::structure(answer))
}

/// What stands in place of the request's bytes.
pub(super) fn piece(input: &Input<'_>) -> Result<Piece, Fault> {
    let body = input.get("Body").and_then(Document::members);
    body.and_then(Piece::read)
        .ok_or_else(|| input.missing("Body"))
}

/// The object's own metadata.
pub(super) fn metadata(input: &Input<'_>) -> Result<Members, Fault> {
    let metadata = input.string_map("Metadata")?;
    let size: usize = metadata
        .iter()
        .map(|(name, value)| name.len() + value.len())
        .sum();
    if size > LONGEST_METADATA {
        let message = "Your metadata headers exceed the maximum allowed metadata size";
        return Err(Fault::new("MetadataTooLarge", message)
            .with_member("Size", size.into())
            .with_member("MaxSizeAllowed", LONGEST_METADATA.into()));
    }
    Ok(metadata
        .into_iter()
        .map(|(name, value)| (name, value.into()))
        .collect())
}

/// The checksum that came and was verified.
pub(super) fn checksum(input: &Input<'_>) -> Result<Option<(&'static str, String)>, Fault> {
    for checksum in CHECKSUMS {
        if let Some(value) = input.optional_str(checksum.member)? {
            return Ok(Some((checksum.member, value.to_owned())));
        }
    }
    Ok(None)
}
