use super::execution::{Ending, Rows, find_mut};
use super::job::Outcome;
use super::refusals::store;
use super::results::{self, Columns};
use crate::endpoint::protocol::Call;
use crate::endpoint::{Context, Document, Fault, Input, Operation, vended};

/// How a query ended that ran beside the calls: no request asks for it, and the journal keeps it, so that a replay reads
/// the answer instead of working it out again over objects that may be gone.
pub(in crate::endpoint) const OPERATION: Operation = Operation {
    name: "EndQueryExecution",
    mutates: true,
    members: &[
        "QueryExecutionId",
        "State",
        "Reason",
        "Columns",
        "Body",
        "DataScannedInBytes",
        "QueuedInMillis",
        "RanInMillis",
    ],
    call: run,
};

/// What ended, and how.
pub(super) struct Ended<'a> {
    pub(super) id: &'a str,
    pub(super) outcome: Outcome,
    pub(super) scanned: u64,
    /// Milliseconds between its coming and its beginning.
    pub(super) queued: i64,
    /// Milliseconds from its beginning to its end.
    pub(super) ran: i64,
}

/// The call that writes it down.
pub(super) fn call(ended: &Ended<'_>) -> Call {
    let mut members = vec![
        ("QueryExecutionId", Document::from(ended.id)),
        ("DataScannedInBytes", ended.scanned.into()),
        ("QueuedInMillis", ended.queued.into()),
        ("RanInMillis", ended.ran.into()),
    ];
    members.extend(match &ended.outcome {
        Outcome::Succeeded(columns, bytes, note) => vec![
            ("State", "SUCCEEDED".into()),
            ("Columns", results::write_columns(columns)),
            ("Body", Document::Blob(bytes.clone())),
            ("Reason", note.clone().into()),
        ],
        Outcome::Failed(reason) => vec![("State", "FAILED".into()), ("Reason", reason.into())],
        Outcome::Cancelled(reason) => {
            vec![("State", "CANCELLED".into()), ("Reason", reason.into())]
        }
    });
    Call {
        service: &vended::SERVICE,
        operation: &OPERATION,
        input: Document::structure(members),
        text: false,
    }
}

/// The call that gives up a query: the endpoint that ran it is gone.
pub(in crate::endpoint) fn lost(id: &str) -> Call {
    let reason = "GENERIC_INTERNAL_ERROR: the endpoint was restarted while the query ran";
    call(&Ended {
        id,
        outcome: Outcome::Failed(reason.to_owned()),
        scanned: 0,
        queued: 0,
        ran: 0,
    })
}

fn run(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let id = input.required_str("QueryExecutionId")?;
    let number = |name: &str| input.optional_i64(name).map(Option::unwrap_or_default);
    let scanned = u64::try_from(number("DataScannedInBytes")?).unwrap_or(0);
    let (queued, ran) = (number("QueuedInMillis")?, number("RanInMillis")?);
    let now = cx.now;
    let execution = find_mut(store(cx), id)?;
    execution.bytes_scanned = scanned;
    (execution.queued, execution.ran) = (queued, ran);
    if execution.ending.is_some() {
        // It was stopped meanwhile.
        return Ok(Document::empty());
    }
    let output = execution.output.clone();
    let (ending, note) = ending(cx, input, &output)?;
    let execution = find_mut(store(cx), id)?;
    execution.end(ending, now);
    execution.note = note;
    Ok(Document::empty())
}

fn ending(
    cx: &mut Context<'_>,
    input: &Input<'_>,
    output: &str,
) -> Result<(Ending, Option<String>), Fault> {
    let reason = input.optional_str("Reason")?.map(str::to_owned);
    Ok(match input.required_str("State")? {
        "SUCCEEDED" => {
            let bytes = results::deliver(cx, input, output)?;
            let columns: Columns = results::read_columns(input)?;
            match bytes {
                Some(bytes) => {
                    let rows = results::read_csv(&bytes);
                    (Ending::Succeeded(Rows { columns, rows }), reason)
                }
                None => {
                    let reason = format!("the bucket of results is gone: {output}");
                    (Ending::Failed(reason), None)
                }
            }
        }
        "CANCELLED" => (Ending::Cancelled(reason.unwrap_or_default()), None),
        _ => (Ending::Failed(reason.unwrap_or_default()), None),
    })
}
