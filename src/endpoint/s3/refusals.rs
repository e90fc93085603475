use crate::endpoint::Fault;

/// 404: a bucket that is not there.
pub(super) fn no_such_bucket(name: &str) -> Fault {
    Fault::new("NoSuchBucket", "The specified bucket does not exist")
        .with_status(404)
        .with_member("BucketName", name.into())
}

/// 404: an object that is not there.
pub(super) fn no_such_key(key: &str) -> Fault {
    Fault::new("NoSuchKey", "The specified key does not exist.")
        .with_status(404)
        .with_member("Key", key.into())
}

/// 404: an upload that is not there.
pub(super) fn no_such_upload(id: &str) -> Fault {
    let message = "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.";
    Fault::new("NoSuchUpload", message)
        .with_status(404)
        .with_member("UploadId", id.into())
}

/// 404: a configuration that the bucket does not have.
pub(super) fn no_configuration(code: &'static str, message: &str, bucket: &str) -> Fault {
    Fault::new(code, message)
        .with_status(404)
        .with_member("BucketName", bucket.into())
}

/// 403.
pub(super) fn access_denied(message: impl Into<String>) -> Fault {
    Fault::new("AccessDenied", message).with_status(403)
}

/// 400: a header or parameter with a value S3 does not take.
pub(super) fn invalid_argument(message: impl Into<String>, name: &str, value: &str) -> Fault {
    Fault::new("InvalidArgument", message)
        .with_member("ArgumentName", name.into())
        .with_member("ArgumentValue", value.into())
}

/// 400: S3 would take it, but it means nothing here.
pub(super) fn not_implemented(what: &str) -> Fault {
    Fault::new(
        "NotImplemented",
        format!(
            "A header or query you provided requested a function that is not implemented: {what}"
        ),
    )
    .with_status(501)
}

/// 400: a document that is not the one of the operation.
pub(in crate::endpoint) fn malformed_xml() -> Fault {
    Fault::new(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema",
    )
}

/// 412.
pub(super) fn precondition_failed(condition: &str) -> Fault {
    Fault::new(
        "PreconditionFailed",
        "At least one of the pre-conditions you specified did not hold",
    )
    .with_status(412)
    .with_member("Condition", condition.into())
}
