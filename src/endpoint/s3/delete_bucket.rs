use super::read::bucket;
use super::route::{On, Route};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteBucket`: only an empty one. Uploads that are not complete do not keep it.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteBucket",
    mutates: true,
    members: &["Bucket", "ExpectedBucketOwner"],
    call,
};

pub(super) const ROUTE: Route = Route::new("DELETE", On::Bucket, &OPERATION).no_content();

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let bucket = bucket(cx, input)?;
    let name = bucket.name.clone();
    if !bucket.objects.is_empty() {
        let message = "The bucket you tried to delete is not empty";
        return Err(Fault::new("BucketNotEmpty", message)
            .with_status(409)
            .with_member("BucketName", name.into()));
    }
    let uploads: Vec<String> = bucket.uploads.keys().cloned().collect();
    for upload in uploads {
        cx.stores.s3.end_upload(&name, &upload);
    }
    cx.stores.s3.buckets.remove(&name);
    Ok(Document::empty())
}
