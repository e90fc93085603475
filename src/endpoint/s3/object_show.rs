use super::read::http_time;
use super::route::Names;
use super::store::Object;
use crate::endpoint::{Document, Input, Members};

/// Headers of an answer that shows an object.
pub(super) const HEADERS: Names = &[
    ("accept-ranges", "AcceptRanges"),
    ("cache-control", "CacheControl"),
    ("content-disposition", "ContentDisposition"),
    ("content-encoding", "ContentEncoding"),
    ("content-language", "ContentLanguage"),
    ("content-length", "ContentLength"),
    ("content-range", "ContentRange"),
    ("content-type", "ContentType"),
    ("etag", "ETag"),
    ("expires", "Expires"),
    ("last-modified", "LastModified"),
    ("x-amz-checksum-crc32", "ChecksumCRC32"),
    ("x-amz-checksum-crc32c", "ChecksumCRC32C"),
    ("x-amz-checksum-crc64nvme", "ChecksumCRC64NVME"),
    ("x-amz-checksum-sha1", "ChecksumSHA1"),
    ("x-amz-checksum-sha256", "ChecksumSHA256"),
    ("x-amz-checksum-type", "ChecksumType"),
    ("x-amz-server-side-encryption", "ServerSideEncryption"),
    ("x-amz-storage-class", "StorageClass"),
];

/// Headers of a request that reads an object, whole or in part.
pub(super) const READ_HEADERS: Names = &[
    ("if-match", "IfMatch"),
    ("if-modified-since", "IfModifiedSince"),
    ("if-none-match", "IfNoneMatch"),
    ("if-unmodified-since", "IfUnmodifiedSince"),
    ("range", "Range"),
    ("x-amz-checksum-mode", "ChecksumMode"),
];

/// Parameters that give headers of the answer another value.
pub(super) const OVERRIDES: Names = &[
    ("response-cache-control", "ResponseCacheControl"),
    ("response-content-disposition", "ResponseContentDisposition"),
    ("response-content-encoding", "ResponseContentEncoding"),
    ("response-content-language", "ResponseContentLanguage"),
    ("response-content-type", "ResponseContentType"),
    ("response-expires", "ResponseExpires"),
];

/// Members of both.
pub(super) const MEMBERS: &[&str] = &[
    "Bucket",
    "Key",
    "ExpectedBucketOwner",
    "IfMatch",
    "IfModifiedSince",
    "IfNoneMatch",
    "IfUnmodifiedSince",
    "Range",
    "ChecksumMode",
    "ResponseCacheControl",
    "ResponseContentDisposition",
    "ResponseContentEncoding",
    "ResponseContentLanguage",
    "ResponseContentType",
    "ResponseExpires",
    // Only for `x-amz-meta-…` of answers.
    "Metadata",
];

/// The members of an answer that shows `object`, of which `range` is sent: first byte and how many.
pub(super) fn members(
    object: &Object,
    input: &Input<'_>,
    range: Option<(u64, u64)>,
) -> Result<Members, crate::endpoint::Fault> {
    let mut members = Members::new();
    let mut set = |name: &str, value: Document| members.insert(name.to_owned(), value);
    set("AcceptRanges", "bytes".into());
    set("ETag", (&object.etag).into());
    set("LastModified", http_time(object.modified).into());
    set("ServerSideEncryption", "AES256".into());
    let length = object.body.length();
    match range {
        None => set("ContentLength", length.into()),
        Some((from, count)) => {
            let shown = format!("bytes {from}-{}/{length}", from + count - 1);
            set("ContentRange", shown.into());
            set("ContentLength", count.into())
        }
    };
    if object.storage_class != "STANDARD" {
        set("StorageClass", (&object.storage_class).into());
    }
    for (name, value) in &object.headers {
        set(name, value.into());
    }
    for (_, member) in OVERRIDES {
        if let Some(value) = input.optional_str(member)? {
            set(
                member.strip_prefix("Response").unwrap_or(member),
                value.into(),
            );
        }
    }
    let is_asked = input.optional_str("ChecksumMode")? == Some("ENABLED");
    if let (Some((member, value)), true, None) = (&object.checksum, is_asked, range) {
        set(member, value.into());
        set("ChecksumType", "FULL_OBJECT".into());
    }
    set("Metadata", Document::Map(object.metadata.clone()));
    Ok(members)
}
