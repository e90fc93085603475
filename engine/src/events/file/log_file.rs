use std::io::{BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use indexmap::IndexSet;

use super::error::ReadError;
use super::{exported, lines};
use crate::base::{Millis, TimeRange};
use crate::events::{EventRef, EventSource};

/// What a line of the file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FileFormat {
    /// The message itself.
    #[default]
    Lines,
    /// An event as the AWS CLI prints it: `{"timestamp": milliseconds, "message": "…"}`; `logStreamName`
    /// and `ingestionTime` are read if they are there, other members are ignored.
    Events,
}

/// How a file is to be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct FileOptions<'o> {
    /// What a line is.
    pub format: FileFormat,
    /// The JSON field that holds a raw line's time, as a dotted name. Without it `timestamp`, `time`,
    /// `@timestamp` and `ts` are tried.
    pub time_field: Option<&'o str>,
}

/// The events of one log file.
#[derive(Debug, Default)]
pub struct LogFile {
    /// All messages.
    pub(super) text: String,
    pub(super) entries: Vec<Entry>,
    pub(super) streams: IndexSet<String>,
    pub(super) notes: Vec<String>,
}

/// One event: where its message stands in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) timestamp: Millis,
    pub(super) ingestion_time: Option<Millis>,
    pub(super) stream: Option<usize>,
}

impl Entry {
    pub(super) fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end,
            timestamp: Millis(0),
            ingestion_time: None,
            stream: None,
        }
    }
}

/// Events in one chunk of a scan.
const CHUNK: usize = 8192;

impl LogFile {
    /// Reads a whole file; gzip is recognised by its first bytes, several members one after the other
    /// included. `path` names the file in errors.
    pub fn read(
        path: &str,
        bytes: impl Read,
        options: &FileOptions<'_>,
    ) -> Result<Self, ReadError> {
        let bytes = inflate(path, BufReader::new(bytes))?;
        let (text, damaged) = match String::from_utf8(bytes) {
            Ok(text) => (text, false),
            Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), true),
        };
        let mut file = match options.format {
            FileFormat::Lines => lines::read(text, options),
            FileFormat::Events => exported::read(path, &text)?,
        };
        if damaged {
            file.notes
                .push("bytes that are not UTF-8 were replaced by `\u{fffd}`".to_owned());
        }
        Ok(file)
    }

    /// How many events the file holds.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether the file holds no event.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

fn inflate(path: &str, mut bytes: impl BufRead) -> Result<Vec<u8>, ReadError> {
    let mut all = Vec::new();
    let read = |source| ReadError::Read {
        path: path.to_owned(),
        source,
    };
    let is_gzip = bytes.fill_buf().map_err(read)?.starts_with(&[0x1f, 0x8b]);
    if is_gzip {
        let mut decoder = MultiGzDecoder::new(bytes);
        let path = path.to_owned();
        decoder
            .read_to_end(&mut all)
            .map_err(|source| ReadError::Gzip { path, source })?;
    } else {
        bytes.read_to_end(&mut all).map_err(read)?;
    }
    Ok(all)
}

impl EventSource for LogFile {
    fn chunks(&self) -> usize {
        self.entries.len().div_ceil(CHUNK)
    }

    fn scan(&self, chunk: usize, range: TimeRange, visit: &mut dyn FnMut(EventRef<'_>)) {
        let first = chunk.saturating_mul(CHUNK);
        let entries = self.entries.iter().enumerate().skip(first).take(CHUNK);
        for (index, entry) in entries.filter(|(_, entry)| range.contains(entry.timestamp)) {
            let stream = entry
                .stream
                .and_then(|stream| self.streams.get_index(stream));
            visit(EventRef {
                timestamp: entry.timestamp,
                ingestion_time: entry.ingestion_time,
                message: self.text.get(entry.start..entry.end).unwrap_or_default(),
                log_stream: stream.map(String::as_str),
                log: None,
                position: u64::try_from(index).unwrap_or(u64::MAX),
            });
        }
    }

    fn log_groups(&self) -> usize {
        1
    }

    fn notes(&self) -> Vec<String> {
        self.notes.clone()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn seen(file: &LogFile) -> Vec<(i64, String)> {
        let mut all = Vec::new();
        for chunk in 0..file.chunks() {
            file.scan(chunk, TimeRange::ALL, &mut |event| {
                all.push((event.timestamp.0, event.message.to_owned()));
            });
        }
        all
    }

    fn read(text: &[u8]) -> LogFile {
        LogFile::read("app.log", text, &FileOptions::default()).unwrap()
    }

    #[test]
    fn lines_without_a_time_take_that_of_the_line_before() {
        let file = read(b"start\n{\"ts\":5}\r\n\n  at main\n{\"ts\":6}");
        let moments: Vec<_> = seen(&file).into_iter().map(|(at, _)| at).collect();
        assert_eq!(moments, [5000, 5000, 5000, 6000]);
        assert_eq!(file.notes().len(), 1);
        assert_eq!(seen(&file)[1].1, "{\"ts\":5}");
    }

    #[test]
    fn without_any_time_lines_are_in_their_order() {
        let file = read(b"a\nb\n");
        assert_eq!(seen(&file), [(0, "a".to_owned()), (1, "b".to_owned())]);
        assert_eq!(file.notes().len(), 1);
    }

    #[test]
    fn gzip_of_several_members_reads_as_plain_text() {
        let mut packed = Vec::new();
        for part in ["{\"ts\":1}\n", "{\"ts\":2}\n"] {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(part.as_bytes()).unwrap();
            packed.extend(encoder.finish().unwrap());
        }
        assert_eq!(seen(&read(&packed)).len(), 2);
        let cut = LogFile::read("a.gz", &packed[..20], &FileOptions::default());
        assert!(matches!(cut, Err(ReadError::Gzip { .. })));
    }

    #[test]
    fn exported_events_keep_their_message_and_stream() {
        let options = FileOptions {
            format: FileFormat::Events,
            ..FileOptions::default()
        };
        let text =
            "{\"timestamp\":7,\"message\":\"a\\nb\",\"logStreamName\":\"s\",\"eventId\":\"1\"}\n";
        let file = LogFile::read("x", text.as_bytes(), &options).unwrap();
        assert_eq!(seen(&file), [(7, "a\nb".to_owned())]);
        let error = LogFile::read("x", "\n{}".as_bytes(), &options).unwrap_err();
        assert!(error.to_string().starts_with("line 2 of x"), "{error}");
    }
}
