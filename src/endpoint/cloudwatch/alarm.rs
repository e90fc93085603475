use belfry_engine::alarms::{AlarmState, StoredAlarm};
use belfry_engine::base::Millis;

use super::{alarm_metric, alarm_window};
use crate::endpoint::{Context, Document, Fault, Input, Members};

/// `AlarmNames`: up to 100.
pub(super) fn names<'a>(input: &Input<'a>) -> Result<Vec<&'a str>, Fault> {
    if !input.has("AlarmNames") {
        return Err(input.missing("AlarmNames"));
    }
    let names = input.strings("AlarmNames")?;
    if names.len() > 100 {
        return Err(
            input.invalid("The collection AlarmNames must not have a size greater than 100.")
        );
    }
    Ok(names)
}

/// `arn:aws:cloudwatch:REGION:ACCOUNT:alarm:NAME`.
pub(super) fn arn(name: &str, region: &str, account_id: &str) -> String {
    format!("arn:aws:cloudwatch:{region}:{account_id}:alarm:{name}")
}

/// The `MetricAlarm` of DescribeAlarms. What was not set is left out, as recorded on AWS.
pub(super) fn show(cx: &Context<'_>, stored: &StoredAlarm) -> Document {
    let mut members = Members::new();
    add(&mut members, head(stored).show(cx));
    alarm_metric::show(&mut members, &stored.alarm.metric);
    add(&mut members, rule(stored));
    add(&mut members, alarm_window::show(stored));
    Document::Structure(members)
}

/// What alarms of every kind show first.
pub(super) struct Head<'a> {
    pub(super) name: &'a str,
    pub(super) description: Option<&'a String>,
    pub(super) configured: Millis,
    pub(super) actions_enabled: bool,
    /// For OK, ALARM and INSUFFICIENT_DATA.
    pub(super) actions: [&'a [String]; 3],
    pub(super) state: &'a AlarmState,
}

impl Head<'_> {
    pub(super) fn show(&self, cx: &Context<'_>) -> Document {
        let [ok, alarm, insufficient_data] = self.actions;
        let state = self.state;
        Document::structure([
            ("AlarmName", Document::from(self.name)),
            ("AlarmArn", arn(self.name, cx.region, cx.account_id).into()),
            ("AlarmDescription", self.description.into()),
            ("AlarmConfigurationUpdatedTimestamp", self.configured.into()),
            ("ActionsEnabled", self.actions_enabled.into()),
            ("OKActions", Document::list(ok)),
            ("AlarmActions", Document::list(alarm)),
            ("InsufficientDataActions", Document::list(insufficient_data)),
            ("StateValue", state.value.as_str().into()),
            ("StateReason", (&state.reason).into()),
            ("StateReasonData", state.reason_data.as_ref().into()),
            ("StateUpdatedTimestamp", state.updated.into()),
            ("StateTransitionedTimestamp", state.transitioned.into()),
        ])
    }
}

fn head(stored: &StoredAlarm) -> Head<'_> {
    let alarm = &stored.alarm;
    Head {
        name: &alarm.name,
        description: alarm.description.as_ref(),
        configured: stored.configured,
        actions_enabled: alarm.actions_enabled,
        actions: [
            &alarm.ok_actions,
            &alarm.alarm_actions,
            &alarm.insufficient_data_actions,
        ],
        state: &stored.state,
    }
}

fn rule(stored: &StoredAlarm) -> Document {
    let alarm = &stored.alarm;
    let treatment = alarm.treat_missing_data.map(|t| t.as_str());
    let low_samples = alarm.evaluate_low_sample_count_percentile.as_ref();
    Document::structure([
        (
            "EvaluationPeriods",
            Document::from(alarm.evaluation_periods),
        ),
        ("DatapointsToAlarm", alarm.datapoints_to_alarm.into()),
        ("Threshold", alarm.threshold.value().into()),
        ("ThresholdMetricId", alarm.threshold.band().into()),
        (
            "ComparisonOperator",
            alarm.comparison_operator.as_str().into(),
        ),
        ("TreatMissingData", treatment.into()),
        ("EvaluateLowSampleCountPercentile", low_samples.into()),
    ])
}

/// Adds the members of a structure.
pub(super) fn add(members: &mut Members, shown: Document) {
    if let Document::Structure(shown) = shown {
        members.extend(shown);
    }
}
