use aws_sdk_cloudwatchlogs::Client;
use aws_sdk_cloudwatchlogs::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_cloudwatchlogs::types::{InputLogEvent, RejectedLogEventsInfo};

use super::{CloudError, Session};
use crate::iam::{Action, LOCALLY, On};
use crate::up::{LogLine, LogSink, PutError};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        "create_log_stream",
        "logs:CreateLogStream",
        On::LogGroups,
        LOCALLY,
    ),
    Action::new(
        "put_log_events",
        "logs:PutLogEvents",
        On::LogGroups,
        LOCALLY,
    ),
];

/// One log stream to write to.
#[derive(Debug)]
pub struct LogDelivery {
    client: Client,
    group: String,
    stream: String,
}

impl LogDelivery {
    /// Creates the stream in a log group that exists; a stream that exists is written on.
    pub async fn open(session: &Session, group: &str, stream: &str) -> Result<Self, CloudError> {
        let client = session.logs();
        let created = client
            .create_log_stream()
            .log_group_name(group)
            .log_stream_name(stream)
            .send()
            .await;
        match created {
            Err(error) if error.code() != Some("ResourceAlreadyExistsException") => {
                Err(CloudError::from_sdk("CreateLogStream", group, &error))
            }
            _ => Ok(Self {
                client,
                group: group.to_owned(),
                stream: stream.to_owned(),
            }),
        }
    }

    /// The stream's name.
    pub fn stream(&self) -> &str {
        &self.stream
    }
}

impl LogSink for LogDelivery {
    async fn put(&mut self, batch: &[LogLine]) -> Result<usize, PutError> {
        let events = batch.iter().map(event).collect::<Result<Vec<_>, _>>()?;
        let answer = self
            .client
            .put_log_events()
            .log_group_name(&self.group)
            .log_stream_name(&self.stream)
            .set_log_events(Some(events))
            .send()
            .await
            .map_err(|error| PutError {
                retry: may_succeed_later(&error),
                message: CloudError::from_sdk("PutLogEvents", &self.group, &error).to_string(),
            })?;
        let info = answer.rejected_log_events_info();
        Ok(info.map_or(0, |info| rejected(info, batch.len())))
    }
}

fn event(line: &LogLine) -> Result<InputLogEvent, PutError> {
    InputLogEvent::builder()
        .timestamp(line.at.0)
        .message(&line.message)
        .build()
        .map_err(|error| PutError {
            message: error.to_string(),
            retry: false,
        })
}

/// Events before one index are too old or expired, those from another on too new (API reference,
/// RejectedLogEventsInfo: the end index of the old ones is the first that is not).
fn rejected(info: &RejectedLogEventsInfo, sent: usize) -> usize {
    let index = |index: Option<i32>| index.and_then(|index| usize::try_from(index).ok());
    let old = index(info.too_old_log_event_end_index());
    let expired = index(info.expired_log_event_end_index());
    let new = index(info.too_new_log_event_start_index());
    old.max(expired).unwrap_or(0) + new.map_or(0, |start| sent.saturating_sub(start))
}

/// Throttling, a failing service, and no answer at all; everything else stays wrong.
fn may_succeed_later<E: ProvideErrorMetadata>(error: &SdkError<E>) -> bool {
    let throttled = matches!(
        error.code(),
        Some("ThrottlingException" | "ServiceUnavailableException" | "RequestLimitExceeded")
    );
    match error.raw_response() {
        Some(response) => throttled || response.status().as_u16() >= 500,
        None => matches!(
            error,
            SdkError::DispatchFailure(_) | SdkError::TimeoutError(_)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_before_the_old_index_and_from_the_new_index_on_are_rejected() {
        let info = RejectedLogEventsInfo::builder();
        let old = info
            .clone()
            .too_old_log_event_end_index(2)
            .expired_log_event_end_index(1);
        assert_eq!(rejected(&old.build(), 10), 2);
        let both = info
            .too_old_log_event_end_index(2)
            .too_new_log_event_start_index(7);
        assert_eq!(rejected(&both.build(), 10), 5);
    }
}
