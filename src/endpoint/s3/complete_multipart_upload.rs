use super::bodies::Body;
use super::read::{bucket, check_write_conditions, key};
use super::refusals::{malformed_xml, no_such_upload};
use super::route::{Gives, On, Route, Takes};
use super::store::{Object, Part, Upload};
use crate::endpoint::protocol::payload::{CHECKSUMS, hex, md5};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `CompleteMultipartUpload`: the parts that are named become the object, the others go.
pub(super) const OPERATION: Operation = Operation {
    name: "CompleteMultipartUpload",
    mutates: true,
    members: &[
        "Bucket",
        "Key",
        "ExpectedBucketOwner",
        "UploadId",
        "CompleteMultipartUpload",
        "IfMatch",
        "IfNoneMatch",
    ],
    call,
};

pub(super) const ROUTE: Route = Route::new("POST", On::Object, &OPERATION)
    .at("uploadId")
    .parameters(&[("uploadId", "UploadId")])
    .headers(&[("if-match", "IfMatch"), ("if-none-match", "IfNoneMatch")])
    .takes(Takes::Xml("CompleteMultipartUpload"))
    .gives(Gives::Root("CompleteMultipartUploadResult"))
    .answer_headers(&[("x-amz-server-side-encryption", "ServerSideEncryption")]);

/// The smallest part but the last.
const SMALLEST: u64 = 5 * 1024 * 1024;

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let now = cx.now;
    let (key, id) = (key(input)?, input.required_str("UploadId")?);
    let bucket = bucket(cx, input)?;
    check_write_conditions(input, bucket.objects.get(key), key)?;
    let name = bucket.name.clone();
    let upload = bucket.uploads.get(id).filter(|upload| upload.key == key);
    let upload = upload.ok_or_else(|| no_such_upload(id))?.clone();
    let parts = chosen(input, &upload)?;
    let sums: Vec<u8> = parts.iter().flat_map(|part| digest(part)).collect();
    let etag = format!("\"{}-{}\"", hex(&md5(&sums)), parts.len());
    let object = Object {
        body: Body {
            pieces: parts
                .iter()
                .flat_map(|part| part.body.pieces.clone())
                .collect(),
        },
        etag: etag.clone(),
        modified: now,
        headers: upload.headers.clone(),
        metadata: upload.metadata.clone(),
        storage_class: upload.storage_class.clone(),
        checksum: None,
    };
    let s3 = &mut cx.stores.s3;
    s3.put(&name, key, object);
    s3.end_upload(&name, id);
    Ok(Document::structure([
        (
            "Location",
            Document::from(format!("http://s3.amazonaws.com/{name}/{key}")),
        ),
        ("Bucket", name.into()),
        ("Key", key.into()),
        ("ETag", etag.into()),
        ("ServerSideEncryption", "AES256".into()),
    ]))
}

/// The parts that the request names, in its order, which must be that of their numbers.
fn chosen<'a>(input: &Input<'_>, upload: &'a Upload) -> Result<Vec<&'a Part>, Fault> {
    let request = input
        .structure("CompleteMultipartUpload")?
        .ok_or_else(malformed_xml)?;
    request.only(&["Parts"])?;
    let named = request.structures("Parts")?;
    if named.is_empty() {
        return Err(malformed_xml());
    }
    let (mut parts, mut last) = (Vec::new(), 0);
    for part in &named {
        let mut members = vec!["PartNumber", "ETag"];
        members.extend(CHECKSUMS.iter().map(|checksum| checksum.member));
        part.only(&members)?;
        let number = part
            .required_i64("PartNumber")
            .map_err(|_| malformed_xml())?;
        if number <= last {
            let message = "The list of parts was not in ascending order. Parts must be ordered by part number.";
            return Err(Fault::new("InvalidPartOrder", message));
        }
        last = number;
        let etag = part.required_str("ETag").map_err(|_| malformed_xml())?;
        let found = upload.parts.get(&number);
        let found = found.filter(|found| found.etag.trim_matches('"') == etag.trim_matches('"'));
        parts.push(found.ok_or_else(|| invalid_part(number))?);
    }
    let too_small = parts
        .iter()
        .rev()
        .skip(1)
        .find(|part| part.body.length() < SMALLEST);
    match too_small {
        None => Ok(parts),
        Some(part) => {
            let message = "Your proposed upload is smaller than the minimum allowed size";
            Err(Fault::new("EntityTooSmall", message)
                .with_member("ProposedSize", part.body.length().into())
                .with_member("MinSizeAllowed", SMALLEST.into()))
        }
    }
}

fn invalid_part(number: i64) -> Fault {
    let message = "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.";
    Fault::new("InvalidPart", message).with_member("PartNumber", number.into())
}

/// The MD5 of a part, which its ETag spells.
fn digest(part: &Part) -> Vec<u8> {
    let digits = part.etag.trim_matches('"').as_bytes();
    digits
        .chunks(2)
        .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}
