use super::{alarm, dashboard_name, mute_rule};
use crate::endpoint::{Context, Fault, Input};

/// The alarm, dashboard or mute rule whose tags are asked for.
pub(super) fn read<'a>(cx: &Context<'_>, input: &Input<'a>) -> Result<&'a str, Fault> {
    let arn = input.required_str("ResourceARN")?;
    let is_alarm = name_after(arn, ":alarm:").is_some_and(|name| {
        alarm::arn(name, cx.region, cx.account_id) == arn
            && cx.account.alarms.state_of(name).is_some()
    });
    let is_dashboard = name_after(arn, ":dashboard/").is_some_and(|name| {
        dashboard_name::arn(name, cx.account_id) == arn && cx.account.dashboards.get(name).is_some()
    });
    let is_mute_rule = name_after(arn, ":alarm-mute-rule:").is_some_and(|name| {
        mute_rule::arn(name, cx.region, cx.account_id) == arn
            && cx.account.alarms.mute_rules().contains_key(name)
    });
    if is_alarm || is_dashboard || is_mute_rule {
        return Ok(arn);
    }
    let kind = if arn.contains(":dashboard/") {
        "dashboard"
    } else {
        "alarm"
    };
    Err(
        Fault::new("ResourceNotFoundException", format!("{arn} does not exist"))
            .with_status(404)
            .with_member("ResourceType", kind.into())
            .with_member("ResourceId", arn.into()),
    )
}

fn name_after<'a>(arn: &'a str, mark: &str) -> Option<&'a str> {
    arn.split_once(mark).map(|(_, name)| name)
}
