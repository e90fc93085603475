use belfry_engine::base::Millis;
use belfry_engine::events::{InputLogEvent, RejectedLogEvents};

use super::show::SEQUENCE_TOKEN;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `PutLogEvents`: a batch of one stream; metric filters and embedded metrics are applied at once. A
/// `sequenceToken` is not looked at, as on AWS since 2023.
pub(super) const OPERATION: Operation = Operation {
    name: "PutLogEvents",
    mutates: true,
    members: &[
        "logGroupName",
        "logStreamName",
        "logEvents",
        "sequenceToken",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let group = input.required_str("logGroupName")?;
    let stream = input.required_str("logStreamName")?;
    let events: Result<Vec<_>, _> = input.structures("logEvents")?.iter().map(event).collect();
    let rejected = cx.account.put_log_events(group, stream, &events?, cx.now)?;
    Ok(Document::structure([
        ("nextSequenceToken", Document::from(SEQUENCE_TOKEN)),
        ("rejectedLogEventsInfo", shown(&rejected)),
    ]))
}

fn event(input: &Input<'_>) -> Result<InputLogEvent, Fault> {
    input.only(&["timestamp", "message"])?;
    Ok(InputLogEvent {
        timestamp: Millis(input.required_i64("timestamp")?),
        message: input.required_str("message")?.to_owned(),
    })
}

fn shown(rejected: &RejectedLogEvents) -> Document {
    if *rejected == RejectedLogEvents::default() {
        return Document::Null;
    }
    Document::structure([
        (
            "tooNewLogEventStartIndex",
            Document::from(rejected.too_new_start),
        ),
        ("tooOldLogEventEndIndex", rejected.too_old_end.into()),
        ("expiredLogEventEndIndex", rejected.expired_end.into()),
    ])
}
