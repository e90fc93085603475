use super::alarm;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DisableAlarmActions`: names of no alarm do not matter.
pub(super) const OPERATION: Operation = Operation {
    name: "DisableAlarmActions",
    mutates: true,
    members: &["AlarmNames"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    for name in alarm::names(input)? {
        cx.account.alarms.enable_actions(name, false, cx.now);
    }
    Ok(Document::empty())
}
