use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::HeaderMap;
use jiff::Timestamp;

/// The header that carries a request's name in and out.
pub(super) const HEADER: &str = "x-request-id";

/// Names for requests that bring none: start time and process (so that tasks differ), then a count.
#[derive(Debug)]
pub struct RequestIds {
    prefix: String,
    next: AtomicU64,
}

impl RequestIds {
    /// Names of a service that started at `started` as `process`.
    pub fn new(started: Timestamp, process: u32) -> Self {
        Self {
            prefix: format!("{:x}-{process:x}", started.as_millisecond()),
            next: AtomicU64::new(1),
        }
    }

    /// The caller's own name for the request if it can stand in a header and a log, else a new one.
    pub(super) fn of(&self, headers: &HeaderMap) -> String {
        let given = headers.get(HEADER).and_then(|value| value.to_str().ok());
        given.filter(|id| is_usable(id)).map_or_else(
            || {
                format!(
                    "{}-{:x}",
                    self.prefix,
                    self.next.fetch_add(1, Ordering::Relaxed)
                )
            },
            str::to_owned,
        )
    }
}

fn is_usable(id: &str) -> bool {
    (1..=128).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_may_bring_a_short_printable_name() {
        let ids = RequestIds::new(Timestamp::UNIX_EPOCH, 7);
        let mut headers = HeaderMap::new();
        assert_eq!(ids.of(&headers), "0-7-1");
        headers.insert(HEADER, "mine".parse().unwrap());
        assert_eq!(ids.of(&headers), "mine");
        for unusable in ["two words", "", &"x".repeat(129)] {
            headers.insert(HEADER, unusable.parse().unwrap());
            assert!(ids.of(&headers).starts_with("0-7-"), "{unusable}");
        }
    }
}
