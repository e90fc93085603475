use super::{mute_rule, page};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListAlarmMuteRules`: by name, 50 a page; of one alarm, or in some statuses.
pub(super) const OPERATION: Operation = Operation {
    name: "ListAlarmMuteRules",
    mutates: false,
    members: &["AlarmName", "Statuses", "MaxRecords", "NextToken"],
    call,
};

const STATUSES: [&str; 3] = ["SCHEDULED", "ACTIVE", "EXPIRED"];

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let alarm = input.optional_str("AlarmName")?;
    let statuses = input.strings("Statuses")?;
    if let Some(unknown) = statuses.iter().find(|status| !STATUSES.contains(status)) {
        let constraint = "Member must satisfy enum value set: [SCHEDULED, ACTIVE, EXPIRED]";
        return Err(input.constraint("Statuses", unknown, constraint));
    }
    let rules = cx.account.alarms.mute_rules().iter();
    let found = rules.filter(|(_, rule)| {
        let is_target = alarm.is_none_or(|alarm| rule.targets.iter().any(|t| t == alarm));
        let status = rule.status(cx.now).as_str();
        is_target && (statuses.is_empty() || statuses.contains(&status))
    });
    let found = found.map(|(name, rule)| (name.clone(), rule)).collect();
    let page = page::of(found, input, page::max_records(input, 50)?)?;
    let shown = page.items.into_iter().map(|r| mute_rule::summary(cx, r));
    Ok(Document::structure([
        ("AlarmMuteRuleSummaries", Document::List(shown.collect())),
        ("NextToken", page.next.into()),
    ]))
}
