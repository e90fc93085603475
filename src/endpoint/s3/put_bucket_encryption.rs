use super::read::bucket;
use super::refusals::{malformed_xml, not_implemented};
use super::route::{On, Route, Takes};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `PutBucketEncryption`: with S3's own keys (AES256). Keys of KMS are refused, as there is no KMS here.
pub(super) const OPERATION: Operation = Operation {
    name: "PutBucketEncryption",
    mutates: true,
    members: &["Bucket", "ExpectedBucketOwner", ROOT],
    call,
};

const ROOT: &str = "ServerSideEncryptionConfiguration";

pub(super) const ROUTE: Route = Route::new("PUT", On::Bucket, &OPERATION)
    .at("encryption")
    .takes(Takes::Xml(ROOT))
    .checked();

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let bucket = bucket(cx, input)?;
    let configuration = input.structure(ROOT)?.ok_or_else(malformed_xml)?;
    configuration.only(&["Rules"])?;
    let rules = configuration.structures("Rules")?;
    let [rule] = &rules[..] else {
        return Err(malformed_xml());
    };
    rule.only(&["ApplyServerSideEncryptionByDefault", "BucketKeyEnabled"])?;
    let has_bucket_key = rule.optional_bool("BucketKeyEnabled")?.unwrap_or(false);
    if let Some(chosen) = rule.structure("ApplyServerSideEncryptionByDefault")? {
        chosen.only(&["SSEAlgorithm", "KMSMasterKeyID"])?;
        match chosen.required_str("SSEAlgorithm")? {
            "AES256" if !chosen.has("KMSMasterKeyID") => {}
            "AES256" => {
                let message = "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse";
                return Err(Fault::new("InvalidArgument", message));
            }
            method @ ("aws:kms" | "aws:kms:dsse") => {
                return Err(not_implemented(&format!("bucket encryption with {method}")));
            }
            _ => return Err(malformed_xml()),
        }
    }
    bucket.encryption = encryption(has_bucket_key);
    Ok(Document::empty())
}

/// What every bucket has from its creation on (since January 2023).
pub(super) fn default() -> Document {
    encryption(false)
}

fn encryption(has_bucket_key: bool) -> Document {
    let by_default = Document::structure([("SSEAlgorithm", "AES256".into())]);
    let rule = Document::structure([
        ("ApplyServerSideEncryptionByDefault", by_default),
        ("BucketKeyEnabled", has_bucket_key.into()),
    ]);
    Document::structure([("Rules", Document::List(vec![rule]))])
}
