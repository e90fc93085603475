use belfry_engine::alarms::{StateValue, StoredAlarm};

use super::read::invalid_combination;
use super::{alarm, page};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeAlarms`: by name, 50 a page. There are metric alarms only.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeAlarms",
    mutates: false,
    members: &[
        "AlarmNames",
        "AlarmNamePrefix",
        "AlarmTypes",
        "StateValue",
        "ActionPrefix",
        "MaxRecords",
        "NextToken",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let wanted = Wanted::read(input)?;
    let alarms = cx.account.alarms.alarms().values();
    let found = alarms
        .filter(|stored| wanted.matches(stored))
        .map(|stored| (stored.alarm.name.clone(), stored));
    let page = page::of(found.collect(), input, page::max_records(input, 50)?)?;
    let shown = page.items.iter().map(|stored| alarm::show(cx, stored));
    Ok(Document::structure([
        ("CompositeAlarms", Document::List(Vec::new())),
        ("MetricAlarms", Document::List(shown.collect())),
        ("NextToken", page.next.into()),
    ]))
}

struct Wanted<'a> {
    names: Vec<&'a str>,
    prefix: Option<&'a str>,
    metric_alarms: bool,
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
            metric_alarms: asks_for_metric_alarms(input)?,
            state: state.map(StateValue::parse).transpose()?,
            action: input.optional_str("ActionPrefix")?,
        })
    }

    fn matches(&self, stored: &StoredAlarm) -> bool {
        let alarm = &stored.alarm;
        let actions = [
            &alarm.ok_actions,
            &alarm.alarm_actions,
            &alarm.insufficient_data_actions,
        ];
        self.metric_alarms
            && (self.names.is_empty() || self.names.contains(&alarm.name.as_str()))
            && self
                .prefix
                .is_none_or(|prefix| alarm.name.starts_with(prefix))
            && self.state.is_none_or(|state| state == stored.state.value)
            && self.action.is_none_or(|prefix| {
                actions
                    .iter()
                    .any(|list| list.iter().any(|arn| arn.starts_with(prefix)))
            })
    }
}

/// `AlarmTypes`; metric alarms where it is absent.
pub(super) fn asks_for_metric_alarms(input: &Input<'_>) -> Result<bool, Fault> {
    let types = input.strings("AlarmTypes")?;
    let known = ["CompositeAlarm", "MetricAlarm", "LogAlarm"];
    match types.iter().find(|kind| !known.contains(kind)) {
        Some(kind) => Err(input.constraint(
            "AlarmTypes",
            kind,
            "Member must satisfy enum value set: [CompositeAlarm, MetricAlarm, LogAlarm]",
        )),
        None => Ok(types.is_empty() || types.contains(&"MetricAlarm")),
    }
}
