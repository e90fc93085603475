use belfry_engine::alarms::{StoredComposite, SuppressedBy};

use super::action_configuration;
use super::alarm::{add, arn};
use crate::endpoint::{Context, Document, Members};

/// The `CompositeAlarm` of DescribeAlarms. What was not set is left out.
pub(super) fn show(cx: &Context<'_>, stored: &StoredComposite) -> Document {
    let mut members = Members::new();
    add(&mut members, head(cx, stored));
    add(&mut members, suppression(stored));
    let propagation = stored.alarm.tags_propagation.as_ref();
    let shown = action_configuration::show(propagation);
    add(
        &mut members,
        Document::structure([("ActionConfiguration", shown)]),
    );
    Document::Structure(members)
}

fn head(cx: &Context<'_>, stored: &StoredComposite) -> Document {
    let (alarm, state) = (&stored.alarm, &stored.state);
    Document::structure([
        ("ActionsEnabled", Document::from(alarm.actions_enabled)),
        ("AlarmActions", Document::list(&alarm.alarm_actions)),
        (
            "AlarmArn",
            arn(&alarm.name, cx.region, cx.account_id).into(),
        ),
        (
            "AlarmConfigurationUpdatedTimestamp",
            stored.configured.into(),
        ),
        ("AlarmDescription", alarm.description.as_ref().into()),
        ("AlarmName", (&alarm.name).into()),
        ("AlarmRule", alarm.rule.text().into()),
        (
            "InsufficientDataActions",
            Document::list(&alarm.insufficient_data_actions),
        ),
        ("OKActions", Document::list(&alarm.ok_actions)),
        ("StateReason", (&state.reason).into()),
        ("StateReasonData", state.reason_data.as_ref().into()),
        ("StateUpdatedTimestamp", state.updated.into()),
        ("StateValue", state.value.as_str().into()),
        ("StateTransitionedTimestamp", state.transitioned.into()),
    ])
}

fn suppression(stored: &StoredComposite) -> Document {
    let suppressor = stored.alarm.suppressor.as_ref();
    let by = stored.suppression.as_ref().map(|s| s.by);
    let reason = by.map(SuppressedBy::reason);
    Document::structure([
        ("ActionsSuppressedBy", by.map(SuppressedBy::as_str).into()),
        ("ActionsSuppressedReason", reason.as_ref().into()),
        ("ActionsSuppressor", suppressor.map(|s| &s.alarm).into()),
        (
            "ActionsSuppressorWaitPeriod",
            suppressor.map(|s| s.wait).into(),
        ),
        (
            "ActionsSuppressorExtensionPeriod",
            suppressor.map(|s| s.extension).into(),
        ),
    ])
}
