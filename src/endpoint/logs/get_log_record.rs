use belfry_engine::account::pointed_position;
use belfry_engine::events::EventRef;
use belfry_engine::insights::discovered_fields;

use super::fault::not_found;
use super::{read, show};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetLogRecord`: all fields of the event that a query's `@ptr` points to. Nothing is masked here, so that
/// `unmask` changes nothing.
pub(super) const OPERATION: Operation = Operation {
    name: "GetLogRecord",
    mutates: false,
    members: &["logRecordPointer", "unmask"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let pointer = read::required_text(input, "logRecordPointer", 1..=usize::MAX)?;
    input.optional_bool("unmask")?;
    let position = pointed_position(pointer)
        .ok_or_else(|| input.invalid("The specified logRecordPointer is invalid."))?;
    let found = cx.account.logs.event_at(position);
    let kept = found.filter(|found| found.key.timestamp >= found.group.horizon(cx.now));
    let found = kept.ok_or_else(|| not_found("log record"))?;
    let origin = cx.account.origin(found.group);
    let fields = discovered_fields(EventRef {
        timestamp: found.key.timestamp,
        ingestion_time: Some(found.key.ingestion_time),
        message: &found.message,
        log_stream: Some(found.stream),
        log: Some(found.group.log()),
        origin: Some(&origin),
        position,
    });
    let fields = fields.into_iter().map(|field| (field.name, field.value));
    Ok(Document::structure([("logRecord", show::texts(fields))]))
}
