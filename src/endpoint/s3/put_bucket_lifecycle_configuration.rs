use super::lifecycle::read_rules;
use super::read::bucket;
use super::refusals::malformed_xml;
use super::route::{On, Route, Takes};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `PutBucketLifecycleConfiguration`. The rules are checked and kept; nothing expires here.
pub(super) const OPERATION: Operation = Operation {
    name: "PutBucketLifecycleConfiguration",
    mutates: true,
    members: &["Bucket", "ExpectedBucketOwner", ROOT, MINIMUM_SIZE.1],
    call,
};

const ROOT: &str = "LifecycleConfiguration";

/// Which objects are too small to change their class.
pub(super) const MINIMUM_SIZE: (&str, &str) = (
    "x-amz-transition-default-minimum-object-size",
    "TransitionDefaultMinimumObjectSize",
);

const ALL_CLASSES: &str = "all_storage_classes_128K";

pub(super) const ROUTE: Route = Route::new("PUT", On::Bucket, &OPERATION)
    .at("lifecycle")
    .headers(&[MINIMUM_SIZE])
    .takes(Takes::Xml(ROOT))
    .checked()
    .answer_headers(&[MINIMUM_SIZE]);

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let bucket = bucket(cx, input)?;
    let configuration = input.structure(ROOT)?.ok_or_else(malformed_xml)?;
    let rules = read_rules(&configuration)?;
    let minimum = input.optional_str(MINIMUM_SIZE.1)?.unwrap_or(ALL_CLASSES);
    if ![ALL_CLASSES, "varies_by_storage_class"].contains(&minimum) {
        return Err(super::refusals::invalid_argument(
            "Invalid value for the default minimum object size",
            MINIMUM_SIZE.0,
            minimum,
        ));
    }
    bucket.lifecycle = Some(Document::structure([
        ("Rules", rules),
        (MINIMUM_SIZE.1, minimum.into()),
    ]));
    Ok(Document::structure([(MINIMUM_SIZE.1, minimum.into())]))
}
