use super::refusal::Refusal;

/// The longest request line and the longest header, and the largest head (quotas of Application Load Balancers).
const LINE: usize = 16 * 1024;
const HEAD: usize = 64 * 1024;

/// Headers of one request. AWS publishes no limit; so many fit into the largest head.
pub(super) const MOST_HEADERS: usize = 1000;

/// A request's head that is passed on: its text, and what follows it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) text: Vec<u8>,
    pub(super) body: BodyLength,
}

/// How long a request's body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodyLength {
    /// So many bytes.
    Bytes(u64),
    /// In chunks.
    Chunked,
}

/// Why a head is refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) refusal: Refusal,
    /// The head without what is refused, where the rest of it can be read.
    pub(super) readable: Option<Vec<u8>>,
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self {
            refusal,
            readable: None,
        }
    }
}

/// Where a head ends in `bytes`, behind the empty line; none where it goes on.
pub(super) fn end(bytes: &[u8]) -> Option<usize> {
    let line_ends = bytes.iter().enumerate();
    let mut line_ends = line_ends.filter(|(_, byte)| **byte == b'\n');
    line_ends.find_map(|(at, _)| match bytes.get(at + 1..) {
        Some([b'\n', ..]) => Some(at + 2),
        Some([b'\r', b'\n', ..]) => Some(at + 3),
        _ => None,
    })
}

/// Whether a head that goes on is too long already, or cannot be one: the first bytes of TLS are no method.
pub(super) fn check_unfinished(bytes: &[u8]) -> Result<(), Refusal> {
    let method = bytes.split(|byte| b" \r\n".contains(byte)).next();
    if method.is_some_and(|method| !method.is_empty() && !is_token(method)) {
        return Err(Refusal::BadRequest);
    }
    let mut lines = bytes.split(|byte| *byte == b'\n');
    if lines.next().is_some_and(|line| line.len() > LINE) {
        return Err(Refusal::UriTooLong);
    }
    if bytes.len() > HEAD || lines.any(|line| line.len() > LINE) {
        return Err(Refusal::BadRequest);
    }
    Ok(())
}

/// Reads a head that ends with its empty line.
pub(super) fn read(text: &[u8]) -> Result<Head, Refused> {
    check_unfinished(text)?;
    let mut lines = text.split(|byte| *byte == b'\n').map(trim_return);
    let request = lines.next().unwrap_or_default();
    let version = version(request)?;
    let headers: Vec<(&[u8], &[u8])> = lines
        .filter(|line| !line.is_empty())
        .map(header)
        .collect::<Result<_, _>>()?;
    if headers.len() > MOST_HEADERS {
        return Err(Refusal::BadRequest.into());
    }
    let named = |name: &str| {
        let name = name.to_owned();
        headers
            .iter()
            .filter(move |(found, _)| found.eq_ignore_ascii_case(name.as_bytes()))
            .map(|(_, value)| *value)
    };
    let hosts = named("host").count();
    if hosts > 1 || (hosts == 0 && version == Version::One) {
        return Err(Refusal::BadRequest.into());
    }
    let codings: Vec<&[u8]> = named("transfer-encoding")
        .flat_map(|value| value.split(|byte| *byte == b','))
        .map(<[u8]>::trim_ascii)
        .collect();
    let is = |coding: &&&[u8], name: &[u8]| coding.eq_ignore_ascii_case(name);
    let chunked = codings
        .iter()
        .filter(|coding| is(coding, b"chunked"))
        .count();
    let identity = codings
        .iter()
        .filter(|coding| is(coding, b"identity"))
        .count();
    if chunked + identity < codings.len() {
        return Err(Refused {
            refusal: Refusal::NotImplemented,
            readable: Some(without_framing(request, &headers, "connection: close")),
        });
    }
    let length = length(named("content-length"))?;
    let body = match chunked {
        0 => BodyLength::Bytes(length.unwrap_or(0)),
        _ => BodyLength::Chunked,
    };
    let text = match (identity, body) {
        (0, _) => text.to_vec(),
        (_, BodyLength::Chunked) => {
            without_framing(request, &headers, "transfer-encoding: chunked")
        }
        (_, BodyLength::Bytes(length)) => {
            without_framing(request, &headers, &format!("content-length: {length}"))
        }
    };
    Ok(Head { text, body })
}

