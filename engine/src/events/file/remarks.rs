use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::error::ReadError;

/// What is said about damaged text.
pub(super) const DAMAGED: &str = "bytes that are not UTF-8 were replaced by `\u{fffd}`";

/// What scans of a file found out about it. Threads write here while they scan.
#[derive(Debug, Default)]
pub(super) struct Remarks(Mutex<Found>);

#[derive(Debug, Default)]
struct Found {
    damaged: bool,
    uncounted: bool,
    /// By the place where a part of the file starts: its events that took part in an answer.
    dated: BTreeMap<u64, Dated>,
    failure: Option<ReadError>,
}

/// How many events of an answer have no time of their own.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Dated {
    pub(super) undated: u64,
    pub(super) events: u64,
}

impl Remarks {
    fn with<T>(&self, change: impl FnOnce(&mut Found) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Bytes were not UTF-8.
    pub(super) fn damaged(&self) {
        self.with(|found| found.damaged = true);
    }

    /// Lines were asked for their time, and none in the whole file has one.
    pub(super) fn no_times(&self) {
        self.with(|found| found.uncounted = true);
    }

    /// The part that starts at byte `at` was scanned.
    pub(super) fn dated(&self, at: u64, dated: Dated) {
        self.with(|found| found.dated.insert(at, dated));
    }

    /// Bytes did not come; the first reason stays, and of lines that are no events the first of the file.
    pub(super) fn fail(&self, error: ReadError) {
        self.with(|found| {
            let line = |error: &ReadError| match error {
                ReadError::Event { line, .. } => Some(*line),
                _ => None,
            };
            let known = &mut found.failure;
            let earlier = line(&error).zip(known.as_ref().and_then(line));
            if known.is_none() || earlier.is_some_and(|(new, known)| new < known) {
                *known = Some(error);
            }
        });
    }

    /// Takes the reason why bytes did not come.
    pub(super) fn failure(&self) -> Option<ReadError> {
        self.with(|found| found.failure.take())
    }

    /// In words.
    pub(super) fn notes(&self) -> Vec<String> {
        self.with(|found| {
            let mut notes = Vec::new();
            let undated: u64 = found.dated.values().map(|dated| dated.undated).sum();
            let events: u64 = found.dated.values().map(|dated| dated.events).sum();
            if found.uncounted {
                notes.push(
                    "no line has a time that can be read: `@timestamp` counts lines in milliseconds from 1970-01-01"
                        .to_owned(),
                );
            } else if undated > 0 {
                notes.push(format!(
                    "{undated} of {events} matching lines have no time that can be read and take that of the line before"
                ));
            }
            if found.damaged {
                notes.push(DAMAGED.to_owned());
            }
            notes
        })
    }
}
