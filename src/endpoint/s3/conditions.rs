use belfry_engine::base::Millis;

use super::refusals::precondition_failed;
use super::store::Object;
use crate::endpoint::{Fault, Input};

/// Whether a reader still wants `object` (RFC 9110, section 13.2.2): `PreconditionFailed` where it wants another,
/// 304 where it has this one. A date that cannot be read does not count.
pub(super) fn check(input: &Input<'_>, object: &Object) -> Result<(), Fault> {
    let modified = object.modified.floor_to(1000);
    match input.optional_str("IfMatch")? {
        Some(wanted) if !is_among(wanted, &object.etag) => {
            return Err(precondition_failed("If-Match"));
        }
        Some(_) => {}
        None => {
            if date(input, "IfUnmodifiedSince")?.is_some_and(|since| modified > since) {
                return Err(precondition_failed("If-Unmodified-Since"));
            }
        }
    }
    let is_known = match input.optional_str("IfNoneMatch")? {
        Some(known) => is_among(known, &object.etag),
        None => date(input, "IfModifiedSince")?.is_some_and(|since| modified <= since),
    };
    if is_known {
        return Err(Fault::new("NotModified", "Not Modified").with_status(304));
    }
    Ok(())
}

fn is_among(list: &str, etag: &str) -> bool {
    let bare = etag.trim_matches('"');
    list.split(',')
        .map(str::trim)
        .any(|one| one == "*" || one.trim_start_matches("W/").trim_matches('"') == bare)
}

fn date(input: &Input<'_>, name: &str) -> Result<Option<Millis>, Fault> {
    let text = input.optional_str(name)?;
    let read = text.and_then(|text| jiff::fmt::rfc2822::parse(text).ok());
    Ok(read.map(|zoned| Millis(zoned.timestamp().as_millisecond())))
}
