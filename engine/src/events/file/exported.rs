use serde::Deserialize;

use super::error::ReadError;
use super::log_file::{Entry, LogFile};
use crate::base::Millis;

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
pub(super) fn read(path: &str, text: &str) -> Result<LogFile, ReadError> {
    let mut file = LogFile::default();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let event: Exported<'_> =
            serde_json::from_str(line).map_err(|source| ReadError::Event {
                path: path.to_owned(),
                line: index + 1,
                source,
            })?;
        let start = file.text.len();
        file.text.push_str(&event.message);
        let stream = event
            .log_stream_name
            .map(|name| file.streams.insert_full(name).0);
        file.entries.push(Entry {
            timestamp: Millis(event.timestamp),
            ingestion_time: event.ingestion_time.map(Millis),
            stream,
            ..Entry::new(start, file.text.len())
        });
    }
    Ok(file)
}
