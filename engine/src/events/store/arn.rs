use super::LogError;

/// The pattern of a log group's name in the API model.
const GROUP_PATTERN: &str = r"[\.\-_/#A-Za-z0-9]+";
/// The pattern of a log stream's name in the API model.
const STREAM_PATTERN: &str = "[^:*]*";
/// Both names have 1 to 512 characters.
const LONGEST_NAME: usize = 512;

/// `arn:aws:logs:REGION:ACCOUNT:log-group:NAME`, without the `:*` that DescribeLogGroups adds.
pub(super) fn group_arn(account: &str, region: &str, name: &str) -> String {
    format!("arn:aws:logs:{region}:{account}:log-group:{name}")
}

/// Checks a log group's name as CreateLogGroup does.
pub(super) fn check_group_name(name: &str) -> Result<(), LogError> {
    check_length(name, "logGroupName")?;
    let legal = |c: char| c.is_ascii_alphanumeric() || "._-/#".contains(c);
    if !name.chars().all(legal) {
        return Err(LogError::pattern(name, "logGroupName", GROUP_PATTERN));
    }
    Ok(())
}

/// Checks a log stream's name as CreateLogStream does.
pub(super) fn check_stream_name(name: &str) -> Result<(), LogError> {
    check_length(name, "logStreamName")?;
    if name.contains([':', '*']) {
        return Err(LogError::pattern(name, "logStreamName", STREAM_PATTERN));
    }
    Ok(())
}

fn check_length(name: &str, member: &str) -> Result<(), LogError> {
    let length = name.chars().count();
    if (1..=LONGEST_NAME).contains(&length) {
        Ok(())
    } else {
        Err(LogError::length(name, member))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_name_with_a_colon_is_refused_in_awss_words() {
        let refused = check_group_name("a:b").unwrap_err();
        assert_eq!(
            refused.message,
            "1 validation error detected: Value 'a:b' at 'logGroupName' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+"
        );
    }

    #[test]
    fn a_stream_name_may_hold_anything_but_colon_and_asterisk() {
        assert!(check_stream_name("2026/11/21/[$LATEST] é").is_ok());
        assert!(check_stream_name("a*").is_err());
        assert!(check_stream_name("").is_err());
        assert!(check_stream_name(&"x".repeat(513)).is_err());
    }
}
