use crate::base::{Millis, TimeRange};

/// One log event as a scan sees it; borrowed from the source.
#[derive(Clone, Copy, Debug)]
pub struct EventRef<'a> {
    /// `@timestamp`.
    pub timestamp: Millis,
    /// `@ingestionTime`; a file has none.
    pub ingestion_time: Option<Millis>,
    /// `@message`, unchanged.
    pub message: &'a str,
    /// `@logStream`; a file has none.
    pub log_stream: Option<&'a str>,
    /// `@log`: `account:group`; a file has none.
    pub log: Option<&'a str>,
    /// Where the event stands in its source: unique in it, rising in order of arrival.
    pub position: u64,
}

/// Anything a query can scan. Chunks are independent, so that they can be scanned in parallel.
pub trait EventSource: Sync {
    /// How many chunks there are.
    fn chunks(&self) -> usize;

    /// Shows every event of `chunk` that lies in `range` to `visit`, in order of arrival.
    fn scan(&self, chunk: usize, range: TimeRange, visit: &mut dyn FnMut(EventRef<'_>));

    /// How many log groups the source spans; a file counts as one.
    fn log_groups(&self) -> usize;

    /// What a reader of an answer over this source should know, such as times that were guessed.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }
}
