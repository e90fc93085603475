use super::refusals::invalid_argument;
use crate::endpoint::Fault;

/// The longest key, in bytes of UTF-8.
const LONGEST_KEY: usize = 1024;

/// Beginnings that S3 keeps for itself ("General purpose bucket naming rules").
const KEPT_BEGINNINGS: &[&str] = &["xn--", "sthree-", "amzn-s3-demo-"];

/// Endings that S3 keeps for itself.
const KEPT_ENDINGS: &[&str] = &["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

/// Whether `name` may name a new bucket: 3 to 63 lower-case letters, digits, `-` and `.`, with a letter or digit at
/// both ends, no two dots side by side, and not the look of an IP address.
pub fn is_bucket_name(name: &str) -> bool {
    let is_end =
        |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let bytes = name.as_bytes();
    (3..=63).contains(&bytes.len())
        && bytes
            .iter()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.'))
        && is_end(bytes.first())
        && is_end(bytes.last())
        && !name.contains("..")
        && name.parse::<std::net::Ipv4Addr>().is_err()
        && !KEPT_BEGINNINGS.iter().any(|kept| name.starts_with(kept))
        && !KEPT_ENDINGS.iter().any(|kept| name.ends_with(kept))
}

/// Refuses a name that no bucket can have.
pub(super) fn check_bucket_name(name: &str) -> Result<(), Fault> {
    if is_bucket_name(name) {
        return Ok(());
    }
    Err(
        Fault::new("InvalidBucketName", "The specified bucket is not valid.")
            .with_member("BucketName", name.into()),
    )
}

/// Refuses a key that no object can have: a longer one than 1,024 bytes, one with NUL, and one whose `..` lead above
/// the bucket ("Naming Amazon S3 objects").
pub(super) fn check_key(key: &str) -> Result<(), Fault> {
    if key.len() > LONGEST_KEY {
        return Err(Fault::new("KeyTooLongError", "Your key is too long")
            .with_member("Size", key.len().into())
            .with_member("MaxSizeAllowed", LONGEST_KEY.into()));
    }
    if key.contains('\0') {
        return Err(invalid_argument(
            "a key with NUL is not supported by this endpoint",
            "Key",
            "",
        ));
    }
    let mut depth = 0_usize;
    for segment in key.split('/') {
        match segment {
            "" | "." => {}
            ".." => match depth.checked_sub(1) {
                Some(above) => depth = above,
                None => {
                    let message = "Couldn't parse the specified URI.";
                    return Err(Fault::new("InvalidURI", message).with_member("URI", key.into()));
                }
            },
            _ => depth += 1,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_buckets_follow_s3s_rules() {
        for name in [
            "fraud-detection-alb-logs",
            "a1b",
            "my.bucket.1",
            &"a".repeat(63),
        ] {
            assert!(is_bucket_name(name), "{name}");
        }
        for name in [
            "ab",
            &"a".repeat(64),
            "Upper",
            "under_score",
            "-a-b",
            "a-b-",
            ".abc",
            "a..b",
            "192.168.5.4",
            "xn--abc",
            "sthree-abc",
            "abc-s3alias",
            "abc--ol-s3",
            "a b c",
            "..",
        ] {
            assert!(!is_bucket_name(name), "{name}");
        }
    }

    #[test]
    fn keys_may_not_lead_out_of_the_bucket() {
        for key in [
            "a",
            "a/../b",
            "./a",
            "a//b",
            "a/b/../../c",
            "...",
            &"x".repeat(1024),
        ] {
            assert!(check_key(key).is_ok(), "{key}");
        }
        for (key, code) in [
            ("..", "InvalidURI"),
            ("../a", "InvalidURI"),
            ("a/../../b", "InvalidURI"),
            ("./../a", "InvalidURI"),
            ("a\0b", "InvalidArgument"),
            (&"x".repeat(1025), "KeyTooLongError"),
            (&"あ".repeat(342), "KeyTooLongError"),
        ] {
            assert_eq!(check_key(key).unwrap_err().code, code, "{key}");
        }
    }
}
