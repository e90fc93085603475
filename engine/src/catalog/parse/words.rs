use super::cursor::Cursor;
use crate::catalog::error::DdlError;

/// `IF NOT EXISTS`.
pub(super) fn if_not_exists(cx: &mut Cursor<'_>) -> bool {
    cx.accept(&["IF", "NOT", "EXISTS"])
}

/// `IF EXISTS`.
pub(super) fn if_exists(cx: &mut Cursor<'_>) -> bool {
    cx.accept(&["IF", "EXISTS"])
}

/// `COMMENT 'text'`.
pub(super) fn comment(cx: &mut Cursor<'_>) -> Result<Option<String>, DdlError> {
    match cx.accept(&["COMMENT"]) {
        true => cx.text("a comment in quotes").map(Some),
        false => Ok(None),
    }
}

/// `LOCATION 's3://…'`: another store is refused where it stands.
pub(super) fn location(cx: &mut Cursor<'_>) -> Result<String, DdlError> {
    let location = cx.text("a location in quotes")?;
    let bucket = location
        .strip_prefix("s3://")
        .map(|rest| rest.split('/').next().unwrap_or_default());
    match bucket {
        Some(bucket) if bucket.len() >= 3 => Ok(location),
        _ => Err(cx.refused_before(format!(
            "the location `{location}` is none in S3: write 's3://BUCKET/FOLDER/'"
        ))),
    }
}
