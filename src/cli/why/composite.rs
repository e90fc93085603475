use std::collections::BTreeMap;

use belfry_engine::alarms::{CompositeAlarm, StateValue};

use super::gather::{actions, reported};
use super::metric::Acting;
use super::run::Question;
use crate::cli::CommandError;
use crate::why::{Cause, Described, DescribedAlarm, Explanation, ReportedState, RuleTruth};

/// A composite alarm: the tree of its rule over the states of its children.
pub(super) async fn explain(
    question: &Question<'_>,
    described: &Described<CompositeAlarm>,
) -> Result<Explanation, CommandError> {
    let alarm = &described.alarm;
    let mut children: BTreeMap<String, StateValue> = BTreeMap::new();
    let mut remarks = Vec::new();
    for child in alarm.rule.alarms() {
        match child_state(question, child).await? {
            Some(state) => {
                children.insert(child.to_owned(), state);
            }
            None => remarks.push(format!(
                "no state of `{child}` is known; the rule reads it as INSUFFICIENT_DATA"
            )),
        }
    }
    let state_of = |name: &str| {
        let known = children.get(name).copied();
        known.unwrap_or(StateValue::InsufficientData)
    };
    let tree = RuleTruth::of(alarm.rule.expression(), &state_of);
    let recomputed = alarm.rule.evaluate(&state_of);
    let state = reported(question, &described.state, question.at).await?;
    let cause = match recomputed {
        StateValue::Alarm => Cause::new("rule_holds", "the rule holds"),
        StateValue::Ok | StateValue::InsufficientData => {
            Cause::new("rule_does_not_hold", "the rule does not hold")
        }
    };
    let agrees = recomputed == state.value;
    if !agrees {
        remarks.push(format!(
            "recomputed, the state is {}; the service reports {}. A composite alarm is evaluated when a child changes: \
             its state may have been set by hand (SetAlarmState), or a child changed just now",
            recomputed.as_str(),
            state.value.as_str()
        ));
    }
    let acting = Acting {
        enabled: alarm.actions_enabled,
        ok: &alarm.ok_actions,
        alarm: &alarm.alarm_actions,
        insufficient_data: &alarm.insufficient_data_actions,
    };
    let mut explanation = Explanation {
        version: 1,
        alarm: alarm.name.clone(),
        kind: "CompositeAlarm",
        at: question.at.to_rfc3339(),
        rule: alarm.rule.text().to_owned(),
        evaluation: None,
        tree: Some(tree),
        contributors: Vec::new(),
        agrees: Some(agrees),
        because: vec![cause],
        metrics: Vec::new(),
        actions: actions(question, acting, state.value).await?,
        remarks,
        reported: state.shown(),
    };
    explanation.add_held_back(described.suppressed.as_ref());
    Ok(explanation)
}

/// The state of a child at the moment, by its name or ARN.
async fn child_state(
    question: &Question<'_>,
    child: &str,
) -> Result<Option<StateValue>, CommandError> {
    let name = child.split_once(":alarm:").map_or(child, |(_, name)| name);
    let present: ReportedState = match question.session.described_alarm(name).await? {
        Some(DescribedAlarm::Metric(described)) => described.state.clone(),
        Some(DescribedAlarm::Composite(described)) => described.state.clone(),
        Some(DescribedAlarm::Log(described)) => described.state.clone(),
        Some(DescribedAlarm::Unsupported { .. }) | None => return Ok(None),
    };
    let of_child = Question { name, ..*question };
    let state = reported(&of_child, &present, question.at).await?;
    Ok(Some(state.value))
}
