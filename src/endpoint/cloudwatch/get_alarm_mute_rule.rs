use super::mute_rule;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetAlarmMuteRule`: one rule, with its status at the moment of asking.
pub(super) const OPERATION: Operation = Operation {
    name: "GetAlarmMuteRule",
    mutates: false,
    members: &["AlarmMuteRuleName"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    Ok(mute_rule::show(cx, mute_rule::read(cx, input)?))
}
