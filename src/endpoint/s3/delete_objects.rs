use super::names::check_key;
use super::read::bucket;
use super::refusals::malformed_xml;
use super::route::{Gives, On, Route, Takes};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteObjects`: up to 1,000 keys; what became of each is told.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteObjects",
    mutates: true,
    members: &["Bucket", "ExpectedBucketOwner", "Delete"],
    call,
};

pub(super) const ROUTE: Route = Route::new("POST", On::Bucket, &OPERATION)
    .at("delete")
    .takes(Takes::Xml("Delete"))
    .checked()
    .gives(Gives::Root("DeleteResult"));

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let bucket = bucket(cx, input)?.name.clone();
    let request = input.structure("Delete")?.ok_or_else(malformed_xml)?;
    request.only(&["Objects", "Quiet"])?;
    let is_quiet = request.optional_bool("Quiet")?.unwrap_or(false);
    let objects = request.structures("Objects")?;
    if !(1..=1000).contains(&objects.len()) {
        return Err(malformed_xml());
    }
    let (mut deleted, mut errors) = (Vec::new(), Vec::new());
    for object in &objects {
        object.only(&["Key"])?;
        let key = object.required_str("Key")?;
        match check_key(key) {
            Ok(()) => {
                cx.stores.s3.delete(&bucket, key);
                deleted.push(Document::structure([("Key", key.into())]));
            }
            Err(fault) => errors.push(Document::structure([
                ("Key", Document::from(key)),
                ("Code", fault.code.as_ref().into()),
                ("Message", fault.message.into()),
            ])),
        }
    }
    if is_quiet {
        deleted.clear();
    }
    Ok(Document::structure([
        ("Deleted", Document::List(deleted)),
        ("Errors", Document::List(errors)),
    ]))
}
