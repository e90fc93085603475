use bytes::Bytes;

use crate::endpoint::Fault;

/// A body that came as `aws-chunked`, put together again.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unchunked {
    pub(super) bytes: Bytes,
    /// Names, in lower case, and values of what follows the last chunk.
    pub(super) trailers: Vec<(String, String)>,
}

/// Takes `aws-chunked` apart: `HEX[;chunk-signature=…]\r\n`, the bytes, `\r\n`, and so on to a chunk of no bytes,
/// behind which `name:value` lines may stand. Signatures are not checked, as none is here.
pub(super) fn decode(body: &[u8]) -> Result<Unchunked, Fault> {
    let mut rest = body;
    let mut bytes = Vec::with_capacity(body.len());
    loop {
        let (line, after) = line(rest).ok_or_else(|| broken("a chunk's size is missing"))?;
        let size = line.split(';').next().unwrap_or_default();
        let size = usize::from_str_radix(size, 16)
            .map_err(|_| broken(format!("`{size}` is not the size of a chunk")))?;
        if size == 0 {
            let trailers = trailers(after)?;
            return Ok(Unchunked {
                bytes: bytes.into(),
                trailers,
            });
        }
        let chunk = after
            .get(..size)
            .ok_or_else(|| broken("a chunk ends too soon"))?;
        bytes.extend_from_slice(chunk);
        rest = after
            .get(size..)
            .and_then(|rest| rest.strip_prefix(b"\r\n"))
            .ok_or_else(|| broken("a chunk is longer than its size"))?;
    }
}

fn trailers(mut rest: &[u8]) -> Result<Vec<(String, String)>, Fault> {
    let mut trailers = Vec::new();
    while let Some((text, after)) = line(rest) {
        rest = after;
        if text.is_empty() {
            break;
        }
        let (name, value) = text
            .split_once(':')
            .ok_or_else(|| broken(format!("`{text}` is no trailer")))?;
        trailers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }
    if rest.is_empty() {
        Ok(trailers)
    } else {
        Err(broken("something follows the last chunk"))
    }
}

/// A line, and what follows its end.
fn line(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.windows(2).position(|pair| pair == b"\r\n")?;
    let text = std::str::from_utf8(bytes.get(..end)?).ok()?;
    Some((text, bytes.get(end + 2..)?))
}

fn broken(reason: impl Into<String>) -> Fault {
    let reason = reason.into();
    Fault::new(
        "IncompleteBody",
        format!("The request body terminated unexpectedly: {reason}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_put_together_and_trailers_are_read() {
        let body = b"5\r\nhello\r\n6;chunk-signature=ab\r\n world\r\n0\r\nX-Amz-Checksum-Crc32:abc=\r\n\r\n";
        let read = decode(body).unwrap();
        assert_eq!(&read.bytes[..], b"hello world");
        let trailer = ("x-amz-checksum-crc32".to_owned(), "abc=".to_owned());
        assert_eq!(read.trailers, [trailer]);
    }

    #[test]
    fn chunks_that_do_not_fit_are_refused() {
        for body in [
            &b""[..],
            b"5\r\nhello",
            b"4\r\nhello\r\n0\r\n\r\n",
            b"6\r\nhello\r\n0\r\n\r\n",
            b"x\r\nhello\r\n0\r\n\r\n",
            b"5\r\nhello\r\n",
            b"0\r\n\r\nmore",
            b"FFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n",
        ] {
            assert_eq!(decode(body).unwrap_err().code, "IncompleteBody");
        }
    }
}
