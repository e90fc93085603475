use belfry_engine::alarms::{AlarmState, StateValue};

use super::alarm_types::AlarmTypes;
use super::read::invalid_combination;
use super::{alarm, alarm_family, composite_alarm, log_alarm, page};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeAlarms`: by name, 50 a page over all kinds; metric alarms only unless `AlarmTypes` asks for others.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeAlarms",
    mutates: false,
    members: &[
        "AlarmNames",
        "AlarmNamePrefix",
        "AlarmTypes",
        "ChildrenOfAlarmName",
        "ParentsOfAlarmName",
        "StateValue",
        "ActionPrefix",
        "MaxRecords",
        "NextToken",
    ],
    call,
};

/// An alarm to be shown.
pub(super) struct Found {
    pub name: String,
    pub kind: &'static str,
    pub shown: Document,
}

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let found = match alarm_family::find(cx, input)? {
        Some(found) => found,
        None => find(cx, &Wanted::read(input)?),
    };
    let found = found.into_iter().map(|found| (found.name.clone(), found));
    let page = page::of(found.collect(), input, page::max_records(input, 50)?)?;
    let list = |kind: &str| {
        let found = page.items.iter().filter(|found| found.kind == kind);
        Document::List(found.map(|found| found.shown.clone()).collect())
    };
    Ok(Document::structure([
        ("CompositeAlarms", list("CompositeAlarm")),
        ("MetricAlarms", list("MetricAlarm")),
        ("LogAlarms", list("LogAlarm")),
        ("NextToken", page.next.into()),
    ]))
}

fn find(cx: &Context<'_>, wanted: &Wanted<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for stored in cx.account.alarms.alarms().values() {
        let alarm = &stored.alarm;
        let actions = [
            &alarm.ok_actions[..],
            &alarm.alarm_actions,
            &alarm.insufficient_data_actions,
        ];
        if wanted.types.metric && wanted.matches(&alarm.name, &stored.state, actions) {
            found.push(Found {
                name: alarm.name.clone(),
                kind: "MetricAlarm",
                shown: alarm::show(cx, stored),
            });
        }
    }
    for stored in cx.account.alarms.composites().values() {
        let alarm = &stored.alarm;
        let actions = [
            &alarm.ok_actions[..],
            &alarm.alarm_actions,
            &alarm.insufficient_data_actions,
        ];
        if wanted.types.composite && wanted.matches(&alarm.name, &stored.state, actions) {
            found.push(Found {
                name: alarm.name.clone(),
                kind: "CompositeAlarm",
                shown: composite_alarm::show(cx, stored),
            });
        }
    }
    for stored in cx.account.alarms.log_alarms().values() {
        let alarm = &stored.alarm;
        let actions = [
            &alarm.ok_actions[..],
            &alarm.alarm_actions,
            &alarm.insufficient_data_actions,
        ];
        if wanted.types.log && wanted.matches(&alarm.name, &stored.state, actions) {
            found.push(Found {
                name: alarm.name.clone(),
                kind: "LogAlarm",
                shown: log_alarm::show(cx, stored),
            });
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

struct Wanted<'a> {
    names: Vec<&'a str>,
    prefix: Option<&'a str>,
    types: AlarmTypes,
    state: Option<StateValue>,
    action: Option<&'a str>,
}

impl<'a> Wanted<'a> {
    fn read(input: &Input<'a>) -> Result<Self, Fault> {
        let names = input.strings("AlarmNames")?;
        let prefix = input.optional_str("AlarmNamePrefix")?;
        if !names.is_empty() && prefix.is_some() {
            return Err(invalid_combination(
                "AlarmNamePrefix and AlarmNames are mutually exclusive",
            ));
        }
        if names.len() > 100 {
            return Err(
                input.invalid("The collection AlarmNames must not have a size greater than 100.")
            );
        }
        let state = input.optional_str("StateValue")?;
        Ok(Self {
            names,
            prefix,
            types: AlarmTypes::read(input)?,
            state: state.map(StateValue::parse).transpose()?,
            action: input.optional_str("ActionPrefix")?,
        })
    }

    fn matches(&self, name: &str, state: &AlarmState, actions: [&[String]; 3]) -> bool {
        (self.names.is_empty() || self.names.contains(&name))
            && self.prefix.is_none_or(|prefix| name.starts_with(prefix))
            && self.state.is_none_or(|wanted| wanted == state.value)
            && self.action.is_none_or(|prefix| {
                let mut actions = actions.into_iter().flatten();
                actions.any(|arn| arn.starts_with(prefix))
            })
    }
}
