use indexmap::IndexSet;
use serde::Deserialize;

use super::error::ReadError;
use super::remarks::DAMAGED;
use crate::base::{Millis, TimeRange};
use crate::events::{EventRef, EventSource};

/// Events in one chunk of a scan.
const CHUNK: usize = 8192;

/// Events as the AWS CLI prints them, all in memory.
#[derive(Debug, Default)]
pub(super) struct ExportedFile {
    /// All messages.
    text: String,
    entries: Vec<Entry>,
    streams: IndexSet<String>,
    damaged: bool,
}

/// One event: where its message stands in the text.
#[derive(Clone, Copy, Debug)]
struct Entry {
    start: usize,
    end: usize,
    timestamp: Millis,
    ingestion_time: Option<Millis>,
    stream: Option<usize>,
}

/// One event as the AWS CLI prints it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Exported<'t> {
    timestamp: i64,
    #[serde(borrow)]
    message: std::borrow::Cow<'t, str>,
    ingestion_time: Option<i64>,
    log_stream_name: Option<String>,
}

/// Every line that is not empty is an exported event.
pub(super) fn read(path: &str, bytes: &[u8]) -> Result<ExportedFile, ReadError> {
    let text = String::from_utf8_lossy(bytes);
    let mut file = ExportedFile {
        damaged: matches!(text, std::borrow::Cow::Owned(_)),
        ..ExportedFile::default()
    };
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let event = serde_json::from_str(line).map_err(|source| ReadError::Event {
            path: path.to_owned(),
            line: index + 1,
            source,
        })?;
        file.push(event);
    }
    Ok(file)
}

impl ExportedFile {
    fn push(&mut self, event: Exported<'_>) {
        let start = self.text.len();
        self.text.push_str(&event.message);
        let stream = event.log_stream_name;
        self.entries.push(Entry {
            start,
            end: self.text.len(),
            timestamp: Millis(event.timestamp),
            ingestion_time: event.ingestion_time.map(Millis),
            stream: stream.map(|name| self.streams.insert_full(name).0),
        });
    }
}

impl EventSource for ExportedFile {
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
                origin: None,
                position: u64::try_from(index).unwrap_or(u64::MAX),
            });
        }
    }

    fn log_groups(&self) -> usize {
        1
    }

    fn notes(&self) -> Vec<String> {
        let damaged = self.damaged.then(|| DAMAGED.to_owned());
        damaged.into_iter().collect()
    }
}
