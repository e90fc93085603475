use belfry_engine::alarms::{MuteRule, MuteSchedule};

use super::mute_rule;
use crate::endpoint::read_tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `PutAlarmMuteRule`: creates or replaces a rule; tags count only at creation.
pub(super) const OPERATION: Operation = Operation {
    name: "PutAlarmMuteRule",
    mutates: true,
    members: &[
        "Name",
        "Description",
        "Rule",
        "MuteTargets",
        "Tags",
        "StartDate",
        "ExpireDate",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let rule = read(cx, input)?;
    let tags = read_tags(input, "Tags")?;
    if tags.len() > 50 {
        return Err(input.invalid("The collection Tags must not have a size greater than 50."));
    }
    let arn = mute_rule::arn(&rule.name, cx.region, cx.account_id);
    let is_new = !cx.account.alarms.mute_rules().contains_key(&rule.name);
    cx.account.alarms.put_mute_rule(rule)?;
    if is_new {
        cx.account.tags.add(&arn, tags);
    }
    cx.account.run_all_actions(&[], cx.now);
    Ok(Document::empty())
}

fn read(cx: &Context<'_>, input: &Input<'_>) -> Result<MuteRule, Fault> {
    let rule = input.structure("Rule")?;
    let rule = rule.ok_or_else(|| input.missing("Rule"))?;
    rule.only(&["Schedule"])?;
    let schedule = rule.structure("Schedule")?;
    let schedule = schedule.ok_or_else(|| rule.missing("Schedule"))?;
    schedule.only(&["Expression", "Duration", "Timezone"])?;
    let targets = input.structure("MuteTargets")?;
    let targets = targets.ok_or_else(|| input.missing("MuteTargets"))?;
    targets.only(&["AlarmNames"])?;
    let names = targets.strings("AlarmNames")?;
    Ok(MuteRule {
        name: input.required_str("Name")?.to_owned(),
        description: input.optional_str("Description")?.map(str::to_owned),
        schedule: MuteSchedule::read(
            schedule.required_str("Expression")?,
            schedule.required_str("Duration")?,
            schedule.optional_str("Timezone")?,
        )?,
        targets: names.into_iter().map(str::to_owned).collect(),
        start: input.optional_timestamp("StartDate")?,
        expire: input.optional_timestamp("ExpireDate")?,
        updated: cx.now,
    })
}
