use std::io::{BufRead, Write};
use std::path::Path;

use belfry_engine::alb::AccessLogEntry;
use rust_decimal::Decimal;

use super::SampleError;
use super::sample::{gzip, open};

/// Lines of a load balancer's access log, measured: what S3 stores of them, and what the requests carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessSample {
    /// Where they come from.
    pub name: String,
    /// How many; each is a request.
    pub lines: u64,
    /// Their bytes with line ends, as they stand in an object.
    pub bytes: u64,
    /// What gzip makes of them.
    pub compressed: u64,
    /// Bytes of the requests, as the lines say.
    pub received: u64,
    /// Bytes of the answers.
    pub sent: u64,
}

impl AccessSample {
    /// Measures a file, plain or gzip.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, has a line that is none of an access log, or has none at all.
    pub fn load(path: &Path) -> Result<Self, SampleError> {
        let failed = |source| SampleError::Read {
            path: path.to_owned(),
            source,
        };
        let lines = open(path).map_err(failed)?.lines();
        let lines = lines.collect::<Result<Vec<String>, _>>().map_err(failed)?;
        Self::of(&path.display().to_string(), &lines)
    }

    /// Measures lines.
    ///
    /// # Errors
    ///
    /// A line that is none of an access log; no line.
    pub fn of(name: &str, lines: &[String]) -> Result<Self, SampleError> {
        let mut sample = Self {
            name: name.to_owned(),
            lines: 0,
            bytes: 0,
            compressed: 0,
            received: 0,
            sent: 0,
        };
        let mut gzip = gzip();
        for (index, line) in lines.iter().enumerate() {
            if line.is_empty() {
                continue;
            }
            let wrong = |reason: String| SampleError::Line {
                name: name.to_owned(),
                line: u64::try_from(index + 1).unwrap_or(u64::MAX),
                reason,
            };
            let failed = |error: std::io::Error| wrong(error.to_string());
            sample.add(line).map_err(wrong)?;
            gzip.write_all(line.as_bytes()).map_err(failed)?;
            gzip.write_all(b"\n").map_err(failed)?;
        }
        let empty = || SampleError::Empty(name.to_owned());
        sample.compressed = gzip.finish().map_err(|_| empty())?.0;
        match sample.lines {
            0 => Err(empty()),
            _ => Ok(sample),
        }
    }

    /// Bytes of a line, its end with it.
    pub fn line_bytes(&self) -> Decimal {
        self.each(self.bytes)
    }

    /// What gzip leaves of one byte.
    pub fn gzip_ratio(&self) -> Decimal {
        (Decimal::from(self.compressed) / Decimal::from(self.bytes.max(1))).round_dp(3)
    }

    /// Bytes of a request and its answer.
    pub fn exchange_bytes(&self) -> Decimal {
        self.each(self.received.saturating_add(self.sent))
    }

    /// Bytes of an answer.
    pub fn answer_bytes(&self) -> Decimal {
        self.each(self.sent)
    }

    fn each(&self, bytes: u64) -> Decimal {
        (Decimal::from(bytes) / Decimal::from(self.lines.max(1))).round()
    }

    fn add(&mut self, line: &str) -> Result<(), String> {
        let parsed = AccessLogEntry::parse(line).map_err(|error| error.to_string())?;
        let entry = parsed.entry();
        let number = |field: &str| -> u64 {
            let text = entry.value(field);
            text.and_then(|text| text.parse().ok()).unwrap_or_default()
        };
        self.lines += 1;
        self.bytes += u64::try_from(line.len() + 1).unwrap_or(u64::MAX);
        self.received = self.received.saturating_add(number("received_bytes"));
        self.sent = self.sent.saturating_add(number("sent_bytes"));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_none_is_named_and_so_is_a_log_without_lines() {
        let told = AccessSample::of("a.log", &["no line".to_owned()]).unwrap_err();
        assert!(
            told.to_string()
                .starts_with("line 1 of the access log `a.log`: "),
            "{told}"
        );
        let told = AccessSample::of("a.log", &[String::new()]).unwrap_err();
        assert!(
            told.to_string().ends_with("has no line to measure"),
            "{told}"
        );
    }
}
