use super::mute_rule;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteAlarmMuteRule`: what it held back runs at once. The API model has no error for a name that is of no rule.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteAlarmMuteRule",
    mutates: true,
    members: &["AlarmMuteRuleName"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = input.required_str("AlarmMuteRuleName")?;
    if cx.account.alarms.delete_mute_rule(name) {
        let arn = mute_rule::arn(name, cx.region, cx.account_id);
        cx.account.tags.forget(&arn);
        cx.account.run_all_actions(&[], cx.now);
    }
    Ok(Document::empty())
}
