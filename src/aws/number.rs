use super::CloudError;

/// A number as the SDK takes it; a suite's numbers are checked before, so this hardly ever fails.
pub(super) fn to_i32(
    operation: &'static str,
    resource: &str,
    number: i64,
) -> Result<i32, CloudError> {
    i32::try_from(number)
        .map_err(|_| CloudError::local(operation, resource, format!("{number} is too large")))
}
