use belfry_engine::alarms::{ComparisonOperator, MetricAlarm, Threshold, TreatMissingData};

use super::alarm::arn;
use super::{action_configuration, alarm_metric, alarm_window};
use crate::endpoint::read_tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `PutMetricAlarm`: one metric, metric math or a Metrics Insights query against a threshold. An alarm on an anomaly
/// band (`ThresholdMetricId`) is kept and stays in INSUFFICIENT_DATA with the reason; PromQL
/// (`EvaluationCriteria`) is refused by name.
pub(super) const OPERATION: Operation = Operation {
    name: "PutMetricAlarm",
    mutates: true,
    members: &[
        "AlarmName",
        "AlarmDescription",
        "ActionsEnabled",
        "OKActions",
        "AlarmActions",
        "InsufficientDataActions",
        "MetricName",
        "Namespace",
        "Statistic",
        "ExtendedStatistic",
        "Dimensions",
        "Period",
        "Unit",
        "EvaluationPeriods",
        "DatapointsToAlarm",
        "Threshold",
        "ThresholdMetricId",
        "ComparisonOperator",
        "TreatMissingData",
        "EvaluateLowSampleCountPercentile",
        "Metrics",
        "EvaluationWindow",
        "WarmUpConfiguration",
        "ActionConfiguration",
        "Tags",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let alarm = read_alarm(input)?;
    let tags = read_tags(input, "Tags")?;
    if tags.len() > 50 {
        return Err(input.invalid("The collection Tags must not have a size greater than 50."));
    }
    let arn = arn(&alarm.name, cx.region, cx.account_id);
    let is_new = !cx.account.alarms.alarms().contains_key(&alarm.name);
    cx.account.alarms.put(alarm, cx.now)?;
    if is_new {
        cx.account.tags.add(&arn, tags);
    }
    Ok(Document::empty())
}

fn read_alarm(input: &Input<'_>) -> Result<MetricAlarm, Fault> {
    let owned = |name| {
        let list = input.strings(name)?;
        Ok::<_, Fault>(list.into_iter().map(str::to_owned).collect::<Vec<_>>())
    };
    let text = |name| Ok::<_, Fault>(input.optional_str(name)?.map(str::to_owned));
    let treatment = input.optional_str("TreatMissingData")?;
    Ok(MetricAlarm {
        name: input.required_str("AlarmName")?.to_owned(),
        description: text("AlarmDescription")?,
        actions_enabled: input.optional_bool("ActionsEnabled")?.unwrap_or(true),
        ok_actions: owned("OKActions")?,
        alarm_actions: owned("AlarmActions")?,
        insufficient_data_actions: owned("InsufficientDataActions")?,
        metric: alarm_metric::read(input)?,
        evaluation_periods: count(input, "EvaluationPeriods")?
            .ok_or_else(|| input.missing("EvaluationPeriods"))?,
        datapoints_to_alarm: count(input, "DatapointsToAlarm")?,
        threshold: threshold(input)?,
        comparison_operator: ComparisonOperator::parse(input.required_str("ComparisonOperator")?)?,
        treat_missing_data: treatment.map(TreatMissingData::parse).transpose()?,
        evaluate_low_sample_count_percentile: text("EvaluateLowSampleCountPercentile")?,
        evaluation_window: alarm_window::read(input)?,
        warm_up: alarm_window::read_warm_up(input)?,
        tags_propagation: action_configuration::read(input)?,
    })
}

/// Exactly one of a number and a band.
fn threshold(input: &Input<'_>) -> Result<Threshold, Fault> {
    let Some(band) = input.optional_str("ThresholdMetricId")? else {
        return input.required_f64("Threshold").map(Threshold::Value);
    };
    match input.optional_f64("Threshold")? {
        None => Ok(Threshold::Band(band.to_owned())),
        Some(_) => Err(input.invalid("Threshold must not be set beside ThresholdMetricId")),
    }
}

fn count(input: &Input<'_>, name: &str) -> Result<Option<usize>, Fault> {
    let Some(given) = input.optional_i64(name)? else {
        return Ok(None);
    };
    match usize::try_from(given) {
        Ok(count) if count >= 1 => Ok(Some(count)),
        _ => Err(input.constraint(
            name,
            &given.to_string(),
            "Member must have value greater than or equal to 1",
        )),
    }
}
