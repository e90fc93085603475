use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::events::{
    EventSource as _, FieldScanner, InputLogEvent, LogFile, ReadError, Wanted,
};

use belfry_engine::metrics::MetricDatum;

use super::Backtest;
use crate::replay::ReplayError;

/// A file of recorded log lines.
#[derive(Debug)]
pub struct RecordedFile {
    /// For messages.
    pub path: PathBuf,
    /// Whose events they are.
    pub log_group: String,
    /// The file, opened.
    pub file: LogFile,
}

/// Why recorded files cannot be fed.
#[derive(Debug, thiserror::Error)]
pub enum LogFileError {
    /// A file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The account refuses what it is fed.
    #[error(transparent)]
    Replay(#[from] ReplayError),
}

/// Events that are put in order of their times at once: lines of several threads stand a little out of order.
const BATCH: usize = 4096;
/// Batches that wait to be fed, of each file.
const WAITING: usize = 4;

type Batch = Vec<InputLogEvent>;

/// Feeds the events of all files in `range`, and `data`, by time. Each file is read by a thread of its own, so far ahead as a few
/// batches; nothing else is held in memory. `progress` is called now and then.
pub fn read_files(
    files: &[RecordedFile],
    range: TimeRange,
    data: Vec<MetricDatum>,
    backtest: &mut Backtest,
    progress: &mut dyn FnMut(&Backtest),
) -> Result<(), LogFileError> {
    let mut data = data.into_iter().peekable();
    thread::scope(|scope| {
        let mut streams: Vec<Stream<'_>> = files
            .iter()
            .map(|file| {
                let (sender, batches) = sync_channel(WAITING);
                scope.spawn(move || send(&file.file, range, &sender));
                Stream::of(file, batches)
            })
            .collect();
        let mut count: u64 = 0;
        while let Some(stream) = oldest(&mut streams) {
            let group = stream.file.log_group.as_str();
            if let Some(event) = stream.next() {
                while let Some(datum) = data.next_if(|datum| datum.timestamp <= event.timestamp) {
                    backtest.put(datum)?;
                }
                backtest.log(group, event)?;
            }
            count += 1;
            if count.is_multiple_of(50_000) {
                progress(backtest);
            }
        }
        for datum in data {
            backtest.put(datum)?;
        }
        Ok::<(), LogFileError>(())
    })?;
    for file in files {
        file.file.check()?;
    }
    Ok(())
}

/// The least time in the first part of each file that has an event in `range`; `None` where there is none.
pub fn first_moment(files: &[RecordedFile], range: TimeRange) -> Option<Millis> {
    files
        .iter()
        .filter_map(|file| first_of(&file.file, range))
        .min()
}

fn first_of(file: &LogFile, range: TimeRange) -> Option<Millis> {
    let mut first: Option<Millis> = None;
    let mut take = |at: Millis| first = Some(first.map_or(at, |first| first.min(at)));
    if let Some(pieces) = file.pieces() {
        let fields = FieldScanner::new([], 0);
        for piece in pieces {
            let seen = piece.scan(&all(range, &fields), &mut |event, _| {
                take(event.timestamp);
                true
            });
            if seen.records > 0 {
                break;
            }
        }
        return first;
    }
    for chunk in 0..file.chunks() {
        let mut count = 0;
        file.scan(chunk, range, &mut |event| {
            count += 1;
            take(event.timestamp);
        });
        if count > 0 {
            break;
        }
    }
    first
}

/// Every event of `range` with its time.
fn all(range: TimeRange, fields: &FieldScanner) -> Wanted<'_> {
    Wanted {
        range,
        times: true,
        literal: None,
        fields,
    }
}

fn oldest<'a, 'f>(streams: &'a mut [Stream<'f>]) -> Option<&'a mut Stream<'f>> {
    let with_head = streams.iter_mut().filter_map(|stream| {
        let head = stream.head()?;
        Some((head, stream))
    });
    with_head
        .min_by_key(|(head, _)| *head)
        .map(|(_, stream)| stream)
}

/// The events of one file as they come.
struct Stream<'f> {
    file: &'f RecordedFile,
    batches: Receiver<Batch>,
    /// The newest last.
    batch: std::iter::Peekable<std::vec::IntoIter<InputLogEvent>>,
}

impl<'f> Stream<'f> {
    fn of(file: &'f RecordedFile, batches: Receiver<Batch>) -> Self {
        Self {
            file,
            batches,
            batch: Vec::new().into_iter().peekable(),
        }
    }

    /// The time of the next event.
    fn head(&mut self) -> Option<Millis> {
        while self.batch.peek().is_none() {
            // The other end is gone when the file is at its end.
            self.batch = self.batches.recv().ok()?.into_iter().peekable();
        }
        self.batch.peek().map(|event| event.timestamp)
    }

    fn next(&mut self) -> Option<InputLogEvent> {
        self.batch.next()
    }
}

/// Reads the file and sends its events in batches; ends early where nobody takes them any more.
fn send(file: &LogFile, range: TimeRange, sender: &SyncSender<Batch>) {
    let mut batch = Batch::with_capacity(BATCH);
    let mut is_wanted = true;
    let mut take = |at: Millis, message: &str| {
        batch.push(InputLogEvent {
            timestamp: at,
            message: message.to_owned(),
        });
        if batch.len() >= BATCH && is_wanted {
            let mut full = std::mem::replace(&mut batch, Batch::with_capacity(BATCH));
            full.sort_by_key(|event| event.timestamp);
            is_wanted = sender.send(full).is_ok();
        }
    };
    let fields = FieldScanner::new([], 0);
    if let Some(pieces) = file.pieces() {
        for piece in pieces {
            piece.scan(&all(range, &fields), &mut |event, _| {
                take(event.timestamp, event.message);
                true
            });
        }
    } else {
        for chunk in 0..file.chunks() {
            file.scan(chunk, range, &mut |event| {
                take(event.timestamp, event.message);
            });
        }
    }
    batch.sort_by_key(|event| event.timestamp);
    // Where nobody takes them, feeding ended early.
    let _ = sender.send(batch);
}
