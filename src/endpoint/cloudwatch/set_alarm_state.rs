use belfry_engine::alarms::StateValue;

use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `SetAlarmState`: until the next evaluation; a new state runs its actions.
pub(super) const OPERATION: Operation = Operation {
    name: "SetAlarmState",
    mutates: true,
    members: &["AlarmName", "StateValue", "StateReason", "StateReasonData"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = input.required_str("AlarmName")?;
    let value = StateValue::parse(input.required_str("StateValue")?)?;
    let reason = input.required_str("StateReason")?;
    let data = input.optional_str("StateReasonData")?;
    if data.is_some_and(|data| serde_json::from_str::<serde_json::Value>(data).is_err()) {
        return Err(Fault::new(
            "InvalidFormat",
            "Data was not syntactically valid JSON",
        ));
    }
    let changes = cx
        .account
        .alarms
        .set_state(name, value, reason, data, cx.now)?;
    cx.account.run_all_actions(&changes, cx.now);
    Ok(Document::empty())
}
