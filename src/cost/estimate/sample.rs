use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use rust_decimal::Decimal;
use serde_json::value::RawValue;

/// Lines of a service's log, measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogSample {
    /// Where they come from.
    pub name: String,
    /// How many.
    pub lines: u64,
    /// How many of them are of a request.
    pub requests: u64,
    /// Their bytes, line ends left out, as they are ingested.
    pub bytes: u64,
    /// Those of lines at WARN and above, which sampling keeps.
    pub kept_bytes: u64,
    /// What gzip makes of them.
    pub compressed: u64,
    /// Bytes by field: name, value and what stands around them.
    pub fields: BTreeMap<String, u64>,
    /// Those of lines at WARN and above.
    pub kept_fields: BTreeMap<String, u64>,
}

/// A sample that cannot be measured.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// It cannot be read.
    #[error("the sample `{}` cannot be read", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It has no line of a request.
    #[error(
        "the sample `{0}` has no line with the field `request_id`: bytes of a request cannot be told"
    )]
    NoRequest(String),
    /// A line is none of an access log.
    #[error("line {line} of the access log `{name}`: {reason}")]
    Line {
        /// Which file.
        name: String,
        /// Counted from one.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// It has no line.
    #[error("the access log `{0}` has no line to measure")]
    Empty(String),
}

/// A file of lines, plain or gzip.
pub(super) fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    let file = BufReader::new(File::open(path)?);
    let is_gzip = path.extension().is_some_and(|extension| extension == "gz");
    Ok(match is_gzip {
        true => Box::new(BufReader::new(MultiGzDecoder::new(file))),
        false => Box::new(file),
    })
}

/// What makes a line one of a request.
const REQUEST: &str = "request_id";
/// Levels that sampling leaves out; a line of another level, or of none, is kept.
const SAMPLED: &[&str] = &["\"INFO\"", "\"DEBUG\"", "\"TRACE\""];

impl LogSample {
    /// Measures a file, plain or gzip, each line an event.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or has no requests.
    pub fn load(path: &Path) -> Result<Self, SampleError> {
        let failed = |source| SampleError::Read {
            path: path.to_owned(),
            source,
        };
        let name = path.display().to_string();
        Self::read(&name, open(path).map_err(failed)?)
            .map_err(failed)?
            .checked()
    }

    /// Measures lines.
    ///
    /// # Errors
    ///
    /// Where reading fails.
    pub fn read(name: &str, lines: impl BufRead) -> io::Result<Self> {
        let mut sample = Self {
            name: name.to_owned(),
            lines: 0,
            requests: 0,
            bytes: 0,
            kept_bytes: 0,
            compressed: 0,
            fields: BTreeMap::new(),
            kept_fields: BTreeMap::new(),
        };
        let mut gzip = gzip();
        for line in lines.split(b'\n') {
            let line = line?;
            let line = line.strip_suffix(b"\r").unwrap_or(&line);
            if line.is_empty() {
                continue;
            }
            gzip.write_all(line)?;
            gzip.write_all(b"\n")?;
            sample.add(line);
        }
        sample.compressed = gzip.finish()?.0;
        Ok(sample)
    }

    /// Refuses a sample without requests.
    ///
    /// # Errors
    ///
    /// Where no line is of a request.
    pub fn checked(self) -> Result<Self, SampleError> {
        match self.requests {
            0 => Err(SampleError::NoRequest(self.name)),
            _ => Ok(self),
        }
    }

    /// Bytes that one request writes, other lines of the sample shared out.
    pub fn bytes_per_request(&self) -> Decimal {
        self.per_request(self.bytes)
    }

    /// Bytes that one request writes where only a share of its lines below WARN is written.
    pub fn sampled_bytes_per_request(&self, share: Decimal) -> Decimal {
        let rest = self.bytes.saturating_sub(self.kept_bytes);
        self.per_request(self.kept_bytes) + self.per_request(rest) * share
    }

    /// Bytes of a field that one request writes where only a share of its lines below WARN is written.
    pub fn sampled_field(&self, name: &str, share: Decimal) -> Decimal {
        let of = |fields: &BTreeMap<String, u64>| fields.get(name).copied().unwrap_or_default();
        let kept = of(&self.kept_fields);
        let rest = of(&self.fields).saturating_sub(kept);
        self.per_request(kept) + self.per_request(rest) * share
    }

    /// So many of the sample's bytes, for one request.
    pub fn per_request(&self, bytes: u64) -> Decimal {
        Decimal::from(bytes) / Decimal::from(self.requests.max(1))
    }

    /// What gzip leaves of one byte; CloudWatch compresses in its own way.
    pub fn gzip_ratio(&self) -> Decimal {
        Decimal::from(self.compressed) / Decimal::from(self.bytes.max(1))
    }

    fn add(&mut self, line: &[u8]) {
        self.lines += 1;
        let length = u64::try_from(line.len()).unwrap_or(u64::MAX);
        self.bytes = self.bytes.saturating_add(length);
        let members: Option<indexmap::IndexMap<String, &RawValue>> =
            serde_json::from_slice(line).ok();
        let Some(members) = members else {
            self.kept_bytes += length;
            self.add_field("(no JSON)", length, true);
            return;
        };
        let level = members.get("level").map(|level| level.get());
        let is_kept = !level.is_some_and(|level| SAMPLED.contains(&level));
        if is_kept {
            self.kept_bytes += length;
        }
        if members.contains_key(REQUEST) {
            self.requests += 1;
        }
        for (name, value) in members {
            // The quotes, the colon and the comma.
            let size = name.len() + value.get().len() + 4;
            self.add_field(&name, u64::try_from(size).unwrap_or(u64::MAX), is_kept);
        }
    }

    fn add_field(&mut self, name: &str, size: u64, is_kept: bool) {
        *self.fields.entry(name.to_owned()).or_default() += size;
        if is_kept {
            *self.kept_fields.entry(name.to_owned()).or_default() += size;
        }
    }
}

/// Measures what gzip makes of what is written.
pub(super) fn gzip() -> GzEncoder<Counter> {
    GzEncoder::new(Counter(0), Compression::new(6))
}

/// Counts what is written.
pub(super) struct Counter(pub(super) u64);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self
            .0
            .saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = r#"{"level":"INFO","request_id":"a","n":1}
{"level":"ERROR","request_id":"b","n":10}

plain text
"#;

    #[test]
    fn a_sample_is_measured_by_line_and_by_field() {
        let sample = LogSample::read("s", LINES.as_bytes()).unwrap();
        assert_eq!(
            (sample.lines, sample.requests, sample.bytes),
            (3, 2, 39 + 41 + 10)
        );
        assert_eq!(sample.fields["n"], 6 + 7);
        assert_eq!(sample.fields["(no JSON)"], 10);
        assert_eq!(sample.kept_bytes, 51);
        assert_eq!(sample.bytes_per_request(), 45.into());
        let tenth = sample.sampled_bytes_per_request(Decimal::new(1, 1));
        assert_eq!(tenth, Decimal::new(2745, 2));
    }

    #[test]
    fn a_sample_without_requests_is_refused() {
        let sample = LogSample::read("s", "{\"level\":\"INFO\"}\n".as_bytes()).unwrap();
        let told = sample.checked().unwrap_err().to_string();
        assert!(
            told.contains("has no line with the field `request_id`"),
            "{told}"
        );
    }
}
