/// Whole lines out of bytes that come in pieces.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// Of a line that has no end yet.
    rest: Vec<u8>,
}

impl Lines {
    /// The lines that `bytes` complete, without their ends. Bytes that are not UTF-8 become `\u{fffd}`.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Vec<String> {
        self.rest.extend_from_slice(bytes);
        let Some(end) = self.rest.iter().rposition(|byte| *byte == b'\n') else {
            return Vec::new();
        };
        let rest = self.rest.split_off(end + 1);
        let whole = std::mem::replace(&mut self.rest, rest);
        let text = String::from_utf8_lossy(&whole);
        text.lines()
            .filter(|line| !line.trim().is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The line that never ended, if there is one.
    pub(super) fn finish(&mut self) -> Option<String> {
        let rest = std::mem::take(&mut self.rest);
        let text = String::from_utf8_lossy(&rest);
        (!text.trim().is_empty()).then(|| text.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_given_when_its_end_has_come() {
        let mut lines = Lines::default();
        assert!(lines.feed(b"on").is_empty());
        assert_eq!(lines.feed(b"e\r\n\ntwo\nthr"), ["one", "two"]);
        assert_eq!(lines.finish().as_deref(), Some("thr"));
        assert_eq!(lines.finish(), None);
    }
}
