use axum::http::HeaderMap;

/// The header in which a load balancer names the request (Elastic Load Balancing user guide, "Request tracing").
const HEADER: &str = "x-amzn-trace-id";

/// The longest value that is written down, in characters.
const LONGEST: usize = 512;

/// The request's trace id as it came, so that it is the very text of the load balancer's access log; nothing where it
/// cannot stand in a log.
pub(super) fn of(headers: &HeaderMap) -> Option<String> {
    let given = headers.get(HEADER)?.to_str().ok()?;
    let usable = (1..=LONGEST).contains(&given.len()) && !given.trim().is_empty();
    usable.then(|| given.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trace_id_is_written_as_it_came() {
        let mut headers = HeaderMap::new();
        assert_eq!(of(&headers), None);
        let given =
            "Self=1-67891234-12456789abcdef012345678;Root=1-67891233-abcdef012345678912345678";
        headers.insert(HEADER, given.parse().unwrap());
        assert_eq!(of(&headers).as_deref(), Some(given));
        for unusable in ["", " ", &"x".repeat(513)] {
            headers.insert(HEADER, unusable.parse().unwrap());
            assert_eq!(of(&headers), None, "{unusable}");
        }
    }
}
