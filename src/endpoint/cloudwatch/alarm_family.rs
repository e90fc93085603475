use belfry_engine::alarms::AlarmState;

use super::alarm::arn;
use super::describe_alarms::Found;
use crate::endpoint::{Context, Document, Fault, Input};

/// DescribeAlarms by `ChildrenOfAlarmName` or `ParentsOfAlarmName`: short records, and no other parameter but the
/// page (API reference).
pub(super) fn find(cx: &Context<'_>, input: &Input<'_>) -> Result<Option<Vec<Found>>, Fault> {
    let children_of = input.optional_str("ChildrenOfAlarmName")?;
    let parents_of = input.optional_str("ParentsOfAlarmName")?;
    match (children_of, parents_of) {
        (None, None) => Ok(None),
        (Some(name), None) => {
            alone(input, "ChildrenOfAlarmName")?;
            Ok(Some(children(cx, name)))
        }
        (None, Some(name)) => {
            alone(input, "ParentsOfAlarmName")?;
            Ok(Some(parents(cx, name)))
        }
        (Some(_), Some(_)) => {
            Err(input.invalid("ChildrenOfAlarmName must not be given with ParentsOfAlarmName"))
        }
    }
}

fn alone(input: &Input<'_>, name: &str) -> Result<(), Fault> {
    const OTHERS: [&str; 5] = [
        "AlarmNames",
        "AlarmNamePrefix",
        "AlarmTypes",
        "StateValue",
        "ActionPrefix",
    ];
    match OTHERS.iter().find(|other| input.has(other)) {
        None => Ok(()),
        Some(other) => Err(input.invalid(format!("{name} must not be given with {other}"))),
    }
}

fn children(cx: &Context<'_>, name: &str) -> Vec<Found> {
    let alarms = &cx.account.alarms;
    let parent = alarms.composites().get(name);
    let children = parent.map_or_else(Vec::new, |parent| alarms.children_of(parent));
    let record = |child: String| {
        let state = alarms.state_of(&child)?;
        let kind = alarms.kind_of(&child)?;
        let shown = short(cx, &child, Some(state));
        Some(Found {
            name: child,
            kind,
            shown,
        })
    };
    let mut found: Vec<Found> = children.into_iter().filter_map(record).collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

fn parents(cx: &Context<'_>, name: &str) -> Vec<Found> {
    let parents = cx.account.alarms.parents_of(name).into_iter();
    let record = |parent: &belfry_engine::alarms::StoredComposite| Found {
        name: parent.alarm.name.clone(),
        kind: "CompositeAlarm",
        shown: short(cx, &parent.alarm.name, None),
    };
    parents.map(record).collect()
}

/// Children have a state, parents only name and ARN.
fn short(cx: &Context<'_>, name: &str, state: Option<&AlarmState>) -> Document {
    Document::structure([
        ("AlarmName", Document::from(name)),
        ("AlarmArn", arn(name, cx.region, cx.account_id).into()),
        ("StateValue", state.map(|s| s.value.as_str()).into()),
        ("StateUpdatedTimestamp", state.map(|s| s.updated).into()),
    ])
}
