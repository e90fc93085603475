use super::object_show::{HEADERS, MEMBERS, OVERRIDES, READ_HEADERS, members};
use super::read::{bucket, key};
use super::refusals::no_such_key;
use super::route::{Gives, On, Route};
use super::{conditions, range};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetObject`: whole or one range of it.
pub(super) const OPERATION: Operation = Operation {
    name: "GetObject",
    mutates: false,
    members: MEMBERS,
    call,
};

pub(super) const ROUTE: Route = Route::new("GET", On::Object, &OPERATION)
    .parameters(OVERRIDES)
    .headers(READ_HEADERS)
    .gives(Gives::Raw("Body"))
    .answer_headers(HEADERS);

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let key = key(input)?;
    let bucket = bucket(cx, input)?;
    let object = bucket
        .objects
        .get(key)
        .cloned()
        .ok_or_else(|| no_such_key(key))?;
    conditions::check(input, &object)?;
    let range = range::of(input.optional_str("Range")?, object.body.length())?;
    let (from, most) = range.unwrap_or((0, u64::MAX));
    let bytes = cx.stores.s3.read_range(&object, from, most)?;
    let mut members = members(&object, input, range)?;
    members.insert("Body".to_owned(), Document::Blob(bytes));
    Ok(Document::Structure(members))
}
