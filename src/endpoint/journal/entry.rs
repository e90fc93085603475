use belfry_engine::base::Millis;
use serde_json::{Value, json};

use super::typed;
use crate::endpoint::protocol::Call;
use crate::endpoint::services;

/// A changing call, as it was run.
#[derive(Debug)]
pub(in crate::endpoint) struct Entry {
    /// When.
    pub(in crate::endpoint) at: Millis,
    /// Where.
    pub(in crate::endpoint) region: String,
    /// What.
    pub(in crate::endpoint) call: Call,
}

/// A call as a line of the journal.
pub(super) fn write(at: Millis, region: &str, call: &Call) -> Value {
    json!({
        "at": at,
        "region": region,
        "service": call.service.name,
        "operation": call.operation.name,
        "text": call.text,
        "input": typed::write(&call.input),
    })
}

/// Reads what [`write`] wrote; the error says what is wrong with it.
pub(super) fn read(mut entry: Value) -> Result<Entry, String> {
    let text = |name: &str| {
        let text = entry[name].as_str().map(str::to_owned);
        text.ok_or_else(|| format!("it has no `{name}`"))
    };
    let (service, operation) = (text("service")?, text("operation")?);
    let region = text("region")?;
    let at = entry["at"].as_i64().ok_or("it has no `at`")?;
    let service = services::by_name(&service)
        .ok_or_else(|| format!("this belfry has no service `{service}`"))?;
    let operation = service.operation(&operation).ok_or_else(|| {
        format!(
            "this belfry has no operation `{operation}` of `{}`",
            service.name
        )
    })?;
    let call = Call {
        service,
        operation,
        text: entry["text"].as_bool().ok_or("it has no `text`")?,
        input: typed::read(entry["input"].take()).ok_or("its `input` is not a document")?,
    };
    Ok(Entry {
        at: Millis(at),
        region,
        call,
    })
}
