use belfry_engine::alarms::{AlarmState, Contributor};

use super::page;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeAlarmContributors`: the series of an alarm that are in ALARM; none for an alarm over one series. 100 a
/// page.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeAlarmContributors",
    mutates: false,
    members: &["AlarmName", "NextToken"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = input.required_str("AlarmName")?;
    let alarms = &cx.account.alarms;
    if alarms.state_of(name).is_none() {
        let message = format!("Alarm {name} does not exist");
        return Err(Fault::new("ResourceNotFoundException", message).with_status(404));
    }
    let contributors = alarms.contributors_of(name);
    let mut found: Vec<_> = contributors
        .into_iter()
        .flat_map(|contributors| contributors.in_alarm())
        .map(|found| (found.0.id(), found))
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let page = page::of(found, input, 100)?;
    let shown = page.items.into_iter().map(|(c, state)| show(c, state));
    Ok(Document::structure([
        ("AlarmContributors", Document::List(shown.collect())),
        ("NextToken", page.next.into()),
    ]))
}

fn show(contributor: &Contributor, state: &AlarmState) -> Document {
    Document::structure([
        ("ContributorId", Document::from(contributor.id())),
        ("ContributorAttributes", attributes(contributor)),
        ("StateReason", (&state.reason).into()),
        ("StateTransitionedTimestamp", state.transitioned.into()),
    ])
}

/// A map of texts.
pub(super) fn attributes(contributor: &Contributor) -> Document {
    let entries = contributor.attributes.iter();
    Document::map(entries.map(|(name, value)| (name, value.into())))
}
