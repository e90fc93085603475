/// The request as the load balancer logs it: `GET https://example.com:443/ HTTP/2.0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestLine<'l> {
    /// `GET`; none where the request could not be read.
    pub verb: Option<&'l str>,
    /// With scheme, host and port.
    pub url: Option<&'l str>,
    /// `HTTP/1.1`; none where the request has none.
    pub protocol: Option<&'l str>,
}

impl<'l> RequestLine<'l> {
    /// Divides a request at its first and its last blank, as AWS's pattern for Athena does: a URL may hold blanks.
    pub fn split(text: &'l str) -> Self {
        let (verb, rest) = match text.split_once(' ') {
            Some((verb, rest)) => (verb, Some(rest)),
            None => (text, None),
        };
        let (url, protocol) = match rest.map(|rest| (rest, rest.rsplit_once(' '))) {
            Some((_, Some((url, protocol)))) => (Some(url), Some(protocol)),
            Some((url, None)) => (Some(url), None),
            None => (None, None),
        };
        let said = |text: &&str| !text.is_empty() && *text != "-";
        Self {
            verb: Some(verb).filter(said),
            url: url.filter(said),
            protocol: protocol.filter(said),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_divides_at_its_first_and_last_blank() {
        let split = |text| {
            let RequestLine {
                verb,
                url,
                protocol,
            } = RequestLine::split(text);
            [verb, url, protocol].map(Option::unwrap_or_default)
        };
        assert_eq!(
            split("GET http://a:80/ HTTP/1.1"),
            ["GET", "http://a:80/", "HTTP/1.1"]
        );
        assert_eq!(
            split("GET http://a:80/b c HTTP/1.1"),
            ["GET", "http://a:80/b c", "HTTP/1.1"]
        );
        assert_eq!(split("GET http://a:80/"), ["GET", "http://a:80/", ""]);
        assert_eq!(split("- http://a:80- -"), ["", "http://a:80-", ""]);
        assert_eq!(split("- http://a:80- "), ["", "http://a:80-", ""]);
        assert_eq!(split("-"), ["", "", ""]);
        assert_eq!(split(""), ["", "", ""]);
    }
}