fn trim_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    /// HTTP/1.0, which needs no `Host`.
    Zero,
    One,
}

/// The version of a request line; other versions than 1.0 and 1.1 have a refusal of their own.
fn version(request: &[u8]) -> Result<Version, Refusal> {
    let parts: Vec<&[u8]> = request.split(|byte| *byte == b' ').collect();
    let [method, target, version] = parts.as_slice() else {
        return Err(Refusal::BadRequest);
    };
    let is_target = !target.is_empty() && target.iter().all(|byte| *byte > b' ' && *byte != 0x7f);
    if !is_token(method) || !is_target {
        return Err(Refusal::BadRequest);
    }
    match version.strip_prefix(b"HTTP/") {
        Some(b"1.0") => Ok(Version::Zero),
        Some(b"1.1") => Ok(Version::One),
        Some([b'0'..=b'9', ..]) => Err(Refusal::VersionNotSupported),
        _ => Err(Refusal::BadRequest),
    }
}

/// Name and value of a header. Lines that go on the one before are refused.
fn header(line: &[u8]) -> Result<(&[u8], &[u8]), Refusal> {
    let colon = line.iter().position(|byte| *byte == b':');
    let colon = colon.ok_or(Refusal::BadRequest)?;
    let (name, value) = line.split_at(colon);
    let value = value.get(1..).unwrap_or_default().trim_ascii();
    let has_control = value
        .iter()
        .any(|byte| byte.is_ascii_control() && *byte != b'\t');
    if !is_token(name) || has_control {
        return Err(Refusal::BadRequest);
    }
    Ok((name, value))
}

/// RFC 9110, 5.6.2.
fn is_token(text: &[u8]) -> bool {
    let is_of_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    !text.is_empty() && text.iter().all(is_of_token)
}

/// `Content-Length`, which is a number, and the same where it is said again.
fn length<'h>(values: impl Iterator<Item = &'h [u8]>) -> Result<Option<u64>, Refusal> {
    let mut found = None;
    for value in values {
        let is_number = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
        let text = std::str::from_utf8(value).ok().filter(|_| is_number);
        let length: u64 = text
            .and_then(|text| text.parse().ok())
            .ok_or(Refusal::BadRequest)?;
        if found.is_some_and(|before| before != length) {
            return Err(Refusal::BadRequest);
        }
        found = Some(length);
    }
    Ok(found)
}

