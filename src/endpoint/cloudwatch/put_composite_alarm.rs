use belfry_engine::alarms::{ActionsSuppressor, AlarmRule, CompositeAlarm};

use super::action_configuration;
use super::alarm::arn;
use crate::endpoint::read_tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `PutCompositeAlarm`: a rule over other alarms. It is evaluated at once; `ActionConfiguration` is refused by
/// name.
pub(super) const OPERATION: Operation = Operation {
    name: "PutCompositeAlarm",
    mutates: true,
    members: &[
        "AlarmName",
        "AlarmDescription",
        "AlarmRule",
        "ActionsEnabled",
        "OKActions",
        "AlarmActions",
        "InsufficientDataActions",
        "ActionsSuppressor",
        "ActionsSuppressorWaitPeriod",
        "ActionsSuppressorExtensionPeriod",
        "ActionConfiguration",
        "Tags",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let alarm = read(input)?;
    let tags = read_tags(input, "Tags")?;
    if tags.len() > 50 {
        return Err(input.invalid("The collection Tags must not have a size greater than 50."));
    }
    let arn = arn(&alarm.name, cx.region, cx.account_id);
    let is_new = !cx.account.alarms.composites().contains_key(&alarm.name);
    let changes = cx.account.alarms.put_composite(alarm, cx.now)?;
    if is_new {
        cx.account.tags.add(&arn, tags);
    }
    cx.account.run_all_actions(&changes, cx.now);
    Ok(Document::empty())
}

fn read(input: &Input<'_>) -> Result<CompositeAlarm, Fault> {
    let owned = |name| {
        let list = input.strings(name)?;
        Ok::<_, Fault>(list.into_iter().map(str::to_owned).collect::<Vec<_>>())
    };
    Ok(CompositeAlarm {
        name: input.required_str("AlarmName")?.to_owned(),
        description: input.optional_str("AlarmDescription")?.map(str::to_owned),
        actions_enabled: input.optional_bool("ActionsEnabled")?.unwrap_or(true),
        ok_actions: owned("OKActions")?,
        alarm_actions: owned("AlarmActions")?,
        insufficient_data_actions: owned("InsufficientDataActions")?,
        rule: AlarmRule::read(input.required_str("AlarmRule")?)?,
        suppressor: suppressor(input)?,
        tags_propagation: action_configuration::read(input)?,
    })
}

/// Both periods are required with a suppressor (API reference); without one they mean nothing and are refused.
fn suppressor(input: &Input<'_>) -> Result<Option<ActionsSuppressor>, Fault> {
    let periods = [
        "ActionsSuppressorWaitPeriod",
        "ActionsSuppressorExtensionPeriod",
    ];
    let Some(alarm) = input.optional_str("ActionsSuppressor")? else {
        return match periods.iter().find(|period| input.has(period)) {
            None => Ok(None),
            Some(period) => Err(input.invalid(format!(
                "{period} must not be set without ActionsSuppressor"
            ))),
        };
    };
    let seconds = |period: &str| match input.optional_i64(period)? {
        Some(seconds) => Ok::<_, Fault>(seconds),
        None => Err(input.invalid(format!(
            "{period} is required when ActionsSuppressor is specified"
        ))),
    };
    Ok(Some(ActionsSuppressor {
        alarm: alarm.to_owned(),
        wait: seconds(periods[0])?,
        extension: seconds(periods[1])?,
    }))
}
