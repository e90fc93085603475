use super::object_show::{HEADERS, MEMBERS, OVERRIDES, READ_HEADERS, members};
use super::read::{bucket, key};
use super::refusals::no_such_key;
use super::route::{On, Route};
use super::{conditions, range};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `HeadObject`: what GetObject says before the bytes.
pub(super) const OPERATION: Operation = Operation {
    name: "HeadObject",
    mutates: false,
    members: MEMBERS,
    call,
};

pub(super) const ROUTE: Route = Route::new("HEAD", On::Object, &OPERATION)
    .parameters(OVERRIDES)
    .headers(READ_HEADERS)
    .answer_headers(HEADERS);

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let key = key(input)?;
    let bucket = bucket(cx, input)?;
    let object = bucket.objects.get(key).ok_or_else(|| no_such_key(key))?;
    conditions::check(input, object)?;
    let range = range::of(input.optional_str("Range")?, object.body.length())?;
    members(object, input, range).map(Document::Structure)
}
