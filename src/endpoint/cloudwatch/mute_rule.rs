use belfry_engine::alarms::MuteRule;

use crate::endpoint::{Context, Document, Fault, Input};

/// `arn:aws:cloudwatch:REGION:ACCOUNT:alarm-mute-rule:NAME`.
pub(super) fn arn(name: &str, region: &str, account_id: &str) -> String {
    format!("arn:aws:cloudwatch:{region}:{account_id}:alarm-mute-rule:{name}")
}

/// The rule that `AlarmMuteRuleName` names.
pub(super) fn read<'a>(cx: &'a Context<'_>, input: &Input<'_>) -> Result<&'a MuteRule, Fault> {
    let name = input.required_str("AlarmMuteRuleName")?;
    cx.account.alarms.mute_rules().get(name).ok_or_else(|| {
        let message = format!("The alarm mute rule {name} does not exist");
        Fault::new("ResourceNotFoundException", message)
            .with_status(404)
            .with_member("ResourceType", "alarm-mute-rule".into())
            .with_member("ResourceId", name.into())
    })
}

/// What ListAlarmMuteRules shows of a rule.
pub(super) fn summary(cx: &Context<'_>, rule: &MuteRule) -> Document {
    Document::structure([
        (
            "AlarmMuteRuleArn",
            Document::from(arn(&rule.name, cx.region, cx.account_id)),
        ),
        ("ExpireDate", rule.expire.into()),
        ("Status", rule.status(cx.now).as_str().into()),
        ("MuteType", mute_type(rule).into()),
        ("LastUpdatedTimestamp", rule.updated.into()),
    ])
}

/// What GetAlarmMuteRule shows of it.
pub(super) fn show(cx: &Context<'_>, rule: &MuteRule) -> Document {
    let schedule = Document::structure([
        ("Expression", Document::from(&rule.schedule.expression)),
        ("Duration", (&rule.schedule.duration).into()),
        ("Timezone", rule.schedule.timezone.as_ref().into()),
    ]);
    Document::structure([
        ("Name", Document::from(&rule.name)),
        (
            "AlarmMuteRuleArn",
            arn(&rule.name, cx.region, cx.account_id).into(),
        ),
        ("Description", rule.description.as_ref().into()),
        ("Rule", Document::structure([("Schedule", schedule)])),
        (
            "MuteTargets",
            Document::structure([("AlarmNames", Document::list(&rule.targets))]),
        ),
        ("StartDate", rule.start.into()),
        ("ExpireDate", rule.expire.into()),
        ("Status", rule.status(cx.now).as_str().into()),
        ("LastUpdatedTimestamp", rule.updated.into()),
        ("MuteType", mute_type(rule).into()),
    ])
}

fn mute_type(rule: &MuteRule) -> &'static str {
    if rule.schedule.is_once() {
        "ONE_TIME"
    } else {
        "RECURRING"
    }
}
