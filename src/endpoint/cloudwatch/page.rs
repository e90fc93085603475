use crate::endpoint::{Fault, Input, Page};

/// A page by `NextToken`.
pub(super) fn of<T>(
    all: Vec<(String, T)>,
    input: &Input<'_>,
    limit: usize,
) -> Result<Page<T>, Fault> {
    let token = input.optional_str("NextToken")?;
    Page::of(all, token, limit).ok_or_else(invalid_token)
}

/// `InvalidNextToken`.
pub(super) fn invalid_token() -> Fault {
    Fault::new("InvalidNextToken", "The next token specified is invalid.")
}

/// `MaxRecords`: 1 to 100.
pub(super) fn max_records(input: &Input<'_>, default: usize) -> Result<usize, Fault> {
    let Some(given) = input.optional_i64("MaxRecords")? else {
        return Ok(default);
    };
    match usize::try_from(given) {
        Ok(limit @ 1..=100) => Ok(limit),
        _ => Err(input.constraint(
            "MaxRecords",
            &given.to_string(),
            "Member must have value between 1 and 100",
        )),
    }
}
