use std::collections::BTreeMap;

use belfry_engine::base::Millis;

use super::names::check_key;
use super::refusals::{access_denied, invalid_argument, no_such_bucket, not_implemented};
use super::store::{Bucket, Object};
use crate::endpoint::{Context, Fault, Input};

/// The bucket that a request names, which must be the caller's and in the request's region.
pub(super) fn bucket<'a>(
    cx: &'a mut Context<'_>,
    input: &Input<'_>,
) -> Result<&'a mut Bucket, Fault> {
    let name = input.required_str("Bucket")?;
    check_owner(cx.account_id, input)?;
    let bucket = cx.stores.s3.buckets.get_mut(name);
    let bucket = bucket.ok_or_else(|| no_such_bucket(name))?;
    if bucket.region == cx.region {
        return Ok(bucket);
    }
    let message = "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.";
    Err(Fault::new("PermanentRedirect", message)
        .with_status(301)
        .with_member(
            "Endpoint",
            format!("{name}.s3.{}.amazonaws.com", bucket.region).into(),
        )
        .with_member("Bucket", name.into())
        .with_member("Region", bucket.region.as_str().into()))
}

/// `x-amz-expected-bucket-owner`: every bucket here belongs to the endpoint's account.
pub(super) fn check_owner(account_id: &str, input: &Input<'_>) -> Result<(), Fault> {
    match input.optional_str("ExpectedBucketOwner")? {
        Some(owner) if owner != account_id => Err(access_denied("Access Denied")),
        _ => Ok(()),
    }
}

/// The key that a request names.
pub(super) fn key<'a>(input: &Input<'a>) -> Result<&'a str, Fault> {
    let key = input.required_str("Key")?;
    check_key(key)?;
    Ok(key)
}

/// Headers that an object keeps and gives back, beside their members.
pub(super) const KEPT: &[(&str, &str)] = &[
    ("cache-control", "CacheControl"),
    ("content-disposition", "ContentDisposition"),
    ("content-encoding", "ContentEncoding"),
    ("content-language", "ContentLanguage"),
    ("content-type", "ContentType"),
    ("expires", "Expires"),
];

/// The headers of a new object. `aws-chunked` belongs to the transfer; without a type it is one of bytes.
pub(super) fn kept_headers(input: &Input<'_>) -> Result<BTreeMap<&'static str, String>, Fault> {
    let mut headers = BTreeMap::new();
    for (_, member) in KEPT {
        if let Some(value) = input.optional_str(member)? {
            headers.insert(*member, value.to_owned());
        }
    }
    if let Some(encoding) = headers.remove("ContentEncoding") {
        let own: Vec<&str> = encoding
            .split(',')
            .map(str::trim)
            .filter(|name| *name != "aws-chunked" && !name.is_empty())
            .collect();
        if !own.is_empty() {
            headers.insert("ContentEncoding", own.join(","));
        }
    }
    headers
        .entry("ContentType")
        .or_insert_with(|| "binary/octet-stream".to_owned());
    Ok(headers)
}

/// Classes whose objects are read at once; those of archives would have to be restored first.
const STORAGE_CLASSES: &[&str] = &[
    "STANDARD",
    "REDUCED_REDUNDANCY",
    "STANDARD_IA",
    "ONEZONE_IA",
    "INTELLIGENT_TIERING",
    "GLACIER_IR",
];

/// The storage class of a new object.
pub(super) fn storage_class(input: &Input<'_>) -> Result<String, Fault> {
    let class = input.optional_str("StorageClass")?.unwrap_or("STANDARD");
    match class {
        "GLACIER" | "DEEP_ARCHIVE" => Err(not_implemented(&format!("the storage class {class}"))),
        _ if STORAGE_CLASSES.contains(&class) => Ok(class.to_owned()),
        _ => Err(Fault::new(
            "InvalidStorageClass",
            "The storage class you specified is not valid",
        )
        .with_member("StorageClassRequested", class.into())),
    }
}

/// What a request may ask of a new object that is so anyway: the bucket's owner owns it, S3's keys encrypt it.
pub(super) fn check_defaults(input: &Input<'_>) -> Result<(), Fault> {
    match input.optional_str("ACL")? {
        None | Some("private" | "bucket-owner-full-control") => {}
        Some(_) => {
            return Err(Fault::new(
                "AccessControlListNotSupported",
                "The bucket does not allow ACLs",
            ));
        }
    }
    match input.optional_str("ServerSideEncryption")? {
        None | Some("AES256") => Ok(()),
        Some(method @ ("aws:kms" | "aws:kms:dsse")) => Err(not_implemented(&format!(
            "server-side encryption with {method}"
        ))),
        Some(other) => Err(invalid_argument(
            "The encryption method specified is not supported",
            "x-amz-server-side-encryption",
            other,
        )),
    }
}

/// `If-Match` and `If-None-Match` of a request that writes.
pub(super) fn check_write_conditions(
    input: &Input<'_>,
    before: Option<&Object>,
    key: &str,
) -> Result<(), Fault> {
    let is =
        |etag: &str, object: &Object| etag == object.etag || etag == object.etag.trim_matches('"');
    if let Some(wanted) = input.optional_str("IfMatch")? {
        match before {
            None => return Err(super::refusals::no_such_key(key)),
            Some(object) if wanted == "*" || is(wanted, object) => {}
            Some(_) => return Err(super::refusals::precondition_failed("If-Match")),
        }
    }
    match input.optional_str("IfNoneMatch")? {
        None => Ok(()),
        Some("*") if before.is_some() => Err(super::refusals::precondition_failed("If-None-Match")),
        Some("*") => Ok(()),
        Some(_) => Err(not_implemented(
            "If-None-Match with an ETag where something is written",
        )),
    }
}

/// As S3 writes moments in XML: its objects know whole seconds.
pub(super) fn xml_time(at: Millis) -> String {
    at.floor_to(1000).strftime("%Y-%m-%dT%H:%M:%S.000Z")
}

/// As HTTP writes moments.
pub(super) fn http_time(at: Millis) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT")
}

/// The canonical id of the endpoint's account.
pub(super) fn owner_id(account_id: &str) -> String {
    crate::endpoint::protocol::payload::sha256(account_id.as_bytes())
}