/// The head without what says how long its body is, and with another line.
fn without_framing(request: &[u8], headers: &[(&[u8], &[u8])], line: &str) -> Vec<u8> {
    let mut text = request.to_vec();
    text.extend_from_slice(b"\r\n");
    for (name, value) in headers {
        let is_framing = ["transfer-encoding", "content-length", "connection"]
            .iter()
            .any(|framing| name.eq_ignore_ascii_case(framing.as_bytes()));
        if !is_framing || (line != "connection: close" && name.eq_ignore_ascii_case(b"connection"))
        {
            text.extend_from_slice(name);
            text.extend_from_slice(b": ");
            text.extend_from_slice(value);
            text.extend_from_slice(b"\r\n");
        }
    }
    text.extend_from_slice(line.as_bytes());
    text.extend_from_slice(b"\r\n\r\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> Refusal {
        read(text.as_bytes()).unwrap_err().refusal
    }

    fn body(lines: &str) -> BodyLength {
        let text = format!("POST / HTTP/1.1\r\nHost: a\r\n{lines}\r\n");
        read(text.as_bytes()).unwrap().body
    }

    #[test]
    fn a_head_ends_with_an_empty_line() {
        assert_eq!(end(b"GET / HTTP/1.1\r\nHost: a\r\n\r\nrest"), Some(27));
        assert_eq!(end(b"GET / HTTP/1.1\nHost: a\n\n"), Some(24));
        assert_eq!(end(b"GET / HTTP/1.1\r\nHost: a\r\n"), None);
        assert_eq!(end(b""), None);
    }

    #[test]
    fn bodies_have_a_length_or_are_chunked() {
        assert_eq!(body(""), BodyLength::Bytes(0));
        assert_eq!(body("content-length: 7\r\n"), BodyLength::Bytes(7));
        assert_eq!(
            body("Content-Length: 7\r\nContent-Length: 7\r\n"),
            BodyLength::Bytes(7)
        );
        assert_eq!(body("Transfer-Encoding: Chunked\r\n"), BodyLength::Chunked);
        assert_eq!(
            body("Transfer-Encoding: identity\r\nContent-Length: 7\r\n"),
            BodyLength::Bytes(7)
        );
    }

    #[test]
    fn identity_is_left_out_of_what_is_passed_on() {
        let text = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity, chunked\r\n\r\n";
        let passed = String::from_utf8(read(text).unwrap().text).unwrap();
        assert_eq!(
            passed,
            "POST / HTTP/1.1\r\nHost: a\r\ntransfer-encoding: chunked\r\n\r\n"
        );
    }

    #[test]
    fn each_thing_that_is_wrong_has_its_refusal() {
        let long = "x".repeat(LINE);
        for (text, expected) in [
            ("GET /\r\n\r\n".to_owned(), Refusal::BadRequest),
            ("GET / HTTP/1.1\r\n\r\n".into(), Refusal::BadRequest),
            (
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n".into(),
                Refusal::BadRequest,
            ),
            (
                "GET / HTTP/1.1\r\nHost: a\r\nodd name: b\r\n\r\n".into(),
                Refusal::BadRequest,
            ),
            (
                "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n".into(),
                Refusal::BadRequest,
            ),
            (
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n".into(),
                Refusal::BadRequest,
            ),
            (
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"
                    .into(),
                Refusal::BadRequest,
            ),
            (
                format!("GET / HTTP/1.1\r\nHost: a\r\nx: {long}\r\n\r\n"),
                Refusal::BadRequest,
            ),
            (
                format!("GET /{long} HTTP/1.1\r\nHost: a\r\n\r\n"),
                Refusal::UriTooLong,
            ),
            (
                "PRI * HTTP/2.0\r\n\r\n".into(),
                Refusal::VersionNotSupported,
            ),
            ("GET / HTTP/3\r\n\r\n".into(), Refusal::VersionNotSupported),
            (
                "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n".into(),
                Refusal::NotImplemented,
            ),
        ] {
            assert_eq!(refusal(&text), expected, "{text}");
        }
        assert!(read(b"GET / HTTP/1.0\r\n\r\n").is_ok());
    }

    #[test]
    fn what_begins_as_no_method_is_refused_at_once() {
        assert_eq!(check_unfinished(b"\x16\x03\x01"), Err(Refusal::BadRequest));
        assert_eq!(check_unfinished(b"GE"), Ok(()));
        assert_eq!(check_unfinished(b""), Ok(()));
    }

    #[test]
    fn all_headers_together_have_64_kilobytes() {
        let headers: String = (0..60)
            .map(|n| format!("x-{n}: {}\r\n", "x".repeat(1000)))
            .collect();
        let text = format!("GET / HTTP/1.1\r\nHost: a\r\n{headers}");
        assert!(read(format!("{text}\r\n").as_bytes()).is_ok());
        let more = format!("{text}y: {}\r\n", "x".repeat(6000));
        assert_eq!(refusal(&format!("{more}\r\n")), Refusal::BadRequest);
        assert_eq!(check_unfinished(more.as_bytes()), Err(Refusal::BadRequest));
    }
}
