use super::bodies::Body;
use super::put_object::{WRITTEN, checksum, piece};
use super::read::{bucket, key};
use super::refusals::{invalid_argument, no_such_upload};
use super::route::{On, Route, Takes};
use super::store::Part;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `UploadPart`: over the part with its number.
pub(super) const OPERATION: Operation = Operation {
    name: "UploadPart",
    mutates: true,
    members: &[
        "Bucket",
        "Key",
        "ExpectedBucketOwner",
        "UploadId",
        "PartNumber",
        "Body",
        "ChecksumCRC32",
        "ChecksumCRC32C",
        "ChecksumCRC64NVME",
        "ChecksumSHA1",
        "ChecksumSHA256",
    ],
    call,
};

pub(super) const ROUTE: Route = Route::new("PUT", On::Object, &OPERATION)
    .at("uploadId")
    .parameters(&[("uploadId", "UploadId"), ("partNumber", "PartNumber")])
    .takes(Takes::Bytes("Body"))
    .answer_headers(WRITTEN);

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let now = cx.now;
    let (key, id) = (key(input)?, input.required_str("UploadId")?);
    let number = input.required_i64("PartNumber")?;
    if !(1..=10_000).contains(&number) {
        let message = "Part number must be an integer between 1 and 10000, inclusive";
        return Err(invalid_argument(message, "partNumber", &number.to_string()));
    }
    let piece = piece(input)?;
    let checksum = checksum(input)?;
    let part = Part {
        etag: format!("\"{}\"", piece.md5),
        body: Body {
            pieces: vec![piece],
        },
        modified: now,
    };
    let upload = bucket(cx, input)?.uploads.get_mut(id);
    let upload = upload.filter(|upload| upload.key == key);
    let upload = upload.ok_or_else(|| no_such_upload(id))?;
    let before = upload.parts.insert(number, part.clone());
    cx.stores.s3.name(&part.body);
    if let Some(before) = before {
        cx.stores.s3.unname(&before.body);
    }
    let mut answer = vec![
        ("ETag", Document::from(part.etag)),
        ("ServerSideEncryption", "AES256".into()),
    ];
    answer.extend(checksum.map(|(member, value)| (member, value.into())));
    Ok(Document::structure(answer))
}
