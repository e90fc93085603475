/// Where a body in chunks ends (RFC 9112, 7.1). What is no chunk is left to whoever reads the body: it is taken as going on.
#[derive(Debug, Default)]
pub(super) struct Chunks {
    place: Place,
    /// The line that is being read.
    line: Vec<u8>,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Size,
    /// So many bytes of data and its line end are to come.
    Data(u64),
    Trailer,
    /// A line was no size: where the body ends is not known.
    Lost,
}

/// The longest line of a size or a trailer that is looked at.
const LINE: usize = 16 * 1024;

impl Chunks {
    /// Takes what comes next; gives how much of it is of the body where the body ends in it.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            match self.place {
                Place::Lost => return None,
                Place::Data(left) => {
                    let here = usize::try_from(left).unwrap_or(usize::MAX).min(rest.len());
                    at += here;
                    let left = left - u64::try_from(here).unwrap_or(left);
                    self.place = if left == 0 {
                        Place::Size
                    } else {
                        Place::Data(left)
                    };
                }
                Place::Size | Place::Trailer => {
                    let end = rest.iter().position(|byte| *byte == b'\n');
                    let here = end.map_or(rest.len(), |end| end + 1);
                    self.line
                        .extend_from_slice(rest.get(..here).unwrap_or_default());
                    at += here;
                    if end.is_some() {
                        if self.ends_with_line() {
                            return Some(at);
                        }
                    } else if self.line.len() > LINE {
                        self.place = Place::Lost;
                    }
                }
            }
        }
        None
    }

    /// Reads the line that is whole now; says whether the body ends with it.
    fn ends_with_line(&mut self) -> bool {
        let line = std::mem::take(&mut self.line);
        let line = line.trim_ascii();
        if self.place == Place::Trailer {
            return line.is_empty();
        }
        let size = line.split(|byte| *byte == b';').next().unwrap_or_default();
        let size = std::str::from_utf8(size.trim_ascii()).unwrap_or_default();
        self.place = match u64::from_str_radix(size, 16) {
            Ok(0) => Place::Trailer,
            // Its line end is behind it.
            Ok(size) => Place::Data(size.saturating_add(2)),
            Err(_) => Place::Lost,
        };
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the body ends, whatever the pieces in which it comes.
    fn end(text: &str) -> Option<usize> {
        let whole = Chunks::default().take(text.as_bytes());
        let mut chunks = Chunks::default();
        let by_byte = text
            .bytes()
            .position(|byte| chunks.take(&[byte]).is_some())
            .map(|last| last + 1);
        assert_eq!(whole, by_byte, "{text}");
        whole
    }

    #[test]
    fn a_body_ends_behind_its_last_chunk_and_its_trailers() {
        assert_eq!(end("3\r\nabc\r\n0\r\n\r\nGET"), Some(13));
        assert_eq!(end("0\r\n\r\n"), Some(5));
        assert_eq!(end("A;x=y\r\n0123456789\r\n0\r\nt: 1\r\n\r\n"), Some(30));
    }

    #[test]
    fn a_body_that_goes_on_or_is_none_has_no_end() {
        assert_eq!(end("3\r\nabc\r\n"), None);
        assert_eq!(end("zz\r\nabc\r\n0\r\n\r\n"), None);
    }
}
