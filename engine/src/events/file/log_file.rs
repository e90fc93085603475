use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use super::bytes::{Bytes, GZIP};
use super::error::ReadError;
use super::exported::ExportedFile;
use super::keep::keep;
use super::raw::RawFile;
use crate::base::TimeRange;
use crate::events::{EventRef, EventSource, Pieces, Scanned, Visit, Wanted};

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
#[derive(Debug)]
pub struct LogFile(Kind);

#[derive(Debug)]
enum Kind {
    Raw(RawFile),
    Exported(ExportedFile),
}

impl LogFile {
    /// Opens a file; gzip is recognised by its first bytes, several members one after the other included.
    /// A file on disk is read when it is scanned, and what goes wrong then [`LogFile::check`] tells; what is no
    /// file on disk is read at once, see [`LogFile::read`].
    pub fn open(path: &Path, options: &FileOptions<'_>) -> Result<Self, ReadError> {
        let name = path.display().to_string();
        let failed = |source| ReadError::Read {
            path: name.clone(),
            source,
        };
        let mut file = File::open(path).map_err(failed)?;
        let about = file.metadata().map_err(failed)?;
        if !about.is_file() {
            return Self::read(&name, file, options);
        }
        let mut first = Vec::new();
        let head = file.by_ref().take(GZIP.len() as u64);
        BufReader::new(head)
            .read_to_end(&mut first)
            .map_err(failed)?;
        let path = path.to_owned();
        let bytes = if first == GZIP {
            Bytes::Gzip { path }
        } else {
            let length = about.len();
            Bytes::Plain { path, length }
        };
        Ok(Self::of(name, bytes, options))
    }

    /// Keeps everything to be read several times: in memory, or in a temporary file where there is much of it. `path`
    /// names it in errors.
    pub fn read(
        path: &str,
        bytes: impl Read,
        options: &FileOptions<'_>,
    ) -> Result<Self, ReadError> {
        let bytes = keep(path, BufReader::new(bytes))?;
        Ok(Self::of(path.to_owned(), bytes, options))
    }

    fn of(path: String, bytes: Bytes, options: &FileOptions<'_>) -> Self {
        let lines = RawFile::new(path, bytes, options.time_field);
        Self(match options.format {
            FileFormat::Lines => Kind::Raw(lines),
            FileFormat::Events => Kind::Exported(ExportedFile::new(lines)),
        })
    }

    /// Whether there are lines and none has a time that can be read: then events are stamped with the
    /// number of their line.
    pub fn is_undated(&self) -> bool {
        match &self.0 {
            Kind::Raw(file) => file.is_undated(),
            Kind::Exported(_) => false,
        }
    }

    /// What went wrong since the last call, if anything did: then what was scanned is not all.
    pub fn check(&self) -> Result<(), ReadError> {
        match &self.0 {
            Kind::Raw(file) => file.check(),
            Kind::Exported(file) => file.check(),
        }
    }

    fn source(&self) -> &dyn EventSource {
        match &self.0 {
            Kind::Raw(file) => file,
            Kind::Exported(file) => file,
        }
    }
}

impl EventSource for LogFile {
    fn chunks(&self) -> usize {
        self.source().chunks()
    }

    fn scan(&self, chunk: usize, range: TimeRange, visit: &mut dyn FnMut(EventRef<'_>)) {
        self.source().scan(chunk, range, visit);
    }

    fn scan_wanted(&self, chunk: usize, wanted: &Wanted<'_>, visit: &mut Visit<'_>) -> Scanned {
        self.source().scan_wanted(chunk, wanted, visit)
    }

    fn pieces(&self) -> Option<Pieces<'_>> {
        self.source().pieces()
    }

    fn log_groups(&self) -> usize {
        1
    }

    fn notes(&self) -> Vec<String> {
        self.source().notes()
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
        let broken = LogFile::read("x", "\n{}\n[]".as_bytes(), &options).unwrap();
        assert!(seen(&broken).is_empty());
        let error = broken.check().unwrap_err();
        assert!(error.to_string().starts_with("line 2 of x"), "{error}");
    }

    #[test]
    fn exported_events_of_several_chunks_and_packed_ones_are_the_same() {
        let options = FileOptions {
            format: FileFormat::Events,
            ..FileOptions::default()
        };
        let line = |at: usize| format!("{{\"timestamp\":{at},\"message\":\"{at:200}\"}}\n");
        let text: String = (0..30_000).map(line).collect();
        let plain = LogFile::read("x", text.as_bytes(), &options).unwrap();
        assert!(plain.chunks() > 1);
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.gz");
        std::fs::write(&path, encoder.finish().unwrap()).unwrap();
        let packed = LogFile::open(&path, &options).unwrap();
        let mut unpacked = Vec::new();
        let fields = crate::events::FieldScanner::new([], 0);
        let wanted = Wanted {
            range: TimeRange::ALL,
            times: true,
            literal: None,
            fields: &fields,
        };
        for piece in packed.pieces().unwrap() {
            piece.scan(&wanted, &mut |event, _| {
                unpacked.push((event.timestamp.0, event.message.to_owned()));
                true
            });
        }
        assert_eq!(seen(&plain), unpacked);
        assert_eq!(unpacked.len(), 30_000);
    }
}
