use super::listing::{Listing, Shown};
use super::read::{bucket, owner_id, xml_time};
use super::refusals::invalid_argument;
use super::route::{Gives, On, Route};
use super::store::Object;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListObjectsV2`: by key in UTF-8's order, 1,000 a page at most.
pub(super) const OPERATION: Operation = Operation {
    name: "ListObjectsV2",
    mutates: false,
    members: &[
        "Bucket",
        "ExpectedBucketOwner",
        "ListType",
        "Prefix",
        "Delimiter",
        "MaxKeys",
        "StartAfter",
        "ContinuationToken",
        "EncodingType",
        "FetchOwner",
    ],
    call,
};

pub(super) const ROUTE: Route = Route::new("GET", On::Bucket, &OPERATION)
    .at("list-type")
    .parameters(&[
        ("list-type", "ListType"),
        ("prefix", "Prefix"),
        ("delimiter", "Delimiter"),
        ("max-keys", "MaxKeys"),
        ("start-after", "StartAfter"),
        ("continuation-token", "ContinuationToken"),
        ("encoding-type", "EncodingType"),
        ("fetch-owner", "FetchOwner"),
    ])
    .gives(Gives::Root("ListBucketResult"));

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let account_id = cx.account_id;
    let bucket = bucket(cx, input)?;
    if input.required_str("ListType")? != "2" {
        let message = "only list-type=2 is supported by this endpoint";
        return Err(invalid_argument(
            message,
            "list-type",
            input.required_str("ListType")?,
        ));
    }
    let text = |name| input.optional_str(name).map(Option::unwrap_or_default);
    let (prefix, delimiter) = (text("Prefix")?, text("Delimiter")?);
    let token = input.optional_str("ContinuationToken")?;
    let most = max_keys(input)?;
    let listing = Listing {
        prefix,
        delimiter,
        start_after: text("StartAfter")?,
        token,
        most,
    };
    let page = listing.page(&bucket.objects).ok_or_else(|| {
        let message = "The continuation token provided is incorrect";
        invalid_argument(message, "continuation-token", token.unwrap_or_default())
    })?;
    let is_encoded = is_encoded(input)?;
    let write = |text: &str| {
        if is_encoded {
            encoded(text)
        } else {
            text.to_owned()
        }
    };
    let owner = input.optional_bool("FetchOwner")?.unwrap_or(false);
    let owner = owner.then(|| Document::structure([("ID", owner_id(account_id).into())]));
    let (mut contents, mut prefixes) = (Vec::new(), Vec::new());
    for shown in &page.shown {
        match shown {
            Shown::Object(key, object) => contents.push(show(&write(key), object, owner.as_ref())),
            Shown::Prefix(name) => {
                prefixes.push(Document::structure([("Prefix", write(name).into())]));
            }
        }
    }
    let optional = |name| Ok::<_, Fault>(input.optional_str(name)?.map(&write));
    Ok(Document::structure([
        ("Name", Document::from(&bucket.name)),
        ("Prefix", write(prefix).into()),
        (
            "Delimiter",
            optional("Delimiter")?.filter(|d| !d.is_empty()).into(),
        ),
        ("StartAfter", optional("StartAfter")?.into()),
        ("MaxKeys", most.into()),
        ("KeyCount", page.shown.len().into()),
        ("EncodingType", is_encoded.then_some("url").into()),
        ("IsTruncated", page.next.is_some().into()),
        ("ContinuationToken", token.into()),
        ("NextContinuationToken", page.next.into()),
        ("Contents", Document::List(contents)),
        ("CommonPrefixes", Document::List(prefixes)),
    ]))
}

fn max_keys(input: &Input<'_>) -> Result<usize, Fault> {
    let refused = |value: &str| {
        let message = "Argument maxKeys must be an integer between 0 and 2147483647";
        invalid_argument(message, "max-keys", value)
    };
    match input.optional_i64("MaxKeys") {
        Ok(None) => Ok(1000),
        Ok(Some(most)) => {
            let most = usize::try_from(most).map_err(|_| refused(&most.to_string()))?;
            Ok(most.min(1000))
        }
        Err(_) => Err(refused(input.optional_str("MaxKeys")?.unwrap_or_default())),
    }
}

fn is_encoded(input: &Input<'_>) -> Result<bool, Fault> {
    match input.optional_str("EncodingType")? {
        None => Ok(false),
        Some("url") => Ok(true),
        Some(other) => {
            let message = "Invalid Encoding Method specified in Request";
            Err(invalid_argument(message, "encoding-type", other))
        }
    }
}

fn show(key: &str, object: &Object, owner: Option<&Document>) -> Document {
    let algorithm = object
        .checksum
        .as_ref()
        .map(|(member, _)| Document::list([member.strip_prefix("Checksum").unwrap_or(member)]));
    let kind = algorithm.is_some().then_some("FULL_OBJECT");
    Document::structure([
        ("Key", Document::from(key)),
        ("LastModified", xml_time(object.modified).into()),
        ("ETag", (&object.etag).into()),
        ("ChecksumAlgorithms", algorithm.unwrap_or(Document::Null)),
        ("ChecksumType", kind.into()),
        ("Size", object.body.length().into()),
        ("StorageClass", (&object.storage_class).into()),
        ("Owner", owner.cloned().unwrap_or(Document::Null)),
    ])
}

/// As S3 encodes keys that XML may not hold: all but letters, digits and `-_.*/`, blanks as `+`.
pub(super) fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b' ' => out.push('+'),
            b'-' | b'_' | b'.' | b'*' | b'/' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => {
                // Writing to a text does not fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
        out
    })
}
